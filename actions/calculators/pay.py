"""Amounts of money in calculations: read from the table of the day, rounded to the grosz."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from actions import wording
from actions.reasoning import InputError
from knowledge_base.content.amounts import Amounts, UnknownAmountError

_GROSZ = Decimal("0.01")
_HIGHEST_PAY = Decimal(10_000_000)


@dataclass(frozen=True)
class Money:
    """The value of a parameter on a day; `sure` is false where it was not confirmed."""

    value: Decimal
    text: str
    sure: bool


class NoAmountError(InputError):
    """The table of amounts has no value on that day."""


def amount_on(amounts: Amounts, name: str, day: dt.date) -> Money:
    """Raises NoAmountError."""
    try:
        period = amounts.period_on(name, day)
    except UnknownAmountError as error:
        raise NoAmountError(
            "day", f"Kwota obowiązująca dnia {wording.day(day)} nie jest znana, więc nie da się tego policzyć."
        ) from error
    return Money(period.value, amounts.text_on(name, day), period.verified)


def rounded(value: Fraction | Decimal) -> Decimal:
    """To the grosz, half up."""
    if isinstance(value, Decimal):
        return value.quantize(_GROSZ, ROUND_HALF_UP)
    hundredths = (value * 100 + Fraction(1, 2)).__floor__()
    return Decimal(hundredths).scaleb(-2)


def checked_pay(field: str, value: Decimal) -> Decimal:
    """Raises InputError where it is no amount of pay."""
    if not value.is_finite() or value <= 0:
        raise InputError(field, "Wynagrodzenie musi być większe od zera.")
    if value > _HIGHEST_PAY:
        raise InputError(field, "Ta kwota jest nieprawdopodobnie wysoka. Proszę podać wynagrodzenie w złotych.")
    return value


def checked_fraction(field: str, value: Fraction) -> Fraction:
    """Raises InputError where it is no part of a full-time job."""
    if not 0 < value <= 1:
        raise InputError(field, "Wymiar etatu musi być większy od zera i nie większy niż cały etat.")
    return value


def fraction_text(value: Fraction) -> str:
    """`cały etat`, `1/2 etatu`."""
    return "cały etat" if value == 1 else f"{value.numerator}/{value.denominator} etatu"
