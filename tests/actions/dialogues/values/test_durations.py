from __future__ import annotations

import datetime as dt
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import Span
from actions.dialogues.values.durations import MONTH, YEAR, bounds, length
from actions.reasoning import InputError

TODAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("8 lat", 96, 0),
        ("osiem lat", 96, 0),
        ("rok", 12, 0),
        ("rok i 3 miesiące", 15, 0),
        ("rok i trzy mies.", 15, 0),
        ("półtora roku", 18, 0),
        ("poltora roku", 18, 0),
        ("pół roku", 6, 0),
        ("rok i pół", 18, 0),
        ("dwa i pół roku", 30, 0),
        ("2 lata 3 mies. 5 dni", 27, 5),
        ("8 lat i 2 m-c", 98, 0),
        ("kwartał", 3, 0),
        ("3 tygodnie", 0, 21),
        ("10", 120, 0),
        ("od marca 2026", 8, 26),
        ("od 1 lutego 2020", 81, 26),
        ("od 2015", 142, 26),
        ("pracuję od 15 III 2024 r.", 32, 12),
        ("jakieś 10 lat stażu", 120, 0),
    ],
)
def test_a_length_is_read(text: str, months: int, days: int) -> None:
    found = length(text, today=TODAY, unit=YEAR)
    assert found is not None
    assert (found.value, found.whole) == (Span(months, days), True)


@pytest.mark.parametrize("text", ["", "długo", "nie wiem"])
def test_what_is_no_length_is_none(text: str) -> None:
    assert length(text, today=TODAY, unit=YEAR) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12", 12, 12),
        ("rok", 12, 12),
        ("półtora roku", 18, 18),
        ("od 10 do 12 miesięcy", 10, 12),
        ("10-12", 10, 12),
        ("między rokiem a 18 miesiącami", 12, 18),
        ("3-4 miesiące", 3, 4),
        ("5 lub 6 miesięcy", 5, 6),
        ("ponad rok", 12, None),
        ("co najmniej 14 miesięcy", 14, None),
        ("niecały rok", None, 12),
        ("mniej niż 10 miesięcy", None, 10),
        ("rok i 3 miesiące", 15, 15),
    ],
)
def test_bounds_are_read(text: str, low: int | None, high: int | None) -> None:
    found = bounds(text, unit=MONTH, today=TODAY)
    assert found is not None
    assert (found.value.low, found.value.high) == (low, high)


@given(st.integers(0, 50), st.integers(0, 11), st.integers(0, 29))
def test_lengths_as_we_write_them_are_read_back(years: int, months: int, days: int) -> None:
    span = Span(years * 12 + months, days)
    found = length(str(span), today=TODAY)
    assert found is not None
    assert (found.value, found.whole) == (span, True)


@given(st.integers(0, 30), st.integers(1, 30))
def test_ranges_are_read_back(low: int, more: int) -> None:
    found = bounds(f"od {low} do {low + more} lat", unit=YEAR, today=TODAY)
    assert found is not None
    assert (found.value.low, found.value.high) == (Fraction(low), Fraction(low + more))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(InputError):
        length(text, today=TODAY, unit=YEAR)
    with suppress(InputError):
        bounds(text, unit=MONTH, today=TODAY)


def test_a_length_beyond_a_life_is_refused() -> None:
    with pytest.raises(InputError):
        length("101 lat", today=TODAY, unit=YEAR)
