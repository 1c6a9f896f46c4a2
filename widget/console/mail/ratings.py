"""The link in an e-mail by which its reader says whether the answer helped; nobody else can make one."""

from __future__ import annotations

import hashlib
import hmac

from widget.chat.ratings import REASONS
from widget.console.inbox.repository import InboxRepository
from widget.console.inbox.service import Clock
from widget.console.suggestions.models import Reply
from widget.console.suggestions.repository import SuggestionRepository
from widget.problems import ProblemError
from zielona.clock import utc_now

_LETTERS = 32


def signature(reply_id: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"rating:{reply_id}".encode(), hashlib.sha256).hexdigest()[:_LETTERS]


def rating_path(reply_id: str, secret: str) -> str:
    return f"/ocena/{reply_id}/{signature(reply_id, secret)}"


class AnswerRatings:
    """Finds answers by the link, and stores what is said of them."""

    def __init__(
        self, replies: SuggestionRepository, inbox: InboxRepository, secret: str, *, clock: Clock = utc_now
    ) -> None:
        self._replies = replies
        self._inbox = inbox
        self._secret = secret
        self._clock = clock

    def find(self, reply_id: str, given: str) -> Reply:
        """Raises ProblemError (404) for a link that we did not make."""
        genuine = hmac.compare_digest(given.encode(), signature(reply_id, self._secret).encode())
        reply = self._replies.reply(reply_id) if genuine else None
        if reply is None:
            raise ProblemError(404, "Ten link do oceny jest niepełny albo stracił ważność.")
        return reply

    def rate(self, reply: Reply, *, helpful: bool, reason: str | None) -> None:
        """Store the rating. Raises ProblemError (422)."""
        if reason is not None and (helpful or reason not in REASONS):
            raise ProblemError(422, "Nie ma takiego powodu.")
        now = self._clock()
        if not self._replies.rate(reply.id, helpful=helpful, reason=reason, now=now):
            raise ProblemError(409, "Tej odpowiedzi nie można teraz ocenić.")
        text = "pomogła" if helpful else f"nie pomogła{f': {REASONS[reason]}' if reason else ''}"
        self._inbox.change(reply.ticket_id, user_id=None, kind="ocena", text=text, now=now)
