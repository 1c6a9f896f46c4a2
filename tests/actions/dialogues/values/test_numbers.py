from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dialogues.values.numbers import number, numbers_in
from actions.dialogues.values.words import tokens


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("dwa tysiące", 2000),
        ("dwa tysiace trzysta piecdziesiat", 2350),
        ("2 tys", 2000),
        ("4,5 tys.", 4500),
        ("tysiąc", 1000),
        ("pół miliona", 500_000),
        ("1 200", 1200),
        ("4.806", 4806),
        ("4 806,50", Fraction(9613, 2)),
        ("1.5", Fraction(3, 2)),
        ("półtora", Fraction(3, 2)),
        ("półtorej", Fraction(3, 2)),
        ("dwa i pół", Fraction(5, 2)),
        ("pięć i pół tysiąca", 5500),
        ("3/4", Fraction(3, 4)),
        ("½", Fraction(1, 2)),
        ("1 1/2", Fraction(3, 2)),
        ("trzy czwarte", Fraction(3, 4)),
        ("jedna druga", Fraction(1, 2)),
        ("sto dwadzieścia trzy", 123),
        ("dwudziestu pięciu", 25),
        ("to będzie chyba około 10", 10),
        ("zero", 0),
    ],
)
def test_a_number_is_read(text: str, value: Fraction | int) -> None:
    found = number(text)
    assert found is not None
    assert (found.value, found.whole) == (value, True)


@pytest.mark.parametrize("text", ["", "nic", "dwa dwa", "od 5 do 8", "tys", "pięć dwadzieścia"])
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert number(text) is None


def test_words_beside_a_number_make_it_less_than_whole() -> None:
    found = number("mam 3 koty")
    assert found is not None
    assert not found.whole


def test_numbers_of_a_text_come_in_order() -> None:
    assert [value for value, _, _ in numbers_in(tokens("od pięciu do 8 i pół"))] == [5, Fraction(17, 2)]


@given(st.integers(0, 999_999))
def test_digits_are_read_back(value: int) -> None:
    for text in (str(value), f"{value:,}".replace(",", " "), f"{value:,}".replace(",", ".")):
        found = number(text)
        assert found is not None
        assert found.value == value


@given(st.decimals(0, 99_999, places=2))
def test_decimals_are_read_back_with_a_comma(value: object) -> None:
    found = number(str(value).replace(".", ","))
    assert found is not None
    assert found.value == Fraction(str(value))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    number(text)
