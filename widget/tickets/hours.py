"""When somebody answers: business hours of the week less Polish public holidays and days that the office is closed.

All moments are aware; days and hours are those of Warsaw.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from holidays import country_holidays

from zielona.clock import WARSAW
from zielona.settings import SettingError, Settings

_HOURS = re.compile(r"([1-7])(?:-([1-7]))? (\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
# Nobody is closed for longer; a setting that closes every day must not loop for ever.
_LONGEST_CLOSURE = 60
DAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
    "listopada", "grudnia",
)  # fmt: skip


@dataclass(frozen=True)
class BusinessHours:
    """Opening and closing time by weekday (Monday is 1), and single days on which nobody answers."""

    week: dict[int, tuple[dt.time, dt.time]]
    closed: frozenset[dt.date] = field(default_factory=frozenset)

    def is_open(self, now: dt.datetime) -> bool:
        """From the minute of opening until just before that of closing."""
        return any(start <= now < end for start, end in self._spans(now, days=1))

    def opens_next(self, now: dt.datetime) -> dt.datetime:
        """Now where it is open, else when it opens. Raises SettingError where it never does."""
        for start, end in self._spans(now, days=_LONGEST_CLOSURE):
            if now < end:
                return max(now.astimezone(WARSAW), start)
        raise SettingError("ZL_TICKET_DAYS i ZL_TICKET_CLOSED nie zostawiają żadnego dnia pracy")

    def due(self, now: dt.datetime, hours: float) -> dt.datetime:
        """The moment when so many business hours from `now` have passed."""
        left = dt.timedelta(hours=hours)
        for start, end in self._spans(now, days=_LONGEST_CLOSURE + int(hours * 7)):
            begun = max(now.astimezone(WARSAW), start)
            open_for = end - begun
            if open_for >= left:
                return begun + left
            left -= max(open_for, dt.timedelta())
        raise SettingError("ZL_TICKET_DAYS i ZL_TICKET_CLOSED nie zostawiają żadnego dnia pracy")

    def works(self, day: dt.date) -> bool:
        return day.isoweekday() in self.week and day not in self.closed and day not in _holidays(day.year)

    def _spans(self, now: dt.datetime, *, days: int) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Opening and closing moments of the working days from that of `now` on."""
        first = now.astimezone(WARSAW).date()
        for offset in range(days):
            day = first + dt.timedelta(days=offset)
            if self.works(day):
                start, end = self.week[day.isoweekday()]
                yield dt.datetime.combine(day, start, WARSAW), dt.datetime.combine(day, end, WARSAW)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[dt.date]:
    """Public holidays of the Act of 18 January 1951 (Dz.U. 2025 poz. 296), from the library `holidays`."""
    return frozenset(country_holidays("PL", years=year))


def business_hours(settings: Settings) -> BusinessHours:
    """Read the settings, such as `1-4 8:00-18:00, 5 8:00-15:00`. Raises SettingError."""
    week: dict[int, tuple[dt.time, dt.time]] = {}
    for part in settings.text("TICKET_DAYS").split(","):
        match = _HOURS.fullmatch(part.strip())
        if not match:
            raise SettingError(f"ZL_TICKET_DAYS ma mieć postać „1-5 8:00-18:00”, a jest: {part.strip()!r}")
        first, last = int(match[1]), int(match[2] or match[1])
        opening, closing = _time(match[3], match[4]), _time(match[5], match[6])
        if last < first or closing <= opening:
            raise SettingError(f"ZL_TICKET_DAYS kończy się, zanim się zacznie: {part.strip()!r}")
        week |= dict.fromkeys(range(first, last + 1), (opening, closing))
    return BusinessHours(week, frozenset(_closed(settings.text("TICKET_CLOSED"))))


def _time(hour: str, minute: str) -> dt.time:
    try:
        return dt.time(int(hour), int(minute))
    except ValueError as error:
        raise SettingError(f"ZL_TICKET_DAYS ma złą godzinę: {hour}:{minute}") from error


def _closed(text: str) -> Iterator[dt.date]:
    for part in filter(None, (item.strip() for item in text.split(","))):
        try:
            yield dt.date.fromisoformat(part)
        except ValueError as error:
            raise SettingError(f"ZL_TICKET_CLOSED ma mieć daty rrrr-mm-dd, a jest: {part!r}") from error


def spoken(moment: dt.datetime) -> str:
    """A moment as a visitor reads it.

    >>> spoken(dt.datetime(2026, 11, 26, 14, 5, tzinfo=WARSAW))
    'czwartek, 26 listopada 2026, godz. 14.05'
    """
    local = moment.astimezone(WARSAW)
    return (
        f"{DAYS[local.weekday()]}, {local.day} {MONTHS[local.month - 1]} {local.year}, "
        f"godz. {local.hour}.{local.minute:02}"
    )
