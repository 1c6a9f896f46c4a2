"""Kinds of answers: how each is read from text, kept in a slot, shown back, and what may be wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Protocol

from actions import wording
from actions.calculators.dates import Span, add_months
from actions.calculators.pay import fraction_text
from actions.cases.common import Interval
from actions.dialogues.values import choices, dates, durations
from actions.dialogues.values.amounts import amount
from actions.dialogues.values.choices import Option
from actions.dialogues.values.numbers import number
from actions.dialogues.values.parts import part_of_job
from actions.dialogues.values.words import Found
from actions.reasoning import InputError
from knowledge_base.content.text import fold, normalised, words

MONTHS, YEARS, DAYS = durations.MONTH, durations.YEAR, durations.DAY
_OLDEST, _FIRST_YEAR = 110, 1900
_NO_HOURS = frozenset({"nie bylo", "nie ma", "wcale"})


class ValueProblem(ValueError):
    """What was written is understood and cannot be; `str(error)` is a Polish sentence that says why.

    `proposals` are texts that could be said instead, for buttons.
    """

    def __init__(self, message: str, proposals: Sequence[str] = ()) -> None:
        self.proposals = tuple(proposals)
        super().__init__(message)


class Kind(Protocol):
    """A kind of answer. `options` are those of the question's texts, empty where it has none."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Any] | None:
        """Return the value in a text, None where there is none. Raises ValueProblem."""

    def dump(self, value: Any) -> Any:
        """Return the value as JSON can hold it."""

    def load(self, raw: Any) -> Any:
        """Return what was dumped."""

    def show(self, value: Any, options: Sequence[Option]) -> str:
        """Return the value in words that `read` understands as the same."""


@dataclass(frozen=True)
class YesNo:
    """True or False."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[bool] | None:
        plain = choices.yes_or_no(text)
        if plain is not None and plain.whole:
            return plain
        named = choices.choice(text, options) if options else None
        return Found(named.value == "tak", named.whole) if named else plain

    def dump(self, value: bool) -> bool:
        return value

    def load(self, raw: Any) -> bool:
        return bool(raw)

    def show(self, value: bool, options: Sequence[Option]) -> str:
        return "tak" if value else "nie"


@dataclass(frozen=True)
class Choice:
    """One of the question's options, by its value."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[str] | None:
        return choices.choice(text, options)

    def dump(self, value: str) -> str:
        return value

    def load(self, raw: Any) -> str:
        return str(raw)

    def show(self, value: str, options: Sequence[Option]) -> str:
        return next((option.title for option in options if option.value == value), value)


@dataclass(frozen=True)
class Several:
    """Any number of the question's options, as a tuple of their values."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[tuple[str, ...]] | None:
        return choices.several(text, options)

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def load(self, raw: Any) -> tuple[str, ...]:
        return tuple(raw)

    def show(self, value: tuple[str, ...], options: Sequence[Option]) -> str:
        titles = [option.title for option in options if option.value in value]
        return ", ".join(titles) if titles else "nic"


@dataclass(frozen=True)
class Whole:
    """A whole number between `low` and `high`; `units` are words that may stand by it."""

    low: int = 0
    high: int = 1_000_000
    units: tuple[str, ...] = ()

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[int] | None:
        found = number(_without(text, self.units))
        if found is None:
            named = choices.choice(text, options) if options else None
            return Found(int(named.value), named.whole) if named else None
        if found.value.denominator != 1:
            raise ValueProblem("Tu potrzebna jest liczba całkowita, na przykład 3.")
        if not self.low <= found.value <= self.high:
            raise ValueProblem(f"To powinna być liczba od {self.low} do {self.high}.")
        return Found(int(found.value), found.whole)

    def dump(self, value: int) -> int:
        return value

    def load(self, raw: Any) -> int:
        return int(raw)

    def show(self, value: int, options: Sequence[Option]) -> str:
        return str(value)


@dataclass(frozen=True)
class Hours:
    """Hours, whole or decimal."""

    high: int = 744

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Decimal] | None:
        plain = _without(text, ("godzin", "godziny", "godzina", "godz", "h", "nadgodzin", "nadgodziny"))
        if choices.several(plain, ()) == Found(()) or normalised(plain) in _NO_HOURS:
            return Found(Decimal(0))
        found = number(plain)
        if found is None:
            return None
        if not 0 <= found.value <= self.high:
            raise ValueProblem(f"W jednym miesiącu jest najwyżej {self.high} godzin.")
        return Found(Decimal(found.value.numerator) / Decimal(found.value.denominator), found.whole)

    def dump(self, value: Decimal) -> str:
        return str(value)

    def load(self, raw: Any) -> Decimal:
        return Decimal(raw)

    def show(self, value: Decimal, options: Sequence[Option]) -> str:
        return f"{wording.decimal(value)} godz."


@dataclass(frozen=True)
class Money:
    """Gross zloty."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Decimal] | None:
        found = amount(text)
        if found is None:
            return None
        if found.value.net:
            raise ValueProblem(
                "Potrzebna jest kwota brutto, czyli ta z umowy, przed odliczeniem składek i podatku. Kwota na rękę "
                "jest niższa i dla każdego inna."
            )
        return Found(found.value.zloty, found.whole)

    def dump(self, value: Decimal) -> str:
        return str(value)

    def load(self, raw: Any) -> Decimal:
        return Decimal(raw)

    def show(self, value: Decimal, options: Sequence[Option]) -> str:
        return wording.zloty(value)


@dataclass(frozen=True)
class Part:
    """The part of a full-time job."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Fraction] | None:
        found = part_of_job(text)
        if found is not None and not 0 < found.value <= 1:
            raise ValueProblem("Wymiar etatu to najwyżej cały etat, na przykład 1/2, 3/4 albo cały etat.")
        return found

    def dump(self, value: Fraction) -> str:
        return str(value)

    def load(self, raw: Any) -> Fraction:
        return Fraction(raw)

    def show(self, value: Fraction, options: Sequence[Option]) -> str:
        return fraction_text(value)


@dataclass(frozen=True)
class Period:
    """A length of time as a Span; a bare number counts in `unit`."""

    unit: str = YEARS
    highest_years: int = 60

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Span] | None:
        if choices.several(text, ()) == Found(()):
            return Found(Span())
        try:
            found = durations.length(text, today=today, unit=self.unit)
        except InputError as error:
            raise ValueProblem(str(error)) from error
        if found is not None and found.value.months > self.highest_years * 12:
            raise ValueProblem("To dłużej niż życie zawodowe. Proszę sprawdzić liczbę lat.")
        named = choices.choice(text, options) if options and found is None else None
        return durations.length(named.value, today=today) if named else found

    def dump(self, value: Span) -> list[int]:
        return [value.months, value.days]

    def load(self, raw: Any) -> Span:
        return Span(*raw)

    def show(self, value: Span, options: Sequence[Option]) -> str:
        return str(value)


@dataclass(frozen=True)
class Between:
    """A whole number of `unit`, perhaps known only between two, as an Interval; nothing above `high`."""

    unit: str
    high: int

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Interval] | None:
        if choices.several(text, ()) == Found(()):
            return Found(Interval(0, 0))
        try:
            found = durations.bounds(text, unit=self.unit, today=today)
        except InputError as error:
            raise ValueProblem(str(error)) from error
        if found is None:
            return None
        low, high = found.value.low, found.value.high
        if max(low or 0, high or 0) > self.high:
            raise ValueProblem(f"Tu mieści się najwyżej {self._count(self.high)}.")
        exact = low == high and low is not None
        bottom = floor(low) if low is not None else 0
        top = bottom if exact else self.high if high is None else ceil(high)
        return Found(Interval(bottom, top), found.whole)

    def dump(self, value: Interval) -> list[int]:
        return [value.low, value.high]

    def load(self, raw: Any) -> Interval:
        return Interval(*raw)

    def show(self, value: Interval, options: Sequence[Option]) -> str:
        if value.low == value.high:
            return self._count(value.low)
        # Whoever says "ponad 20 lat" has not said the most that there can be.
        if value.low and value.high == self.high:
            return f"co najmniej {self._count(value.low)}"
        return f"od {value.low} do {self._count(value.high)}"

    def _count(self, count: int) -> str:
        return {MONTHS: wording.months, YEARS: wording.years, DAYS: wording.days}[self.unit](count)


@dataclass(frozen=True)
class Day:
    """A day. `future`: which year a day without one is in; `month`, `year`: which day of it they mean alone."""

    future: bool | None = None
    month: dates.Edge = None
    year: dates.Edge = None
    earliest: dt.date = dt.date(1900, 1, 1)

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[dt.date] | None:
        found = dates.day_of(text, today=today, future=self.future, month=self.month, year=self.year)
        if found is None:
            if dates.impossible(text):
                raise ValueProblem("Takiego dnia nie ma w kalendarzu. Proszę sprawdzić datę.")
            if self._rough(text, today):
                raise ValueProblem("Potrzebny jest dokładny dzień, na przykład 15.03.2026 albo „koniec marca”.")
            return None
        if not self.earliest <= found.value <= dt.date(today.year + 30, 12, 31):
            raise ValueProblem("Ten rok wygląda na pomyłkę. Proszę sprawdzić datę.")
        return found

    def _rough(self, text: str, today: dt.date) -> bool:
        rough = dates.day_of(text, today=today, future=self.future, month="first", year="first")
        return rough is not None and rough.whole

    def dump(self, value: dt.date) -> str:
        return value.isoformat()

    def load(self, raw: Any) -> dt.date:
        return dt.date.fromisoformat(raw)

    def show(self, value: dt.date, options: Sequence[Option]) -> str:
        return wording.day(value)


@dataclass(frozen=True)
class FromTo:
    """A period with both its days, as a pair."""

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[tuple[dt.date, dt.date]] | None:
        found = dates.days_from_to(text, today=today)
        if found is None and dates.day_of(text, today=today, month="first") is not None:
            raise ValueProblem("Potrzebne są oba dni: pierwszy i ostatni, na przykład „od 1.02.2025 do 31.12.2025”.")
        if found is not None and found.value[1] < found.value[0]:
            raise ValueProblem("Koniec jest wcześniejszy niż początek. Proszę sprawdzić daty.")
        return found

    def dump(self, value: tuple[dt.date, dt.date]) -> list[str]:
        return [day.isoformat() for day in value]

    def load(self, raw: Any) -> tuple[dt.date, dt.date]:
        first, last = raw
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    def show(self, value: tuple[dt.date, dt.date], options: Sequence[Option]) -> str:
        return f"od {wording.day(value[0])} do {wording.day(value[1])}"


@dataclass(frozen=True)
class Born:
    """A day of birth; where only the age was said, a day in the middle of that year, and the age itself."""

    day: dt.date
    age: int | None = None


@dataclass(frozen=True)
class Birth:
    """A day of birth, or an age in whole years where no threshold of age is near."""

    thresholds: tuple[int, ...] = ()

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[Born] | None:
        day = dates.day_of(text, today=today, future=False)
        if day is not None:
            if not today.year - _OLDEST <= day.value.year <= today.year or day.value > today:
                raise ValueProblem("Proszę sprawdzić datę urodzenia.")
            return Found(Born(day.value), day.whole)
        if dates.impossible(text):
            raise ValueProblem("Takiego dnia nie ma w kalendarzu. Proszę sprawdzić datę.")
        found = number(_without(text, ("lat", "lata", "rok", "roku", "wieku")))
        if found is None or found.value.denominator != 1:
            return None
        age = int(found.value)
        if age >= _FIRST_YEAR or age > _OLDEST or any(age in (limit - 1, limit) for limit in self.thresholds):
            raise ValueProblem("Tu potrzebny jest dokładny dzień urodzenia, na przykład 15.05.1980.")
        return Found(Born(add_months(today, -12 * age - 6), age), found.whole)

    def dump(self, value: Born) -> list[Any]:
        return [value.day.isoformat(), value.age]

    def load(self, raw: Any) -> Born:
        return Born(dt.date.fromisoformat(raw[0]), raw[1])

    def show(self, value: Born, options: Sequence[Option]) -> str:
        return wording.day(value.day) if value.age is None else wording.years(value.age)


@dataclass(frozen=True)
class Text:
    """Whatever is written, up to `longest` letters."""

    longest: int = 1500

    def read(self, text: str, options: Sequence[Option], today: dt.date) -> Found[str] | None:
        named = choices.choice(text, options) if options else None
        said = self.show(named.value, options) if named and named.whole else text.strip()
        if len(said) > self.longest:
            raise ValueProblem(f"Ten tekst jest za długi. Mieści się {self.longest} znaków.")
        # Free text is never surely an answer: a question of the visitor is text too.
        return Found(said, whole=bool(named)) if words(said) else None

    def dump(self, value: str) -> str:
        return value

    def load(self, raw: Any) -> str:
        return str(raw)

    def show(self, value: str, options: Sequence[Option]) -> str:
        return next((option.title for option in options if option.value == value), value)


def _without(text: str, units: Sequence[str]) -> str:
    wanted = {fold(unit) for unit in units}
    parts = text.replace("\u00a0", " ").split()
    return " ".join(part for part in parts if fold(part.strip(".,!?")) not in wanted)
