"""Numbers, days and amounts as Polish writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from knowledge_base.content.amounts import format_amount
from zielona.plurals import counted


def days(number: int) -> str:
    return counted(number, "dzień", "dni", "dni")


def weeks(number: int) -> str:
    return counted(number, "tydzień", "tygodnie", "tygodni")


def months(number: int) -> str:
    return counted(number, "miesiąc", "miesiące", "miesięcy")


def years(number: int) -> str:
    return counted(number, "rok", "lata", "lat")


def day(value: dt.date) -> str:
    """`30.11.2026`: unlike strftime, four digits of the year on every platform."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def zloty(value: Decimal) -> str:
    """`4806 zł`, `1783,90 zł`; from five digits on in groups of three, which no line breaks: `72 090 zł`."""
    return format_amount(value, "zł")


def decimal(value: Decimal | Fraction) -> str:
    """At most two decimals with a comma, no empty ones: `6,67`, `7,5`, `8`."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    hundredths = int(exact * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    return str(whole) if rest == 0 else f"{whole},{rest:02}".rstrip("0")


def days_of_leave(value: Fraction) -> str:
    """`5 dni`, or `6,67 dnia` where it is not whole."""
    return days(int(value)) if value.denominator == 1 else f"{decimal(value)} dnia"


def listed(items: Iterable[str], joined: str = "i") -> str:
    """`a, b i c`."""
    *head, last = items
    return f"{', '.join(head)} {joined} {last}" if head else last
