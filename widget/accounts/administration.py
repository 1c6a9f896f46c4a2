"""Pages of the administrator: users and the audit log."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from widget.accounts.access import allow, current_user
from widget.accounts.audit import ACTIONS, audit
from widget.accounts.models import User
from widget.accounts.paging import Page, page_number
from widget.accounts.repository import AccountRepository, AuditFilter
from widget.accounts.roles import DUTIES, LABELS, Role
from widget.accounts.service import Accounts
from widget.forms import FormError
from widget.problems import ProblemError
from zielona.clock import WARSAW

blueprint = Blueprint("administration", __name__, template_folder="templates")
PAGE_SIZE = 50
_ROLES = [(role.value, LABELS[role], DUTIES[role]) for role in Role]


def _accounts() -> Accounts:
    return cast(Accounts, current_app.extensions["zielona_accounts"])


def _repository() -> AccountRepository:
    return cast(AccountRepository, current_app.extensions["zielona_account_repository"])


def _user(user_id: str) -> User:
    found = _repository().user(user_id)
    if found is None:
        raise ProblemError(404, "Nie ma takiego użytkownika.")
    return found


@blueprint.get("/panel/uzytkownicy")
@allow(Role.ADMINISTRATOR)
def users() -> str:
    return render_template("panel/users.html", users=_repository().users())


@blueprint.get("/panel/uzytkownicy/nowy")
@allow(Role.ADMINISTRATOR)
def new_user() -> str:
    return render_template("panel/new_user.html", roles=_ROLES, values={"role": Role.CONSULTANT.value}, errors={})


@blueprint.post("/panel/uzytkownicy/nowy")
@allow(Role.ADMINISTRATOR)
def add_user() -> str | tuple[str, int]:
    form = request.form
    try:
        user, password = _accounts().create(
            email=form.get("email", ""), name=form.get("name", ""), role=form.get("role", ""),
            publishes=bool(form.get("publishes")),
        )  # fmt: skip
    except FormError as error:
        return render_template("panel/new_user.html", roles=_ROLES, values=form, errors=error.errors), 422
    audit("uzytkownik.dodany", user.email, rola=user.role)
    return _show_password(user, password, new=True)


@blueprint.get("/panel/uzytkownicy/<user_id>")
@allow(Role.ADMINISTRATOR)
def user(user_id: str) -> str:
    found = _user(user_id)
    return _user_page(
        found, {"name": found.name, "role": found.role, "publishes": "tak" if found.publishes else ""}, {}
    )


@blueprint.post("/panel/uzytkownicy/<user_id>")
@allow(Role.ADMINISTRATOR)
def change_user(user_id: str) -> Response | tuple[str, int]:
    found, form = _user(user_id), request.form
    try:
        changes = _accounts().change(
            found, name=form.get("name", ""), role=form.get("role", ""), publishes=bool(form.get("publishes"))
        )
    except FormError as error:
        return _user_page(found, dict(form), error.errors), 422
    audit("uzytkownik.zmieniony", found.email, **changes)
    flash("Zmiany są zapisane.", "success")
    return redirect(url_for("administration.users"), 303)


@blueprint.post("/panel/uzytkownicy/<user_id>/dostep")
@allow(Role.ADMINISTRATOR)
def set_active(user_id: str) -> Response:
    found, active = _user(user_id), request.form.get("active") == "1"
    if found.id == current_user().id:
        raise ProblemError(409, "Własnego konta nie można wyłączyć.")
    try:
        _accounts().set_active(found, active=active)
    except FormError as error:
        raise ProblemError(409, error.errors["active"]) from error
    audit("uzytkownik.wlaczony" if active else "uzytkownik.wylaczony", found.email)
    flash(f"{found.name}: konto jest {'włączone' if active else 'wyłączone, a jego sesje zakończone'}.", "success")
    return redirect(url_for("administration.user", user_id=found.id), 303)


@blueprint.post("/panel/uzytkownicy/<user_id>/haslo")
@allow(Role.ADMINISTRATOR)
def reset_password(user_id: str) -> str:
    found = _user(user_id)
    if found.id == current_user().id:
        raise ProblemError(409, "Własne hasło zmienia się na stronie „Moje konto”.")
    password = _accounts().reset(found)
    audit("uzytkownik.haslo", found.email)
    return _show_password(found, password, new=False)


def _user_page(found: User, values: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("panel/user.html", user=found, roles=_ROLES, values=values, errors=errors)


def _show_password(found: User, password: str, *, new: bool) -> str:
    return render_template("panel/user_password.html", user=found, password=password, new=new)


@blueprint.get("/panel/dziennik")
@allow(Role.ADMINISTRATOR)
def audit_log() -> str:
    given = request.args
    wanted = AuditFilter(
        user_id=given.get("kto", ""), action=given.get("co", ""), text=given.get("tekst", "").strip()[:100],
        since=_day(given.get("od", "")), until=_day(given.get("do", ""), later=1),
    )  # fmt: skip
    number = page_number(given.get("strona"))
    rows, count = _repository().audit(wanted, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "panel/audit.html", rows=rows, page=Page(number, PAGE_SIZE, count), actions=ACTIONS, given=given,
        users=_repository().users(),
    )  # fmt: skip


def _day(text: str, *, later: int = 0) -> dt.datetime | None:
    """The beginning of a day in Warsaw, or None for what is no day."""
    try:
        day = dt.date.fromisoformat(text) + dt.timedelta(days=later)
    except (ValueError, OverflowError):
        return None
    return dt.datetime.combine(day, dt.time(), tzinfo=WARSAW)
