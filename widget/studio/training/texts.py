"""Figures as the pages say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from zielona.plurals import counted


def spent(time: dt.timedelta) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def about(time: dt.timedelta) -> str:
    """An estimate says no seconds."""
    minutes = round(time.total_seconds() / 60)
    return f"około {minutes} min" if minutes else "mniej niż minutę"


def of_all(figure: Mapping[str, Any]) -> str:
    """A share of questions as a count: `11 z 11`."""
    return f"{round(figure['value'] * figure['count'])} z {figure['count']}"


def in_points(difference: float) -> str:
    """A difference of shares: `+2,5 punktu procentowego`, of whole ones in the right plural."""
    tenths = round(difference * 1000)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    whole, rest = divmod(abs(tenths), 10)
    if rest:
        return f"{sign}{whole},{rest} punktu procentowego"
    return sign + counted(whole, "punkt procentowy", "punkty procentowe", "punktów procentowych")
