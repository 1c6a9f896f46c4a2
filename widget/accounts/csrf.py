"""Forms are accepted only from our own pages: each carries a token that another site cannot read."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app, request, session

from widget.problems import ProblemError

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
EXPIRED = "Formularz stracił ważność. Proszę wrócić, odświeżyć stronę i wysłać go jeszcze raz."
_KEY = "csrf"


def token() -> str:
    """The token of this browser; it changes when somebody signs in or out."""
    if _KEY not in session:
        session[_KEY] = secrets.token_urlsafe(24)
    return hmac.new(str(current_app.secret_key).encode(), f"csrf:{session[_KEY]}".encode(), hashlib.sha256).hexdigest()


def check() -> None:
    """Raise ProblemError (403) unless the request has the token and does not come from another site."""
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if foreign or not hmac.compare_digest(given.encode(), token().encode()):
        raise ProblemError(403, EXPIRED)
