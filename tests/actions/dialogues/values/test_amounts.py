from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import wording
from actions.dialogues.values.amounts import amount
from actions.dialogues.values.parts import part_of_job


@pytest.mark.parametrize(
    ("text", "zloty"),
    [
        ("4 tys. brutto", "4000"),
        ("4806 zł", "4806"),
        ("4806", "4806"),
        ("4.806,50 zł", "4806.50"),
        ("cztery tysiące złotych", "4000"),
        ("dwa tysiace", "2000"),
        ("pięć i pół tysiąca miesięcznie", "5500"),
        ("31,40 zł/h", "31.40"),
        ("31 zł 40 gr", "31.40"),
        ("zarabiam około 5000 zł brutto", "5000"),
        ("PLN 6200", "6200"),
    ],
)
def test_an_amount_is_read(text: str, zloty: str) -> None:
    found = amount(text)
    assert found is not None
    assert (found.value.zloty, found.value.net, found.whole) == (Decimal(zloty), False, True)


@pytest.mark.parametrize("text", ["3200 na rękę", "3200 netto", "do ręki 3200 zł"])
def test_what_comes_into_the_hand_is_marked(text: str) -> None:
    found = amount(text)
    assert found is not None
    assert found.value.net


@pytest.mark.parametrize("text", ["dużo", "od 4000 do 5000 zł", ""])
def test_what_is_no_single_amount_is_none(text: str) -> None:
    assert amount(text) is None


@given(st.decimals("0.01", 999_999, places=2))
def test_amounts_as_we_write_them_are_read_back(value: Decimal) -> None:
    found = amount(wording.zloty(value))
    assert found is not None
    assert found.value.zloty == value
    assert found.whole


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("pół etatu", "1/2"),
        ("pol", "1/2"),
        ("1/2", "1/2"),
        ("0,5", "1/2"),
        ("3/4", "3/4"),
        ("trzy czwarte etatu", "3/4"),
        ("75%", "3/4"),
        ("0,33", "1/3"),
        ("0.67 etatu", "2/3"),
        ("7/8", "7/8"),
        ("cały etat", "1"),
        ("pełny wymiar", "1"),
        ("na pełen etat", "1"),
        ("etat", "1"),
        ("20 godzin tygodniowo", "1/2"),
        ("4 godziny dziennie", "1/2"),
        ("1.5 etatu", "3/2"),
    ],
)
def test_a_part_of_a_job_is_read(text: str, part: str) -> None:
    found = part_of_job(text)
    assert found is not None
    assert (str(found.value), found.whole) == (part, True)


@pytest.mark.parametrize("text", ["", "nie wiem", "różnie"])
def test_what_is_no_part_is_none(text: str) -> None:
    assert part_of_job(text) is None
