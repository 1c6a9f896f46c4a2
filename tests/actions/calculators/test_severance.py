from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import ONE_DAY, span
from actions.calculators.severance import Severance, is_group_layoff, severance_pay
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps


def pay(content: Content, monthly: str, since: str, ended: str, **more: object) -> Severance:
    arguments = {"employees": 20, "employers_reasons": True, **more}
    return severance_pay(
        Decimal(monthly),
        employed_since=dt.date.fromisoformat(since),
        ended_on=dt.date.fromisoformat(ended),
        amounts=content.amounts,
        **arguments,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("monthly", "since", "ended", "months", "expected"),
    [
        ("5000", "2024-12-01", "2026-10-31", 1, "5000"),
        ("5000", "2024-12-01", "2026-11-29", 1, "5000"),
        # Exactly two years, exactly eight, and a day more.
        ("5000", "2024-12-01", "2026-11-30", 2, "10000"),
        ("5000", "2018-12-01", "2026-11-30", 2, "10000"),
        ("5000", "2018-11-30", "2026-11-30", 3, "15000"),
        # 29 February: two years are complete on the 28th.
        ("5000", "2024-02-29", "2026-02-27", 1, "5000"),
        ("5000", "2024-02-29", "2026-02-28", 2, "10000"),
    ],
)
def test_art_8_par_1_months_by_seniority(
    content: Content, monthly: str, since: str, ended: str, months: int, expected: str
) -> None:
    result = pay(content, monthly, since, ended)
    assert (result.months, result.pay) == (months, Decimal(expected))


@pytest.mark.parametrize(("ended", "cap"), [("2026-12-31", "72090"), ("2027-01-01", "74250"), ("2024-07-01", "64500")])
def test_art_8_par_4_cap_is_that_of_the_last_day(content: Content, ended: str, cap: str) -> None:
    result = pay(content, "30000", "2010-01-01", ended)
    assert (result.pay, result.cap) == (Decimal(cap), Decimal(cap))


def test_art_8_small_employer_and_other_reasons_give_nothing(content: Content) -> None:
    for more in ({"employees": 19}, {"employers_reasons": False}, {"employees": 19, "group": True}):
        result = pay(content, "5000", "2010-01-01", "2026-11-30", **more)
        assert (result.months, result.pay, result.cap) == (0, Decimal(0), None)
        check_steps(result.steps, content)


def test_earlier_service_is_counted_but_not_surely(content: Content) -> None:
    result = pay(content, "5000", "2025-12-01", "2026-11-30", earlier=span(years=1))
    assert result.months == 2
    assert any(not step.sure for step in result.steps)


@pytest.mark.parametrize(
    ("employees", "threshold"),
    [(20, 10), (99, 10), (100, 10), (101, 11), (150, 15), (299, 30), (300, 30), (5000, 30)],
)
def test_art_1_thresholds_of_a_group_layoff(employees: int, threshold: int) -> None:
    assert is_group_layoff(employees, dismissed_in_30_days=threshold)[0]
    assert not is_group_layoff(employees, dismissed_in_30_days=threshold - 1)[0]


def test_art_1_no_group_layoff_with_fewer_than_20() -> None:
    assert not is_group_layoff(19, dismissed_in_30_days=19)[0]


@pytest.mark.parametrize(
    ("monthly", "since", "ended", "more", "field"),
    [
        ("0", "2020-01-01", "2026-11-30", {}, "monthly_pay"),
        ("5000", "2026-12-01", "2026-11-30", {}, "ended_on"),
        ("5000", "2000-12-01", "2001-11-30", {}, "ended_on"),
        ("5000", "2020-12-01", "2026-11-30", {"employees": 0}, "employees"),
        ("5000", "2020-12-01", "2045-11-30", {}, "day"),
    ],
)
def test_impossible_input_is_refused(
    content: Content, monthly: str, since: str, ended: str, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as caught:
        pay(content, monthly, since, ended, **more)
    assert caught.value.field == field


def test_negative_numbers_of_people_are_refused() -> None:
    with pytest.raises(InputError):
        is_group_layoff(-1, dismissed_in_30_days=2)


@given(
    st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31)),
    st.integers(0, 6000),
    st.integers(0, 1000),
    st.decimals(Decimal(1), Decimal(60000), places=2),
)
def test_never_above_the_cap_and_never_less_for_more_service(
    content: Content, ended: dt.date, served: int, longer: int, monthly: Decimal
) -> None:
    def of(days: int) -> Severance:
        return severance_pay(
            monthly,
            employed_since=ended - days * ONE_DAY,
            ended_on=ended,
            employees=20,
            employers_reasons=True,
            amounts=content.amounts,
        )

    junior, senior = of(served), of(served + longer)
    assert junior.cap is not None
    assert 0 < junior.pay <= senior.pay <= junior.cap
    assert 1 <= junior.months <= senior.months <= 3


def test_steps_stand_on_passages(content: Content) -> None:
    result = pay(content, "50000", "2010-01-01", "2026-11-30", group=True, earlier=span(months=3))
    check_steps((*result.steps, *result.notes, is_group_layoff(150, dismissed_in_30_days=3)[1]), content)
