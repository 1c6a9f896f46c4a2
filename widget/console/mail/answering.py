"""Sending an answer: who may, what is checked before, and what is kept of it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge_base.content.store import Content
from widget.accounts.models import User
from widget.console.inbox.ready import unfilled
from widget.console.inbox.service import Inbox
from widget.console.mail.letter import letter
from widget.console.mail.ratings import rating_path
from widget.console.suggestions.law import Flag, LawCheck
from widget.console.suggestions.models import CHANNELS, EMAIL, TAKEN, Suggestion
from widget.console.suggestions.repository import SuggestionRepository
from widget.console.suggestions.service import Suggestions, Use, use_of
from widget.events import record
from widget.mail import Mailer, MailError
from widget.problems import ProblemError
from widget.tickets.models import CLOSED, SENT, Ticket
from zielona.clock import today

log = logging.getLogger(__name__)
ANSWER_LETTERS = 10_000
NO_MAIL = "Poczta nie jest jeszcze ustawiona, więc odpowiedzi nie można wysłać. Ustawia ją administrator (ZL_SMTP_URL)."
NOT_SENT = "Serwer poczty nie przyjął wiadomości. Odpowiedź jest zachowana, można ją wysłać jeszcze raz."


@dataclass(frozen=True)
class Answer:
    """What a consultant wants to send; `id` is that of the form, so that sending it twice is one answer.

    `confirmed` says that flags about the law were seen.
    """

    id: str
    text: str
    channel: str
    taken: Sequence[str] = field(default_factory=tuple)
    confirmed: bool = False


class FlaggedError(Exception):
    """The answer may stand on law that is not in force: a human looks at it first."""

    def __init__(self, flags: Sequence[Flag]) -> None:
        super().__init__("flagged")
        self.flags = list(flags)


class Answering:
    """Sends answers by e-mail and records those given on the phone.

    Raises ProblemError where it cannot be done, FlaggedError where it should be looked at once more.
    """

    def __init__(
        self,
        inbox: Inbox,
        suggestions: Suggestions,
        law: LawCheck,
        mailer: Mailer | None,
        content: Content,
        *,
        constants: dict[str, str],
        secret: str,
    ) -> None:
        self._inbox = inbox
        self._suggestions = suggestions
        self._replies: SuggestionRepository = suggestions.repository
        self.law = law
        self._content = content
        self._constants = constants
        self._secret = secret
        self.mailer = mailer

    def answer(self, ticket: Ticket, user: User, wanted: Answer, *, base_url: str) -> None:
        """Send or record the answer; `base_url` is where visitors reach the service."""
        text = self._checked(ticket, wanted)
        taken = self._suggestions.taken(ticket, wanted.taken)
        use = use_of(taken, text)
        kept = [item for item, _, _ in use.kept]
        sources = _sources(kept)
        if wanted.channel == EMAIL and not wanted.confirmed:
            flags = self.law.flags(text, sources, on=today())
            if flags:
                raise FlaggedError(flags)
        # From here on nobody else can answer: the hold is taken in the database, not looked at.
        ticket = self._inbox.claim(ticket, user)
        now = self._inbox.clock()
        values = {
            "id": wanted.id, "ticket_id": ticket.id, "user_id": user.id, "channel": wanted.channel, "text": text,
            "suggested": use.suggested, "likeness": use.likeness, "sources": sources,
            "topic": next((item.topic for item in kept if item.topic), ticket.topic),
        }  # fmt: skip
        if not self._replies.begin_reply(values, now=now):
            raise ProblemError(409, "Ta odpowiedź została już wysłana.")
        if wanted.channel == EMAIL:
            self._send(ticket, user, wanted.id, text, sources, base_url)
        self._finish(ticket, user, wanted, use)

    def _checked(self, ticket: Ticket, wanted: Answer) -> str:
        text = wanted.text.strip()
        errors = {}
        if not text:
            errors["text"] = "Odpowiedź jest pusta." if wanted.channel == EMAIL else "Notatka z rozmowy jest pusta."
        elif len(text) > ANSWER_LETTERS:
            errors["text"] = f"Odpowiedź jest za długa: może mieć najwyżej {ANSWER_LETTERS} znaków."
        elif places := unfilled(text):
            errors["text"] = f"W tekście zostało nieuzupełnione pole: {{{places[0]}}}."
        if errors:
            raise ProblemError(422, "Odpowiedź wymaga poprawek.", errors=errors)
        if wanted.channel not in CHANNELS:
            raise ProblemError(422, "Nieznany sposób odpowiedzi.")
        if wanted.channel == EMAIL and not ticket.email:
            raise ProblemError(422, "To zgłoszenie nie ma adresu e-mail.")
        if wanted.channel == EMAIL and self.mailer is None:
            raise ProblemError(422, NO_MAIL)
        return text

    def _send(
        self, ticket: Ticket, user: User, reply_id: str, text: str, sources: list[dict[str, object]], base_url: str
    ) -> None:
        url = base_url.rstrip("/") + rating_path(reply_id, self._secret)
        made = letter(ticket, text, sources, self._content.acts, rating_url=url, constants=self._constants)
        try:
            assert self.mailer is not None  # noqa: S101 - checked before
            self.mailer.send([made.to], made.subject, made.text)
        except MailError as error:
            log.error("answer to %s not sent: %s", ticket.reference, error)
            self._replies.fail_reply(reply_id)
            now = self._inbox.clock()
            self._inbox.repository.change(ticket.id, user_id=user.id, kind="niewyslane", text=str(error), now=now)
            raise ProblemError(502, NOT_SENT) from error

    def _finish(self, ticket: Ticket, user: User, wanted: Answer, use: Use) -> None:
        now = self._inbox.clock()
        used = [(item.id, state, share) for item, state, share in use.kept]
        self._replies.finish_reply(wanted.id, used=used, user_id=user.id, now=now, ticket_id=ticket.id)
        by_mail = wanted.channel == EMAIL
        self._inbox.repository.change(
            ticket.id, user_id=user.id, kind="odpowiedz" if by_mail else "telefon", text="", now=now,
            state=SENT if by_mail else CLOSED, assigned_to=user.id, held_by=None, held_until=None,
        )  # fmt: skip
        if use.kept:
            whole = all(state == TAKEN for _, state, _ in use.kept)
            topic = next((item.topic for item, _, _ in use.kept if item.topic), ticket.topic)
            channel = "e_mail" if by_mail else "phone"
            record("suggestion", channel=channel, at=now, outcome="taken" if whole else "edited", topic=topic)


def _sources(kept: Sequence[Suggestion]) -> list[dict[str, object]]:
    """The legal basis of the suggestions that are in the answer, each once."""
    found = {(source["act"], source["article"]): source for item in kept for source in item.sources}
    return list(found.values())


def new_answer_id() -> str:
    """The id of an empty form."""
    return str(uuid.uuid4())
