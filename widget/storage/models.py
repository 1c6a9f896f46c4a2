"""Tables. Texts are masked before they come here, see `widget.chat.masking`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware datetimes in and out; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return value.astimezone(dt.timezone.utc) if value else None

    def process_result_value(self, value: Any, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone.utc)


class Base(DeclarativeBase):
    """Base of all tables."""


class Conversation(Base):
    """A conversation; `busy_until` is the lease of the turn in progress, `partner` on whose page it began."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    busy_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    partner: Mapped[str | None] = mapped_column(String(40), index=True)
    turns: Mapped[list[Turn]] = relationship(back_populates="conversation", order_by="Turn.number")


class Turn(Base):
    """What the visitor sent and how it ended: one outcome, and the versions that made the answer."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        UniqueConstraint("conversation_id", "number"),
        Index("ix_turns_created_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    client_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(32))
    model: Mapped[str | None] = mapped_column(String(64))
    index: Mapped[str | None] = mapped_column("index_version", String(64))
    content: Mapped[str | None] = mapped_column("content_version", String(64))
    milliseconds: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    conversation: Mapped[Conversation] = relationship(back_populates="turns")
    messages: Mapped[list[Message]] = relationship(back_populates="turn", order_by="Message.position")


class Message(Base):
    """One message of the assistant, in the shape of the public contract; `trace` says how it came about.

    `extra` holds the `form` and the `checklist` that it came with.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("turn_id", "position"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    topic: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float] = mapped_column(Float)
    trace: Mapped[dict[str, Any]] = mapped_column(JSON)
    extra: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    turn: Mapped[Turn] = relationship(back_populates="messages")


class Rating(Base):
    """Whether an answer helped its visitor, and if not, why: one of `widget.chat.ratings.REASONS`."""

    __tablename__ = "ratings"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    helpful: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ConversationRating(Base):
    """Whether the conversation as a whole settled the matter: one of `widget.chat.ratings.RESULTS`."""

    __tablename__ = "conversation_ratings"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    result: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Erasure(Base):
    """A conversation that is erased here and still to be forgotten by Rasa; kept only until that is done."""

    __tablename__ = "erasures"

    conversation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
