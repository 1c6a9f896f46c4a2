"""Tables of live chats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# States with what staff call them. A conversation has one open takeover at most: waiting or active.
STATES = {
    "waiting": "czeka",
    "active": "trwa",
    "returned": "oddana asystentowi",
    "left": "osoba wróciła do asystenta",
    "cancelled": "osoba zrezygnowała z czekania",
    "expired": "osoba zamknęła stronę",
}
WAITING, ACTIVE, RETURNED, LEFT, CANCELLED, EXPIRED = STATES
CONSULTANT, NOTICE = "konsultant", "zdarzenie"
# What happened, told to both sides in their own words; the visitor's are in the widget's `live.js`.
NOTICES = {
    "taken": "Rozmowę prowadzi konsultant.",
    "requeued": "Połączenie z konsultantem się urwało. Osoba czeka dalej.",
    "returned": "Konsultant oddał rozmowę asystentowi.",
    "left": "Osoba wróciła do asystenta.",
}


class Takeover(Base):
    """A wish for a human and what came of it; `question` is masked, `open_for` keeps one open per conversation."""

    __tablename__ = "takeovers"
    __table_args__ = (Index("ix_takeovers_state_queued", "state", "queued_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    open_for: Mapped[str | None] = mapped_column(String(36), unique=True)
    question: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    consultant_seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    visitor_seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class LiveMessage(Base):
    """What a consultant wrote (masked), or a notice: one of NOTICES as `text`. What visitors write is in `turns`."""

    __tablename__ = "live_messages"
    __table_args__ = (UniqueConstraint("takeover_id", "client_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    takeover_id: Mapped[str] = mapped_column(ForeignKey("takeovers.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Presence(Base):
    """When a consultant was last at the page of live chats."""

    __tablename__ = "consultants_present"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
