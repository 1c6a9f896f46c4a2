from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import ONE_DAY, Span, end_of_month, is_day_off, span
from actions.calculators.notice_period import Contract, Length, Notice, Unit, notice_period
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

TWO_WEEKS, MONTH, THREE_MONTHS = Length(Unit.WEEKS, 2), Length(Unit.MONTHS, 1), Length(Unit.MONTHS, 3)
GIVEN = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
SERVED = st.integers(0, 4000)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ordinary(given_on: str, since: str, **more: object) -> Notice:
    return notice_period(Contract.OPEN_ENDED, given_on=day(given_on), employed_since=day(since), **more)  # type: ignore[arg-type]


# Worked out with a calendar: 29 November 2026 is a Sunday.
@pytest.mark.parametrize(
    ("given_on", "since", "length", "last_day"),
    [
        ("2026-11-25", "2026-10-01", TWO_WEEKS, "2026-12-12"),
        ("2026-11-28", "2026-10-01", TWO_WEEKS, "2026-12-12"),
        ("2026-11-29", "2026-10-01", TWO_WEEKS, "2026-12-19"),
        ("2026-03-10", "2025-01-01", MONTH, "2026-04-30"),
        ("2026-11-30", "2020-05-04", THREE_MONTHS, "2027-02-28"),
        ("2027-11-30", "2020-05-04", THREE_MONTHS, "2028-02-29"),
        ("2028-01-31", "2027-01-01", MONTH, "2028-02-29"),
    ],
)
def test_art_30_par_2_1_end_of_notice(given_on: str, since: str, length: Length, last_day: str) -> None:
    notice = ordinary(given_on, since)
    assert (notice.length, notice.last_day) == (length, day(last_day))


@pytest.mark.parametrize(
    ("given_on", "since", "length", "last_day"),
    [
        # The Saturday of a two-week notice, 12 December, completes six months, or is one day short of them.
        ("2026-11-25", "2026-06-13", MONTH, "2026-12-31"),
        ("2026-11-25", "2026-06-14", TWO_WEEKS, "2026-12-12"),
        # The end of a month's notice, 31 December, completes three years, or is one day short of them.
        ("2026-11-30", "2024-01-01", THREE_MONTHS, "2027-02-28"),
        ("2026-11-30", "2024-01-02", MONTH, "2026-12-31"),
        # The example of the State Labour Inspection.
        ("2020-10-31", "2020-05-01", MONTH, "2020-11-30"),
    ],
)
def test_art_36_par_1_thresholds_count_the_notice_itself(
    given_on: str, since: str, length: Length, last_day: str
) -> None:
    notice = ordinary(given_on, since)
    assert (notice.length, notice.last_day) == (length, day(last_day))


def test_art_36_par_1_1_earlier_service_with_the_employer_counts() -> None:
    assert ordinary("2026-11-25", "2026-10-01").length == TWO_WEEKS
    counted = ordinary("2026-11-25", "2026-10-01", earlier=span(years=2, months=10))
    assert (counted.length, counted.last_day) == (THREE_MONTHS, day("2027-02-28"))


def test_art_36_par_5_liability_for_property_makes_it_longer() -> None:
    assert ordinary("2026-11-25", "2026-10-01", material_liability=True).last_day == day("2026-12-31")
    assert ordinary("2026-11-25", "2025-10-01", material_liability=True).length == THREE_MONTHS
    assert ordinary("2026-11-25", "2020-10-01", material_liability=True).length == THREE_MONTHS


@pytest.mark.parametrize(
    ("start", "end", "given_on", "length", "last_day", "other"),
    [
        ("2026-11-20", "2026-12-03", "2026-11-26", Length(Unit.DAYS, 3), "2026-11-30", "2026-12-01"),
        # 11 November is a holiday.
        ("2026-11-02", "2026-11-15", "2026-11-09", Length(Unit.DAYS, 3), "2026-11-13", None),
        ("2026-11-01", "2026-11-15", "2026-11-05", Length(Unit.WEEKS, 1), "2026-11-14", None),
        ("2026-09-01", "2026-11-29", "2026-11-02", Length(Unit.WEEKS, 1), "2026-11-14", None),
        ("2026-09-01", "2026-11-30", "2026-11-02", Length(Unit.WEEKS, 2), "2026-11-21", None),
    ],
)
def test_art_34_trial_contract_by_its_agreed_length(
    start: str, end: str, given_on: str, length: Length, last_day: str, other: str | None
) -> None:
    notice = notice_period(Contract.TRIAL, given_on=day(given_on), employed_since=day(start), contract_end=day(end))
    assert (notice.length, notice.last_day) == (length, day(last_day))
    assert notice.other_last_day == (day(other) if other else None)
    assert any(not step.sure for step in notice.steps) == (other is not None)


def test_contract_that_ends_sooner_is_mentioned() -> None:
    notice = ordinary("2026-11-25", "2026-10-01", contract_end=day("2026-11-30"))
    assert any("30.11.2026" in note.text for note in notice.notes)


@pytest.mark.parametrize(
    ("given_on", "since", "more", "field"),
    [
        ("2026-01-01", "2026-01-02", {}, "given_on"),
        ("2015-01-01", "2014-01-02", {}, "given_on"),
        ("2026-05-01", "2026-01-02", {"contract_end": day("2026-04-30")}, "contract_end"),
    ],
)
def test_impossible_days_are_refused(given_on: str, since: str, more: dict[str, dt.date], field: str) -> None:
    with pytest.raises(InputError) as caught:
        ordinary(given_on, since, **more)
    assert caught.value.field == field


def test_trial_contract_needs_its_end_and_no_absurd_one() -> None:
    for end in (None, day("2027-12-31")):
        with pytest.raises(InputError) as caught:
            notice_period(
                Contract.TRIAL, given_on=day("2026-11-25"), employed_since=day("2026-11-01"), contract_end=end
            )
        assert caught.value.field == "contract_end"


@given(GIVEN, SERVED, st.booleans())
def test_ends_where_the_law_says(given_on: dt.date, served: int, liable: bool) -> None:
    notice = notice_period(
        Contract.FIXED_TERM,
        given_on=given_on,
        employed_since=given_on - served * ONE_DAY,
        material_liability=liable,
    )
    if notice.length.unit is Unit.WEEKS:
        assert notice.last_day.weekday() == 5
        assert 14 <= (notice.last_day - given_on).days <= 20
    else:
        assert notice.last_day == end_of_month(notice.last_day)
        apart = notice.last_day.year * 12 + notice.last_day.month - given_on.year * 12 - given_on.month
        assert apart == notice.length.number


@given(GIVEN, SERVED, st.integers(0, 60), st.integers(0, 400))
def test_later_notice_or_longer_service_never_ends_sooner(
    given_on: dt.date, served: int, later: int, longer: int
) -> None:
    since = given_on - served * ONE_DAY
    last_day = notice_period(Contract.OPEN_ENDED, given_on=given_on, employed_since=since).last_day
    moved = notice_period(Contract.OPEN_ENDED, given_on=given_on + later * ONE_DAY, employed_since=since)
    senior = notice_period(Contract.OPEN_ENDED, given_on=given_on, employed_since=since - longer * ONE_DAY)
    counted = notice_period(
        Contract.OPEN_ENDED, given_on=given_on, employed_since=since, earlier=Span(longer // 30, longer % 30)
    )
    assert last_day <= moved.last_day
    assert last_day <= senior.last_day
    assert last_day <= counted.last_day


@given(GIVEN, st.integers(0, 13))
def test_three_working_days_are_three_working_days(given_on: dt.date, left: int) -> None:
    notice = notice_period(
        Contract.TRIAL,
        given_on=given_on,
        employed_since=given_on,
        contract_end=given_on + left * ONE_DAY,
    )
    between = [given_on + n * ONE_DAY for n in range(1, (notice.last_day - given_on).days + 1)]
    assert sum(1 for one in between if not is_day_off(one)) == 3
    assert not is_day_off(notice.last_day)
    assert notice.other_last_day is None or notice.other_last_day > notice.last_day


def test_steps_stand_on_passages(content: Content) -> None:
    for since in ("2026-10-01", "2024-01-01", "2015-03-02"):
        notice = ordinary("2026-11-30", since, earlier=span(months=1), contract_end=day("2026-12-01"))
        check_steps((*notice.steps, *notice.notes), content)
