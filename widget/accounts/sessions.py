"""Sessions of staff: kept on the server, found by a random cookie of which the database knows only a hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from widget.accounts.models import StaffSession, User
from widget.accounts.repository import AccountRepository
from zielona.clock import utc_now

_TOUCH = dt.timedelta(minutes=1)
PENDING = dt.timedelta(minutes=5)
# The first that fits: browsers name their ancestors too.
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
Clock = Callable[[], dt.datetime]


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def device_name(agent: str) -> str:
    """Browser and system in words that their owner recognises."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "Inna przeglądarka")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return f"{browser}, {system}" if system else browser


class Sessions:
    """Begins, finds and ends sessions; `idle` without use or `lifetime` after sign-in they end by themselves."""

    def __init__(
        self, repository: AccountRepository, *, idle: dt.timedelta, lifetime: dt.timedelta, https: bool,
        clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        self._repository = repository
        self.secure_only = https
        self.idle = idle
        self.lifetime = lifetime
        self.clock = clock

    def begin(self, user: User, *, pending: bool = False) -> str:
        """End the session this browser had and begin a new one; returns what its cookie holds."""
        self.end()
        session.clear()
        token = secrets.token_urlsafe(32)
        now = self.clock()
        self._repository.add_session(
            hashed(token), user.id, pending=pending, device=device_name(request.user_agent.string), now=now,
            expires_at=now + (PENDING if pending else self.lifetime),
        )  # fmt: skip
        return token

    def current(self, *, pending: bool = False, used: bool = True) -> tuple[User, StaffSession] | tuple[None, None]:
        """Who this browser is signed in as; with `pending` who still owes the second factor.

        `used` is False for requests that a page sends by itself: the session ends as if there were none.
        """
        token = request.cookies.get(self.cookie)
        found = self._repository.session(hashed(token)) if token else None
        if found is None:
            return None, None
        kept, user = found
        now = self.clock()
        if kept.pending != pending or kept.expires_at <= now or kept.seen_at <= now - self.idle:
            return None, None
        if used and now - kept.seen_at > _TOUCH:
            self._repository.touch_session(kept.id, now)
        return user, kept

    def end(self) -> None:
        """End the session of this browser, if it has one."""
        token = request.cookies.get(self.cookie)
        found = self._repository.session(hashed(token)) if token else None
        if found:
            self._repository.end_session(found[0].id, found[1].id)
        session.clear()

    def of(self, user: User) -> list[StaffSession]:
        """Sessions of a member of staff that are in use."""
        now = self.clock()
        return self._repository.sessions(user.id, seen_since=now - self.idle, now=now)

    @property
    def secure(self) -> bool:
        return self.secure_only or request.is_secure

    @property
    def cookie(self) -> str:
        # The prefix makes browsers refuse the cookie from any other host or over plain HTTP (RFC 6265bis).
        return "__Host-zl_panel" if self.secure else "zl_panel"

    def set_cookie(self, response: Response, token: str) -> None:
        response.set_cookie(self.cookie, token, httponly=True, samesite="Lax", secure=self.secure, path="/")

    def clear_cookie(self, response: Response) -> None:
        response.delete_cookie(self.cookie, httponly=True, samesite="Lax", secure=self.secure, path="/")


class FormSession(SecureCookieSessionInterface):
    """Flask's signed cookie for what is no secret: form tokens, notices, the state of an OpenID sign-in."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-zl_formularz" if self._sessions.secure else "zl_formularz"

    def get_cookie_secure(self, app: Flask) -> bool:
        return self._sessions.secure

    def get_cookie_samesite(self, app: Flask) -> str:
        return "Lax"
