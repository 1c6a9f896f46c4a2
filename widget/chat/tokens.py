"""A conversation belongs to who holds its token: a keyed hash of its id, so checking it needs no database."""

from __future__ import annotations

import hashlib
import hmac
import uuid

from widget.problems import ProblemError

SECRET_HEADER = "X-Zielona-Secret"  # noqa: S105 - the name of a header


def new_conversation_id() -> str:
    return str(uuid.uuid4())


def token_for(conversation_id: str, secret: str) -> str:
    """Return 64 hex digits (HMAC-SHA256, RFC 2104)."""
    return hmac.new(secret.encode(), f"conversation:{conversation_id}".encode(), hashlib.sha256).hexdigest()


def check_token(conversation_id: str, authorization: str | None, secret: str) -> None:
    """Raise ProblemError (401) unless the header is `Bearer <token>` of this conversation."""
    scheme, _, token = (authorization or "").partition(" ")
    expected = token_for(conversation_id, secret)
    if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), expected.encode()):
        raise ProblemError(401)


def may_explain(given: str | None, secret: str) -> bool:
    """Tell whether the caller may read how answers came about: who gives the secret of the services.

    Without the header nobody asks for it. Raises ProblemError (403) where the header is wrong.
    """
    if given is None:
        return False
    if not hmac.compare_digest(given.encode(), secret.encode()):
        raise ProblemError(403, f"Nagłówek {SECRET_HEADER} zawiera niepoprawny klucz usług.")
    return True
