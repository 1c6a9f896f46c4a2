from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.overtime import Hours, Overtime, average_monthly_hours, overtime_pay
from actions.calculators.pay import NoAmountError
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

PAY = st.decimals(Decimal(100), Decimal(50000), places=2)
HOURS = st.decimals(Decimal(0), Decimal(40), places=1)


def pay(content: Content, monthly: str, month: str, **more: object) -> Overtime:
    hours = Hours(**{name: Decimal(str(more.pop(name))) for name in list(more) if name in Hours.__dataclass_fields__})
    day = dt.date.fromisoformat(f"{month}-01")
    return overtime_pay(
        Decimal(monthly),
        hours,
        year=day.year,
        month=day.month,
        amounts=content.amounts,
        **more,  # type: ignore[arg-type]
    )


def test_art_151_1_november_2026(content: Content) -> None:
    """6000 / 160 = 37.50; 14 × 37.50; half of 10 × 37.50; 4 × 37.50; 4806 / 160 × 20% × 4."""
    result = pay(content, "6000", "2026-11", half=10, full=4, night=4)
    assert result.hourly_rate == Decimal("37.50")
    assert result.normal_pay == Decimal("525.00")
    assert result.supplement_half == Decimal("187.50")
    assert result.supplement_full == Decimal("150.00")
    assert result.night_supplement == Decimal("24.03")
    assert result.total == Decimal("886.53")


@pytest.mark.parametrize(
    ("monthly", "month", "more", "total"),
    [
        # 30.0375 × 5 = 150.19 and half of it 75.09.
        ("4806", "2026-12", {"half": 5}, "225.28"),
        # 8000 / 184 = 43.4783; 2 hours 86.96, and 60% of them 52.17.
        ("8000", "2026-07", {"full": 2, "rate_is_separate": False}, "139.13"),
        # 7040 / 176 = 40: the hours themselves are paid already.
        ("7040", "2026-03", {"sunday_in_schedule": 8}, "320.00"),
        # 3000 / 80 = 37.50, twice.
        ("3000", "2026-11", {"average_week": 8, "fraction": Fraction(1, 2)}, "600.00"),
        # 4806 / 160 × 20% × 8, whatever is earned.
        ("20000", "2026-02", {"night": 8}, "48.06"),
        ("6000", "2026-11", {}, "0.00"),
    ],
)
def test_art_151_1_151_8_and_151_11_by_hand(
    content: Content, monthly: str, month: str, more: dict[str, object], total: str
) -> None:
    assert pay(content, monthly, month, **more).total == Decimal(total)


def test_art_130_average_of_a_year() -> None:
    assert average_monthly_hours(2026) == Fraction(2008, 12)
    assert average_monthly_hours(2025) == 166


@pytest.mark.parametrize(
    ("monthly", "month", "more", "field"),
    [
        ("0", "2026-11", {}, "monthly_pay"),
        ("-5", "2026-11", {}, "monthly_pay"),
        ("NaN", "2026-11", {}, "monthly_pay"),
        ("99999999", "2026-11", {}, "monthly_pay"),
        ("6000", "2026-11", {"half": -1}, "hours"),
        ("6000", "2026-11", {"half": 500, "full": 300}, "hours"),
        ("6000", "2026-11", {"night": "Infinity"}, "hours"),
        ("6000", "2026-11", {"fraction": Fraction(2)}, "fraction"),
        ("6000", "2001-11", {}, "year"),
    ],
)
def test_impossible_input_is_refused(
    content: Content, monthly: str, month: str, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as caught:
        pay(content, monthly, month, **more)
    assert caught.value.field == field


def test_month_13_is_refused(content: Content) -> None:
    with pytest.raises(InputError, match="od 1 do 12"):
        overtime_pay(Decimal(5000), Hours(), year=2026, month=13, amounts=content.amounts)


def test_a_night_supplement_without_a_known_minimum_wage_is_refused(content: Content) -> None:
    with pytest.raises(NoAmountError, match="nie jest znana"):
        pay(content, "6000", "2035-01", night=8)


@given(PAY, HOURS, HOURS, HOURS, st.integers(1, 12), st.fractions(Fraction(1, 8), 1, max_denominator=8))
def test_parts_make_the_total_and_more_hours_never_pay_less(
    content: Content, monthly: Decimal, half: Decimal, full: Decimal, night: Decimal, month: int, fraction: Fraction
) -> None:
    def total(hours: Hours) -> Decimal:
        result = overtime_pay(monthly, hours, year=2026, month=month, amounts=content.amounts, fraction=fraction)
        parts = (
            result.normal_pay,
            result.supplement_half,
            result.supplement_full,
            result.night_supplement,
            result.sunday_supplement,
        )
        assert all(part >= 0 for part in parts)
        assert result.total == sum(parts)
        return result.total

    paid = total(Hours(half=half, full=full, night=night))
    assert paid <= total(Hours(half=half + 1, full=full, night=night))
    assert paid <= total(Hours(half=half, full=full, night=night + 1))
    # The same hours at 100% are never worth less than at 50%.
    assert paid <= total(Hours(full=half + full, night=night)) + Decimal("0.02")


def test_steps_stand_on_passages(content: Content) -> None:
    every = {"half": 1, "full": 2, "average_week": 3, "night": 4.5, "sunday_in_schedule": 5}
    result = pay(content, "6000", "2026-11", **every, rate_is_separate=False, fraction=Fraction(1, 2))
    check_steps((*result.steps, *result.notes), content)
