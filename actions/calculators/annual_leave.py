"""How many days of annual leave there are: seniority, part-time, first job, change of job."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from math import ceil

from actions import basis, wording
from actions.calculators.dates import Span, joined, reached_on, span, span_between
from actions.calculators.pay import checked_fraction, fraction_text
from actions.reasoning import InputError, Step, step

RULES_SINCE = dt.date(2004, 1, 1)
SHORT_LEAVE, LONG_LEAVE = 20, 26
HOURS_OF_A_DAY = 8
_LONG_FROM_MONTHS = 10 * 12
_MONTHS = 12


class School(Enum):
    """A finished school; only one counts (art. 155)."""

    NONE = "brak"
    VOCATIONAL = "zawodowa"
    SECONDARY_VOCATIONAL = "srednia_zawodowa"
    SECONDARY_AFTER_VOCATIONAL = "srednia_zawodowa_po_zawodowej"
    SECONDARY_GENERAL = "srednia_ogolnoksztalcaca"
    POST_SECONDARY = "policealna"
    UNIVERSITY = "uczelnia"


_SCHOOL_YEARS = {
    School.NONE: 0,
    School.VOCATIONAL: 3,
    School.SECONDARY_VOCATIONAL: 5,
    School.SECONDARY_AFTER_VOCATIONAL: 5,
    School.SECONDARY_GENERAL: 4,
    School.POST_SECONDARY: 6,
    School.UNIVERSITY: 8,
}
_PROGRAMME_COUNTS = {School.VOCATIONAL, School.SECONDARY_VOCATIONAL}


@dataclass(frozen=True)
class Education:
    """The school that counts.

    `programme_years` is the length of its programme where that decides (vocational schools); `worked_meanwhile` is the
    part of the seniority that was earned while learning, since one may not count the same time twice.
    """

    school: School = School.NONE
    programme_years: int | None = None
    worked_meanwhile: Span = field(default_factory=Span)


@dataclass(frozen=True)
class Job:
    """Employment with one employer within the year; without an end it lasts beyond the year."""

    start: dt.date
    end: dt.date | None = None
    fraction: Fraction = Fraction(1)


@dataclass(frozen=True)
class Share:
    """What one employer gives: `days` may be a fraction only in the first year of work."""

    job: Job
    months: int
    days: Fraction

    @property
    def hours(self) -> Fraction:
        return self.days * HOURS_OF_A_DAY


@dataclass(frozen=True)
class Leave:
    """The leave of a year. `base` is 20 or 26; `rises_on` is the day in that year on which it became 26."""

    year: int
    base: int
    rises_on: dt.date | None
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]

    @property
    def days(self) -> Fraction:
        return sum((share.days for share in self.shares), Fraction(0))

    @property
    def hours(self) -> Fraction:
        return self.days * HOURS_OF_A_DAY


def seniority_for_leave(work: Span, education: Education) -> Span:
    """Work and one school; of time that was both, whichever is better. Raises InputError."""
    learnt = span(years=_years_of(education))
    if education.worked_meanwhile > work:
        raise InputError("worked_meanwhile", "Praca w czasie nauki nie może być dłuższa niż cały staż pracy.")
    meanwhile_days = _loose_days(work) - _loose_days(education.worked_meanwhile)
    with_school = Span(meanwhile_days // 30, meanwhile_days % 30) + learnt
    return max(work, with_school) if education.worked_meanwhile != Span() else work + learnt


def annual_leave(
    year: int,
    jobs: Sequence[Job],
    *,
    work_before: Span,
    education: Education | None = None,
    first_job: bool = False,
    taken_before: int = 0,
) -> Leave:
    """Reckon the leave of a calendar year, employer by employer.

    `jobs` are those of that year in order, without overlaps (two jobs at once are two calculations). `work_before` is
    the seniority at the beginning of the year or of the first of these jobs, whichever is later, with the periods that
    count since 2026 (mandate contracts, own business). `first_job`: the first employment in life began in that year
    (art. 153 § 1). `taken_before` are days of that year's leave already taken with all employers but the last. Raises
    InputError.
    """
    education = education or Education()
    ordered = _checked(year, jobs)
    before = seniority_for_leave(work_before, education)
    rises_on = _rises_on(ordered, year, before)
    base = LONG_LEAVE if before.months >= _LONG_FROM_MONTHS or rises_on else SHORT_LEAVE
    steps = _base_steps(before, education, base, rises_on)
    if first_job:
        if work_before != Span():
            raise InputError("first_job", "Pierwsza praca w życiu wyklucza wcześniejszy staż pracy.")
        shares, more = _first_year(ordered, year, base)
    else:
        shares, more = _shares(ordered, year, base, rises_on)
    steps += more + _less_what_was_taken(shares, taken_before)
    leave = Leave(year, base, rises_on, tuple(shares), tuple(steps), _notes())
    return _with_hours(leave)


def part_time_days(base: int, fraction: Fraction) -> int:
    """The yearly leave of a part-time job, a started day counted as a whole one (art. 154 § 2)."""
    return min(base, ceil(base * fraction))


def _years_of(education: Education) -> int:
    most = _SCHOOL_YEARS[education.school]
    if education.programme_years is None:
        if education.school in _PROGRAMME_COUNTS:
            raise InputError("programme_years", f"Ile lat trwała nauka w tej szkole? Liczy się najwyżej {most}.")
        return most
    if education.programme_years < 0:
        raise InputError("programme_years", "Liczba lat nauki nie może być ujemna.")
    return min(most, education.programme_years) if education.school in _PROGRAMME_COUNTS else most


def _loose_days(length: Span) -> int:
    return length.months * 30 + length.days


def _checked(year: int, jobs: Sequence[Job]) -> list[Job]:
    if year < RULES_SINCE.year:
        raise InputError("year", f"Te zasady obowiązują od {RULES_SINCE.year} roku; wcześniej były inne.")
    if not jobs:
        raise InputError("jobs", "Potrzebna jest data rozpoczęcia pracy.")
    ordered = sorted(jobs, key=lambda job: job.start)
    for job in ordered:
        checked_fraction("fraction", job.fraction)
        if job.end is not None and job.end < job.start:
            raise InputError("end", "Koniec pracy jest wcześniejszy niż jej początek.")
        if job.start.year > year or (job.end is not None and job.end.year < year):
            raise InputError("jobs", f"Ta praca nie przypada na {year} rok.")
    for before, after in pairwise(ordered):
        if before.end is None or after.start <= before.end:
            raise InputError(
                "jobs", "Te zatrudnienia nakładają się na siebie. Przy dwóch etatach urlop liczy się osobno."
            )
    return ordered


def _bounds(job: Job, year: int) -> tuple[dt.date, dt.date]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return max(job.start, first), min(job.end or last, last)


def _rises_on(jobs: Sequence[Job], year: int, before: Span) -> dt.date | None:
    """The day in the year on which ten years of seniority are complete; None where they are before or not yet."""
    if before.months >= _LONG_FROM_MONTHS:
        return None
    for first, last in joined(_bounds(job, year) for job in jobs):
        complete = reached_on(first, _LONG_FROM_MONTHS, before)
        if complete <= last:
            return complete
        before += span_between(first, last)
    return None


def _months_in(job: Job, year: int, previous: Job | None) -> int:
    """Started months count as whole; one in which jobs changed is rounded by the former employer."""
    first, last = _bounds(job, year)
    number = last.month - first.month + 1
    if previous is not None and previous.end is not None:
        shared = (previous.end.year, previous.end.month) == (first.year, first.month)
        number -= int(shared)
    return number


def _whole_year(job: Job, year: int) -> bool:
    return _bounds(job, year) == (dt.date(year, 1, 1), dt.date(year, 12, 31))


def _shares(jobs: Sequence[Job], year: int, base: int, rises_on: dt.date | None) -> tuple[list[Share], list[Step]]:
    shares: list[Share] = []
    steps: list[Step] = []
    given = 0
    most = max(part_time_days(base, job.fraction) for job in jobs)
    for number, job in enumerate(jobs):
        first, last = _bounds(job, year)
        # An employer left before the ten years were complete owes the shorter leave.
        of_job = SHORT_LEAVE if rises_on is not None and last < rises_on else base
        yearly = part_time_days(of_job, job.fraction)
        if job.fraction != 1:
            steps.append(
                step(
                    basis.LEAVE_PART_TIME,
                    f"Na {fraction_text(job.fraction)} roczny urlop to {of_job} × {job.fraction}, po zaokrągleniu w "
                    "górę "
                    f"{wording.days(yearly)}.",
                )
            )
        if _whole_year(job, year):
            shares.append(Share(job, _MONTHS, Fraction(yearly)))
            continue
        months = _months_in(job, year, jobs[number - 1] if number else None)
        days = min(ceil(Fraction(yearly * months, _MONTHS)), most - given)
        given += days
        shares.append(Share(job, months, Fraction(days)))
        steps.append(
            step(
                basis.LEAVE_CHANGE_OF_JOB,
                f"Za czas od {wording.day(first)} do {wording.day(last)}: {wording.months(months)}, czyli "
                f"{months}/12 z {wording.days(yearly)}, po zaokrągleniu w górę {wording.days(days)}. Zaczęty miesiąc "
                "liczy się jako cały, a suma nie może przekroczyć rocznego wymiaru.",
            )
        )
    return shares, steps


def _less_what_was_taken(shares: list[Share], taken: int) -> list[Step]:
    """Who took more than the former employers owed gets less from the last one, in place."""
    if not taken:
        return []
    *former, last = shares
    owed = sum((share.days for share in former), Fraction(0))
    if not former or not 0 <= taken <= LONG_LEAVE:
        raise InputError("taken_before", "Ile dni tegorocznego urlopu wykorzystano w poprzednich pracach?")
    over = max(Fraction(0), taken - owed)
    shares[-1] = replace(last, days=max(Fraction(0), last.days - over))
    text = (
        f"U poprzednich pracodawców należało się {wording.days_of_leave(owed)}, a wykorzystano "
        f"{wording.days(taken)}, więc "
        f"w ostatniej pracy zostaje {wording.days_of_leave(shares[-1].days)}."
    )
    return [step(basis.LEAVE_CHANGE_OF_JOB, text)]


def _first_year(jobs: Sequence[Job], year: int, base: int) -> tuple[list[Share], list[Step]]:
    """A twelfth for each month worked, counted from the first day of work; nothing is rounded."""
    if jobs[0].start.year != year:
        raise InputError("first_job", "W kolejnym roku pracy urlop należy się już z góry, a nie po miesiącu.")
    shares: list[Share] = []
    steps: list[Step] = []
    worked = Span()
    for job in jobs:
        first, last = _bounds(job, year)
        before, worked = worked, worked + span_between(first, last)
        months = worked.months - before.months
        yearly = part_time_days(base, job.fraction)
        days = Fraction(yearly * months, _MONTHS)
        shares.append(Share(job, months, days))
        steps.append(
            step(
                basis.LEAVE_FIRST_YEAR,
                f"W roku pierwszej pracy urlop przybywa z końcem każdego przepracowanego miesiąca po 1/12 z "
                f"{wording.days(yearly)}. Do {wording.day(last)} są to {wording.months(months)}, czyli "
                f"{wording.days_of_leave(days)}. Od 1 stycznia następnego roku należy się już cały urlop.",
            )
        )
    return shares, steps


def _base_steps(before: Span, education: Education, base: int, rises_on: dt.date | None) -> list[Step]:
    steps = []
    if education.school is not School.NONE:
        meanwhile = education.worked_meanwhile != Span()
        steps.append(
            step(
                basis.LEAVE_EDUCATION,
                f"Ukończona szkoła daje {wording.years(_years_of(education))} stażu urlopowego. "
                + (
                    "Nauka i praca w tym samym czasie nie sumują się: przyjęto to, co korzystniejsze."
                    if meanwhile
                    else "Kilku szkół się nie sumuje."
                ),
            )
        )
    steps.append(
        step(
            basis.LEAVE_BASE,
            f"Staż urlopowy to {before}, więc na cały etat przysługuje {wording.days(base)}: przy stażu poniżej 10 lat "
            f"{SHORT_LEAVE}, od 10 lat {LONG_LEAVE}."
            if rises_on is None
            else f"Staż urlopowy na początku to {before}, a 10 lat mija w tym roku: {wording.day(rises_on)}.",
        )
    )
    if rises_on is not None:
        steps.append(
            step(
                basis.LEAVE_SUPPLEMENT,
                f"Od tego dnia wymiar to {LONG_LEAVE} dni za ten rok. Kto wykorzystał już {SHORT_LEAVE}, dostaje "
                "różnicę jako urlop uzupełniający.",
            )
        )
    return steps


def _with_hours(leave: Leave) -> Leave:
    text = (
        f"Razem {wording.decimal(leave.days)} × 8 godzin = {wording.decimal(leave.hours)} godz. urlopu. Za dzień wolny "
        "odlicza się tyle godzin, ile było w grafiku."
    )
    steps = (*leave.steps, step(basis.LEAVE_HOURS, text))
    return replace(leave, steps=steps)


def _notes() -> tuple[Step, ...]:
    return (
        step(
            basis.LEAVE_AFTER_BREAK,
            "Urlop bezpłatny, wychowawczy i inne przerwy od miesiąca mogą zmniejszyć wymiar; tu ich nie uwzględniono.",
        ),
        step(
            basis.SENIORITY_MANDATE,
            "Od 2026 r. do stażu wlicza się też udokumentowane zlecenia i własną działalność, w firmach prywatnych od "
            "1 maja 2026 r.",
        ),
    )
