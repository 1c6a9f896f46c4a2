"""Schemas and values made of annotations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import Span
from actions.cases.common import Interval
from actions.desk.fields import schema_of, values_of
from actions.desk.labels import Labels
from actions.reasoning import InputError


class Colour(Enum):
    RED = "czerwony"
    GREEN = "zielony"


@dataclass(frozen=True)
class Job:
    start: dt.date
    end: dt.date | None = None
    part: Fraction = Fraction(1)


def reckon(
    day: dt.date,
    pay: Decimal,
    colour: Colour,
    *,
    jobs: Sequence[Job] = (),
    sure: bool | None = None,
    work: Span | None = None,
    count: Interval | None = None,
    people: int = 1,
) -> None:
    """A calculator of every kind of field."""


NAMES = ("day", "pay", "colour", "jobs", "sure", "work", "count", "people")
LABELS = Labels(
    calculators={},
    fields={"test_fields.reckon": {name: name for name in NAMES},
            "test_fields.Job": {name: name for name in ("start", "end", "part")}},
    options={"test_fields.Colour": {"czerwony": "Czerwony", "zielony": "Zielony"}},
    parts={name: name for name in ("years", "months", "days", "low", "high")},
)  # fmt: skip
WHOLE = {"day": "2026-11-26", "pay": "1 234,50", "colour": "zielony"}


def test_schema_has_every_kind_of_field() -> None:
    schema = schema_of(reckon, LABELS)
    found = schema["properties"]
    assert schema["required"] == ["day", "pay", "colour"]
    assert (found["day"]["format"], found["pay"]["format"], found["work"]["format"]) == ("date", "decimal", "span")
    assert found["colour"]["oneOf"][1] == {"const": "zielony", "title": "Zielony"}
    assert found["jobs"]["items"]["required"] == ["start"]
    assert found["jobs"]["items"]["properties"]["part"]["default"] == "1"
    assert found["sure"]["type"] == ["boolean", "null"]
    assert list(found["count"]["properties"]) == ["low", "high"]
    assert found["people"] == {"type": "integer", "title": "people", "default": 1}


def test_values_are_what_the_function_takes() -> None:
    more = {"jobs": [{"start": "2026-01-01", "part": "3/4"}], "work": {"years": "2", "days": ""}, "count": {"low": 3}}
    assert values_of(reckon, {**WHOLE, **more}) == {
        "day": dt.date(2026, 11, 26), "pay": Decimal("1234.50"), "colour": Colour.GREEN,
        "jobs": [Job(dt.date(2026, 1, 1), None, Fraction(3, 4))], "work": Span(24, 0), "count": Interval(3, 3),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "26.11.2026"), ("day", 5), ("pay", "dużo"), ("pay", "NaN"), ("pay", True), ("pay", "1" * 40),
        ("colour", "żółty"), ("colour", ["zielony"]), ("jobs", {}), ("jobs", [{"start": "2026-01-01"}] * 51),
        ("sure", "tak"), ("work", 5), ("work", {"weeks": 1}), ("count", {"low": 5, "high": 2}), ("people", 1.5),
        ("people", "-1"), ("people", "9" * 5000), ("part", "x"),
    ],
)  # fmt: skip
def test_impossible_values_are_refused_with_a_sentence(field: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        values_of(reckon, {**WHOLE, field: value})
    assert str(caught.value).endswith((".", "?"))


@pytest.mark.parametrize("part", ["1e9999999", "1/0", "pół"])
def test_parts_of_a_job_that_are_none(part: str) -> None:
    with pytest.raises(InputError):
        values_of(Job, {"start": "2026-01-01", "part": part})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_is_sent_is_read_or_refused(sent: dict[str, Any]) -> None:
    try:
        read = values_of(reckon, {**WHOLE, **sent})
    except InputError:
        return
    assert isinstance(read["colour"], Colour)
