"""The table of calls."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# How a call can end, by the outcome under which the statistics count it.
OUTCOMES = {"answered": "rozwiązana", "unknown": "nierozwiązana", "handed_over": "przekazana dalej"}


class Call(Base):
    """A phone call: nothing about who called, so nothing to mask.

    `started_at` is None where nobody pressed the start, `ended_at` while the call goes on. `reported_at` is when the
    statistics were told of it, which is when it can no longer be corrected.
    """

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_user_ended", "user_id", "ended_at"), Index("ix_calls_reported", "reported_at"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    seconds: Mapped[int | None] = mapped_column(Integer)
    outcome: Mapped[str | None] = mapped_column(String(16))
    topic: Mapped[str | None] = mapped_column(String(64))
    audience: Mapped[str | None] = mapped_column(String(24))
    voivodeship: Mapped[str | None] = mapped_column(String(32))
    county: Mapped[str | None] = mapped_column(String(80))
    satisfied: Mapped[bool | None] = mapped_column(Boolean)
    reported_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
