"""Calculators by name, as the phone desk uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, get_args

import jsonschema
import pytest

from actions.desk.calculators import CALCULATORS, calculate, schemas
from actions.desk.fields import parameters
from actions.desk.labels import key_of, load_labels
from actions.reasoning import InputError
from knowledge_base.content.store import Content

# What a consultant fills in, and a line that has to be in the result.
EXAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "notice_period": (
        {"contract": "nieokreslony", "given_on": "2026-11-20", "employed_since": "2020-01-01"},
        "28.02.2027",
    ),
    "annual_leave": (
        {"year": "2026", "jobs": [{"start": "2020-01-01", "fraction": "1/2"}], "work_before": {"years": 6},
         "education": {"school": "uczelnia"}},
        "13",
    ),
    "fixed_term": (
        {"contracts": [{"start": "2025-01-01", "end": "2025-12-31"}], "next_start": "2026-01-01"},
        "1 rok",
    ),
    "overtime": ({"monthly_pay": "6 000", "hours": {"half": "10"}, "year": 2026, "month": 10}, "511,36\xa0zł"),
    "severance": (
        {"monthly_pay": "6000,00", "employed_since": "2015-01-01", "ended_on": "2026-10-31", "employees": 30,
         "employers_reasons": True},
        "18\xa0000\xa0zł",
    ),
    "part_time_minimum": ({"fraction": "0,5", "day": "2026-11-26"}, "2403\xa0zł"),
    "parental_leave": ({"birth": "2026-05-10"}, "20"),
    "benefit": (
        {"claim": {"registered_on": "2026-11-20", "days": {"low": 400}, "ended": "uplyw_czasu", "years": {"low": 6}}},
        "tak",
    ),
    "foreigner": (
        {"citizenship": "ukraina", "stay": "ochrona_czasowa", "on": "2026-11-20",
         "job": {"kind": "zwykla", "start": "2026-12-01", "months": 12}},
        "powiadomienie urzędu pracy",
    ),
}  # fmt: skip


def lines(result: dict[str, Any]) -> list[str]:
    return [line for fact in result["facts"] for line in fact["lines"]]


@pytest.mark.parametrize("name", CALCULATORS)
def test_each_reckons_what_its_schema_asks_for(name: str, content: Content) -> None:
    given, expected = EXAMPLES[name]
    schema = next(schema for schema in schemas() if schema["$id"] == name)
    jsonschema.Draft202012Validator.check_schema(schema)
    result = calculate(name, given, content)
    assert expected in lines(result)
    assert result["reasons"]
    for reason in result["reasons"]:
        assert reason["text"]
        assert "art." in reason["basis"]
        assert reason["url"].startswith("https://")


@pytest.mark.parametrize("name", CALCULATORS)
def test_an_empty_form_is_told_what_is_missing(name: str, content: Content) -> None:
    with pytest.raises(InputError) as caught:
        calculate(name, {}, content)
    assert caught.value.field in {parameter.name for parameter in parameters(CALCULATORS[name])}


def test_a_value_that_the_rules_refuse_names_its_field(content: Content) -> None:
    given = EXAMPLES["severance"][0] | {"ended_on": "2014-01-01"}
    with pytest.raises(InputError, match="wcześniejszy") as caught:
        calculate("severance", given, content)
    assert caught.value.field == "ended_on"


def test_unknown_calculators_and_fields_are_refused(content: Content) -> None:
    with pytest.raises(KeyError):
        calculate("horoskop", {}, content)
    with pytest.raises(InputError):
        calculate("parental_leave", {"birth": "2026-05-10", "__class__": "x"}, content)


def asked(made_of: Callable[..., Any]) -> Iterator[Any]:
    """The function or class and everything it is made of."""
    yield made_of
    for parameter in parameters(made_of):
        kind = parameter.kind
        for part in (kind, *get_args(kind)):
            if is_dataclass(part) and part.__name__ not in {"Span", "Interval"}:
                yield from asked(part)  # type: ignore[arg-type]
            elif isinstance(part, type) and issubclass(part, Enum):
                yield part


def test_labels_are_complete_and_none_is_left_over() -> None:
    labels = load_labels()
    known = {thing for made_of in CALCULATORS.values() for thing in asked(made_of)}
    enums = {thing for thing in known if isinstance(thing, type) and issubclass(thing, Enum)}
    assert set(labels.calculators) == set(CALCULATORS)
    assert set(labels.fields) == {key_of(thing) for thing in known - enums}
    for thing in known - enums:
        assert set(labels.fields[key_of(thing)]) == {parameter.name for parameter in parameters(thing)}
    for thing in enums:
        assert set(labels.options[key_of(thing)]) == {item.value for item in thing}
    results = {"common.Verdict", "foreigner.Route"}
    assert set(labels.options) == {key_of(thing) for thing in enums} | results


def test_results_that_are_shown_exist(content: Content) -> None:
    for name, (given, _) in EXAMPLES.items():
        assert len(calculate(name, given, content)["facts"]) <= len(load_labels().results(name))
