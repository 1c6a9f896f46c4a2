"""How the benefit is paid out: first day, length, and the amount of each stretch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions import basis, wording
from actions.calculators.dates import ONE_DAY
from actions.reasoning import Step, step
from knowledge_base.content.amounts import Amounts, UnknownAmountError

HIGHER_RATE_DAYS = 90
_BASIC = ("zasilek_pierwsze_90_dni", "zasilek_po_90_dniach")
_RAISED = ("zasilek_120_pierwsze_90_dni", "zasilek_120_po_90_dniach")


@dataclass(frozen=True)
class Payment:
    """A stretch of days with one monthly amount, gross; None where that of the time is not known yet."""

    start: dt.date
    end: dt.date
    monthly: Decimal | None
    parameter: str
    sure: bool

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Plan:
    """One way it can come out: `raised` is 120%, `length` the days before those of waiting are taken off."""

    raised: bool
    length: int
    starts_on: dt.date
    paid_days: int
    last_day: dt.date | None
    payments: tuple[Payment, ...]


def plan_of(*, start: dt.date, waited: int, raised: bool, length: int, amounts: Amounts) -> Plan:
    """The plan from `start`, with the days waited taken off the length."""
    paid = max(0, length - waited)
    last = start + (paid - 1) * ONE_DAY if paid else None
    payments: list[Payment] = []
    if last is not None:
        change = start + HIGHER_RATE_DAYS * ONE_DAY
        names = _RAISED if raised else _BASIC
        payments += _payments(names[0], start, min(last, change - ONE_DAY), amounts)
        if last >= change:
            payments += _payments(names[1], change, last, amounts)
    return Plan(raised, length, start, paid, last, tuple(payments))


def _payments(name: str, start: dt.date, end: dt.date, amounts: Amounts) -> list[Payment]:
    """Split where the amount changes, as it does every 1 June."""
    payments = []
    while start <= end:
        try:
            period = amounts.period_on(name, start)
        except UnknownAmountError:
            payments.append(Payment(start, end, None, name, sure=False))
            break
        last = min(end, period.valid_to or end)
        payments.append(Payment(start, last, period.value, name, period.verified))
        start = last + ONE_DAY
    return payments


def plan_steps(plans: Sequence[Plan]) -> list[Step]:
    steps = []
    for plan in plans:
        if not plan.paid_days or plan.last_day is None:
            text = f"Przy {wording.days(plan.length)} zasiłku czas oczekiwania wyczerpuje cały okres."
            steps.append(step(basis.BENEFIT_LENGTH, text))
            continue
        text = (
            f"{'120%' if plan.raised else '100%'}, {wording.days(plan.paid_days)} od {wording.day(plan.starts_on)} do "
            f"{wording.day(plan.last_day)}: {'; '.join(_payment_text(payment) for payment in plan.payments)}."
        )
        steps.append(step(basis.BENEFIT_RATES, text, sure=all(payment.sure for payment in plan.payments)))
    if any(plan.starts_on > plans[0].starts_on or plan.length > plan.paid_days for plan in plans):
        text = "Przyjęto, że 90 dni z wyższą kwotą liczy się od pierwszego dnia zasiłku, a nie od rejestracji."
        steps.append(step(basis.BENEFIT_RATES, text, sure=False))
    return steps


def _payment_text(payment: Payment) -> str:
    amount = f"{wording.zloty(payment.monthly)} brutto" if payment.monthly is not None else "kwota jeszcze nieogłoszona"
    return f"do {wording.day(payment.end)} miesięcznie {amount}"
