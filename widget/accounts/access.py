"""Who may use which address: every view says it with `@allow(...)` or `@public`, and none without is served."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast
from urllib.parse import quote

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from widget.accounts import csrf
from widget.accounts.models import StaffSession, User
from widget.accounts.roles import Role
from widget.problems import ProblemError, wants_page

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
PUBLIC: frozenset[Role] = frozenset()
_RULE = "access_rule"
_OPEN_FLAG = "open_while_password_is_due"
_BACKGROUND_FLAG = "called_in_background"
_SAFE = {"GET", "HEAD", "OPTIONS"}


def allow(*roles: Role) -> Callable[[View], View]:
    """The view is for staff with one of these roles, and for nobody else."""
    if not roles:
        raise ValueError("name the roles, or use @public")

    def mark(view: View) -> View:
        setattr(view, _RULE, frozenset(roles))
        return view

    return mark


def public(view: View) -> View:
    """The view is for everybody."""
    setattr(view, _RULE, PUBLIC)
    return view


def open_while_password_is_due(view: View) -> View:
    """Who has to change the password first may still use this view."""
    setattr(view, _OPEN_FLAG, True)
    return view


def in_background(view: View) -> View:
    """Pages call the view by themselves: that is no use that keeps a session open."""
    setattr(view, _BACKGROUND_FLAG, True)
    return view


def rule_of(app: Flask, endpoint: str) -> frozenset[Role] | None:
    """The roles of a view; PUBLIC (empty) for everybody; None where nobody thought about it."""
    return cast("frozenset[Role] | None", getattr(app.view_functions.get(endpoint), _RULE, None))


def signed_in() -> User | None:
    """Who is signed in, if anybody."""
    if "staff" not in g:
        view = current_app.view_functions.get(request.endpoint or "")
        used = not getattr(view, _BACKGROUND_FLAG, False)
        g.staff, g.staff_session = current_app.extensions["zielona_sessions"].current(used=used)
    return cast("User | None", g.staff)


def current_user() -> User:
    """Who is signed in. Raises ProblemError (401) where nobody is; views under `@allow` always have somebody."""
    user = signed_in()
    if user is None:
        raise ProblemError(401, "Trzeba się zalogować.")
    return user


def current_session() -> StaffSession:
    """The session of who is signed in. Raises ProblemError (401)."""
    current_user()
    return cast(StaffSession, g.staff_session)


def guard() -> Response | None:
    """Refuse what the rule of the address does not allow; runs before every view."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        log.error("no access rule: %s", request.endpoint)
        raise ProblemError(403, "Ten adres nie ma reguły dostępu, więc jest zamknięty.")
    if rule == PUBLIC:
        if _is_panel():
            _check_form()
        return None
    user = signed_in()
    if user is None:
        return _to_sign_in()
    if Role(user.role) not in rule:
        log.warning("refused: %s for role %s", request.endpoint, user.role)
        raise ProblemError(403, "Ta strona jest dla innej roli. Role nadaje administrator.")
    _check_form()
    if user.must_change and not getattr(current_app.view_functions[request.endpoint], _OPEN_FLAG, False):
        return redirect(url_for("accounts.password"), 303)
    return None


def _is_panel() -> bool:
    return request.path.startswith("/panel")


def _check_form() -> None:
    if request.method not in _SAFE:
        csrf.check()


def _to_sign_in() -> Response:
    """Pages lead to the sign-in page and back; programs and forms are told that nobody is signed in."""
    if request.method != "GET" or not wants_page():
        raise ProblemError(401, "Sesja się skończyła. Proszę zalogować się ponownie.")
    return redirect(f"{url_for('entrance.sign_in')}?dalej={quote(request.full_path.rstrip('?'))}", 303)
