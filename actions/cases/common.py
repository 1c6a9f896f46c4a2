"""What the cases share: verdicts that know when they do not know, and things to do by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from actions.reasoning import InputError, Step


class Verdict(Enum):
    """DEPENDS: an answer is missing that decides."""

    YES = "tak"
    NO = "nie"
    DEPENDS = "zalezy"


@dataclass(frozen=True)
class Task:
    """Something to do; `by` is the last day for it, None where there is no day or it is not known."""

    step: Step
    by: dt.date | None = None


@dataclass(frozen=True)
class Interval:
    """A whole number that is known only between two, both included."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low < 0 or self.high < self.low:
            raise InputError("interval", "Liczba nie może być ujemna, a „od” nie może być większe niż „do”.")

    def at_least(self, number: int) -> bool | None:
        """True or False where all values agree, else None."""
        if self.low >= number:
            return True
        return None if self.high >= number else False


def exactly(number: int) -> Interval:
    return Interval(number, number)


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """True where one is true, False where all are false, else None: not known."""
    known = list(answers)
    if any(known):
        return True
    return None if None in known else False


def both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
