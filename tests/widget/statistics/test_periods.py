"""Periods: the one before, and how months and days cover them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.statistics.periods import Period, PeriodError, month_label, read_month, read_period

TODAY = dt.date(2026, 11, 26)
periods = st.builds(
    lambda first, days: Period(first, first + dt.timedelta(days=days)),
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 800),
)


@given(periods)
def test_months_and_days_cover_each_day_once(period: Period) -> None:
    months, days = period.cover()
    covered = [*days]
    for month in months:
        covered += [month + dt.timedelta(days=number) for number in range(31)
                    if (month + dt.timedelta(days=number)).month == month.month]  # fmt: skip
    assert sorted(covered) == list(period)


@given(periods)
def test_the_period_before_ends_where_this_one_begins(period: Period) -> None:
    assert period.previous.last + dt.timedelta(days=1) == period.first
    assert period.previous.first <= period.previous.last


def test_before_a_month_comes_a_month() -> None:
    assert read_month("2026-03", today=TODAY).previous == Period(dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert year.previous == Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def test_other_periods_are_compared_with_as_many_days() -> None:
    assert Period(dt.date(2026, 3, 2), dt.date(2026, 3, 8)).previous.days == 7


def test_a_day_of_the_clock_change_has_23_or_25_hours() -> None:
    for day, hours in ((dt.date(2026, 3, 29), 23), (dt.date(2026, 10, 25), 25)):
        start, end = Period(day, day).moments
        # Differences of one zone are those of its clock.
        assert end.astimezone(dt.timezone.utc) - start.astimezone(dt.timezone.utc) == dt.timedelta(hours=hours)


def test_what_a_form_leaves_out() -> None:
    assert read_period(None, "", today=TODAY) == Period(dt.date(2026, 10, 28), TODAY)
    assert read_month("", today=TODAY) == Period(dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    assert month_label(dt.date(2026, 10, 1)) == "październik 2026"


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-02", "2026-11-01"), ("1.11.2026", None), ("2020-01-01", "2026-01-01"), ("1900-01-01", "1900-01-02")],
)
def test_periods_that_make_no_sense_are_refused(first: str, last: str | None) -> None:
    with pytest.raises(PeriodError):
        read_period(first, last, today=TODAY)
