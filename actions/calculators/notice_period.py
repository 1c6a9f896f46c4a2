"""How long the notice is and on which day the contract ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, SATURDAY, Span, add_months, end_of_month, is_day_off, span_between
from actions.reasoning import InputError, Step, step
from zielona import plurals

RULES_SINCE = dt.date(2016, 2, 22)
_LONGEST_TRIAL = 12
_TWO_WEEKS = 14


class Contract(Enum):
    TRIAL = "probny"
    FIXED_TERM = "okreslony"
    OPEN_ENDED = "nieokreslony"


class Unit(Enum):
    DAYS = "dni_robocze"
    WEEKS = "tygodnie"
    MONTHS = "miesiace"


@dataclass(frozen=True)
class Length:
    """The length of a notice, such as two weeks."""

    unit: Unit
    number: int

    def __str__(self) -> str:
        if self.unit is Unit.DAYS:
            return plurals.counted(self.number, "dzień roboczy", "dni robocze", "dni roboczych")
        return wording.weeks(self.number) if self.unit is Unit.WEEKS else wording.months(self.number)


@dataclass(frozen=True)
class Notice:
    """The result. `other_last_day` is the later day where working days can be read in two ways.

    `seniority` is the service with the employer on the last day of the shortest notice that it allows; None for a
    trial contract, where it does not count. `notes` are sentences that do not enter the calculation.
    """

    length: Length
    last_day: dt.date
    other_last_day: dt.date | None
    seniority: Span | None
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


def notice_period(
    contract: Contract,
    *,
    given_on: dt.date,
    employed_since: dt.date,
    earlier: Span | None = None,
    contract_end: dt.date | None = None,
    material_liability: bool = False,
) -> Notice:
    """Reckon the notice that the other side received on `given_on`.

    `employed_since` is the first day of the present contract, `earlier` other service that counts with this employer
    (art. 36 § 1(1): former contracts, a workplace taken over). `contract_end` is the agreed last day, needed for a
    trial contract. `material_liability`: the contract says that liability for entrusted property makes the notice
    longer (art. 36 § 5). Raises InputError.
    """
    _check(given_on, employed_since, contract_end)
    if contract is Contract.TRIAL:
        length, steps = _trial(employed_since, contract_end)
        seniority = None
    else:
        length, seniority, steps = _by_seniority(given_on, employed_since, earlier or Span(), material_liability)
    last_day = last_day_of_notice(length, given_on)
    steps.append(_end_step(length, given_on, last_day))
    other = _if_saturdays_are_free(given_on, length, last_day)
    if other is not None:
        steps.append(
            step(
                basis.NOTICE_TRIAL,
                f"Sobotę uznano za dzień roboczy, bo ustawowo wolne są tylko niedziele i święta. Kto jej nie liczy, "
                f"otrzyma {wording.day(other)}.",
                sure=False,
            )
        )
    notes = _notes(length, last_day, contract_end)
    if contract is not Contract.TRIAL:
        notes.append(
            step(
                basis.NOTICE_LENGTH,
                "Od 2026 r. do stażu dolicza się też udokumentowane zlecenie lub działalność na rzecz tego "
                "pracodawcy, w "
                "firmach prywatnych od 1 maja 2026 r.",
            )
        )
    return Notice(length, last_day, other, seniority, tuple(steps), tuple(notes))


def last_day_of_notice(length: Length, given_on: dt.date) -> dt.date:
    """The Saturday, the last day of the month, or the last working day with which the notice ends."""
    if length.unit is Unit.MONTHS:
        return end_of_month(add_months(given_on.replace(day=1), length.number))
    if length.unit is Unit.WEEKS:
        earliest = given_on + dt.timedelta(weeks=length.number)
        return earliest + dt.timedelta(days=(SATURDAY - earliest.weekday()) % 7)
    return _after_working_days(given_on, length.number, saturdays=True)


def _check(given_on: dt.date, employed_since: dt.date, contract_end: dt.date | None) -> None:
    if given_on < RULES_SINCE:
        raise InputError("given_on", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if given_on < employed_since:
        raise InputError("given_on", "Dzień złożenia wypowiedzenia jest wcześniejszy niż początek umowy.")
    if contract_end is not None and contract_end < given_on:
        raise InputError("contract_end", "Umowa skończyła się, zanim złożono wypowiedzenie.")


def _trial(start: dt.date, end: dt.date | None) -> tuple[Length, list[Step]]:
    if end is None:
        raise InputError("contract_end", "Potrzebna jest data, do której zawarto umowę na okres próbny.")
    agreed = span_between(start, end)
    if agreed.months >= _LONGEST_TRIAL:
        raise InputError("contract_end", "Umowa na okres próbny nie trwa tak długo. Proszę sprawdzić daty.")
    if (end - start).days + 1 <= _TWO_WEEKS:
        length, why = Length(Unit.DAYS, 3), "nie więcej niż 2 tygodnie"
    elif agreed.months < 3:
        length, why = Length(Unit.WEEKS, 1), "dłużej niż 2 tygodnie, ale krócej niż 3 miesiące"
    else:
        length, why = Length(Unit.WEEKS, 2), "3 miesiące"
    return length, [
        step(
            basis.NOTICE_TRIAL,
            f"Umowę próbną zawarto na {agreed}, czyli na {why}, więc wypowiedzenie trwa {length}. Nie ma znaczenia, "
            "ile "
            "dni już przepracowano.",
        )
    ]


def _by_seniority(
    given_on: dt.date, employed_since: dt.date, earlier: Span, material_liability: bool
) -> tuple[Length, Span, list[Step]]:
    """Service counts to the end of the contract, so passing a threshold during the notice makes the notice longer."""
    steps = []
    if earlier != Span():
        steps.append(
            step(
                basis.NOTICE_LENGTH,
                f"Do stażu u tego pracodawcy dolicza się wcześniejszy okres: {earlier} (art. 36 § 1(1)).",
            )
        )
    length, seniority = Length(Unit.WEEKS, 2), Span()
    for candidate, threshold in ((Length(Unit.WEEKS, 2), 0), (Length(Unit.MONTHS, 1), 6), (Length(Unit.MONTHS, 3), 36)):
        if threshold and seniority.months < threshold:
            break
        length = candidate
        seniority = span_between(employed_since, last_day_of_notice(candidate, given_on)) + earlier
    on_the_day = span_between(employed_since, given_on) + earlier
    steps.append(
        step(
            basis.NOTICE_LENGTH,
            f"Staż u tego pracodawcy w dniu wypowiedzenia to {on_the_day}, więc wypowiedzenie trwa {length}: poniżej "
            "6 miesięcy są to 2 tygodnie, od 6 miesięcy miesiąc, a od 3 lat 3 miesiące.",
        )
        if _length_for(on_the_day) == length
        else step(
            basis.NOTICE_LENGTH,
            f"Staż u tego pracodawcy w dniu wypowiedzenia to {on_the_day}, ale okres wypowiedzenia też się do niego "
            f"wlicza. Próg zostałby przekroczony przed końcem umowy, dlatego wypowiedzenie trwa {length}. Tak liczy "
            "Państwowa Inspekcja Pracy.",
        )
    )
    if material_liability and length != Length(Unit.MONTHS, 3):
        length = Length(Unit.MONTHS, 1) if length.unit is Unit.WEEKS else Length(Unit.MONTHS, 3)
        steps.append(
            step(
                basis.NOTICE_LENGTH,
                f"Umowa przewiduje dłuższe wypowiedzenie z powodu odpowiedzialności za powierzone mienie: {length} "
                "(art. 36 § 5).",
            )
        )
    return length, seniority, steps


def _length_for(seniority: Span) -> Length:
    if seniority.months >= 36:
        return Length(Unit.MONTHS, 3)
    return Length(Unit.MONTHS, 1) if seniority.months >= 6 else Length(Unit.WEEKS, 2)


def _end_step(length: Length, given_on: dt.date, last_day: dt.date) -> Step:
    given, end = wording.day(given_on), wording.day(last_day)
    if length.unit is Unit.MONTHS:
        text = (
            f"Wypowiedzenie liczone w miesiącach kończy się ostatniego dnia miesiąca: złożone {given} kończy się {end}."
        )
    elif length.unit is Unit.WEEKS:
        text = f"Wypowiedzenie liczone w tygodniach kończy się w sobotę: złożone {given} kończy się {end}."
    else:
        text = f"Trzy dni robocze to dni po wypowiedzeniu bez niedziel i świąt: złożone {given} kończy się {end}."
        return step(basis.NOTICE_TRIAL, text)
    return step(basis.NOTICE_END, text)


def _after_working_days(given_on: dt.date, number: int, *, saturdays: bool) -> dt.date:
    day = given_on
    while number:
        day += ONE_DAY
        if not is_day_off(day) and (saturdays or day.weekday() != SATURDAY):
            number -= 1
    return day


def _if_saturdays_are_free(given_on: dt.date, length: Length, last_day: dt.date) -> dt.date | None:
    if length.unit is not Unit.DAYS:
        return None
    other = _after_working_days(given_on, length.number, saturdays=False)
    return other if other != last_day else None


def _notes(length: Length, last_day: dt.date, contract_end: dt.date | None) -> list[Step]:
    notes = []
    if contract_end is not None and contract_end < last_day:
        notes.append(
            step(
                basis.WAYS_TO_END,
                f"Umowa i tak kończy się {wording.day(contract_end)}, czyli przed upływem wypowiedzenia.",
            )
        )
    notes.append(
        step(
            basis.NOTICE_EARLIER_DATE,
            "Po złożeniu wypowiedzenia strony mogą razem ustalić wcześniejszą datę końca umowy. Nie zmienia to sposobu "
            "jej rozwiązania.",
        )
    )
    if length == Length(Unit.MONTHS, 3):
        notes.append(
            step(
                basis.NOTICE_SHORTENED,
                "Przy upadłości, likwidacji lub z innych przyczyn niedotyczących pracownika pracodawca może skrócić to "
                "wypowiedzenie najwyżej do miesiąca. Należy się wtedy odszkodowanie za pozostałą część.",
            )
        )
    return notes
