"""Figures as the pages say them."""

from __future__ import annotations

import datetime as dt


def spent(time: dt.timedelta) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def about(time: dt.timedelta) -> str:
    """An estimate says no seconds."""
    minutes = round(time.total_seconds() / 60)
    return f"około {minutes} min" if minutes else "mniej niż minutę"


def counted(number: int, one: str, few: str, many: str) -> str:
    """A whole number with its noun.

    >>> counted(22, "przykład", "przykłady", "przykładów")
    '22 przykłady'
    """
    if number == 1:
        return f"1 {one}"
    is_few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return f"{number} {few if is_few else many}"
