"""Keeps the roll-ups: counts marked days again, from their events. All SQL that writes statistics.

A day is always counted as a whole and replaced, so nothing is ever added twice; whatever changes events marks their
days in the same transaction, and what comes while a day is counted leaves a mark for the next time.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.sql.elements import KeyedColumnElement

from widget.events.kinds import GROUPS
from widget.events.models import Event, Mark
from widget.statistics.measures import (
    COUNTS,
    DIMENSIONS,
    MEASURES,
    NONE,
    QUICK_MILLISECONDS,
    SEPARATOR,
    TALK_DIMENSIONS,
    Count,
)
from widget.statistics.models import DAY, HOURS, MONTH, VALUES
from zielona.clock import WARSAW

# Conversations are in the chat; tickets that come of them are counted in their own channel.
_TALK_CHANNEL = "chat"
_DAYS_AT_ONCE = 31
_ROWS_AT_ONCE = 1000
Row = dict[str, Any]


class Rollups:
    """Counts events into the roll-ups. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def refresh(self) -> int:
        """Count the marked days again; return how many."""
        with self._engine.connect() as connection:
            marks = connection.execute(select(Mark.id, Mark.day)).all()
        days = sorted({mark.day for mark in marks})
        for part in _parts(days):
            self._recount(part, [mark.id for mark in marks if mark.day in part])
        return len(days)

    def rebuild(self) -> int:
        """Count everything again; return how many days."""
        with self._engine.connect() as connection:
            days = set(connection.scalars(select(Event.day).distinct()))
            days |= set(connection.scalars(select(HOURS.c.day).distinct()))
        for part in _parts(sorted(days)):
            self._recount(part, [])
        self.refresh()
        return len(days)

    def _recount(self, days: Sequence[dt.date], marks: Sequence[int]) -> None:
        # Counted before anything is locked: with SQLite a conversation may have to wait for whoever writes.
        with self._engine.connect() as connection:
            talks = _talks(connection, days)
            hours = _hour_rows(connection, days, talks)
            values = _value_rows(connection, days, talks)
        with self._engine.begin() as connection:
            _replace(connection, HOURS, HOURS.c.day.in_(days), hours)
            of_days = and_(VALUES.c.span == DAY, VALUES.c.day.in_(days))
            _replace(connection, VALUES, of_days, values)
            for month in sorted({day.replace(day=1) for day in days}):
                of_month = and_(VALUES.c.span == MONTH, VALUES.c.day == month)
                _replace(connection, VALUES, of_month, _month_rows(connection, month))
            for start in range(0, len(marks), _ROWS_AT_ONCE):
                connection.execute(delete(Mark).where(Mark.id.in_(marks[start : start + _ROWS_AT_ONCE])))


def _condition(count: Count) -> ColumnElement[bool]:
    found: ColumnElement[bool] = Event.kind.in_(count.kinds)
    if count.outcomes:
        found = and_(found, Event.outcome.in_(count.outcomes))
    if count.helpful is not None:
        found = and_(found, Event.helpful.is_(count.helpful))
    return found


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _columns() -> list[KeyedColumnElement[Any]]:
    timed = and_(Event.kind == "question", Event.milliseconds.is_not(None))
    quick = and_(timed, Event.milliseconds < QUICK_MILLISECONDS)
    columns = [_number(_condition(count)).label(name) for name, count in COUNTS.items()]
    columns.append(func.sum(case((timed, Event.milliseconds), else_=0)).label("milliseconds"))
    columns += [_number(timed).label("timed"), _number(quick).label("quick")]
    columns.append(_number(Event.made_up.is_(True)).label("made_up"))
    return list(columns)


def _talks(connection: Connection, days: Sequence[dt.date]) -> list[Row]:
    """Conversations whose first question was asked on these days, each with what became of it later."""
    asked = select(Event.link).where(Event.day.in_(days), Event.kind == "question", Event.link.is_not(None)).distinct()
    is_question = Event.kind == "question"
    answered = and_(is_question, Event.outcome.in_(GROUPS["answered"]))
    human = or_(Event.kind == "ticket", Event.outcome.in_(GROUPS["handed_over"]))
    first_day = func.min(case((is_question, Event.day)))
    found = (
        select(
            first_day.label("day"),
            func.min(case((is_question, Event.hour))).label("hour"),
            func.max(case((answered, 1), else_=0)).label("answered"),
            func.max(case((human, 1), else_=0)).label("human"),
            *(func.max(getattr(Event, name)).label(name) for name in TALK_DIMENSIONS),
        )
        .where(Event.link.in_(asked))
        .group_by(Event.link)
        .having(first_day.in_(days))
    )
    return [
        {**row, "talks": 1, "solved": int(row["answered"] and not row["human"])}
        for row in connection.execute(found).mappings()
    ]


def _hour_rows(connection: Connection, days: Sequence[dt.date], talks: Iterable[Row]) -> list[Row]:
    keys = (Event.hour, Event.channel, Event.day)
    events = select(*keys, *_columns()).where(Event.day.in_(days)).group_by(*keys)
    rows: defaultdict[tuple[Any, ...], Row] = defaultdict(_zeros)
    for row in connection.execute(events).mappings():
        rows[row["hour"], row["channel"], row["day"]].update({name: row[name] for name in _COUNTED})
    for talk in talks:
        _add(rows[talk["hour"], _TALK_CHANNEL, talk["day"]], talk)
    return [
        {"hour": hour, "channel": channel, "day": day, "local_hour": hour.astimezone(WARSAW).hour, **row}
        for (hour, channel, day), row in rows.items()
    ]


def _value_rows(connection: Connection, days: Sequence[dt.date], talks: Sequence[Row]) -> list[Row]:
    found: list[Row] = []
    for dimension in DIMENSIONS:
        value = _value(dimension).label("value")
        events = select(Event.day, value, Event.channel, *_columns()).where(Event.day.in_(days))
        rows: defaultdict[tuple[Any, ...], Row] = defaultdict(_zeros)
        for row in connection.execute(events.group_by(Event.day, value, Event.channel)).mappings():
            rows[row["day"], row["value"], row["channel"]].update({name: row[name] for name in _COUNTED})
        for talk in talks if dimension in TALK_DIMENSIONS else ():
            _add(rows[talk["day"], talk[dimension] or NONE, _TALK_CHANNEL], talk)
        found += [
            {"dimension": dimension, "span": DAY, "day": day, "value": value_, "channel": channel, **row}
            for (day, value_, channel), row in rows.items()
        ]
    return found


def _value(dimension: str) -> ColumnElement[str]:
    column = func.coalesce(getattr(Event, dimension), NONE)
    if dimension != "county":
        return column
    whole = func.coalesce(Event.voivodeship, NONE).concat(literal(SEPARATOR)).concat(Event.county)
    return case((Event.county.is_(None), NONE), else_=whole)


def _month_rows(connection: Connection, month: dt.date) -> list[Row]:
    """The month as the sum of its days, which are in the table already."""
    keys = (VALUES.c.dimension, VALUES.c.value, VALUES.c.channel)
    sums = [func.sum(VALUES.c[name]).label(name) for name in MEASURES]
    of_month = and_(VALUES.c.span == DAY, VALUES.c.day >= month, VALUES.c.day < _next_month(month))
    rows = connection.execute(select(*keys, *sums).where(of_month).group_by(*keys)).mappings()
    return [{**row, "span": MONTH, "day": month} for row in rows]


_COUNTED = tuple(name for name in MEASURES if name not in ("talks", "solved"))


def _zeros() -> Row:
    return dict.fromkeys(MEASURES, 0)


def _add(row: Row, talk: Row) -> None:
    row["talks"] += talk["talks"]
    row["solved"] += talk["solved"]


def _next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _replace(connection: Connection, table: Table, condition: ColumnElement[bool], rows: Sequence[Row]) -> None:
    connection.execute(delete(table).where(condition))
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        connection.execute(insert(table), rows[start : start + _ROWS_AT_ONCE])


def _parts(days: Sequence[dt.date]) -> Iterator[list[dt.date]]:
    """Days of one month at a time, so that each month is summed once."""
    part: list[dt.date] = []
    for day in days:
        if part and (day.replace(day=1) != part[0].replace(day=1) or len(part) >= _DAYS_AT_ONCE):
            yield part
            part = []
        part.append(day)
    if part:
        yield part
