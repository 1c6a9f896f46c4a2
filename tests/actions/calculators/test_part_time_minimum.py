from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.part_time_minimum import part_time_minimum
from actions.calculators.pay import NoAmountError
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

PARTS = st.fractions(Fraction(1, 100), Fraction(1), max_denominator=100)
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("fraction", "day", "monthly", "hourly"),
    [
        (Fraction(1), "2026-12-31", "4806", "31.40"),
        (Fraction(1, 2), "2026-12-31", "2403", "31.40"),
        (Fraction(1, 2), "2027-01-01", "2475", "32.30"),
        (Fraction(3, 4), "2026-11-25", "3604.50", "31.40"),
        (Fraction(1, 3), "2026-11-25", "1602", "31.40"),
        (Fraction(1), "2024-06-30", "4242", "27.70"),
        (Fraction(1), "2024-07-01", "4300", "28.10"),
    ],
)
def test_art_8_minimum_of_a_part_on_a_day(
    content: Content, fraction: Fraction, day: str, monthly: str, hourly: str
) -> None:
    result = part_time_minimum(fraction, day=dt.date.fromisoformat(day), amounts=content.amounts)
    assert (result.monthly, result.hourly) == (Decimal(monthly), Decimal(hourly))


def test_art_8_minimum_by_hours_of_the_schedule(content: Content) -> None:
    """4806 × 100 / 160."""
    day = dt.date(2026, 11, 25)
    result = part_time_minimum(Fraction(1, 2), day=day, amounts=content.amounts, hours_due=Fraction(100))
    assert result.monthly == Decimal("3003.75")
    check_steps((*result.steps, *result.notes), content)


@pytest.mark.parametrize(
    ("fraction", "hours", "field"),
    [
        (Fraction(0), None, "fraction"),
        (Fraction(-1, 2), None, "fraction"),
        (Fraction(3, 2), None, "fraction"),
        (Fraction(1), Fraction(0), "hours_due"),
        (Fraction(1), Fraction(161), "hours_due"),
    ],
)
def test_impossible_parts_are_refused(content: Content, fraction: Fraction, hours: Fraction | None, field: str) -> None:
    with pytest.raises(InputError) as caught:
        part_time_minimum(fraction, day=dt.date(2026, 11, 25), amounts=content.amounts, hours_due=hours)
    assert caught.value.field == field


def test_a_day_without_an_amount_is_refused(content: Content) -> None:
    with pytest.raises(NoAmountError, match=r"01\.01\.2031"):
        part_time_minimum(Fraction(1), day=dt.date(2031, 1, 1), amounts=content.amounts)


@given(PARTS, PARTS, DAYS)
def test_a_larger_part_is_never_worth_less(content: Content, one: Fraction, other: Fraction, day: dt.date) -> None:
    small, large = sorted((one, other))
    less = part_time_minimum(small, day=day, amounts=content.amounts)
    more = part_time_minimum(large, day=day, amounts=content.amounts)
    whole = part_time_minimum(Fraction(1), day=day, amounts=content.amounts)
    assert 0 < less.monthly <= more.monthly <= whole.monthly


@given(DAYS)
def test_unverified_amounts_make_unsure_steps(content: Content, day: dt.date) -> None:
    verified = content.amounts.period_on("minimalne_wynagrodzenie", day).verified
    result = part_time_minimum(Fraction(1, 2), day=day, amounts=content.amounts)
    assert result.steps[0].sure == verified
    check_steps((*result.steps, *result.notes), content)
