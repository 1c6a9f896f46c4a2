"""The least pay for a part of a full-time job, and for an hour of a mandate contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from actions import basis, wording
from actions.calculators.dates import working_hours
from actions.calculators.pay import amount_on, checked_fraction, fraction_text, rounded
from actions.reasoning import InputError, Step, step
from knowledge_base.content.amounts import Amounts


@dataclass(frozen=True)
class Minimum:
    """The result, gross: `monthly` for the part of a job, `hourly` for a mandate contract on that day."""

    monthly: Decimal
    hourly: Decimal
    month_hours: Fraction
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


def part_time_minimum(
    fraction: Fraction, *, day: dt.date, amounts: Amounts, hours_due: Fraction | None = None
) -> Minimum:
    """Reckon the least gross pay of the month in which `day` lies.

    `hours_due` are the hours to be worked that month where they differ from the part of the full time. Raises
    InputError, and NoAmountError where the amount of that day is not known.
    """
    full_time = working_hours(day.year, day.month)
    due = full_time * checked_fraction("fraction", fraction)
    if hours_due is not None:
        if not 0 < hours_due <= full_time:
            raise InputError("hours_due", f"W tym miesiącu można przepracować najwyżej {full_time} godz. w normie.")
        due = hours_due
    wage = amount_on(amounts, "minimalne_wynagrodzenie", day)
    hourly = amount_on(amounts, "minimalna_stawka_godzinowa", day)
    monthly = rounded(Fraction(wage.value) * due / full_time)
    part = fraction_text(fraction) if hours_due is None else f"{wording.decimal(due)} z {full_time} godz."
    steps = (
        step(
            basis.MINIMUM_WAGE,
            f"Dnia {wording.day(day)} minimalne wynagrodzenie na cały etat to {wage.text}.",
            sure=wage.sure,
        ),
        step(
            basis.MINIMUM_WAGE_PARTS,
            f"Na część etatu ustala się je proporcjonalnie do godzin do przepracowania: {part}, czyli "
            f"{wording.zloty(monthly)} brutto.",
            sure=wage.sure,
        ),
        step(
            basis.HOURLY_MINIMUM,
            f"Na umowie zlecenia i umowie o świadczenie usług każda godzina jest warta co najmniej {hourly.text}.",
            sure=hourly.sure,
        ),
    )
    notes = (
        step(
            basis.MINIMUM_WAGE_PARTS,
            "Do minimum nie wlicza się m.in. zapłaty za nadgodziny, dodatku nocnego i stażowego ani nagrody "
            "jubileuszowej.",
        ),
        step(basis.HOURLY_EXCEPTIONS, "Są wyjątki od stawki godzinowej, np. praca wyłącznie na prowizję."),
    )
    return Minimum(monthly, hourly.value, due, steps, notes)
