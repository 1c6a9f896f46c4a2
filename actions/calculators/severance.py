"""Severance pay where the employer's reasons ended the job."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from actions import basis, wording
from actions.calculators.dates import Span, span_between
from actions.calculators.pay import amount_on, checked_pay
from actions.reasoning import InputError, Step, step
from knowledge_base.content.amounts import Amounts
from zielona import plurals

RULES_SINCE = dt.date(2004, 1, 1)
SMALLEST_EMPLOYER = 20
_TWO_YEARS, _EIGHT_YEARS = Span(24), Span(96)


@dataclass(frozen=True)
class Severance:
    """The result: `months` is 0 and `pay` is nothing where there is no right to it; `cap` is the highest it can be."""

    months: int
    seniority: Span
    pay: Decimal
    cap: Decimal | None
    steps: tuple[Step, ...]
    notes: tuple[Step, ...]


def severance_pay(
    monthly_pay: Decimal,
    *,
    employed_since: dt.date,
    ended_on: dt.date,
    employees: int,
    employers_reasons: bool,
    amounts: Amounts,
    group: bool = False,
    earlier: Span | None = None,
) -> Severance:
    """Reckon the severance pay, gross.

    `employers_reasons`: reasons on the employer's side ended the job, and outside a group lay-off were the only ones.
    `monthly_pay` is counted as for the cash equivalent of leave. Raises InputError.
    """
    checked_pay("monthly_pay", monthly_pay)
    _check(employed_since, ended_on, employees)
    seniority = span_between(employed_since, ended_on) + (earlier or Span())
    refusal = _refusal(employees, employers_reasons, group)
    if refusal is not None:
        return Severance(0, seniority, Decimal(0), None, (refusal,), ())
    months = _months(seniority)
    cap = amount_on(amounts, "odprawa_limit", ended_on)
    pay = min(monthly_pay * months, cap.value)
    steps = [
        step(
            basis.SEVERANCE,
            f"Pracodawca zatrudnia co najmniej {SMALLEST_EMPLOYER} osób, a umowa kończy się z przyczyn po jego "
            "stronie, "
            "więc odprawa się należy.",
        )
    ]
    if earlier:
        text = f"Do stażu doliczono wcześniejszy okres u tego pracodawcy: {earlier}."
        steps.append(step(basis.SEVERANCE, text, sure=False))
    steps += [
        step(
            basis.SEVERANCE,
            f"Staż u tego pracodawcy to {seniority}, czyli odprawa za {wording.months(months)}: krócej niż 2 lata – "
            "jeden, od 2 do 8 lat – dwa, ponad 8 lat – trzy.",
        ),
        step(
            basis.SEVERANCE_CAP,
            f"{months} × {wording.zloty(monthly_pay)} = {wording.zloty(monthly_pay * months)}. Granica z dnia "
            f"{wording.day(ended_on)}, 15 płac minimalnych, to {wording.zloty(cap.value)}, więc odprawa wynosi "
            f"{wording.zloty(pay)} brutto.",
            sure=cap.sure,
        ),
    ]
    return Severance(months, seniority, pay, cap.value, tuple(steps), _notes(group))


def is_group_layoff(employees: int, *, dismissed_in_30_days: int) -> tuple[bool, Step]:
    """Tell whether so many notices within 30 days are a group lay-off. Raises InputError."""
    if employees < 0 or dismissed_in_30_days < 0:
        raise InputError("employees", "Liczba osób nie może być ujemna.")
    if employees < SMALLEST_EMPLOYER:
        return False, step(basis.GROUP_LAYOFF, f"Ustawa dotyczy firm od {SMALLEST_EMPLOYER} pracowników.")
    if employees < 100:
        threshold, why = 10, "10 osób przy zatrudnieniu poniżej 100"
    elif employees < 300:
        # Ten in a hundred, a started person needed as a whole one.
        threshold, why = -(-employees // 10), "10% załogi przy zatrudnieniu od 100 do 299"
    else:
        threshold, why = 30, "30 osób przy zatrudnieniu od 300"
    people = plurals.counted(threshold, "osoba", "osoby", "osób")
    return dismissed_in_30_days >= threshold, step(
        basis.GROUP_LAYOFF, f"Próg zwolnienia grupowego to {why}, tu {people} w ciągu 30 dni."
    )


def _check(employed_since: dt.date, ended_on: dt.date, employees: int) -> None:
    if ended_on < employed_since:
        raise InputError("ended_on", "Koniec pracy jest wcześniejszy niż jej początek.")
    if ended_on < RULES_SINCE:
        raise InputError("ended_on", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if employees < 1:
        raise InputError("employees", "Pracodawca zatrudnia co najmniej jedną osobę. Proszę sprawdzić liczbę.")


def _refusal(employees: int, employers_reasons: bool, group: bool) -> Step | None:
    if employees < SMALLEST_EMPLOYER:
        return step(
            basis.SEVERANCE,
            f"Odprawa z tej ustawy należy się tylko u pracodawcy, który zatrudnia co najmniej {SMALLEST_EMPLOYER} "
            "pracowników. Może ją jednak przewidywać umowa lub regulamin.",
        )
    if not employers_reasons and not group:
        return step(
            basis.SEVERANCE,
            "Odprawa należy się tylko wtedy, gdy umowa kończy się z przyczyn po stronie pracodawcy, a przy zwolnieniu "
            "pojedynczym są one jedynym powodem.",
        )
    return None


def _months(seniority: Span) -> int:
    if seniority < _TWO_YEARS:
        return 1
    return 2 if seniority <= _EIGHT_YEARS else 3


def _notes(group: bool) -> tuple[Step, ...]:
    notes = [
        step(
            basis.SEVERANCE,
            "Wynagrodzenie do odprawy liczy się jak ekwiwalent za urlop, więc przy zmiennych składnikach może się "
            "różnić "
            "od pensji z umowy.",
        )
    ]
    if group:
        text = (
            "Kto w ciągu roku zgłosi chęć powrotu, ma pierwszeństwo, gdy pracodawca znów zatrudnia w tej samej grupie."
        )
        notes.append(step(basis.REHIRING, text))
    return tuple(notes)
