"""Suggestions for a ticket, and what became of them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge_base.content.text import words
from widget.accounts.models import User
from widget.chat.inputs import has_words
from widget.chat.masking import mask
from widget.console.inbox.repository import InboxRepository
from widget.console.inbox.service import Clock
from widget.console.suggestions.gather import Gatherer
from widget.console.suggestions.models import EDITED, REASONS, TAKEN, Suggestion
from widget.console.suggestions.repository import SuggestionRepository
from widget.events import record
from widget.problems import ProblemError
from widget.tickets.models import Ticket
from zielona.clock import utc_now

# From this share of its words on, a suggestion is in an answer as it was; below the other, it is not in it at all.
_AS_IT_WAS, _IN_IT = 0.98, 0.25
# From this probability on the assistant may say what a ticket is about.
_SURE = 0.6
_QUERY_LETTERS = 1000


@dataclass(frozen=True)
class Use:
    """How much of what was suggested is in what was sent.

    `likeness` compares both texts as a whole (0 to 1), None where nothing was taken; `kept` are the suggestions that
    are in it, with state and share.
    """

    suggested: str
    likeness: float | None
    kept: list[tuple[Suggestion, str, float]] = field(default_factory=list)


def share_of(suggestion: str, sent: str) -> float:
    """Share of a suggestion's words that are in the text, in their order.

    >>> share_of("do urzędu pracy", "Proszę iść do urzędu pracy jutro.")
    1.0
    """
    own, other = words(suggestion), words(sent)
    blocks = difflib.SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(own) if own else 0.0


def use_of(taken: Sequence[Suggestion], sent: str) -> Use:
    """What became of the suggestions that were taken."""
    if not taken:
        return Use("", None)
    suggested = "\n\n".join(item.text for item in taken)
    likeness = difflib.SequenceMatcher(None, words(suggested), words(sent), autojunk=False).ratio()
    shares = [(item, share_of(item.text, sent)) for item in taken]
    whole = likeness >= _AS_IT_WAS
    kept = [(item, TAKEN if whole else EDITED, round(share, 4)) for item, share in shares if share >= _IN_IT]
    return Use(suggested, round(likeness, 4), kept)


class Suggestions:
    """Raises ProblemError where something cannot be done, SQLAlchemyError where the database is away."""

    def __init__(
        self, repository: SuggestionRepository, inbox: InboxRepository, gatherer: Gatherer, *, clock: Clock = utc_now
    ) -> None:
        self.repository = repository
        self._inbox = inbox
        self._gatherer = gatherer
        self._clock = clock

    def for_ticket(self, ticket: Ticket) -> tuple[list[Suggestion], list[str]]:
        """What is suggested, searched once for a ticket, and which services were away while it was searched."""
        found = self.repository.latest_round(ticket.id)
        if found or not has_words(ticket.text):
            return found, []
        return self.search(ticket, ticket.text)

    def search(self, ticket: Ticket, query: str) -> tuple[list[Suggestion], list[str]]:
        """Search for other words; what was suggested before stays stored."""
        query = query.strip()[:_QUERY_LETTERS]
        if not has_words(query):
            raise ProblemError(422, "Proszę wpisać, czego szukać.")
        gathered = self._gatherer.gather(query, reference=ticket.reference or "")
        if not gathered.drafts:
            return [], gathered.away
        found = self.repository.add_round(ticket.id, mask(query), gathered.drafts, now=self._clock())
        best = found[0]
        if ticket.topic is None and best.topic and best.probability >= _SURE:
            self._inbox.set_topic(ticket.id, best.topic)
        return found, gathered.away

    def taken(self, ticket: Ticket, ids: Sequence[str]) -> list[Suggestion]:
        """The suggestions that an answer is made of. Raises ProblemError (404) for one of another ticket."""
        found = self.repository.of_ticket(ticket.id, ids)
        if len(found) != len(set(ids)):
            raise ProblemError(404, "Tej podpowiedzi nie ma przy tym zgłoszeniu.")
        return found

    def reject(self, ticket: Ticket, user: User, suggestion_id: str, reason: str) -> Suggestion:
        """Reject with a reason; the question goes to the editors."""
        if reason not in REASONS:
            raise ProblemError(422, "Odrzucenie wymaga powodu z listy.")
        [suggestion] = self.taken(ticket, [suggestion_id])
        now = self._clock()
        done = self.repository.reject(
            suggestion, reason=reason, user_id=user.id, question=mask(suggestion.query), now=now
        )
        if not done:
            raise ProblemError(409, "O tej podpowiedzi już zdecydowano.")
        text = f"{suggestion.title}: {REASONS[reason]}"
        self._inbox.change(ticket.id, user_id=user.id, kind="odrzucone", text=text, now=now)
        record("suggestion", channel="e_mail", at=now, outcome="rejected", topic=suggestion.topic)
        return suggestion
