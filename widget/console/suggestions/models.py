"""Tables of suggestions, of the answers that came of them, and of what editors should look at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# Where a suggestion comes from.
KINDS = {"asystent": "Odpowiedź asystenta", "fragment": "Fragment przepisów", "podobne": "Podobne pytanie"}
ASSISTANT, PASSAGE, SIMILAR = KINDS
# What became of it.
STATES = {"pokazana": "pokazana", "przyjeta": "przyjęta", "zmieniona": "przyjęta ze zmianą", "odrzucona": "odrzucona"}
SHOWN, TAKEN, EDITED, REJECTED = STATES
# Why a consultant rejects it.
REASONS = {
    "nie_na_temat": "nie na temat",
    "nieaktualne": "nieaktualne",
    "bledne": "błędne",
    "niepelne": "za mało szczegółów",
    "niezrozumiale": "napisane niezrozumiale",
}
CHANNELS = {"e-mail": "e-mail", "telefon": "rozmowa telefoniczna"}
EMAIL, PHONE = CHANNELS
SENDING, SENT, FAILED = "wysylanie", "wyslana", "niewyslana"


class Reply(Base):
    """What a consultant answered.

    `suggested` is the text of the suggestions that it was made of, `likeness` (0 to 1) how much of it was kept word by
    word; `helpful` with `reason` is what the visitor said of it.
    """

    __tablename__ = "ticket_replies"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(String(36))
    channel: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    suggested: Mapped[str] = mapped_column(Text)
    likeness: Mapped[float | None] = mapped_column(Float)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    topic: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)
    helpful: Mapped[bool | None] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(16))
    rated_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Suggestion(Base):
    """One suggested answer. Each search for a ticket makes a `round`; `position` is the key that takes it.

    `origin` says in words where it comes from, `used_share` how much of it is in what was sent (0 to 1).
    """

    __tablename__ = "ticket_suggestions"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    query: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(255))
    text: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    topic: Mapped[str | None] = mapped_column(String(64))
    probability: Mapped[float] = mapped_column(Float)
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    used_share: Mapped[float | None] = mapped_column(Float)
    user_id: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reply_id: Mapped[str | None] = mapped_column(ForeignKey("ticket_replies.id", ondelete="SET NULL"), index=True)
