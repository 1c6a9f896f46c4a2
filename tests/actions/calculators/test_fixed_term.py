from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import ONE_DAY, Span, span_between
from actions.calculators.fixed_term import RULES_SINCE, FixedTerm, Kind, fixed_term_limits, latest_end_without_history
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(start: str, end: str, kind: Kind = Kind.ORDINARY) -> FixedTerm:
    return FixedTerm(day(start), day(end), kind)


YEAR_2024 = term("2024-01-01", "2024-12-31")


@pytest.mark.parametrize(
    ("contracts", "next_start", "last", "safe"),
    [
        # Both days as the press gave them when the limit came in.
        ([], "2016-02-22", "2018-11-21", "2018-11-07"),
        ([], "2026-12-01", "2029-08-31", "2029-08-16"),
        ([YEAR_2024], "2025-01-01", "2026-09-30", "2026-09-16"),
        ([YEAR_2024], "2025-06-01", "2027-02-28", "2027-02-14"),
        # 2 months and 15 days, then 30 months and 15 days.
        ([term("2024-01-01", "2024-03-15")], "2025-01-01", "2027-07-15", "2027-07-04"),
    ],
)
def test_art_25_1_par_1_last_allowed_day(contracts: list[FixedTerm], next_start: str, last: str, safe: str) -> None:
    limits = fixed_term_limits(contracts, next_start=day(next_start))
    assert limits.last_allowed_day == day(last)
    assert limits.safe_last_day == day(safe)
    assert limits.open_ended_since is None


def test_art_25_1_par_1_no_fourth_contract() -> None:
    three = [YEAR_2024, term("2025-01-01", "2025-03-31"), term("2026-01-01", "2026-01-31")]
    limits = fixed_term_limits(three, next_start=day("2026-12-01"))
    assert (limits.contracts_used, limits.contracts_left, limits.last_allowed_day) == (3, 0, None)
    assert limits.used == Span(16)


def test_art_25_1_par_3_fourth_contract_is_open_ended() -> None:
    four = [term(f"{year}-01-01", f"{year}-02-28") for year in (2023, 2025, 2026)] + [term("2026-06-01", "2026-06-30")]
    assert fixed_term_limits(four, next_start=day("2026-12-01")).open_ended_since == day("2026-06-01")


@pytest.mark.parametrize(
    ("contracts", "since"),
    [
        ([term("2023-01-01", "2025-12-31")], "2025-10-01"),
        ([term("2023-01-01", "2025-09-30")], None),
        ([term("2023-01-01", "2024-12-31"), term("2025-01-01", "2025-12-31")], "2025-10-01"),
        ([term("2023-01-01", "2024-12-31"), term("2025-06-01", "2026-03-31")], "2026-03-01"),
    ],
)
def test_art_25_1_par_3_open_ended_after_33_months(contracts: list[FixedTerm], since: str | None) -> None:
    limits = fixed_term_limits(contracts, next_start=day("2026-12-01"))
    assert limits.open_ended_since == (day(since) if since else None)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ORDINARY])
def test_art_25_1_par_4_other_contracts_use_nothing_up(kind: Kind) -> None:
    limits = fixed_term_limits([term("2018-01-01", "2024-12-31", kind)], next_start=day("2026-12-01"))
    assert (limits.contracts_used, limits.used, limits.last_allowed_day) == (0, Span(), day("2029-08-31"))


def test_used_up_months_leave_no_next_contract() -> None:
    limits = fixed_term_limits([term("2023-01-01", "2025-09-30")], next_start=day("2026-01-01"))
    assert (limits.contracts_left, limits.last_allowed_day, limits.safe_last_day) == (2, None, None)


@pytest.mark.parametrize(
    ("contracts", "next_start", "field"),
    [
        ([term("2024-02-01", "2024-01-01")], "2026-01-01", "contracts"),
        ([YEAR_2024, term("2024-12-31", "2025-02-01")], "2026-01-01", "contracts"),
        ([term("2015-01-01", "2016-12-31")], "2026-01-01", "contracts"),
        ([YEAR_2024], "2024-12-31", "next_start"),
        ([], "2016-02-21", "next_start"),
    ],
)
def test_impossible_contracts_are_refused(contracts: list[FixedTerm], next_start: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        fixed_term_limits(contracts, next_start=day(next_start))
    assert caught.value.field == field


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[FixedTerm], dt.date]:
    start = draw(st.dates(RULES_SINCE, dt.date(2030, 1, 1)))
    contracts = []
    for _ in range(draw(st.integers(0, 4))):
        end = start + draw(st.integers(0, 700)) * ONE_DAY
        contracts.append(FixedTerm(start, end, draw(st.sampled_from([Kind.ORDINARY, Kind.ORDINARY, Kind.REPLACEMENT]))))
        start = end + draw(st.integers(1, 200)) * ONE_DAY
    return contracts, start


@given(histories())
def test_the_last_day_fills_the_limit_and_not_more(history: tuple[list[FixedTerm], dt.date]) -> None:
    contracts, next_start = history
    limits = fixed_term_limits(contracts, next_start=next_start)
    assert 0 <= limits.contracts_left <= 3
    if limits.last_allowed_day is None:
        assert limits.safe_last_day is None
        return
    filled = [*contracts, FixedTerm(next_start, limits.last_allowed_day)]
    over = [*contracts, FixedTerm(next_start, limits.last_allowed_day + ONE_DAY)]
    after = limits.last_allowed_day + 10 * ONE_DAY
    assert fixed_term_limits(filled, next_start=after).open_ended_since is None
    assert fixed_term_limits(over, next_start=after).open_ended_since == limits.last_allowed_day + ONE_DAY
    assert limits.safe_last_day is None or next_start <= limits.safe_last_day <= limits.last_allowed_day
    assert limits.last_allowed_day <= latest_end_without_history(next_start)


@given(st.dates(RULES_SINCE, dt.date(2060, 1, 1)))
def test_a_first_contract_may_last_exactly_33_months(start: dt.date) -> None:
    last = fixed_term_limits([], next_start=start).last_allowed_day
    assert last is not None
    assert span_between(start, last) == Span(33)


def test_steps_stand_on_passages(content: Content) -> None:
    for contracts in (
        [],
        [YEAR_2024, term("2025-02-01", "2025-03-31", Kind.TRIAL), term("2025-05-01", "2025-06-30", Kind.REPLACEMENT)],
        [term("2023-01-01", "2025-12-31")],
    ):
        check_steps(fixed_term_limits(contracts, next_start=day("2026-12-01")).steps, content)
