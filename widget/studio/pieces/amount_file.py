"""The table of amounts changed from a form: one parameter, of it only what was changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from knowledge_base.content.amounts import Parameter
from widget.studio.topic_file import read_mapping, set_field, written


@dataclass(frozen=True)
class PeriodEdit:
    """A value with its days; `was` is its place in the file, None for a new one."""

    was: int | None
    valid_from: dt.date
    valid_to: dt.date | None
    value: Decimal
    source: str
    checked_on: dt.date
    verified: bool


def edits_of(parameter: Parameter) -> list[PeriodEdit]:
    return [
        PeriodEdit(
            number, period.valid_from, period.valid_to, period.value, period.source, period.checked_on, period.verified
        )
        for number, period in enumerate(parameter.periods)
    ]


def with_new(periods: Sequence[PeriodEdit], new: PeriodEdit) -> list[PeriodEdit]:
    """All periods by their days with a new one: what was in force then ends the day before it begins.

    One without an end lasts until the next one begins.
    """
    day = dt.timedelta(days=1)
    after = min((one.valid_from for one in periods if one.valid_from > new.valid_from), default=None)
    if new.valid_to is None and after is not None:
        new = replace(new, valid_to=after - day)
    found = [
        replace(one, valid_to=new.valid_from - day)
        if one.valid_from < new.valid_from and (one.valid_to is None or one.valid_to >= new.valid_from)
        else one
        for one in periods
    ]
    return sorted([*found, new], key=lambda one: one.valid_from)


def with_periods(text: str, name: str, periods: Sequence[PeriodEdit]) -> str:
    """The file with the periods of one parameter. Raises ValueError, KeyError."""
    record = read_mapping(text)
    parameter = record["parameters"][name]
    before = parameter.get("periods") or CommentedSeq()
    made = [before[one.was] if one.was is not None and one.was < len(before) else _period(one) for one in periods]
    kept = [one.was for one in periods]
    if kept != list(range(len(before))):
        parameter["periods"] = CommentedSeq(made)
    for item, one in zip(made, periods):
        _change(item, one)
    return written(record)


def with_parameter_of(text: str, older: str, name: str) -> str:
    """The file with one parameter as it was in an older text. Raises ValueError, KeyError."""
    record = read_mapping(text)
    record["parameters"][name] = read_mapping(older)["parameters"][name]
    return written(record)


def same_parameter(one: str, other: str, name: str) -> bool:
    """Tell whether both texts say the same about the parameter. Raises ValueError."""
    found = [dict(read_mapping(text).get("parameters") or {}).get(name) for text in (one, other)]
    return bool(found[0] == found[1])


def _change(item: CommentedMap, one: PeriodEdit) -> None:
    for key in ("valid_from", "source", "checked_on", "verified"):
        set_field(item, key, getattr(one, key))
    if item.get("valid_to") != one.valid_to:
        if one.valid_to is None:
            item.pop("valid_to", None)
        elif "valid_to" in item:
            item["valid_to"] = one.valid_to
        else:
            item.insert(1, "valid_to", one.valid_to)
    if Decimal(str(item["value"])) != one.value:
        item["value"] = _number(one.value)


def _period(one: PeriodEdit) -> CommentedMap:
    made = CommentedMap({"valid_from": one.valid_from})
    if one.valid_to is not None:
        made["valid_to"] = one.valid_to
    made["value"] = _number(one.value)
    for key in ("source", "checked_on", "verified"):
        set_field(made, key, getattr(one, key))
    made.fa.set_flow_style()
    return made


def _number(value: Decimal) -> Any:
    """As people write amounts into the file, with two places: 4950.00."""
    return read_mapping(f"value: {value:.2f}\n")["value"]
