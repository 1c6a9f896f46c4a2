"""The statistics of one application."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from widget.statistics.opening import HoursOfDay, hotline_hours
from widget.statistics.periods import Period
from widget.statistics.report import Names, Report, read_report
from widget.statistics.repository import StatisticsRepository
from widget.statistics.rollups import Rollups


@dataclass(frozen=True)
class Statistics:
    """Reads and keeps statistics."""

    repository: StatisticsRepository
    rollups: Rollups
    names: Names
    hours: HoursOfDay = hotline_hours

    def report(self, period: Period, *, channel: str | None = None) -> Report:
        """Everything about a period and the one before. Raises SQLAlchemyError."""
        return read_report(self.repository, period, channel=channel, names=self.names, hours=self.hours)


def make_statistics(engine: Engine, names: Names) -> Statistics:
    return Statistics(StatisticsRepository(engine), Rollups(engine), names)
