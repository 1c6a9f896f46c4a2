"""Pay for overtime, night work and Sundays in a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from actions import basis, wording
from actions.calculators.dates import working_hours
from actions.calculators.pay import amount_on, checked_fraction, checked_pay, fraction_text, rounded
from actions.reasoning import InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2004, 1, 1)
YEARLY_LIMIT = 150
_HOURS_OF_A_MONTH = 31 * 24


@dataclass(frozen=True)
class Hours:
    """Hours of one month, whole or decimal.

    `half` are overtime hours on ordinary days; `full` those at night, on a Sunday or holiday that was free, or on a day
    off given for one; `average_week` those beyond the weekly average (a Saturday without a day off in return). `night`
    are all hours at night, overtime or not. `sunday_in_schedule` are scheduled hours of a Sunday or holiday for which
    no other day off was given.
    """

    half: Decimal = Decimal(0)
    full: Decimal = Decimal(0)
    average_week: Decimal = Decimal(0)
    night: Decimal = Decimal(0)
    sunday_in_schedule: Decimal = Decimal(0)

    @property
    def overtime(self) -> Decimal:
        return self.half + self.full + self.average_week


@dataclass(frozen=True)
class Overtime:
    """The result, gross, in zloty. `total` is what comes on top of the monthly pay."""

    month_hours: Fraction
    hourly_rate: Decimal
    normal_pay: Decimal
    supplement_half: Decimal
    supplement_full: Decimal
    night_supplement: Decimal
    sunday_supplement: Decimal
    total: Decimal
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


def overtime_pay(
    monthly_pay: Decimal,
    hours: Hours,
    *,
    year: int,
    month: int,
    amounts: Amounts,
    fraction: Fraction = Fraction(1),
    rate_is_separate: bool = True,
) -> Overtime:
    """Reckon what is due for the month on top of the monthly pay.

    `rate_is_separate` is false where the contract names no personal rate, so that supplements are counted from 60% of
    the pay (art. 151(1) § 3). Raises InputError.
    """
    _check(monthly_pay, hours, year, month)
    due = working_hours(year, month) * checked_fraction("fraction", fraction)
    rate = Fraction(monthly_pay) / due
    rate_for_supplements = rate if rate_is_separate else rate * Fraction(60, 100)
    normal = rounded(rate * Fraction(hours.overtime))
    half = rounded(rate_for_supplements * Fraction(hours.half) / 2)
    full = rounded(rate_for_supplements * Fraction(hours.full + hours.average_week))
    sunday = rounded(rate_for_supplements * Fraction(hours.sunday_in_schedule))
    night, night_steps = _night(hours, year, month, amounts)
    steps = _rate_steps(monthly_pay, year, month, due, rate, fraction, rate_is_separate)
    steps += _overtime_steps(hours, normal, half, full, sunday) + night_steps
    total = normal + half + full + night + sunday
    return Overtime(
        month_hours=due,
        hourly_rate=rounded(rate),
        normal_pay=normal,
        supplement_half=half,
        supplement_full=full,
        night_supplement=night,
        sunday_supplement=sunday,
        total=total,
        steps=tuple(steps),
        notes=_notes(fraction),
    )


def average_monthly_hours(year: int) -> Fraction:
    """Full-time hours of the year through twelve."""
    return Fraction(sum(working_hours(year, month) for month in range(1, 13)), 12)


def _check(monthly_pay: Decimal, hours: Hours, year: int, month: int) -> None:
    checked_pay("monthly_pay", monthly_pay)
    if not 1 <= month <= 12:
        raise InputError("month", "Miesiąc to liczba od 1 do 12.")
    if year < RULES_SINCE.year:
        raise InputError("year", f"Te zasady obowiązują od {RULES_SINCE.year} roku; wcześniej były inne.")
    every = (hours.half, hours.full, hours.average_week, hours.night, hours.sunday_in_schedule)
    if any(not value.is_finite() or value < 0 for value in every):
        raise InputError("hours", "Liczba godzin nie może być ujemna.")
    if hours.overtime + hours.sunday_in_schedule > _HOURS_OF_A_MONTH or hours.night > _HOURS_OF_A_MONTH:
        raise InputError("hours", "Tyle godzin nie mieści się w miesiącu.")


def _night(hours: Hours, year: int, month: int, amounts: Amounts) -> tuple[Decimal, list[Step]]:
    """20% of the hourly rate that follows from the minimum wage, whatever the person earns."""
    if not hours.night:
        return Decimal(0), []
    minimum = amount_on(amounts, "minimalne_wynagrodzenie", dt.date(year, month, 1))
    full_time = working_hours(year, month)
    pay = rounded(Fraction(minimum.value) / full_time * Fraction(20, 100) * Fraction(hours.night))
    text = (
        f"Dodatek nocny to 20% stawki z płacy minimalnej: {minimum.text} / {full_time} godz. × 20% × "
        f"{wording.decimal(hours.night)} godz. = {wording.zloty(pay)}. Należy się niezależnie od nadgodzin."
    )
    return pay, [step(basis.NIGHT_SUPPLEMENT, text, sure=minimum.sure)]


def _rate_steps(
    monthly_pay: Decimal, year: int, month: int, due: Fraction, rate: Fraction, fraction: Fraction, separate: bool
) -> list[Step]:
    part = "" if fraction == 1 else f" na {fraction_text(fraction)}"
    steps = [
        step(
            basis.WORKING_HOURS,
            f"W miesiącu {month:02}.{year} do przepracowania{part} jest {wording.decimal(due)} godz.: 40 za każdy "
            "pełny "
            "tydzień, 8 za każdy pozostały dzień od poniedziałku do piątku, minus 8 za święto w innym dniu niż "
            "niedziela.",
        ),
        step(
            basis.OVERTIME_SUPPLEMENTS,
            f"Stawka za godzinę: {wording.zloty(monthly_pay)} / {wording.decimal(due)} godz. = "
            f"{wording.zloty(rounded(rate))}. Przyjęto stałą stawkę miesięczną.",
            sure=False,
        ),
    ]
    if not separate:
        text = "Umowa nie wyodrębnia stawki osobistego zaszeregowania, więc dodatki liczy się od 60% wynagrodzenia."
        steps.append(step(basis.OVERTIME_SUPPLEMENTS, text))
    return steps


def _overtime_steps(hours: Hours, normal: Decimal, half: Decimal, full: Decimal, sunday: Decimal) -> list[Step]:
    steps = []
    if hours.overtime:
        text = f"Zwykła płaca za {wording.decimal(hours.overtime)} godz. nadliczbowych: {wording.zloty(normal)}."
        steps.append(step(basis.OVERTIME_SUPPLEMENTS, text))
    if hours.half:
        text = f"Dodatek 50% za {wording.decimal(hours.half)} godz.: {wording.zloty(half)}."
        steps.append(step(basis.OVERTIME_SUPPLEMENTS, text))
    if hours.full or hours.average_week:
        text = (
            f"Dodatek 100% za {wording.decimal(hours.full + hours.average_week)} godz. w nocy, w wolną niedzielę lub "
            f"święto albo ponad średnią tygodniową: {wording.zloty(full)}."
        )
        steps.append(step(basis.OVERTIME_SUPPLEMENTS, text))
    if hours.sunday_in_schedule:
        text = (
            f"Dodatek 100% za {wording.decimal(hours.sunday_in_schedule)} godz. w niedzielę lub święto, za które nie "
            f"oddano dnia wolnego: {wording.zloty(sunday)}. Zwykła płaca za te godziny jest już w pensji."
        )
        steps.append(step(basis.SUNDAY_SUPPLEMENT, text))
    return steps


def _notes(fraction: Fraction) -> tuple[Step, ...]:
    notes = [
        step(basis.OVERTIME_LIMIT, f"Zwykły limit nadgodzin to {YEARLY_LIMIT} w roku, chyba że ustalono inny."),
        step(
            basis.OVERTIME_TIME_OFF,
            "Za nadgodziny można zamiast pieniędzy dostać czas wolny; dodatek wtedy się nie należy.",
        ),
    ]
    if fraction != 1:
        text = (
            "Na części etatu godziny do 8 na dobę i średnio 40 na tydzień nie są nadgodzinami: płaci się za nie zwykłą "
            "stawkę, a dodatek od liczby godzin zapisanej w umowie."
        )
        notes.append(step(basis.OVERTIME_PART_TIME, text))
    return tuple(notes)
