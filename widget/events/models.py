"""Tables of events. No text of anybody, no address; see `widget.events.links` for what stands for a conversation."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# SQLite numbers rows by itself only in a column of type INTEGER.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Event(Base):
    """One event. `day` is the day in Warsaw, `hour` the beginning of its hour, both for grouping."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_day", "day"), Index("ix_events_link", "link"))

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    hour: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    day: Mapped[dt.date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str | None] = mapped_column(String(24))
    topic: Mapped[str | None] = mapped_column(String(64))
    partner: Mapped[str | None] = mapped_column(String(40))
    voivodeship: Mapped[str | None] = mapped_column(String(24))
    county: Mapped[str | None] = mapped_column(String(48))
    audience: Mapped[str | None] = mapped_column(String(24))
    helpful: Mapped[bool | None] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(16))
    milliseconds: Mapped[int | None] = mapped_column(Integer)
    model: Mapped[str | None] = mapped_column(String(64))
    link: Mapped[str | None] = mapped_column(String(32))
    ref: Mapped[str | None] = mapped_column(String(32), unique=True)
    made_up: Mapped[bool] = mapped_column(Boolean, default=False)


class Mark(Base):
    """A day whose roll-ups are to be counted again. Only added to, so that no lock is waited for."""

    __tablename__ = "event_marks"

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=True)
    day: Mapped[dt.date] = mapped_column(Date)
