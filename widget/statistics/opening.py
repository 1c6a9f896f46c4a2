"""When somebody answers the phone; everything else is after hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from widget.tickets.hours import BusinessHours, business_hours
from zielona.settings import current_settings

# First and last hour (excluded) of a day, or None on a day when nobody works.
HoursOfDay = Callable[[dt.date], tuple[int, int] | None]


@lru_cache(maxsize=1)
def _business_hours() -> BusinessHours:
    return business_hours(current_settings())


def hotline_hours(day: dt.date) -> tuple[int, int] | None:
    """The hours of ZL_TICKET_DAYS; an hour that somebody answers in part of counts as open."""
    hours = _business_hours()
    if not hours.works(day):
        return None
    start, end = hours.week[day.isoweekday()]
    return start.hour, end.hour + (end.minute > 0)


def is_open(day: dt.date, hour: int, hours: HoursOfDay = hotline_hours) -> bool:
    found = hours(day)
    return found is not None and found[0] <= hour < found[1]
