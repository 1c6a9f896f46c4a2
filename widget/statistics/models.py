"""Tables of the roll-ups and of the job that keeps them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table

from widget.statistics.measures import MEASURES
from widget.storage.models import Base, UtcDateTime


def _measures() -> list[Column[int]]:
    return [Column(name, BigInteger, nullable=False, default=0) for name in MEASURES]


# By hour and channel; `day` and `local_hour` are those of Warsaw, where an hour of the clock may come twice.
HOURS = Table(
    "rollup_hours",
    Base.metadata,
    Column("hour", UtcDateTime, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("day", Date, nullable=False),
    Column("local_hour", Integer, nullable=False),
    *_measures(),
    Index("ix_rollup_hours_day", "day"),
)
DAY, MONTH = "d", "m"
# By day and by month (`day` is its first), for one dimension at a time, and channel.
VALUES = Table(
    "rollup_values",
    Base.metadata,
    Column("dimension", String(16), primary_key=True),
    Column("span", String(1), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", String(80), primary_key=True),
    Column("channel", String(16), primary_key=True),
    *_measures(),
)
# One row for each job: who does it until when, and what was done last.
JOBS = Table(
    "jobs",
    Base.metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("done", String(32)),
)
