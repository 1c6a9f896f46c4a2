from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.parental_leave import RULES_SINCE, parental_leaves
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

BIRTHS = st.dates(RULES_SINCE, dt.date(2060, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("birth", "children", "before", "weeks", "first", "last"),
    [
        ("2026-11-25", 1, 0, 20, "2026-11-25", "2027-04-13"),
        ("2026-06-01", 1, 6, 20, "2026-04-20", "2026-09-06"),
        ("2026-01-01", 2, 0, 31, "2026-01-01", "2026-08-05"),
        ("2026-01-01", 3, 0, 33, "2026-01-01", "2026-08-19"),
        ("2026-01-01", 4, 0, 35, "2026-01-01", "2026-09-02"),
        ("2026-01-01", 5, 0, 37, "2026-01-01", "2026-09-16"),
        ("2026-01-01", 6, 0, 37, "2026-01-01", "2026-09-16"),
        # Over 29 February.
        ("2028-01-01", 1, 0, 20, "2028-01-01", "2028-05-19"),
    ],
)
def test_art_180_par_1_maternity(birth: str, children: int, before: int, weeks: int, first: str, last: str) -> None:
    leaves = parental_leaves(day(birth), children=children, weeks_before_birth=before)
    assert leaves.maternity_weeks == weeks
    assert (leaves.maternity_from, leaves.maternity_until) == (day(first), day(last))


@pytest.mark.parametrize(
    ("children", "ill", "weeks", "one_parent"),
    [(1, False, 41, 32), (2, False, 43, 34), (1, True, 65, 56), (3, True, 67, 58)],
)
def test_art_182_1a_parental_with_nine_weeks_not_handed_over(
    children: int, ill: bool, weeks: int, one_parent: int
) -> None:
    leaves = parental_leaves(day("2026-11-25"), children=children, severe_illness=ill)
    assert (leaves.parental_weeks, leaves.parental_one_parent) == (weeks, one_parent)


def test_art_182_1a_and_1c_days_of_the_parental_leave() -> None:
    leaves = parental_leaves(day("2026-11-25"))
    assert (leaves.parental_from, leaves.parental_until) == (day("2027-04-14"), day("2027-11-23"))
    assert leaves.apply_for_parental_by == day("2027-03-24")
    assert leaves.parental_last_day == day("2032-12-31")


@pytest.mark.parametrize(
    ("birth", "last", "apply"),
    [
        ("2026-11-25", "2027-11-24", "2027-11-04"),
        ("2028-02-29", "2029-02-27", "2029-02-07"),
        ("2026-03-01", "2027-02-28", "2027-02-08"),
    ],
)
def test_art_182_3_paternity_before_the_first_birthday(birth: str, last: str, apply: str) -> None:
    leaves = parental_leaves(day(birth))
    assert (leaves.paternity_weeks, leaves.paternity_last_day) == (2, day(last))
    assert leaves.apply_for_paternity_by == day(apply)


def test_art_180_par_4_father_after_14_weeks() -> None:
    assert parental_leaves(day("2026-11-25")).father_may_take_over_from == day("2027-03-03")
    assert parental_leaves(day("2026-11-25"), weeks_before_birth=6).father_may_take_over_from is None


@pytest.mark.parametrize(
    ("birth", "more", "field"),
    [
        ("2023-04-25", {}, "birth"),
        ("2026-11-25", {"children": 0}, "children"),
        ("2026-11-25", {"children": 11}, "children"),
        ("2026-11-25", {"weeks_before_birth": 7}, "weeks_before_birth"),
        ("2026-11-25", {"weeks_before_birth": -1}, "weeks_before_birth"),
    ],
)
def test_impossible_input_is_refused(birth: str, more: dict[str, int], field: str) -> None:
    with pytest.raises(InputError) as caught:
        parental_leaves(day(birth), **more)  # type: ignore[arg-type]
    assert caught.value.field == field


@given(BIRTHS, st.integers(1, 10), st.integers(0, 6), st.booleans())
def test_weeks_are_whole_and_days_in_order(birth: dt.date, children: int, before: int, ill: bool) -> None:
    leaves = parental_leaves(birth, children=children, weeks_before_birth=before, severe_illness=ill)
    assert (leaves.maternity_until - leaves.maternity_from).days + 1 == 7 * leaves.maternity_weeks
    assert (leaves.parental_until - leaves.parental_from).days + 1 == 7 * leaves.parental_one_parent
    assert leaves.maternity_from <= birth < leaves.maternity_until < leaves.parental_from
    father = leaves.father_may_take_over_from
    assert (father is None) == (children == 1 and before == 6)
    assert father is None or birth < father <= leaves.maternity_until
    assert leaves.parental_until <= leaves.parental_last_day
    assert birth < leaves.apply_for_paternity_by < leaves.paternity_last_day
    assert leaves.parental_one_parent + 9 == leaves.parental_weeks


@given(BIRTHS, st.integers(1, 9))
def test_more_children_never_shorten_a_leave(birth: dt.date, children: int) -> None:
    fewer, more = parental_leaves(birth, children=children), parental_leaves(birth, children=children + 1)
    assert fewer.maternity_weeks <= more.maternity_weeks
    assert fewer.parental_weeks <= more.parental_weeks


def test_steps_stand_on_passages(content: Content) -> None:
    leaves = parental_leaves(day("2026-11-25"), children=2, weeks_before_birth=3)
    check_steps((*leaves.steps, *leaves.notes), content)
