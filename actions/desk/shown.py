"""Values of a result as Polish lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import singledispatch
from typing import Any

from actions import wording
from actions.calculators.annual_leave import Share
from actions.calculators.pay import Money, fraction_text
from actions.cases.benefit_plan import Payment, Plan
from actions.cases.common import Task
from actions.desk.labels import load_labels
from actions.reasoning import Step


@singledispatch
def shown(value: Any) -> list[str]:
    """Lines of a value; none for None. What has no way of its own is shown by `str`."""
    return [str(value)]


@shown.register
def _(value: None) -> list[str]:
    return []


@shown.register
def _(value: bool) -> list[str]:
    return ["tak" if value else "nie"]


@shown.register
def _(value: dt.date) -> list[str]:
    return [wording.day(value)]


@shown.register
def _(value: Decimal) -> list[str]:
    return [wording.zloty(value)]


@shown.register
def _(value: Fraction) -> list[str]:
    return [wording.decimal(value)]


@shown.register
def _(value: Enum) -> list[str]:
    return [load_labels().option(value)]


@shown.register
def _(value: Money) -> list[str]:
    return [value.text]


@shown.register
def _(value: tuple) -> list[str]:  # type: ignore[type-arg]
    return [line for item in value for line in shown(item)]


@shown.register
def _(value: Step) -> list[str]:
    return [value.text]


@shown.register
def _(value: Task) -> list[str]:
    due = f" Termin: {wording.day(value.by)}." if value.by else ""
    return [f"{value.step.text}{due}"]


@shown.register
def _(value: Share) -> list[str]:
    end = wording.day(value.job.end) if value.job.end else "końca roku"
    since, part = wording.day(value.job.start), fraction_text(value.job.fraction)
    return [f"{wording.days_of_leave(value.days)} – praca od {since} do {end}, {part}"]


@shown.register
def _(value: Plan) -> list[str]:
    rate = "120%" if value.raised else "100%"
    return [f"{wording.days(value.paid_days)}, stawka {rate}:", *shown(value.payments)]


@shown.register
def _(value: Payment) -> list[str]:
    monthly = "kwota jeszcze nieznana" if value.monthly is None else f"{wording.zloty(value.monthly)} miesięcznie"
    return [f"od {wording.day(value.start)} do {wording.day(value.end)}: {monthly} brutto"]
