"""Lengths of time: `rok i 3 miesiące`, `półtora roku`, `8 lat`, `od marca`, `od 5 do 8 lat`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction

from actions.calculators.dates import Span, span_between
from actions.dialogues.values.dates import day_of
from actions.dialogues.values.numbers import number_at
from actions.dialogues.values.words import Found, Tokens, left_over, tokens
from knowledge_base.content.text import fold

YEAR, MONTH, WEEK, DAY = "rok", "miesiąc", "tydzień", "dzień"
_UNITS = (
    (YEAR, re.compile(r"rok(?:u|ow|iem)?|lat(?:a|ach|ami)?|latka|roczek")),
    (MONTH, re.compile(r"miesiac\w*|miesiec\w*|mies|msc|mc|mcy|mies\w+")),
    (WEEK, re.compile(r"tydzien|tygodni\w*|tyg")),
    (DAY, re.compile(r"dzien|dni|dnia|dniach|dniami|doba|doby|dob")),
)
_QUARTER = re.compile(r"kwartal\w*")
_HALF_YEAR = re.compile(r"polrocz\w*|polroku")
_DAYS_OF_WEEK, _DAYS_OF_MONTH = 7, 30
_MORE = re.compile(r"\b(?:ponad|powyzej|przeszlo|wiecej niz|dluzej niz|co najmniej|conajmniej|minimum|min)\b")
_LESS = re.compile(r"\b(?:ponizej|mniej niz|krocej niz|niecal\w+|najwyzej|nie wiecej niz|maksymalnie|max|do)\b")
_RANGE = re.compile(
    r"^(?:.*?\b(?:od|miedzy|pomiedzy)\s+)?(?P<low>.+?)\s*(?:\bdo\b|\ba\b|\bi\b|-|\blub\b|\balbo\b)\s*(?P<high>.+)$"
)
_SINCE = re.compile(r"\b(?:od|odkad)\b")


@dataclass(frozen=True)
class Bounds:
    """A number that is known only to lie between two; None where one side is open."""

    low: Fraction | None
    high: Fraction | None


def length(text: str, *, today: dt.date, unit: str | None = None) -> Found[Span] | None:
    """The length that a text names; a bare number counts in `unit`; "od marca" is up to and with today.

    Raises InputError where it is longer than a life of work.
    """
    since = _since(text, today)
    if since is not None:
        return since
    parts = tokens(text)
    position, months, days, used = 0, Fraction(0), 0, set[int]()
    while position < len(parts):
        step = _piece(parts, position, unit)
        if step is None:
            position += 1
            continue
        more_months, more_days, end = step
        months, days = months + more_months, days + more_days
        used.update(range(position, end))
        position = end
    if not used:
        return None
    rest = [part for position, part in enumerate(parts) if position not in used]
    whole, share = divmod(months, 1)
    days += round(share * _DAYS_OF_MONTH)
    return Found(Span(int(whole), int(days)), whole=not left_over(rest))


def _since(text: str, today: dt.date) -> Found[Span] | None:
    """`od 1 marca`, `od 2015`; not `od 5 do 8 lat`, which is a range."""
    folded = fold(text)
    match = _SINCE.search(folded)
    if match is None or any(unit.search(folded) for _, unit in _UNITS[1:]):
        return None
    found = day_of(folded[match.end() :], today=today, future=False, month="first", year="first")
    if found is None or found.value > today:
        return None
    return Found(span_between(found.value, today), whole=found.whole)


def _piece(parts: Tokens, start: int, unit: str | None) -> tuple[Fraction, int, int] | None:
    """Months, days and the token after one part of a length: `3 miesiące`, `rok`, `dwa i pół roku`."""
    word = parts[start]
    if _HALF_YEAR.fullmatch(word):
        return Fraction(6), 0, start + 1
    found = number_at(parts, start)
    count, position = found or (Fraction(1), start)
    name = _unit_at(parts, position)
    if name is None:
        if found is None or unit is None:
            return None
        return (*_of(unit, count), position)
    position += 3 if parts[position] == "m" else 1
    if parts[position : position + 1] == ["."]:
        position += 1
    if parts[position : position + 2] == ["i", "pol"] and _unit_at(parts, position + 2) is None:
        return (*_of(name, count + Fraction(1, 2)), position + 2)
    return (*_of(name, count), position)


def _unit_at(parts: Tokens, position: int) -> str | None:
    if position >= len(parts):
        return None
    if _QUARTER.fullmatch(parts[position]):
        return "kwartał"
    # "m-c" and "m c" are tokens of their own.
    if parts[position] == "m" and parts[position + 1 : position + 3] == ["-", "c"]:
        return MONTH
    return next((name for name, pattern in _UNITS if pattern.fullmatch(parts[position])), None)


def _of(unit: str, count: Fraction) -> tuple[Fraction, int]:
    if unit == YEAR:
        return count * 12, 0
    if unit == "kwartał":
        return count * 3, 0
    if unit == MONTH:
        return count, 0
    return Fraction(0), round(count * (_DAYS_OF_WEEK if unit == WEEK else 1))


def bounds(text: str, *, unit: str, today: dt.date) -> Found[Bounds] | None:
    """Between how many units a length lies: `od 5 do 8 lat`, `ponad 20 lat`, `niecały rok`, `12 miesięcy`.

    Raises InputError as `length` does.
    """
    folded = fold(text).strip()
    found = _range(folded, unit, today)
    if found is not None:
        return found
    more, less = bool(_MORE.search(folded)), bool(_LESS.search(folded))
    single = length(_LESS.sub(" ", _MORE.sub(" ", folded)) if more or less else folded, today=today, unit=unit)
    if single is None:
        return None
    number = _in(unit, single.value)
    if more:
        return Found(Bounds(number, None), single.whole)
    if less:
        return Found(Bounds(None, number), single.whole)
    return Found(Bounds(number, number), single.whole)


def _range(folded: str, unit: str, today: dt.date) -> Found[Bounds] | None:
    match = _RANGE.match(folded)
    if match is None:
        return None
    low_text, high_text = match["low"], match["high"]
    named = [name for name, pattern in _UNITS if any(pattern.fullmatch(part) for part in tokens(high_text))]
    high = length(high_text, today=today, unit=unit)
    low = length(low_text, today=today, unit=named[0] if named else unit)
    if low is None or high is None or not (low.whole and high.whole) or _unit_only(low_text):
        return None
    first, second = _in(unit, low.value), _in(unit, high.value)
    if first >= second:
        return None
    connective = folded[match.end("low") : match.start("high")].strip()
    # "rok i 3 miesiące" is one length, "między 5 a 8 lat" a range.
    if connective == "i" and not re.search(r"\bmiedzy\b|\bpomiedzy\b", folded):
        return None
    return Found(Bounds(first, second))


def _unit_only(text: str) -> bool:
    return not tokens(text)


def _in(unit: str, value: Span) -> Fraction:
    months = value.months + Fraction(value.days, _DAYS_OF_MONTH)
    if unit == YEAR:
        return months / 12
    if unit == MONTH:
        return months
    return Fraction(value.months * _DAYS_OF_MONTH + value.days)
