"""The day whose law a question asks about: "ile wynosił zasiłek w maju 2025", "przed czerwcem", "w zeszłym roku".

A date alone is not enough: "pracuję od 2015 roku" asks about today. The question must speak of how it was, or how it
will be.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator

from knowledge_base.content.text import fold

# The day on which the act of 2025 replaced the act of 2004: what "dawniej" means to who asks a labour office.
REFORM = dt.date(2025, 6, 1)

_MONTHS = ["styczn", "lut", "marc", "kwie", "maj", "czerwc", "lip", "sierp", "wrze", "pazdziernik", "listopad", "grud"]
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + r")\w*"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# The state of law in the past, or in the future; not what happened to the asker.
_PAST = re.compile(
    r"\b(wynosil\w*|obowiazywal\w*|przyslugiwal\w*|nalezal[aoy]? sie|placil[oi]\b|wyplacal\w*|dostawal\w*"
    r"|(?:jak\w*|ile|co|czy|kto) (?:\w+ )?byl[aoy]?\b|(?:ile|jak dlugo) (?:\w+ )?trwal[aoy]?\b|trzeba bylo|mozna bylo"
    r"|wymagal\w*|liczyl[oaiy]\b|owczesn\w*|stan na|na dzien"
    r"|stan prawny|wedlug przepisow z|przepis\w* z|ustaw\w* z|dawniej|kiedys|wczesniej bylo|po staremu|przed zmian\w*"
    r"|przed reform\w*|star\w+ ustaw\w*|star\w+ przepis\w*|dawn\w+ ustaw\w*|dawn\w+ przepis\w*)"
)
_FUTURE = re.compile(
    r"\b(bedzie|beda|wyniesie|wzrosnie|zmieni sie|zmienia sie|ma wejsc|wejdzie|wejda|planowan\w*|przyszl\w+ rok\w*)\b"
)
_REFORM = re.compile(
    r"\b(dawniej|kiedys|po staremu|przed zmian\w*|przed reform\w*|(?:star|dawn)\w+ (?:ustaw|przepis)\w*)"
)
_COUNTS = {"jeden": 1, "dwa": 2, "trzy": 3, "cztery": 4, "piec": 5, "pol": 0}

Finder = Callable[[str, dt.date], "dt.date | None"]


def assumed_day(text: str, *, today: dt.date) -> dt.date | None:
    """Return the day that the question is about, None where it is today.

    A month means its first day, a year its last (or today, in the current year); "przed" means the day before. A
    month without a year is the nearest one in the past, or in the future where the question speaks of it.

    >>> assumed_day("ile wynosił zasiłek w maju 2025", today=dt.date(2026, 11, 24))
    datetime.date(2025, 5, 1)
    """
    folded = fold(text)
    future = bool(_FUTURE.search(folded))
    if not future and not _PAST.search(folded):
        return None
    for day in _days(folded, today, future=future):
        if future or day < today:
            return None if day == today else day
    if not future and _REFORM.search(folded):
        return REFORM - dt.timedelta(days=1)
    return None


def _days(text: str, today: dt.date, *, future: bool) -> Iterator[dt.date]:
    """All days that the text names, the most exact kind first."""
    for pattern, make in _EXPRESSIONS:
        for match in re.finditer(pattern, text):
            day = make(match, today, future)
            if day is not None:
                yield day - dt.timedelta(days=1) if match["before"] else day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _numbers(match: re.Match[str], today: dt.date, future: bool) -> dt.date | None:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]))


def _named_month(match: re.Match[str], today: dt.date, future: bool) -> dt.date | None:
    month = next(number for number, stem in enumerate(_MONTHS, 1) if match["month"] == stem)
    day = int(match["day"] or 1)
    if match["year"]:
        return _date(int(match["year"]), month, day)
    years = (today.year, today.year + 1) if future else (today.year, today.year - 1)
    found = (_date(year, month, day) for year in years)
    return next((date for date in found if date and (date > today if future else date <= today)), None)


def _year(match: re.Match[str], today: dt.date, future: bool) -> dt.date | None:
    year = int(match["year"])
    if match["before"] or year > today.year:
        return dt.date(year, 1, 1)
    return min(dt.date(year, 12, 31), today)


def _relative(match: re.Match[str], today: dt.date, future: bool) -> dt.date | None:
    words = match[0]
    if "przyszl" in words:
        return dt.date(today.year + 1, 1, 1)
    if "miesiac" in words:
        return _months_ago(today, 1)
    return dt.date(today.year - 1, 12, 31)


def _ago(match: re.Match[str], today: dt.date, future: bool) -> dt.date | None:
    count = match["count"]
    number = 1 if count is None else int(count) if count.isdigit() else _COUNTS[count]
    if match["unit"].startswith("dni"):
        return today - dt.timedelta(days=number)
    if match["unit"].startswith("mies"):
        return _months_ago(today, number)
    return _months_ago(today, 6 if count == "pol" else 12 * number)


def _months_ago(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(max(index, 12), 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_BEFORE = r"(?P<before>\bprzed (?:dniem )?)?"
_EXPRESSIONS: list[tuple[str, Callable[[re.Match[str], dt.date, bool], dt.date | None]]] = [
    (rf"{_BEFORE}\b(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)\b", _numbers),
    (rf"{_BEFORE}\b(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})\b", _numbers),
    (rf"{_BEFORE}(?:\b(?P<day>\d{{1,2}}) )?\b{_MONTH}(?: {_YEAR})?\b", _named_month),
    (rf"{_BEFORE}\b{_YEAR}\b", _year),
    (r"(?P<before>(?!))?\b(?:zeszl\w+|ubiegl\w+|poprzedni\w+|przyszl\w+) (?:rok\w*|miesiac\w*)", _relative),
    (
        r"(?P<before>(?!))?\b(?:(?P<count>\d{1,2}|jeden|dwa|trzy|cztery|piec|pol) )?"
        r"(?P<unit>dni|miesi\w+|rok\w*|lat\w*) temu",
        _ago,
    ),
]
