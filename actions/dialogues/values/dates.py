"""Days: `15.03.2026`, `15 III`, `15 marca`, `wczoraj`, `koniec marca`, `od 1 lutego`, `za dwa tygodnie`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Literal

from actions.calculators.dates import add_months, end_of_month
from actions.dialogues.values.numbers import number_at
from actions.dialogues.values.words import Found, left_over, tokens
from actions.reasoning import InputError
from knowledge_base.content.text import fold

Edge = Literal["first", "last"] | None
_MONTHS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazdz", "listop", "grud")
_MONTH = r"(?P<month>" + "|".join(rf"{stem}[a-z]*" for stem in _MONTHS) + r")"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = r"(?P<roman>" + "|".join(sorted(_ROMANS, key=len, reverse=True)) + r")"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?:\s*(?:roku|rok|r)\b\.?)?"
_WEEKDAYS = ("poniedzial", "wtor", "srod", "czwart", "piat", "sobot", "niedziel")
_RELATIVE = {
    "przedwczoraj": -2, "wczoraj": -1, "dzis": 0, "dzisiaj": 0, "teraz": 0, "zaraz": 0, "natychmiast": 0, "jutro": 1,
    "pojutrze": 2,
}  # fmt: skip
_ORDINALS = {
    "pierwsz": 1, "drugi": 2, "trzeci": 3, "czwart": 4, "piat": 5, "szost": 6, "siodm": 7, "osm": 8, "dziewiat": 9,
    "dziesiat": 10, "jedenast": 11, "dwunast": 12, "trzynast": 13, "czternast": 14, "pietnast": 15, "szesnast": 16,
    "siedemnast": 17, "osiemnast": 18, "dziewietnast": 19, "dwudziest": 20, "trzydziest": 30,
}  # fmt: skip
_ORDINAL = r"(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")(?:ego|y|iego|i)"
_DAY = rf"(?P<day>\d{{1,2}}(?:-?(?:go|ego|szego|tego|szy|ty|ego))?\.?|{_ORDINAL}(?:\s+{_ORDINAL})?)"
_AROUND = frozenset(
    "od do dnia dniem dn roku r rok miesiaca wlacznie okolicy poczatku urodzony urodzona urodzilem urodzilam ur".split()
)
_CENTURY_AHEAD = 10


def day_of(
    text: str, *, today: dt.date, future: bool | None = None, month: Edge = None, year: Edge = None
) -> Found[dt.date] | None:
    """The day that a text names.

    A day without a year is the next one where `future`, the last one where not, the nearest where that is None.
    `month` and `year` say which day a month or a year alone means; None: they are no day. A day that the calendar
    lacks is none: see `impossible`.
    """
    folded = " ".join(fold(text.replace("–", "-").replace("\u00a0", " ")).split())
    if impossible(folded):
        return None
    context = _Context(today, future, month, year)
    for pattern, make in _EXPRESSIONS:
        match = pattern.search(folded)
        if match is None:
            continue
        try:
            value = make(match, context)
        except (ValueError, InputError, OverflowError):
            continue
        if value is not None:
            rest = folded[: match.start()] + " " + folded[match.end() :]
            return Found(value, whole=not left_over(tokens(rest), _AROUND))
    return None


def days_from_to(text: str, *, today: dt.date) -> Found[tuple[dt.date, dt.date]] | None:
    """The first and the last day of a period: `od 1.02.2025 do końca maja`; a year may stand only once."""
    folded = " ".join(fold(text.replace("–", "-").replace("\u00a0", " ")).split())
    for match in re.finditer(r"\bdo\b|\s-\s", folded):
        last = day_of(folded[match.end() :], today=today, future=None, month="last", year="last")
        if last is None:
            continue
        first = day_of(folded[: match.start()], today=last.value, future=False, month="first", year="first")
        if first is not None:
            return Found((first.value, last.value), first.whole and last.whole)
    return None


def impossible(text: str) -> bool:
    """Tell whether a text is written as a day that no calendar has (31.02.2026)."""
    match = _NUMERIC.search(fold(text)) or _ISO.search(fold(text))
    if match is None or not match["year"]:
        return False
    try:
        dt.date(2000 + int(match["year"]) % 100, int(match["month"]), int(match["day"]))
    except ValueError:
        return True
    return False


class _Context:
    def __init__(self, today: dt.date, future: bool | None, month: Edge, year: Edge) -> None:
        self.today, self.future, self.month, self.year = today, future, month, year

    def nearest(self, make: Callable[[int], dt.date | None]) -> dt.date | None:
        """The day of the year that fits the direction of time."""
        found = [day for year in range(self.today.year - 4, self.today.year + 5) if (day := _try(make, year))]
        if self.future is True:
            return min((day for day in found if day >= self.today), default=None)
        if self.future is False:
            return max((day for day in found if day <= self.today), default=None)
        return min(found, key=lambda day: abs((day - self.today).days), default=None)


def _try(make: Callable[[int], dt.date | None], year: int) -> dt.date | None:
    try:
        return make(year)
    except ValueError:
        return None


def _full_year(text: str, today: dt.date) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if year <= today.year % 100 + _CENTURY_AHEAD else century - 100 + year


def _numeric(match: re.Match[str], context: _Context) -> dt.date | None:
    day, month = int(match["day"]), int(match["month"])
    if match["year"]:
        return dt.date(_full_year(match["year"], context.today), month, day)
    return context.nearest(lambda year: dt.date(year, month, day))


def _month_number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("roman"):
        return _ROMANS.index(groups["roman"]) + 1
    return next(number for number, stem in enumerate(_MONTHS, 1) if groups["month"].startswith(stem))


def _day_number(text: str) -> int:
    if text[0].isdigit():
        return int(re.match(r"\d+", text)[0])  # type: ignore[index]
    return sum(next(n for stem, n in _BY_LENGTH if word.startswith(stem)) for word in text.split())


_BY_LENGTH = sorted(_ORDINALS.items(), key=lambda item: -len(item[0]))


def _named(match: re.Match[str], context: _Context) -> dt.date | None:
    day, month = _day_number(match["day"]), _month_number(match)
    if match["year"]:
        return dt.date(int(match["year"]), month, day)
    return context.nearest(lambda year: dt.date(year, month, day))


def _edge_of_month(match: re.Match[str], context: _Context) -> dt.date | None:
    month, edge = _month_number(match), match["edge"]

    def make(year: int) -> dt.date:
        first = dt.date(year, month, 1)
        if edge.startswith(("kon", "ostatni")):
            return end_of_month(first)
        return first.replace(day=15) if edge.startswith(("polow", "srod")) else first

    return make(int(match["year"])) if match["year"] else context.nearest(make)


def _month_alone(match: re.Match[str], context: _Context) -> dt.date | None:
    if context.month is None:
        return None
    month = _month_number(match)

    def make(year: int) -> dt.date:
        first = dt.date(year, month, 1)
        return first if context.month == "first" else end_of_month(first)

    if match["year"]:
        return make(int(match["year"]))
    return context.nearest(make)


def _month_of_now(match: re.Match[str], context: _Context) -> dt.date | None:
    if context.month is None:
        return None
    which = match["which"]
    step = 1 if which.startswith(("przyszl", "nastep")) else -1 if which.startswith(("zesz", "ubieg", "poprzed")) else 0
    first = add_months(context.today.replace(day=1), step)
    return first if context.month == "first" else end_of_month(first)


def _numeric_month(match: re.Match[str], context: _Context) -> dt.date | None:
    if context.month is None:
        return None
    first = dt.date(int(match["year"]), int(match["month"]), 1)
    return first if context.month == "first" else end_of_month(first)


def _year_alone(match: re.Match[str], context: _Context) -> dt.date | None:
    if context.year is None:
        return None
    year = int(match["year"])
    return dt.date(year, 1, 1) if context.year == "first" else dt.date(year, 12, 31)


def _relative(match: re.Match[str], context: _Context) -> dt.date:
    return context.today + dt.timedelta(days=_RELATIVE[match["word"]])


def _shift(match: re.Match[str], context: _Context) -> dt.date | None:
    count = 1
    if match["count"]:
        found = number_at(tokens(match["count"]), 0)
        if found is None or (found[0].denominator != 1 and not match["unit"].startswith(("rok", "lat"))):
            return None
        if found[0].denominator != 1:
            months = int(found[0] * 12)
            return add_months(context.today, months if match["after"] else -months)
        count = int(found[0])
    signed = count if match["after"] else -count
    unit = match["unit"]
    if unit.startswith(("dni", "dzien")):
        return context.today + dt.timedelta(days=signed)
    if unit.startswith("ty"):
        return context.today + dt.timedelta(weeks=signed)
    return add_months(context.today, signed if unit.startswith("mies") else signed * 12)


def _weekday(match: re.Match[str], context: _Context) -> dt.date:
    wanted = next(number for number, stem in enumerate(_WEEKDAYS) if match["weekday"].startswith(stem))
    ahead = (wanted - context.today.weekday()) % 7
    past = (match["which"] or "").startswith(("zesz", "ubieg", "minion", "ostatni", "poprzed"))
    coming = (match["which"] or "").startswith(("przyszl", "najbliz", "nastep"))
    if past or (context.future is False and not coming):
        return context.today - dt.timedelta(days=(7 - ahead) if ahead else 7)
    return context.today + dt.timedelta(days=ahead or 7)


def _edge_of_now(match: re.Match[str], context: _Context) -> dt.date:
    which, unit = match["which"] or "", match["unit"]
    step = 1 if which.startswith(("przyszl", "nastep")) else -1 if which.startswith(("zesz", "ubieg", "poprzed")) else 0
    first = context.today.replace(day=1)
    if unit.startswith("mies"):
        first = add_months(first, step)
        return end_of_month(first) if match["edge"].startswith(("kon", "ostatni")) else first
    year = context.today.year + step
    return dt.date(year, 12, 31) if match["edge"].startswith(("kon", "ostatni")) else dt.date(year, 1, 1)


_EDGE = (
    r"(?P<edge>koniec|koncem|konca|koncu|ostatni\w*(?: dzien| dnia| dniem)?|pocz\w+|pierwsz\w+ dni\w+|polow\w+"
    r"|srodek|srodku)"
)
_UNIT = r"(?P<unit>dni|dzien|tydzien|tygodni\w*|miesiac\w*|miesiec\w*|rok\w*|lat\w*)"
_SOME = r"(?P<which>ten|tym|tego|biez\w+|obecn\w+|zesz\w+|ubieg\w+|poprzedni\w*|przyszl\w+|nastepn\w+)"
_NEXT = r"(?P<edge>1|pierwszego)\.?\s+(?P<which>przyszl\w+|nastep\w+|tego|biez\w+)\s+(?P<unit>miesiaca)"
_WEEKDAY = (
    r"(?:(?P<which>zesz\w+|ubieg\w+|minion\w+|ostatni\w+|przyszl\w+|najbliz\w+|nastep\w+)\s+)?"
    rf"(?P<weekday>(?:{'|'.join(_WEEKDAYS)})[a-z]*)"
)
_WHICH = r"(?P<which>zesz\w+|ubieg\w+|poprzed\w+|przyszl\w+|nastep\w+|tego|biezac\w+|obecn\w+)?"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d.,])(?P<day>\d{1,2})\s?[./-]\s?(?P<month>\d{1,2})(?:\s?[./-]\s?(?P<year>\d{4}|\d{2}))?(?![\d,]|\.\d)\s?(?:r\b\.?|roku\b)?"
)
_Maker = Callable[[re.Match[str], _Context], "dt.date | None"]
_EXPRESSIONS: list[tuple[re.Pattern[str], _Maker]] = [
    (_ISO, _numeric),
    (re.compile(rf"\b{_DAY}\s*{_MONTH}\b(?:\s*{_YEAR})?"), _named),
    (re.compile(rf"\b{_DAY}\s*[./-]?\s*{_ROMAN}\b(?:\s*[./-]?\s*{_YEAR})?"), _named),
    (_NUMERIC, _numeric),
    (re.compile(rf"\b{_EDGE}\s+(?:miesiaca\s+)?{_MONTH}\b(?:\s+{_YEAR})?"), _edge_of_month),
    (re.compile(rf"\b{_EDGE}\s+{_WHICH}\s*(?P<unit>miesiac\w*|rok\w*)\b"), _edge_of_now),
    (re.compile(rf"\b{_NEXT}\b"), _edge_of_now),
    (re.compile(rf"\b(?P<word>{'|'.join(_RELATIVE)})(?:ejsz\w+)?\b"), _relative),
    (re.compile(rf"\b(?P<after>za)\s+(?P<count>[\w/,. ]+?\s)??{_UNIT}\b"), _shift),
    (re.compile(rf"\b(?P<count>[\w/,.]+(?:\s[\w/,.]+)?\s)??{_UNIT}\s+(?:temu|wstecz)(?P<after>(?!))?"), _shift),
    (re.compile(rf"\b{_WEEKDAY}\b"), _weekday),
    (re.compile(rf"\b{_MONTH}\b(?:\s+{_YEAR})?"), _month_alone),
    (re.compile(rf"\b{_ROMAN}\s*[./-]?\s*{_YEAR}\b"), _month_alone),
    (re.compile(r"(?<![\d.])(?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)(?!\d)"), _numeric_month),
    (re.compile(rf"\b{_SOME}\s+miesiac\w*\b"), _month_of_now),
    (re.compile(rf"(?<!\d){_YEAR}(?!\d)"), _year_alone),
]
