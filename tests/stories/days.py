"""Days in stories that move with the day on which the tests run."""

from __future__ import annotations

import datetime as dt
import re

from zielona.clock import today

_PLACE = re.compile(r"\{([+-]\d+)( roman)?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def in_days(days: int) -> str:
    """The day in so many days, as `15.12.2026`."""
    return f"{_day(days):%d.%m.%Y}"


def filled(text: str) -> str:
    """`{+19}` becomes the day in 19 days as `15.12.2026`, `{+19 roman}` as `15 XII 2026`."""
    return _PLACE.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    if not match[2]:
        return in_days(int(match[1]))
    day = _day(int(match[1]))
    return f"{day.day} {_ROMAN[day.month - 1]} {day.year}"


def _day(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)
