"""All that a dashboard or a monthly report shows, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.content.topics import Topic
from widget.partners.registry import Partner
from widget.statistics.figures import FIGURES, Figure, Value
from widget.statistics.opening import HoursOfDay, hotline_hours, is_open
from widget.statistics.periods import Period
from widget.statistics.proportions import Share, change, share
from widget.statistics.repository import Counts, StatisticsRepository

# Figures of the head of the dashboard and of the report, in their order.
HEADLINES = ("contacts", "talks", "after_hours", "solved", "unknown", "satisfaction", "response", "acceptance")


@dataclass(frozen=True)
class Names:
    """What keys are called: topics by name, partners by key."""

    topics: Mapping[str, Topic]
    partners: Mapping[str, Partner]

    def topic(self, key: str) -> str:
        return self.topics[key].title if key in self.topics else key

    def partner(self, key: str) -> str:
        if not key:
            return "bez partnera"
        return self.partners[key].name if key in self.partners else key


@dataclass(frozen=True)
class Part:
    """Everything of one period."""

    period: Period
    totals: Counts
    hours: list[tuple[dt.date, int, int]]
    topics: dict[str, Counts]

    def after_hours(self, hours: HoursOfDay) -> Share | None:
        late = sum(number for day, hour, number in self.hours if not is_open(day, hour, hours))
        return share(late, sum(number for _, _, number in self.hours))


@dataclass(frozen=True)
class Report:
    """The period with the one before, and what is told apart within it."""

    now: Part
    before: Part
    channel: str | None
    days: dict[dt.date, Counts]
    channels: dict[str, Counts]
    partners: dict[str, Counts]
    voivodeships: dict[str, Counts]
    models: dict[str, Counts]
    audiences: dict[str, Counts]
    reasons: dict[str, Counts]
    names: Names
    hours: HoursOfDay
    waiting: int

    @property
    def period(self) -> Period:
        return self.now.period

    @property
    def made_up(self) -> bool:
        return bool(self.now.totals["made_up"] or self.before.totals["made_up"])

    def value(self, key: str, part: Part | None = None) -> Value:
        """A figure of the period, or of the one before."""
        part = part or self.now
        if key == "after_hours":
            return part.after_hours(self.hours)
        return FIGURES[key].value(part.totals)

    def headlines(self) -> list[Headline]:
        return [self._headline(FIGURES[key]) for key in HEADLINES]

    def _headline(self, figure: Figure) -> Headline:
        now, before = self.value(figure.key), self.value(figure.key, self.before)
        return Headline(figure, now, before, _change(figure, now, before))


@dataclass(frozen=True)
class Headline:
    """A figure beside its value in the period before; `change` is relative, of shares in points."""

    figure: Figure
    now: Value
    before: Value
    change: float | None


def _change(figure: Figure, now: Value, before: Value) -> float | None:
    if isinstance(now, Share) and isinstance(before, Share):
        return now.value - before.value
    if isinstance(now, int | float) and isinstance(before, int | float):
        return change(now, before)
    return None


def read_report(
    repository: StatisticsRepository,
    period: Period,
    *,
    channel: str | None,
    names: Names,
    hours: HoursOfDay = hotline_hours,
) -> Report:
    """Read everything. Raises SQLAlchemyError."""
    return Report(
        now=_part(repository, period, channel),
        before=_part(repository, period.previous, channel),
        channel=channel,
        days=repository.by_day(period, channel),
        channels=repository.by_channel(period),
        **{
            f"{dimension}s": repository.by_value(dimension, period, channel)
            for dimension in ("partner", "voivodeship", "model", "audience", "reason")
        },
        names=names,
        hours=hours,
        waiting=repository.waiting(),
    )


def _part(repository: StatisticsRepository, period: Period, channel: str | None) -> Part:
    return Part(
        period=period,
        totals=repository.totals(period, channel),
        hours=repository.by_hour(period, channel),
        topics=repository.by_value("topic", period, channel),
    )
