"""Days of the statistics: what was asked for, the same length before, and how months cover it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from zielona.clock import WARSAW

MONTHS = (
    "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik",
    "listopad", "grudzień",
)  # fmt: skip
WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
LONGEST_DAYS = 3 * 366
_DEFAULT_DAYS = 30


class PeriodError(ValueError):
    """A period that cannot be shown; the text tells the reader why, in Polish."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; days of Warsaw."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> Period:
        """The same number of days just before; of whole months, so many whole months before."""
        last = self.first - dt.timedelta(days=1)
        if self.first.day == 1 and next_month(self.last) == self.last + dt.timedelta(days=1):
            first = self.first
            for _ in self.months():
                first = (first - dt.timedelta(days=1)).replace(day=1)
            return Period(first, last)
        return Period(self.first - dt.timedelta(days=self.days), last)

    @property
    def label(self) -> str:
        return f"{self.first:%d.%m.%Y} – {self.last:%d.%m.%Y}"

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end in time, the end excluded."""
        midnight = dt.time(0)
        after = self.last + dt.timedelta(days=1)
        return dt.datetime.combine(self.first, midnight, WARSAW), dt.datetime.combine(after, midnight, WARSAW)

    def __iter__(self) -> Iterator[dt.date]:
        return (self.first + dt.timedelta(days=number) for number in range(self.days))

    def months(self) -> list[dt.date]:
        """First days of all months that the period touches."""
        found = [self.first.replace(day=1)]
        while next_month(found[-1]) <= self.last:
            found.append(next_month(found[-1]))
        return found

    def cover(self) -> tuple[list[dt.date], list[dt.date]]:
        """Whole months within the period, by their first days, and the days that remain."""
        whole = [month for month in self.months() if month >= self.first and _last_day(month) <= self.last]
        return whole, [day for day in self if day.replace(day=1) not in set(whole)]


def next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def month_of(day: dt.date) -> Period:
    return Period(day.replace(day=1), _last_day(day))


def month_label(month: dt.date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def read_period(first: str | None, last: str | None, *, today: dt.date) -> Period:
    """The period of two dates as a form sends them; without them, the last thirty days. Raises PeriodError."""
    end = _date(last) or today
    begin = _date(first) or end - dt.timedelta(days=_DEFAULT_DAYS - 1)
    if begin > end:
        raise PeriodError("Początek okresu jest po jego końcu.")
    if (end - begin).days >= LONGEST_DAYS:
        raise PeriodError("Okres może mieć najwyżej trzy lata.")
    return Period(begin, end)


def read_month(text: str | None, *, today: dt.date) -> Period:
    """A month such as 2026-10; without one, the last whole month. Raises PeriodError."""
    if not text:
        return month_of(today.replace(day=1) - dt.timedelta(days=1))
    found = _date(f"{text}-01")
    assert found is not None  # noqa: S101 - only an empty text gives None
    return month_of(found)


def _last_day(day: dt.date) -> dt.date:
    return next_month(day) - dt.timedelta(days=1)


def _date(text: str | None) -> dt.date | None:
    if not text:
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError as error:
        raise PeriodError("Data musi mieć postać rrrr-mm-dd.") from error
    if not 2000 <= found.year <= 2100:
        raise PeriodError("Data jest spoza zakresu lat 2000–2100.")
    return found
