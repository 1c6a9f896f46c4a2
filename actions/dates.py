"""The day that a question is about, when it names one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from knowledge_base.content.text import fold

_MONTHS = ["styczn", "lut", "marc", "kwiet", "maj", "czerw", "lip", "sierp", "wrze", "pazdzier", "listopad", "grud"]
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_YEAR = re.compile(r"\b(20\d{2})\b")
_DAY = re.compile(r"\b(\d{1,2})\b")


def day_in_question(dates: Iterable[str], *, today: dt.date) -> dt.date:
    """Return the first day that the date expressions name; `today` where there is none, or no year in it.

    A year alone means its first day, a month its first day; a future day is asked about with the law of today.

    >>> day_in_question(["w maju 2024"], today=dt.date(2026, 11, 24))
    datetime.date(2024, 5, 1)
    """
    for text in dates:
        found = _parse(fold(text))
        if found is not None:
            return min(found, today)
    return today


def _parse(text: str) -> dt.date | None:
    iso = _ISO.search(text)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    dotted = _DOTTED.search(text)
    if dotted:
        return _date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    year = _YEAR.search(text)
    if not year:
        return None
    month = next((n for n, stem in enumerate(_MONTHS, 1) if re.search(rf"\b{stem}", text)), 1)
    day = _DAY.search(text)
    return _date(int(year[1]), month, int(day[1]) if day else 1)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
