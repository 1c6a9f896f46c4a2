"""All SQL of tickets."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from widget.tickets.models import DRAFT, Ticket
from widget.tickets.references import new_reference

_ATTEMPTS = 5


class TicketRepository:
    """Stores and reads tickets; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def add(self, values: dict[str, Any], *, now: dt.datetime) -> Ticket:
        """Store a ticket under a reference of its own; the same `client_id` again gives the one that is there."""
        for attempt in range(_ATTEMPTS):
            ticket = Ticket(
                id=str(uuid.uuid4()), reference=new_reference(now.year), created_at=now, updated_at=now, **values
            )
            try:
                with self._sessions.begin() as session:
                    session.add(ticket)
                return ticket
            except IntegrityError:
                sent = self.by_client_id(values["conversation_id"], values["client_id"])
                if sent is not None:
                    return sent
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("every attempt returns or raises")

    def add_draft(self, values: dict[str, Any], *, now: dt.datetime) -> str:
        """Store what waits for its contact form; return its id."""
        ticket = Ticket(id=str(uuid.uuid4()), state=DRAFT, created_at=now, updated_at=now, **values)
        with self._sessions.begin() as session:
            session.add(ticket)
        return ticket.id

    def complete(
        self, conversation_id: str, draft: str, values: dict[str, Any], *, contact: dict[str, Any], now: dt.datetime
    ) -> Ticket | None:
        """Make a ticket of a draft, with `contact` in its payload; None where the conversation has no such draft.

        One that is sent stays as it is.
        """
        for attempt in range(_ATTEMPTS):
            try:
                with self._sessions.begin() as session:
                    ticket = _own(session, conversation_id, Ticket.id == draft)
                    if ticket is None or ticket.state != DRAFT:
                        return ticket
                    for name, value in {**values, "reference": new_reference(now.year), "updated_at": now}.items():
                        setattr(ticket, name, value)
                    ticket.payload = {**(ticket.payload or {}), **contact}
                return ticket
            except IntegrityError:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("every attempt returns or raises")

    def by_client_id(self, conversation_id: str, client_id: str) -> Ticket | None:
        with self._sessions() as session:
            return _own(session, conversation_id, Ticket.client_id == client_id)

    def by_reference(self, conversation_id: str, reference: str) -> Ticket | None:
        """The conversation's own ticket of that reference."""
        with self._sessions() as session:
            return _own(session, conversation_id, Ticket.reference == reference)

    def forget(self, conversation_id: str) -> None:
        """Erase the conversation from its tickets: drafts go, sent ones keep the question that is to be answered."""
        theirs = Ticket.conversation_id == conversation_id
        with self._sessions.begin() as session:
            session.execute(delete(Ticket).where(theirs, Ticket.state == DRAFT))
            session.execute(update(Ticket).where(theirs).values(summary=[]))


def _own(session: Session, conversation_id: str, condition: Any) -> Ticket | None:
    return session.scalars(select(Ticket).where(Ticket.conversation_id == conversation_id, condition)).one_or_none()
