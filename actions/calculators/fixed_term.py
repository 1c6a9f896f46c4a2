"""The limits of fixed-term contracts: 33 months and three contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from actions import basis, wording
from actions.calculators.dates import DAYS_IN_LOOSE_MONTH, ONE_DAY, Span, joined, month_mark, reached_on, span_between
from actions.reasoning import InputError, Step, step
from zielona import plurals

RULES_SINCE = dt.date(2016, 2, 22)
MONTHS_LIMIT = 33
CONTRACTS_LIMIT = 3
_DAYS_LIMIT = MONTHS_LIMIT * DAYS_IN_LOOSE_MONTH


class Kind(Enum):
    """What a fixed-term contract was made for; all but ORDINARY are outside the limits (art. 25(1) § 4)."""

    ORDINARY = "zwykla"
    REPLACEMENT = "zastepstwo"
    CASUAL_OR_SEASONAL = "dorywcza_sezonowa"
    TERM_OF_OFFICE = "kadencja"
    OBJECTIVE_REASONS = "obiektywne_przyczyny"
    TRIAL = "probna"


@dataclass(frozen=True)
class FixedTerm:
    """A contract with the same employer, both days included. An extension by agreement is a contract of its own."""

    start: dt.date
    end: dt.date
    kind: Kind = Kind.ORDINARY


@dataclass(frozen=True)
class Limits:
    """The result.

    `used` counts the contracts given. `open_ended_since` is the day from which the limits have been exceeded, so that
    the person is employed for an indefinite time; None while they hold. `last_allowed_day` is the latest last day of
    the next ordinary contract from `next_start`, None where none is left; `safe_last_day` is the same where every
    month is counted as 30 days, never later.
    """

    contracts_used: int
    contracts_left: int
    used: Span
    open_ended_since: dt.date | None
    next_start: dt.date
    last_allowed_day: dt.date | None
    safe_last_day: dt.date | None
    steps: tuple[Step, ...]


def fixed_term_limits(contracts: Sequence[FixedTerm], *, next_start: dt.date) -> Limits:
    """Tell how much of the limits the contracts used up, and until when a next one from `next_start` may last.

    Raises InputError.
    """
    ordered = _checked(contracts, next_start)
    counted = [contract for contract in ordered if contract.kind is Kind.ORDINARY]
    steps = _counting_steps(ordered, counted)
    runs = _runs(counted)
    used = _total(runs)
    open_ended = _exceeded_on(counted)
    left = max(0, CONTRACTS_LIMIT - len(counted))
    last, safe = (None, None) if open_ended or not left else _last_days(counted, runs, next_start)
    steps.append(
        step(
            basis.FIXED_TERM_LIMIT,
            f"Razem na umowach, które się liczą: {used} z dopuszczalnych {MONTHS_LIMIT} miesięcy.",
        )
    )
    if len(runs) > 1:
        steps.append(
            step(
                basis.FIXED_TERM_LIMIT,
                "Przerwy między umowami nie kasują limitu. Dni z osobnych okresów dodaje się, licząc miesiąc jako 30 "
                "dni.",
                sure=False,
            )
        )
    steps += _closing_steps(open_ended, left, last, safe, next_start)
    return Limits(len(counted), left, used, open_ended, next_start, last, safe, tuple(steps))


def _checked(contracts: Sequence[FixedTerm], next_start: dt.date) -> list[FixedTerm]:
    ordered = sorted(contracts, key=lambda contract: contract.start)
    for contract in ordered:
        if contract.end < contract.start:
            raise InputError("contracts", "Koniec umowy jest wcześniejszy niż jej początek.")
        if contract.start < RULES_SINCE:
            raise InputError(
                "contracts",
                f"Limit 33 miesięcy i trzech umów liczy się od {wording.day(RULES_SINCE)}. Umowy zawarte wcześniej "
                "wymagają osobnego sprawdzenia.",
            )
    for before, after in pairwise(ordered):
        if after.start <= before.end:
            raise InputError(
                "contracts", "Umowy z tym samym pracodawcą nakładają się na siebie. Proszę sprawdzić daty."
            )
    if next_start < RULES_SINCE or (ordered and next_start <= ordered[-1].end):
        raise InputError("next_start", "Następna umowa musi się zacząć po końcu poprzednich.")
    return ordered


def _runs(contracts: Sequence[FixedTerm]) -> list[tuple[dt.date, dt.date]]:
    return joined((contract.start, contract.end) for contract in contracts)


def _total(runs: Sequence[tuple[dt.date, dt.date]]) -> Span:
    used = Span()
    for first, last in runs:
        used += span_between(first, last)
    return used


def _exceeded_on(counted: Sequence[FixedTerm]) -> dt.date | None:
    """The day after 33 months, or the first day of the fourth contract, whichever came first."""
    days = [counted[CONTRACTS_LIMIT].start] if len(counted) > CONTRACTS_LIMIT else []
    runs = _runs(counted)
    for number, (first, last) in enumerate(runs):
        full = reached_on(first, MONTHS_LIMIT, _total(runs[:number]))
        if full < last:
            days.append(max(full + ONE_DAY, first))
            break
    return min(days, default=None)


def _last_days(
    counted: Sequence[FixedTerm], runs: Sequence[tuple[dt.date, dt.date]], next_start: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    adjoining = bool(runs) and runs[-1][1] + ONE_DAY == next_start
    start, before = (runs[-1][0], runs[:-1]) if adjoining else (next_start, runs)
    last = reached_on(start, MONTHS_LIMIT, _total(before))
    spent = sum((contract.end - contract.start).days + 1 for contract in counted)
    safe = min(last, next_start + dt.timedelta(days=_DAYS_LIMIT - spent - 1))
    return (last if last >= next_start else None), (safe if safe >= next_start else None)


def _counting_steps(ordered: Sequence[FixedTerm], counted: Sequence[FixedTerm]) -> list[Step]:
    contracts = plurals.counted(len(counted), "umowa", "umowy", "umów")
    steps = [
        step(
            basis.FIXED_TERM_LIMIT,
            f"Do limitu liczy się {contracts} na czas określony z najwyżej "
            f"{CONTRACTS_LIMIT}. Wydłużenie umowy w trakcie jej trwania liczy się jak następna umowa.",
        )
    ]
    if any(contract.kind is Kind.TRIAL for contract in ordered):
        steps.append(step(basis.FIXED_TERM_LIMIT, "Okres próbny nie wlicza się do limitu."))
    if any(contract.kind not in (Kind.ORDINARY, Kind.TRIAL) for contract in ordered):
        steps.append(
            step(
                basis.FIXED_TERM_EXCEPTIONS,
                "Nie liczą się umowy na zastępstwo, do pracy dorywczej lub sezonowej, na czas kadencji i z "
                "obiektywnych "
                "przyczyn wskazanych w umowie, jeżeli odpowiadają na rzeczywistą, okresową potrzebę.",
            )
        )
    return steps


def _closing_steps(
    open_ended: dt.date | None, left: int, last: dt.date | None, safe: dt.date | None, next_start: dt.date
) -> list[Step]:
    if open_ended:
        return [
            step(
                basis.FIXED_TERM_LIMIT,
                f"Limit został przekroczony, więc od {wording.day(open_ended)} jest to z mocy prawa umowa na czas "
                "nieokreślony.",
            )
        ]
    if not left:
        text = "Wykorzystano już trzy umowy: następna na czas określony byłaby od razu umową na czas nieokreślony."
        return [step(basis.FIXED_TERM_LIMIT, text)]
    if last is None:
        text = "Wykorzystano już 33 miesiące: następna umowa może być tylko na czas nieokreślony."
        return [step(basis.FIXED_TERM_LIMIT, text)]
    steps = [
        step(
            basis.FIXED_TERM_LIMIT,
            f"Umowa od {wording.day(next_start)} może trwać najdłużej do {wording.day(last)}.",
        )
    ]
    if safe != last:
        cautious = f"umowa mogłaby trwać do {wording.day(safe)}" if safe else "limit jest już wyczerpany"
        steps.append(
            step(
                basis.FIXED_TERM_LIMIT,
                f"Przepis nie mówi, jak liczyć miesiące; przyjęto kalendarzowe. Gdy każdy liczy się jako 30 dni, "
                f"{cautious}.",
                sure=False,
            )
        )
    return steps


def latest_end_without_history(start: dt.date) -> dt.date:
    """The last day of a single contract from `start` that uses up the whole limit."""
    return month_mark(start, MONTHS_LIMIT) - ONE_DAY
