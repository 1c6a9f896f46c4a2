"""All SQL that reads statistics."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, false, func, or_, select

from widget.events.models import Mark
from widget.statistics.measures import MEASURES
from widget.statistics.models import DAY, HOURS, MONTH, VALUES
from widget.statistics.periods import Period
from widget.storage.models import Message, Turn

Counts = dict[str, int]


@dataclass(frozen=True)
class Question:
    """A question as it is stored, with personal data masked."""

    at: dt.datetime
    text: str
    outcome: str
    topic: str | None


class StatisticsRepository:
    """Reads roll-ups and masked questions; `channel` narrows to one channel. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def totals(self, period: Period, channel: str | None = None) -> Counts:
        sums = select(*_sums(HOURS.c)).where(_within(period), _of(HOURS.c.channel, channel))
        with self._engine.connect() as connection:
            return _counts(connection.execute(sums).mappings().one())

    def by_day(self, period: Period, channel: str | None = None) -> dict[dt.date, Counts]:
        """Contacts of each day that has any, by channel."""
        rows = (
            select(HOURS.c.day, HOURS.c.channel, func.sum(HOURS.c.contacts))
            .where(_within(period), _of(HOURS.c.channel, channel))
            .group_by(HOURS.c.day, HOURS.c.channel)
        )
        found: dict[dt.date, Counts] = {}
        with self._engine.connect() as connection:
            for day, name, number in connection.execute(rows):
                found.setdefault(day, {})[name] = int(number)
        return found

    def by_hour(self, period: Period, channel: str | None = None) -> list[tuple[dt.date, int, int]]:
        """Day, hour of the clock and contacts."""
        rows = (
            select(HOURS.c.day, HOURS.c.local_hour, func.sum(HOURS.c.contacts))
            .where(_within(period), _of(HOURS.c.channel, channel))
            .group_by(HOURS.c.day, HOURS.c.local_hour)
        )
        with self._engine.connect() as connection:
            return [(day, hour, int(number)) for day, hour, number in connection.execute(rows)]

    def by_channel(self, period: Period) -> dict[str, Counts]:
        sums = select(HOURS.c.channel.label("value"), *_sums(HOURS.c)).where(_within(period)).group_by(HOURS.c.channel)
        return self._by_value(sums)

    def by_value(self, dimension: str, period: Period, channel: str | None = None) -> dict[str, Counts]:
        """Counts by partner, voivodeship, topic…; whole months are taken as such, since there are fewer of them."""
        months, days = period.cover()
        parts: list[ColumnElement[bool]] = []
        if months:
            parts.append(and_(VALUES.c.span == MONTH, VALUES.c.day.between(months[0], months[-1])))
        for first, last in _runs(days):
            parts.append(and_(VALUES.c.span == DAY, VALUES.c.day.between(first, last)))
        sums = (
            select(VALUES.c.value, *_sums(VALUES.c))
            .where(VALUES.c.dimension == dimension, or_(false(), *parts), _of(VALUES.c.channel, channel))
            .group_by(VALUES.c.value)
        )
        return self._by_value(sums)

    def waiting(self) -> int:
        """Days that have changed since they were counted."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count(Mark.day.distinct()))) or 0

    def questions(
        self, period: Period, *, outcomes: tuple[str, ...] = (), topic: str | None = None, limit: int, offset: int = 0
    ) -> list[Question]:
        """Questions as visitors typed them (buttons left out), newest first; topics as the first answer has them."""
        start, end = period.moments
        first = and_(Message.turn_id == Turn.id, Message.position == 0)
        rows = (
            select(Turn.created_at, Turn.text, Turn.outcome, Message.topic)
            .join(Message, first, isouter=True)
            .where(Turn.created_at >= start, Turn.created_at < end, Turn.payload.is_(None), Turn.outcome.is_not(None))
            .order_by(Turn.created_at.desc(), Turn.id)
            .limit(limit)
            .offset(offset)
        )
        if outcomes:
            rows = rows.where(Turn.outcome.in_(outcomes))
        if topic:
            rows = rows.where(Message.topic == topic)
        with self._engine.connect() as connection:
            return [Question(at, text, outcome or "", of) for at, text, outcome, of in connection.execute(rows)]

    def _by_value(self, sums: Any) -> dict[str, Counts]:
        with self._engine.connect() as connection:
            return {row["value"]: _counts(row) for row in connection.execute(sums).mappings()}


def _sums(columns: Any) -> list[ColumnElement[Any]]:
    return [func.coalesce(func.sum(columns[name]), 0).label(name) for name in MEASURES]


def _counts(row: Any) -> Counts:
    # PostgreSQL sums big integers as decimals.
    return {name: int(row[name]) for name in MEASURES}


def _within(period: Period) -> ColumnElement[bool]:
    return HOURS.c.day.between(period.first, period.last)


def _of(column: ColumnElement[str], channel: str | None) -> ColumnElement[bool]:
    return column == channel if channel else column.is_not(None)


def _runs(days: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """First and last of each run of days without a gap."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in days:
        if found and found[-1][1] + dt.timedelta(days=1) == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
