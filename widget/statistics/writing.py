"""Numbers as they are written in Polish, and as a spreadsheet takes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from widget.statistics.proportions import Share

NO_DATA = "brak danych"
_SPACE = " "
_MINUS = "−"
# Beyond that, per cents say little.
_MANY_TIMES = 9


def count(number: float) -> str:
    return f"{number:,.0f}".replace(",", _SPACE).replace("-", _MINUS)


def percent(value: float, digits: int = 1) -> str:
    return f"{value * 100:.{digits}f}%".replace(".", ",").replace("-", _MINUS)


def interval(value: Share) -> str:
    return f"{percent(value.value)} ({percent(value.low)}–{percent(value.high)})"


def written(value: Any, unit: str) -> str:
    """The value of a cell or figure; units are those of `widget.statistics.tables.UNITS`."""
    if value is None:
        return NO_DATA
    if isinstance(value, Share):
        return interval(value) if unit == "interval" else percent(value.value)
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if unit == "count":
        return count(value)
    if unit == "share":
        return percent(value)
    if unit == "change":
        if value >= _MANY_TIMES:
            return f"{count(value + 1)} razy więcej"
        return ("+" if value > 0 else "") + percent(value)
    if unit == "milliseconds":
        return f"{value / 1000:.2f} s".replace(".", ",")
    if unit == "decimal":
        return f"{value:.1f}".replace(".", ",").replace("-", _MINUS)
    return str(value)


def plain(value: Any, unit: str) -> Any:
    """The value for a spreadsheet: numbers stay numbers, shares are parts of one."""
    if isinstance(value, Share):
        return value.value
    if unit == "milliseconds" and value is not None:
        return value / 1000
    return value
