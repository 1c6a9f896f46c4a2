"""The right to unemployment benefit: whether, since when, how much and how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from actions import basis, wording
from actions.calculators.dates import ONE_DAY, add_months
from actions.cases.benefit_plan import Plan, plan_of, plan_steps
from actions.cases.common import Interval, Verdict, any_of, both
from actions.reasoning import InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2025, 6, 1)
NEEDED_DAYS = 365
WINDOW_MONTHS = 18
SHORT_BENEFIT, LONG_BENEFIT = 180, 365
WAITING_DAYS = 90
_SENIOR_YEARS = 20
_AGE_FOR_LONG = 50
_MOST_YEARS = 60
_LONGEST_YEAR = 366


class Ended(Enum):
    """How the last contract of employment ended; work by other contracts does not count here."""

    EMPLOYERS_NOTICE = "wypowiedzenie_pracodawcy"
    TERM_PASSED = "uplyw_czasu"
    WITHOUT_FAULT = "bez_wypowiedzenia_bez_winy"
    OWN_NOTICE = "wlasne_wypowiedzenie"
    OWN_NOTICE_MOVED = "wlasne_wypowiedzenie_przeprowadzka"
    EMPLOYERS_FAULT = "art_55"
    AGREEMENT = "porozumienie_stron"
    AGREEMENT_EMPLOYERS_REASONS = "porozumienie_przyczyny_pracodawcy"
    AGREEMENT_MOVED = "porozumienie_przeprowadzka"
    DISCIPLINARY = "dyscyplinarka"
    LEFT_SUBSIDISED_JOB = "odejscie_z_pracy_dotowanej"
    NO_EMPLOYMENT = "bez_umowy_o_prace"


_BARRED = {Ended.OWN_NOTICE, Ended.DISCIPLINARY, Ended.LEFT_SUBSIDISED_JOB}


@dataclass(frozen=True)
class Work:
    """A period, both days included; `counts`: pay or base of contributions at least the minimum, None if not known."""

    start: dt.date
    end: dt.date
    counts: bool | None = True


@dataclass(frozen=True)
class Claim:
    """Answers of the visitor; None means "nie wiem".

    `days` are those that count in the 18 months, see `days_from_work` and `days_from_months`. `enough_without_last`:
    the 365 days are there even without the last job. `compensated_until`: the last day for which compensation for a
    shortened notice was paid. `only_suspended_business`: the right comes from a business that is only suspended.
    `documented_on`: the day on which the days were proved, where that was after registering. `years` of seniority are
    those of art. 224. The five that follow make the benefit last 365 days.
    """

    registered_on: dt.date
    days: Interval
    ended: Ended | None
    years: Interval
    enough_without_last: bool | None = False
    compensated_until: dt.date | None = None
    only_suspended_business: bool | None = False
    documented_on: dt.date | None = None
    birth: dt.date | None = None
    disability: bool | None = False
    large_family_card: bool | None = False
    single_parent: bool | None = False
    spouse_without_benefit: bool | None = False


@dataclass(frozen=True)
class Benefit:
    """The result. More than one plan where answers are missing; none where there is no right or no day is left."""

    right: Verdict
    plans: tuple[Plan, ...]
    open_questions: tuple[Step, ...]
    steps: tuple[Step, ...]


def days_from_work(periods: Sequence[Work], *, registered_on: dt.date) -> Interval:
    """Days of the 18 months before registering that count, overlaps once. Raises InputError."""
    first, last = window(registered_on)
    sure: set[dt.date] = set()
    possible: set[dt.date] = set()
    for work in periods:
        if work.end < work.start:
            raise InputError("work", "Koniec pracy jest wcześniejszy niż jej początek.")
        if work.counts is False:
            continue
        start, end = max(work.start, first), min(work.end, last)
        days = {start + n * ONE_DAY for n in range(max(0, (end - start).days + 1))}
        possible |= days
        if work.counts:
            sure |= days
    return Interval(len(sure), len(possible))


def days_from_months(months: Interval) -> Interval:
    """Days of so many months of continuous work: 12 months are 365 or 366. Raises InputError."""
    if months.high > WINDOW_MONTHS:
        raise InputError("months", f"Liczy się tylko {WINDOW_MONTHS} miesięcy przed rejestracją.")
    return Interval(_fewest_days(months.low), _most_days(months.high))


def window(registered_on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the 18 months."""
    return add_months(registered_on, -WINDOW_MONTHS), registered_on - ONE_DAY


def benefit(claim: Claim, *, amounts: Amounts) -> Benefit:
    """Tell whether there is a right to the benefit, and how it would be paid. Raises InputError."""
    _check(claim)
    steps: list[Step] = []
    questions: list[Step] = []
    enough = _enough_days(claim, steps, questions)
    not_barred = _not_barred(claim, steps, questions)
    right = both(enough, not_barred)
    verdict = Verdict.DEPENDS if right is None else Verdict.YES if right else Verdict.NO
    if verdict is Verdict.NO:
        return Benefit(verdict, (), (), tuple(steps))
    starts = _starts(claim, steps, questions)
    raised = claim.years.at_least(_SENIOR_YEARS)
    steps.append(_rate_step(raised))
    if raised is None:
        questions.append(step(basis.BENEFIT_SENIORITY, "Czy staż do zasiłku to co najmniej 20 lat?"))
    long = _is_long(claim, starts[-1][0], steps, questions)
    plans = tuple(
        plan_of(start=start, waited=waited, raised=rate, length=length, amounts=amounts)
        for start, waited in starts
        for rate in _options(raised)
        for length in ((LONG_BENEFIT if is_long else SHORT_BENEFIT) for is_long in _options(long))
    )
    steps += plan_steps(plans)
    return Benefit(verdict, tuple(plan for plan in plans if plan.paid_days), tuple(questions), tuple(steps))


def _check(claim: Claim) -> None:
    if claim.registered_on < RULES_SINCE:
        raise InputError("registered_on", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    first, last = window(claim.registered_on)
    if claim.days.high > (last - first).days + 1:
        raise InputError("days", "W 18 miesiącach nie ma tylu dni.")
    if claim.years.high > _MOST_YEARS:
        raise InputError("years", "Podany staż jest dłuższy niż życie zawodowe. Proszę sprawdzić liczbę lat.")
    if claim.birth is not None and not 0 <= claim.registered_on.year - claim.birth.year <= 120:
        raise InputError("birth", "Proszę sprawdzić datę urodzenia.")
    if claim.compensated_until is not None and claim.compensated_until > claim.registered_on + _LONGEST_YEAR * ONE_DAY:
        raise InputError("compensated_until", "Odszkodowanie nie obejmuje tak długiego czasu.")
    if claim.documented_on is not None and claim.documented_on < claim.registered_on:
        raise InputError("documented_on", "Dzień udokumentowania nie może być wcześniejszy niż rejestracja.")


def _fewest_days(months: int) -> int:
    """The fewest days that so many consecutive months can have."""
    return min(_days_of_months(start, months) for start in _MONTH_STARTS)


def _most_days(months: int) -> int:
    return max(_days_of_months(start, months) for start in _MONTH_STARTS)


def _days_of_months(start: dt.date, months: int) -> int:
    return (add_months(start, months) - start).days


# Two years of months, one of them leap: every run of up to 18 months occurs.
_MONTH_STARTS = [dt.date(2026 + n // 12, n % 12 + 1, 1) for n in range(36)]


def _enough_days(claim: Claim, steps: list[Step], questions: list[Step]) -> bool | None:
    first, last = window(claim.registered_on)
    low, high = claim.days.low, claim.days.high
    number = wording.days(low) if low == high else f"od {low} do {high} dni"
    enough = claim.days.at_least(NEEDED_DAYS)
    outcome = {True: "to wystarcza", False: "to za mało", None: "to może wystarczyć albo nie"}[enough]
    steps.append(
        step(
            basis.BENEFIT_CONDITIONS,
            f"Od {wording.day(first)} do {wording.day(last)} potrzeba {NEEDED_DAYS} dni pracy z płacą co najmniej "
            "minimalną i "
            f"składkami na Fundusz Pracy. Jest {number}: {outcome}.",
        )
    )
    if enough is None:
        text = "Ile dni liczy się do 365? Pokazują to świadectwa pracy i zaświadczenia o zarobkach; rozstrzyga urząd."
        questions.append(step(basis.BENEFIT_DAYS, text))
    return enough


def _not_barred(claim: Claim, steps: list[Step], questions: list[Step]) -> bool | None:
    if claim.ended is None:
        text = "Jak skończyła się ostatnia umowa o pracę? Od tego zależy prawo do zasiłku i czekanie na niego."
        questions.append(step(basis.BENEFIT_EXCLUSIONS, text))
        return None
    if claim.ended not in _BARRED:
        steps.append(_WAYS_THAT_ALLOW[claim.ended])
        return True
    rule, why = _WAYS_THAT_BAR[claim.ended]
    if claim.enough_without_last:
        steps.append(step(rule, f"{why}, ale 365 dni jest też bez tej ostatniej pracy, więc to nie przeszkadza."))
        return True
    if claim.enough_without_last is None:
        steps.append(step(rule, f"{why}, chyba że 365 dni jest też bez tej ostatniej pracy."))
        questions.append(step(rule, "Czy 365 dni uzbierałoby się także bez ostatniej pracy?"))
        return None
    steps.append(step(rule, f"{why}. Czekanie nic tu nie zmienia. Sama rejestracja nadal jest możliwa."))
    return False


_WAYS_THAT_BAR = {
    Ended.OWN_NOTICE: (
        basis.BENEFIT_OWN_NOTICE,
        "Własne wypowiedzenie ostatniej umowy odbiera prawo do zasiłku",
    ),
    Ended.DISCIPLINARY: (
        basis.BENEFIT_DISCIPLINARY,
        "Rozwiązanie ostatniej umowy bez wypowiedzenia z winy pracownika odbiera prawo do zasiłku",
    ),
    Ended.LEFT_SUBSIDISED_JOB: (
        basis.BENEFIT_EXCLUSIONS,
        "Odejście z pracy, do której skierował urząd i na którą firma dostała pieniądze, odbiera prawo do zasiłku",
    ),
}

_WAYS_THAT_ALLOW = {
    Ended.EMPLOYERS_NOTICE: step(basis.BENEFIT_START, "Wypowiedzenie złożył pracodawca, co nie odbiera zasiłku."),
    Ended.TERM_PASSED: step(basis.BENEFIT_START, "Umowa skończyła się z upływem czasu, co nie odbiera zasiłku."),
    Ended.WITHOUT_FAULT: step(
        basis.BENEFIT_EXCLUSIONS,
        "Zasiłek odbiera tylko rozwiązanie bez wypowiedzenia z winy pracownika, a tu jej nie było.",
        sure=False,
    ),
    Ended.OWN_NOTICE_MOVED: step(
        basis.BENEFIT_OWN_NOTICE,
        "Własne wypowiedzenie z powodu zmiany miejsca zamieszkania nie odbiera zasiłku.",
    ),
    Ended.EMPLOYERS_FAULT: step(
        basis.BENEFIT_EMPLOYERS_FAULT,
        "Odejście z winy pracodawcy na podstawie art. 55 Kodeksu pracy nie odbiera zasiłku.",
    ),
    Ended.AGREEMENT: step(
        basis.BENEFIT_AGREEMENT, "Porozumienie stron nie odbiera zasiłku, ale trzeba na niego czekać."
    ),
    Ended.AGREEMENT_EMPLOYERS_REASONS: step(
        basis.BENEFIT_AGREEMENT_EXCEPTIONS,
        "Porozumienie z powodu upadłości, likwidacji lub zmniejszenia zatrudnienia nie wymaga czekania. Powód musi "
        "wynikać z dokumentów.",
    ),
    Ended.AGREEMENT_MOVED: step(
        basis.BENEFIT_AGREEMENT_EXCEPTIONS,
        "Porozumienie z powodu zmiany miejsca zamieszkania nie wymaga czekania. Powód musi wynikać z dokumentów.",
    ),
    Ended.NO_EMPLOYMENT: step(
        basis.BENEFIT_EXCLUSIONS,
        "Sposób zakończenia bada się przy umowie o pracę; przy zleceniu i firmie nie odbiera on zasiłku.",
        sure=False,
    ),
}


def _starts(claim: Claim, steps: list[Step], questions: list[Step]) -> list[tuple[dt.date, int]]:
    """Possible first days, earliest first, each with the days of waiting that shorten the benefit."""
    waits = any_of([None if claim.ended is None else claim.ended is Ended.AGREEMENT, claim.only_suspended_business])
    first = _first_day(claim, steps)
    if waits:
        _waiting_step(claim, steps)
    elif claim.only_suspended_business is None:
        text = "Czy prawo do zasiłku wynika z firmy, która jest tylko zawieszona? Wtedy czeka się 90 dni."
        questions.append(step(basis.BENEFIT_BUSINESS, text))
    elif waits is False and first == claim.registered_on:
        text = f"Zasiłek należy się od dnia rejestracji, czyli od {wording.day(first)}."
        steps.append(step(basis.BENEFIT_START, text))
    starts = []
    for waiting in _options(waits):
        waited = max(WAITING_DAYS if waiting else 0, _compensated_days(claim))
        start = claim.registered_on + waited * ONE_DAY
        starts.append((max(start, claim.documented_on or start), waited))
    return sorted(starts)


def _waiting_step(claim: Claim, steps: list[Step]) -> None:
    start = wording.day(claim.registered_on + WAITING_DAYS * ONE_DAY)
    if claim.ended is Ended.AGREEMENT:
        rule, why = basis.BENEFIT_AGREEMENT, "Po porozumieniu stron"
    else:
        rule, why = basis.BENEFIT_BUSINESS, "Przy firmie tylko zawieszonej"
    text = f"{why} zasiłek zaczyna się po {WAITING_DAYS} dniach od rejestracji, czyli od {start}."
    steps.append(step(rule, text))
    steps.append(step(basis.BENEFIT_LENGTH, f"Te {WAITING_DAYS} dni skracają okres zasiłku."))


def _compensated_days(claim: Claim) -> int:
    if claim.compensated_until is None:
        return 0
    return max(0, (claim.compensated_until - claim.registered_on).days + 1)


def _first_day(claim: Claim, steps: list[Step]) -> dt.date:
    first = claim.registered_on
    if _compensated_days(claim):
        first += _compensated_days(claim) * ONE_DAY
        text = f"Odszkodowanie za skrócone wypowiedzenie skraca zasiłek i przesuwa go na {wording.day(first)}."
        steps.append(step(basis.BENEFIT_COMPENSATION, text))
    if claim.documented_on is not None and claim.documented_on > first:
        first = claim.documented_on
        text = f"Wymagane dni wykazano po rejestracji, więc zasiłek należy się najwcześniej od {wording.day(first)}."
        steps.append(step(basis.BENEFIT_LATE_DOCUMENTS, text))
    return first


def _rate_step(raised: bool | None) -> Step:
    share = {True: "120%", False: "100%", None: "100% albo 120%"}[raised]
    text = f"Stawka to {share}: 120% przysługuje od {_SENIOR_YEARS} lat stażu, inaczej 100%. Stawki 80% już nie ma."
    return step(basis.BENEFIT_RATES, text)


def _is_long(claim: Claim, latest_start: dt.date, steps: list[Step], questions: list[Step]) -> bool | None:
    senior = both(_over_fifty(claim, latest_start), claim.years.at_least(_SENIOR_YEARS))
    reasons = {
        "niepełnosprawność": claim.disability,
        "Karta Dużej Rodziny": claim.large_family_card,
        f"wiek ponad {_AGE_FOR_LONG} lat i {_SENIOR_YEARS} lat stażu": senior,
        "samotne wychowywanie dziecka": claim.single_parent,
        "małżonek bezrobotny, który wyczerpał zasiłek, i dziecko na utrzymaniu": claim.spouse_without_benefit,
    }
    long = any_of(reasons.values())
    if long:
        found = wording.listed([name for name, holds in reasons.items() if holds])
        text = f"Zasiłek trwa {LONG_BENEFIT} dni, bo zachodzi: {found}."
    elif long is None:
        missing = wording.listed([name for name, holds in reasons.items() if holds is None], "lub")
        text = f"Zasiłek trwa {SHORT_BENEFIT} albo {LONG_BENEFIT} dni."
        questions.append(step(basis.BENEFIT_LENGTH, f"Czy zachodzi: {missing}?"))
    else:
        text = f"Zasiłek trwa {SHORT_BENEFIT} dni, bo nie zachodzi żaden z powodów do {LONG_BENEFIT} dni."
    steps.append(step(basis.BENEFIT_LENGTH, f"{text} Poziom bezrobocia w powiecie nie ma znaczenia."))
    return long


def _over_fifty(claim: Claim, latest_start: dt.date) -> bool | None:
    """Not known on the birthday itself, nor where it falls between registering and the first day of the benefit."""
    if claim.birth is None:
        return None
    birthday = add_months(claim.birth, 12 * _AGE_FOR_LONG)
    if birthday < claim.registered_on:
        return True
    return False if birthday > latest_start else None


def _options(answer: bool | None) -> tuple[bool, ...]:
    return (False, True) if answer is None else (answer,)
