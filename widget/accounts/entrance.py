"""Pages before somebody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from widget.accounts.access import open_while_password_is_due, public, signed_in
from widget.accounts.audit import audit
from widget.accounts.models import User
from widget.accounts.oidc import InstitutionSignIn
from widget.accounts.sessions import Sessions
from widget.accounts.signin import Entered, SignIn, SignInError, normal_email
from widget.chat.services import Services
from widget.problems import ProblemError

blueprint = Blueprint("entrance", __name__, template_folder="templates")
_TARGET = "dalej"


def _sign_in() -> SignIn:
    return cast(SignIn, current_app.extensions["zielona_sign_in"])


def _sessions() -> Sessions:
    return cast(Sessions, current_app.extensions["zielona_sessions"])


def _institution() -> InstitutionSignIn | None:
    return cast("InstitutionSignIn | None", current_app.extensions["zielona_institution"])


@blueprint.get("/panel/logowanie")
@public
def sign_in() -> str | Response:
    if signed_in() is not None:
        return redirect(_target(request.args.get(_TARGET)), 303)
    return _sign_in_page()


@blueprint.post("/panel/logowanie")
@public
def enter() -> str | Response | tuple[str, int]:
    email = request.form.get("email", "")
    try:
        entered = _sign_in().with_password(email, request.form.get("password", ""))
    except SignInError as error:
        _log_failure(error, normal_email(email))
        return _sign_in_page(email=email, problem=error.detail), 422
    if entered.code_due:
        token = _sessions().begin(entered.user, pending=True)
        answer = redirect(url_for("entrance.code", dalej=_target(request.form.get(_TARGET))), 303)
        _sessions().set_cookie(answer, token)
        return answer
    return _let_in(entered, "hasło")


@blueprint.get("/panel/logowanie/kod")
@public
def code() -> str | Response:
    if _pending() is None:
        return redirect(url_for("entrance.sign_in"), 303)
    return render_template("panel/code.html", target=_target(request.args.get(_TARGET)), problem="")


@blueprint.post("/panel/logowanie/kod")
@public
def check_code() -> str | Response | tuple[str, int]:
    user = _pending()
    if user is None:
        flash("Na wpisanie kodu jest 5 minut. Proszę zalogować się od nowa.", "warning")
        return redirect(url_for("entrance.sign_in"), 303)
    try:
        entered, recovery = _sign_in().with_code(user, request.form.get("code", ""))
    except SignInError as error:
        _log_failure(error, user.email)
        page = render_template("panel/code.html", target=_target(request.form.get(_TARGET)), problem=error.detail)
        return page, 422
    if recovery:
        audit("konto.kod_zapasowy", user.email, by=user.id)
        flash("Użyto kodu zapasowego. Każdy działa tylko raz; nowe można zrobić w „Moim koncie”.", "warning")
    return _let_in(entered, "hasło i kod")


@blueprint.get("/panel/logowanie/instytucja")
@public
def institution() -> Response:
    """Go to the institution's sign-in page."""
    session[_TARGET] = _target(request.args.get(_TARGET))
    return _known_institution(lambda found: found.start(_back_address()))


@blueprint.get("/panel/logowanie/instytucja/powrot")
@public
def back_from_institution() -> Response:
    def let_in(found: InstitutionSignIn) -> Response:
        target = session.get(_TARGET)
        return _let_in(_sign_in().with_claims(found.issuer, found.claims()), "instytucja", target=target)

    return _known_institution(let_in)


@blueprint.post("/panel/wyloguj")
@public
@open_while_password_is_due
def sign_out() -> Response:
    user = signed_in()
    if user is not None:
        audit("konto.wylogowanie", user.email)
    _sessions().end()
    g.staff = None
    flash("Wylogowano.", "success")
    answer = redirect(url_for("entrance.sign_in"), 303)
    _sessions().clear_cookie(answer)
    return answer


def _known_institution(step: Callable[[InstitutionSignIn], Response]) -> Response:
    found = _institution()
    if found is None:
        raise ProblemError(404, "Logowanie przez instytucję nie jest włączone.")
    try:
        return step(found)
    except SignInError as error:
        _log_failure(error, "instytucja")
        flash(error.detail, "error")
        return redirect(url_for("entrance.sign_in"), 303)


def _let_in(entered: Entered, way: str, *, target: str | None = None) -> Response:
    target = _target(target or request.form.get(_TARGET))
    token = _sessions().begin(entered.user)
    audit("konto.logowanie", entered.user.email, by=entered.user.id, sposób=way)
    if entered.failures:
        flash(f"Nieudane próby logowania na to konto od ostatniej wizyty: {entered.failures}.", "warning")
    answer = redirect(target, 303)
    _sessions().set_cookie(answer, token)
    return answer


def _log_failure(error: SignInError, email: str) -> None:
    audit("konto.blokada" if error.locked else "konto.logowanie_nieudane", email)


def _pending() -> User | None:
    return _sessions().current(pending=True)[0]


def _sign_in_page(*, email: str = "", problem: str = "") -> str:
    target = _target(request.values.get(_TARGET))
    found = _institution()
    return render_template(
        "panel/sign_in.html", email=email, problem=problem, target=target, institution=found.label if found else ""
    )


def _target(wanted: str | None) -> str:
    """Where to go after signing in: a page of the panel, never another site."""
    if wanted and wanted.startswith("/panel/") and wanted.isprintable() and "\\" not in wanted:
        return wanted
    return url_for("accounts.home")


def _back_address() -> str:
    services: Services = current_app.extensions["zielona"]
    return services.public_url(request.host_url) + url_for("entrance.back_from_institution")
