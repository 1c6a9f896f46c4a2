"""Tables of publications and trials."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime
from widget.studio.models import Release

# What may be ordered.
KINDS = {"publikacja": "publikacja", "proba": "próba", "koniec_proby": "koniec próby"}
PUBLISH, TRY_OUT, END_TRIAL = KINDS
# A publication of what answered before.
RETURN = "powrót"
# How an order stands.
ORDER_STATES = {"czeka": "czeka", "trwa": "trwa", "gotowe": "gotowe", "nieudane": "nie powiodło się"}
WAITING, RUNNING, DONE, FAILED = ORDER_STATES


class Publication(Base):
    """An order: which release, who gave it and why, and how it went.

    `share` (0 to 1) belongs to a trial; `replaced` is the release that answered before, empty where that was none;
    `open` is 1 until the order has ended.
    """

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    release_id: Mapped[int] = mapped_column(ForeignKey(Release.id))
    share: Mapped[float | None] = mapped_column(Float)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)
    replaced: Mapped[int | None] = mapped_column(ForeignKey(Release.id))
    state: Mapped[str] = mapped_column(String(16))
    open: Mapped[int | None] = mapped_column(Integer, unique=True)
    step: Mapped[str] = mapped_column(String(120))
    failure: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    @property
    def state_label(self) -> str:
        return ORDER_STATES[self.state]


class TrialRecord(Base):
    """A trial: the release answered `share` of the conversations beside another one, None for the working folder."""

    __tablename__ = "trials"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey(Release.id))
    beside: Mapped[int | None] = mapped_column(ForeignKey(Release.id))
    share: Mapped[float] = mapped_column(Float)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(36))
