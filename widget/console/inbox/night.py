"""Conversations that ended badly while nobody was there become tickets. May be run as often as one likes."""

from __future__ import annotations

import datetime as dt

from widget.chat.outcomes import Outcome
from widget.console.inbox.repository import InboxRepository, NightTurn
from widget.storage.repository import Repository
from widget.tickets.models import NEW, NORMAL, Ticket
from widget.tickets.repository import TicketRepository
from widget.tickets.service import TicketDesk, subject_of

KIND = "rozmowa"
# One ticket a conversation, however often the job runs: tickets are unique by conversation and this.
_CLIENT_ID = "rozmowa-poza-godzinami"
_BAD = (Outcome.UNKNOWN.value, Outcome.CHOICES.value)
_LOOK_BACK = dt.timedelta(days=4)
# Who is still writing may yet find the answer.
_SETTLED = dt.timedelta(minutes=15)
# What masking leaves of a contact.
_CONTACTS = ("[e-mail]", "[telefon]")


class NightCollector:
    """Makes tickets of conversations that ended out of hours without an answer, or with one that did not help.

    An unanswered one counts where its visitor wanted to be reached: their contact is masked, but the conversation is
    still there, and its question belongs to the studio. Raises SQLAlchemyError.
    """

    def __init__(
        self, inbox: InboxRepository, tickets: TicketRepository, conversations: Repository, desk: TicketDesk
    ) -> None:
        self._inbox = inbox
        self._tickets = tickets
        self._conversations = conversations
        self._desk = desk

    def collect(self, now: dt.datetime) -> list[Ticket]:
        """Return the new tickets."""
        found = []
        for turn in self._inbox.ended_badly(now - _LOOK_BACK, _BAD):
            if turn.ended_at > now - _SETTLED or self._desk.hours.is_open(turn.ended_at):
                continue
            if turn.unhelpful or self._left_contact(turn.conversation_id):
                found.append(self._make(turn, now))
        return found

    def _left_contact(self, conversation_id: str) -> bool:
        turns = self._conversations.history(conversation_id)
        return any(sign in turn.text for turn in turns for sign in _CONTACTS)

    def _make(self, turn: NightTurn, now: dt.datetime) -> Ticket:
        values = self._desk.values_of_conversation(turn.conversation_id, now)
        ticket = self._tickets.add(
            {
                **values, "client_id": _CLIENT_ID, "kind": KIND, "state": NEW, "priority": NORMAL,
                "subject": subject_of(turn.text), "text": turn.text, "topic": turn.topic,
            },
            now=now,
        )  # fmt: skip
        why = "ocena: nie pomogło" if turn.unhelpful else "bez odpowiedzi, z prośbą o kontakt"
        self._inbox.change(ticket.id, user_id=None, kind="noc", text=why, now=now)
        return ticket
