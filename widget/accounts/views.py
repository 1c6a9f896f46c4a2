"""The panel's home and one's own account."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from widget.accounts import passwords, totp
from widget.accounts.access import allow, current_session, current_user, open_while_password_is_due, public
from widget.accounts.audit import audit
from widget.accounts.navigation import entries_for
from widget.accounts.repository import AccountRepository
from widget.accounts.roles import EVERYBODY
from widget.accounts.service import Accounts
from widget.accounts.sessions import Sessions
from widget.forms import FormError
from widget.portal.assets import Asset
from widget.portal.views import send_asset
from widget.problems import ProblemError

blueprint = Blueprint("accounts", __name__, template_folder="templates")
_NEW_SECRET = "totp"  # noqa: S105 - a key of the session
_YEAR = 31_536_000


def _accounts() -> Accounts:
    return cast(Accounts, current_app.extensions["zielona_accounts"])


def _repository() -> AccountRepository:
    return cast(AccountRepository, current_app.extensions["zielona_account_repository"])


def _sessions() -> Sessions:
    return cast(Sessions, current_app.extensions["zielona_sessions"])


def panel_files() -> dict[str, Asset]:
    """Style sheets and scripts of the panel by name."""
    return cast("dict[str, Asset]", current_app.extensions["zielona_panel_assets"])


@blueprint.get("/panel/static/<name>")
@public
def static(name: str) -> Response:
    """Style sheets and scripts of the panel; with their version in the address they may be kept for a year."""
    return send_asset(panel_files().get(name), max_age=_YEAR if request.args.get("v") else 300)


@blueprint.get("/panel/")
@allow(*EVERYBODY)
def home() -> str:
    entries = [entry for entry in entries_for(current_user()) if entry.purpose]
    return render_template("panel/home.html", entries=entries)


@blueprint.get("/panel/konto")
@allow(*EVERYBODY)
def account() -> str:
    user = current_user()
    return render_template(
        "panel/account.html", sessions=_sessions().of(user), here=current_session().id,
        codes_left=_repository().recovery_codes_left(user.id),
    )  # fmt: skip


@blueprint.get("/panel/konto/haslo")
@open_while_password_is_due
@allow(*EVERYBODY)
def password() -> str:
    return _password_page({})


@blueprint.post("/panel/konto/haslo")
@open_while_password_is_due
@allow(*EVERYBODY)
def change_password() -> Response | tuple[str, int]:
    user, form = current_user(), request.form
    try:
        _accounts().change_password(
            user, current=form.get("current", ""), new=form.get("new", ""), again=form.get("again", ""),
            session_id=current_session().id,
        )  # fmt: skip
    except FormError as error:
        return _password_page(error.errors), 422
    audit("konto.haslo", user.email)
    flash("Hasło jest zmienione. Inne urządzenia zostały wylogowane.", "success")
    return redirect(url_for("accounts.account"), 303)


def _password_page(errors: dict[str, str]) -> str:
    return render_template("panel/password.html", errors=errors, min_length=passwords.MIN_LENGTH)


@blueprint.get("/panel/konto/kody")
@allow(*EVERYBODY)
def second_factor() -> str:
    return _second_factor_page({})


@blueprint.post("/panel/konto/kody")
@allow(*EVERYBODY)
def enable_second_factor() -> str | tuple[str, int]:
    user, form = current_user(), request.form
    if user.totp_secret or _NEW_SECRET not in session:
        raise ProblemError(409, "Kody z telefonu są już włączone albo strona straciła ważność.")
    try:
        codes = _accounts().enable_totp(
            user, secret=session[_NEW_SECRET], code=form.get("code", ""), password=form.get("password", "")
        )
    except FormError as error:
        return _second_factor_page(error.errors), 422
    session.pop(_NEW_SECRET)
    audit("konto.drugi_skladnik_wlaczony", user.email)
    return render_template("panel/recovery_codes.html", codes=codes)


@blueprint.post("/panel/konto/kody/wylacz")
@allow(*EVERYBODY)
def disable_second_factor() -> Response | tuple[str, int]:
    user = current_user()
    try:
        _accounts().disable_totp(user, password=request.form.get("password", ""))
    except FormError as error:
        return _second_factor_page(error.errors), 422
    audit("konto.drugi_skladnik_wylaczony", user.email)
    flash("Kody z telefonu są wyłączone.", "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/panel/konto/kody/zapasowe")
@allow(*EVERYBODY)
def new_recovery_codes() -> str:
    user = current_user()
    if not user.totp_secret:
        raise ProblemError(409, "Kody zapasowe są tylko razem z kodami z telefonu.")
    codes = _accounts().new_recovery_codes(user)
    audit("konto.kody_zapasowe", user.email)
    return render_template("panel/recovery_codes.html", codes=codes)


def _second_factor_page(errors: dict[str, str]) -> str:
    user = current_user()
    shown: dict[str, Any] = {}
    if not user.totp_secret:
        secret = session.setdefault(_NEW_SECRET, totp.new_secret())
        groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        shown = {"qr": totp.qr_address(secret, user.email), "secret": groups}
    return render_template("panel/second_factor.html", errors=errors, **shown)


@blueprint.post("/panel/konto/sesje/zakoncz")
@allow(*EVERYBODY)
def end_sessions() -> Response:
    """End one other session, or without a name all others; only one's own can be named."""
    user, named = current_user(), request.form.get("session", "")
    if not named:
        _repository().end_sessions(user.id, but=current_session().id)
    elif not _repository().end_session(named, user.id):
        raise ProblemError(404, "Ta sesja już się skończyła.")
    audit("konto.sesja_zakonczona", user.email, wszystkie=not named)
    flash("Wylogowano inne urządzenia." if not named else "Urządzenie jest wylogowane.", "success")
    return redirect(url_for("accounts.account"), 303)
