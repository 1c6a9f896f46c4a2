"""The table of tickets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from knowledge_base.content.text import fold
from widget.storage.models import Base, UtcDateTime

# Kinds and states by the words that staff see; `szkic` is an offer whose contact form has not been sent yet.
KINDS = {"pytanie": "Pytanie", "oferta_pracy": "Oferta pracy", "skarga": "Skarga", "rozmowa": "Rozmowa bez odpowiedzi"}
STATES = {
    "szkic": "Szkic",
    "nowe": "Nowe",
    "w_toku": "W toku",
    "wyslane": "Odpowiedź wysłana",
    "zamkniete": "Zamknięte",
}
DRAFT, NEW, IN_PROGRESS, SENT, CLOSED = STATES
# What a ticket is found by, see `searched_text`.
SEARCHED = ("reference", "subject", "text", "email", "phone")
NORMAL, HIGH = 0, 1


class Ticket(Base):
    """What a human is to answer.

    `reference` and `due_at` are given when it is sent, so a draft has none. `summary` is the masked conversation so
    far, `payload` the job offer; `held_by` with `held_until` says who is at it just now.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_tickets_state_due", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    reference: Mapped[str | None] = mapped_column(String(16), unique=True)
    client_id: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int] = mapped_column(Integer, default=NORMAL)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    consent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    county: Mapped[str | None] = mapped_column(String(80))
    office: Mapped[str | None] = mapped_column(String(64), index=True)
    partner: Mapped[str | None] = mapped_column(String(40))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    topic: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    summary: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    assigned_to: Mapped[str | None] = mapped_column(String(36))
    held_by: Mapped[str | None] = mapped_column(String(36))
    held_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    search_text: Mapped[str] = mapped_column(Text, default="")
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("tickets.id", ondelete="SET NULL"))


def searched_text(values: Mapping[str, Any]) -> str:
    """The ticket without capitals and diacritics, as it is searched."""
    return fold(" ".join(str(values[name]) for name in SEARCHED if values.get(name)))


def _keep_search_text(_mapper: Any, _connection: Any, ticket: Ticket) -> None:
    ticket.search_text = searched_text({name: getattr(ticket, name) for name in SEARCHED})


event.listen(Ticket, "before_insert", _keep_search_text)
event.listen(Ticket, "before_update", _keep_search_text)
