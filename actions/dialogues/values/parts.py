"""The part of a full-time job: `pół etatu`, `3/4`, `0,5`, `75%`, `20 godzin tygodniowo`."""

from __future__ import annotations

from fractions import Fraction

from actions.dialogues.values.numbers import numbers_in
from actions.dialogues.values.words import Found, left_over, tokens

_WEEK_HOURS, _DAY_HOURS = 40, 8
_FULL = frozenset("caly calego pelny pelnego pelen pelnym calym".split())
_AROUND = frozenset("etat etatu etacie etaty wymiar wymiaru wymiarze czesc czesci umowa pelny caly".split())
_HOURS = frozenset("godzin godziny godzina godz h".split())
_WEEKLY = frozenset("tygodniowo tydzien tygodniu tyg".split())
_DAILY = frozenset("dziennie dobe".split())
_ENOUGH_DIGITS = 64


def part_of_job(text: str) -> Found[Fraction] | None:
    """The part as people name it; whether it is one at all (up to a whole) is for the calculator to say."""
    parts = tokens(text)
    found = numbers_in(parts)
    if not found:
        full = any(part in _FULL for part in parts) or parts == ["etat"]
        return Found(Fraction(1), whole=not left_over(parts, _AROUND | _FULL)) if full else None
    if len(found) != 1:
        return None
    value, start, end = found[0]
    rest = parts[:start] + parts[end:]
    if any(part in _HOURS for part in rest):
        value /= _DAY_HOURS if any(part in _DAILY for part in rest) else _WEEK_HOURS
        rest = left_over(rest, _HOURS | _WEEKLY | _DAILY)
    elif "%" in rest:
        value /= 100
        rest = [part for part in rest if part != "%"]
    if value.denominator > 1:
        value = value.limit_denominator(8) if _close(value) else value.limit_denominator(_ENOUGH_DIGITS)
    return Found(value, whole=not left_over(rest, _AROUND))


def _close(value: Fraction) -> bool:
    """0,33 and 0.67 stand for thirds."""
    return abs(value.limit_denominator(8) - value) < Fraction(1, 150)
