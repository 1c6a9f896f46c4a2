"""Amounts with their dates: answers name the parameter, never the number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml

# Four digits are read at a glance.
_GROUPED_FROM = 10_000


class UnknownAmountError(LookupError):
    """There is no such parameter, or it has no value on the day asked about."""


@dataclass(frozen=True)
class Period:
    """A value in force from `valid_from` to `valid_to` (both days included)."""

    valid_from: dt.date
    valid_to: dt.date | None
    value: Decimal
    source: str
    checked_on: dt.date
    verified: bool

    def covers(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Parameter:
    """A named amount: its own periods, or `times` another parameter, within the days of its own rule.

    `round_up_to` is the step to which the law rounds a derived amount up, e.g. 0.10; without it the grosz is the step.
    `awaiting` marks an amount whose newest value is not confirmed yet: a day without a value is then expected.
    """

    name: str
    title: str
    unit: str
    periods: tuple[Period, ...]
    of: str | None = None
    times: Decimal = Decimal(1)
    round_up_to: Decimal | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    verified: bool = True
    awaiting: bool = False

    def covers(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Amounts:
    """The table of parameters."""

    def __init__(self, parameters: dict[str, Parameter]) -> None:
        self.parameters = parameters

    def __contains__(self, name: str) -> bool:
        return name in self.parameters

    def period_on(self, name: str, day: dt.date) -> Period:
        """Return the value in force on `day`, derived ones computed and rounded.

        Raises UnknownAmountError.
        """
        parameter = self.parameters.get(name)
        if parameter is None:
            raise UnknownAmountError(f"nie ma parametru „{name}” w tabeli kwot")
        if parameter.of is not None and parameter.covers(day):
            return _derived(parameter, self.period_on(parameter.of, day))
        for period in parameter.periods:
            if period.covers(day):
                return period
        raise UnknownAmountError(f"parametr „{name}” nie ma wartości na dzień {day.isoformat()}")

    def expected_on(self, name: str, day: dt.date) -> bool:
        """Tell whether a missing value on `day` would be a mistake: not after its rule ended, not while awaited."""
        parameter = self.parameters[name]
        if parameter.awaiting or not parameter.covers(day):
            return False
        return parameter.of is None or self.expected_on(parameter.of, day)

    def text_on(self, name: str, day: dt.date) -> str:
        """Return the value written the Polish way, e.g. `1783,90 zł`. Raises UnknownAmountError."""
        return format_amount(self.period_on(name, day).value, self.parameters[name].unit)

    def text_or_none(self, name: str, day: dt.date) -> str | None:
        """The same; None where the parameter has no value on that day."""
        try:
            return self.text_on(name, day)
        except UnknownAmountError:
            return None


def format_amount(value: Decimal, unit: str) -> str:
    """Write an amount the Polish way, with a no-break space before the unit and no empty grosze.

    From five digits on the whole part stands in groups of three, which no line breaks.

    >>> format_amount(Decimal("1783.9"), "zł")
    '1783,90\\xa0zł'
    >>> format_amount(Decimal("72090"), "zł")
    '72\\xa0090\\xa0zł'
    """
    plain = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    whole, point, rest = plain.partition(".")
    whole = whole.replace(",", "\u00a0" if abs(value) >= _GROUPED_FROM else "")
    plain = f"{whole},{rest}" if point else whole
    return f"{plain}\u00a0{unit}"


def load_amounts(path: Path) -> Amounts:
    """Read `data/amounts.yml`. Raises ContentError."""
    root = read_yaml(path)
    parameters: dict[str, Parameter] = {}
    for name, values in (root.values.get("parameters") or {}).items():
        record = Record(path, values, root.text, root.line_of(name), root.findings)
        formula: dict[str, Any] = values.get("formula") or {}
        parameters[name] = Parameter(
            name=name,
            title=record.string("title"),
            unit=record.string("unit"),
            periods=tuple(_period(item) for item in record.records("periods")),
            of=formula.get("of"),
            times=Decimal(str(formula.get("times", 1))),
            round_up_to=Decimal(str(formula["round_up_to"])) if "round_up_to" in formula else None,
            valid_from=record.optional_date("valid_from"),
            valid_to=record.optional_date("valid_to"),
            verified=record.flag("verified") if "verified" in values else True,
            awaiting=record.flag("awaiting") if "awaiting" in values else False,
        )
    for parameter in parameters.values():
        if parameter.of is not None and parameter.of not in parameters:
            root.report(parameter.name, f"wzór odwołuje się do nieznanego parametru „{parameter.of}”")
        if parameter.of is None and not parameter.periods:
            root.report(parameter.name, f"parametr „{parameter.name}” nie ma ani okresów, ani wzoru")
    if root.findings:
        raise ContentError(root.findings)
    return Amounts(parameters)


def _derived(parameter: Parameter, base: Period) -> Period:
    """Multiply a period of the base: its days are those on which both the base and the rule hold."""
    value = base.value * parameter.times
    if parameter.round_up_to is not None:
        value = (value / parameter.round_up_to).to_integral_value(ROUND_CEILING) * parameter.round_up_to
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    ends = [day for day in (base.valid_to, parameter.valid_to) if day is not None]
    return Period(
        valid_from=max(base.valid_from, parameter.valid_from or base.valid_from),
        valid_to=min(ends, default=None),
        value=value,
        source=base.source,
        checked_on=base.checked_on,
        verified=base.verified and parameter.verified,
    )


def _period(record: Record) -> Period:
    value = record.values.get("value")
    if not isinstance(value, (int, float)):
        record.report("value", "pole „value” musi być liczbą")
        value = 0
    return Period(
        valid_from=record.date("valid_from"),
        valid_to=record.optional_date("valid_to"),
        value=Decimal(str(value)),
        source=record.string("source"),
        checked_on=record.date("checked_on"),
        verified=record.flag("verified"),
    )
