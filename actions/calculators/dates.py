"""Periods of employment and the calendar of Polish labour law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from actions import wording
from actions.reasoning import InputError

ONE_DAY = dt.timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
# A month where continuity is not needed (art. 114 of the Civil Code).
DAYS_IN_LOOSE_MONTH = 30
_LONGEST_LIFE_OF_WORK = 100 * 12


@dataclass(frozen=True, order=True)
class Span:
    """A length of time in whole months and days, such as seniority."""

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if self.months < 0 or self.days < 0:
            raise InputError("span", "Okres nie może być ujemny.")
        if self.months > _LONGEST_LIFE_OF_WORK:
            raise InputError("span", "Podany okres jest dłuższy niż życie zawodowe. Proszę sprawdzić liczbę lat.")

    def __add__(self, other: Span) -> Span:
        """Add separate periods; only days left over from both make up months of 30 days."""
        if not self.days or not other.days:
            return Span(self.months + other.months, self.days + other.days)
        carried, left = divmod(self.days + other.days, DAYS_IN_LOOSE_MONTH)
        return Span(self.months + other.months + carried, left)

    def __str__(self) -> str:
        full_years, left = divmod(self.months, 12)
        parts = [
            wording.years(full_years) if full_years else "",
            wording.months(left) if left else "",
            wording.days(self.days) if self.days else "",
        ]
        return wording.listed(part for part in parts if part) if any(parts) else "0 dni"


def span(*, years: int = 0, months: int = 0, days: int = 0) -> Span:
    return Span(years * 12 + months, days)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR - 1:
        raise InputError("day", "Ta data jest zbyt odległa, żeby ją policzyć.")
    return dt.date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    return (dt.date(year + month // 12, month % 12 + 1, 1) - ONE_DAY).day


def end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=days_in_month(day.year, day.month))


def month_mark(first: dt.date, months: int) -> dt.date:
    """The day after so many months from `first` are complete: the same number, or the 1st where a month lacks it."""
    marked = add_months(first, months)
    return marked if marked.day == first.day else marked + ONE_DAY


def span_between(first: dt.date, last: dt.date) -> Span:
    """The length of a period with both its days.

    A month of employment ends on the day before the one that bears the first day's number, as the Supreme Court
    reckons entitlements of employees: 1 June to 30 November is six months, 29 February to 28 February a year.
    """
    after = last + ONE_DAY
    months = max(0, (after.year - first.year) * 12 + after.month - first.month)
    if months and month_mark(first, months) > after:
        months -= 1
    return Span(months, (after - month_mark(first, months)).days)


def reached_on(first: dt.date, months: int, earlier: Span) -> dt.date:
    """The last day of the day-by-day period from `first` that, with `earlier`, makes up so many months.

    The day before `first` where `earlier` is enough.
    """
    missing = months - earlier.months
    if missing <= 0:
        return first - ONE_DAY
    full_months = month_mark(first, missing)
    if not earlier.days:
        return full_months - ONE_DAY
    # A short February may be over before the days that are missing to one of 30.
    left = max(0, DAYS_IN_LOOSE_MONTH - earlier.days)
    return min(full_months, month_mark(first, missing - 1) + dt.timedelta(days=left)) - ONE_DAY


def joined(periods: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Join periods, given in order, of which one begins on the day after the other ended."""
    runs: list[tuple[dt.date, dt.date]] = []
    for first, last in periods:
        if runs and first == runs[-1][1] + ONE_DAY:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Days off besides Sundays (art. 1 of the act on days off); Christmas Eve since 2025."""
    easter = _easter(year)
    fixed = [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)]
    if year >= 2025:
        fixed.append((12, 24))
    moving = (easter, easter + ONE_DAY, easter + 49 * ONE_DAY, easter + 60 * ONE_DAY)
    return frozenset(dt.date(year, month, day) for month, day in fixed) | frozenset(moving)


def _easter(year: int) -> dt.date:
    """The Gregorian Easter Sunday, by the anonymous algorithm of 1876."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap, left = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, last = divmod(in_century, 4)
    weekday = (32 + 2 * left + 2 * quarter - moon - last) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return dt.date(year, month, day + 1)


def is_day_off(day: dt.date) -> bool:
    """A Sunday or a public holiday; a Saturday is a working day in this sense."""
    return day.weekday() == SUNDAY or day in public_holidays(day.year)


def working_hours(year: int, month: int) -> int:
    """Full-time hours of a calendar month (art. 130 of the Labour Code).

    40 hours for each full week, 8 for each further day from Monday to Friday, less 8 for each holiday but on a Sunday.
    """
    length = days_in_month(year, month)
    full_weeks, extra = divmod(length, 7)
    further = [dt.date(year, month, length - n) for n in range(extra)]
    weekdays = sum(1 for day in further if day.weekday() < SATURDAY)
    holidays = [day for day in public_holidays(year) if day.month == month and day.weekday() != SUNDAY]
    return 40 * full_weeks + 8 * weekdays - 8 * len(holidays)
