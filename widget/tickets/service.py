"""The desk where a visitor hands something over to a human."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from knowledge_base.content.offices import Office
from widget.problems import ProblemError
from widget.storage.repository import Repository
from widget.tickets.counties import Counties
from widget.tickets.hours import BusinessHours, spoken
from widget.tickets.models import HIGH, KINDS, NEW, NORMAL, STATES, Ticket
from widget.tickets.references import as_typed
from widget.tickets.repository import TicketRepository
from widget.tickets.requests import OFFER, TicketRequest

_SUBJECT_LETTERS = 120
_SUMMARY_TURNS = 20
_URGENT = "skarga"
VISITOR, ASSISTANT = "visitor", "assistant"


class TicketDesk:
    """Takes tickets and says how they stand. Raises SQLAlchemyError where the database is away."""

    def __init__(
        self,
        tickets: TicketRepository,
        conversations: Repository,
        counties: Counties,
        hours: BusinessHours,
        *,
        answer_hours: float,
    ) -> None:
        self._tickets = tickets
        self._conversations = conversations
        self._answer_hours = answer_hours
        self.counties = counties
        self.hours = hours

    def due(self, now: dt.datetime) -> dt.datetime:
        """Until when a question sent now is answered."""
        return self.hours.due(now, self._answer_hours)

    def availability(self, now: dt.datetime) -> dict[str, Any]:
        """Whether somebody is there now, when they are next, and until when a question sent now is answered."""
        opens, due = self.hours.opens_next(now), self.due(now)
        return {
            "open": self.hours.is_open(now),
            "opens_at": opens.isoformat(),
            "opens_text": spoken(opens),
            "due_at": due.isoformat(),
            "due_text": spoken(due),
        }

    def send(self, conversation_id: str, asked: TicketRequest, *, now: dt.datetime) -> Ticket:
        """Store the request with the masked conversation so far; sent again it is the same ticket.

        Raises ProblemError (404) for an unknown conversation or draft.
        """
        if not self._conversations.exists(conversation_id):
            raise ProblemError(404)
        sent = self._tickets.by_client_id(conversation_id, asked.client_id)
        if sent is not None:
            return sent
        values = self._values(conversation_id, asked, now)
        if asked.draft is None:
            return self._tickets.add(values, now=now)
        # The offer itself, its subject and its kind are the draft's; so is its office, unless a county was chosen.
        of_draft = {"kind", "subject", "conversation_id", *(() if asked.county else ("county", "office"))}
        of_form = {name: value for name, value in values.items() if name not in of_draft}
        ticket = self._tickets.complete(conversation_id, asked.draft, of_form, contact=_contact(asked), now=now)
        if ticket is None:
            raise ProblemError(404, "Nie ma już tej oferty. Proszę przygotować ją jeszcze raz.")
        return ticket

    def draft_offer(
        self,
        conversation_id: str,
        offer: Mapping[str, Any],
        *,
        office: str | None = None,
        county: str | None = None,
        now: dt.datetime,
    ) -> str:
        """Keep a job offer, for an office (id) and a county (code), until its form is sent; return the draft's id."""
        title = str(offer.get("title") or "bez nazwy stanowiska")
        values = {
            "conversation_id": conversation_id,
            "kind": OFFER,
            "priority": NORMAL,
            "subject": f"Oferta pracy: {title}"[:_SUBJECT_LETTERS],
            "text": "",
            "payload": dict(offer),
            "county": self.counties.known(county),
            "office": office if office in self.counties.by_id else None,
            "summary": [],
        }
        return self._tickets.add_draft(values, now=now)

    def office_of(self, ticket: Ticket) -> Office | None:
        return self.counties.by_id.get(ticket.office or "")

    def forget(self, conversation_id: str) -> None:
        """Erase what tickets hold of a conversation besides the question itself."""
        self._tickets.forget(conversation_id)

    def status(self, conversation_id: str, reference: str) -> Ticket:
        """The conversation's own ticket. Raises ProblemError (404)."""
        ticket = self._tickets.by_reference(conversation_id, as_typed(reference))
        if ticket is None:
            raise ProblemError(404, "W tej rozmowie nie ma zgłoszenia o takim numerze.")
        return ticket

    def _values(self, conversation_id: str, asked: TicketRequest, now: dt.datetime) -> dict[str, Any]:
        office = self.counties.office_of(asked.county)
        return {
            **self.values_of_conversation(conversation_id, now),
            "client_id": asked.client_id,
            "kind": asked.kind,
            "state": NEW,
            "priority": HIGH if asked.kind == _URGENT else NORMAL,
            "subject": subject_of(asked.text),
            "text": asked.text,
            "email": asked.email,
            "phone": asked.phone,
            "consent_at": now,
            "county": asked.county,
            "office": office.id if office else None,
            "topic": asked.topic,
        }

    def values_of_conversation(self, conversation_id: str, now: dt.datetime) -> dict[str, Any]:
        """What a ticket takes from its conversation, whoever makes it."""
        return {
            "conversation_id": conversation_id,
            "partner": self._conversations.partner_of(conversation_id),
            "summary": self._summary(conversation_id),
            "due_at": self.due(now),
        }

    def _summary(self, conversation_id: str) -> list[dict[str, str]]:
        """The last turns as they are stored, that is masked, the oldest first."""
        lines: list[dict[str, str]] = []
        for turn in reversed(self._conversations.latest_turns(conversation_id, count=_SUMMARY_TURNS)):
            lines.append({"who": VISITOR, "text": turn.text})
            lines += [{"who": ASSISTANT, "text": message.text} for message in turn.messages]
        return lines


def _contact(asked: TicketRequest) -> dict[str, str | None]:
    """The fields of an offer that the dialogue left to the form."""
    return {"contact_name": asked.contact_name, "nip": asked.nip, "phone": asked.phone, "email": asked.email}


def subject_of(text: str) -> str:
    """The beginning of a question, as one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SUBJECT_LETTERS else f"{line[: _SUBJECT_LETTERS - 1]}…"


def public_ticket(ticket: Ticket) -> dict[str, Any]:
    """What the visitor sees of their ticket."""
    return {
        "reference": ticket.reference,
        "kind": ticket.kind,
        "kind_name": KINDS[ticket.kind],
        "state": ticket.state,
        "state_name": STATES[ticket.state],
        "created_at": ticket.created_at.isoformat(),
        "due_at": ticket.due_at.isoformat() if ticket.due_at else None,
        "due_text": f"Odpowiedź do: {spoken(ticket.due_at)}" if ticket.due_at else None,
    }
