from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.calculators.dates import (
    ONE_DAY,
    Span,
    add_months,
    days_in_month,
    is_day_off,
    joined,
    public_holidays,
    reached_on,
    span,
    span_between,
    working_hours,
)
from actions.reasoning import InputError

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
SPANS = st.builds(Span, st.integers(0, 480), st.integers(0, 29))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 11, 30), Span(6)),
        (dt.date(2026, 6, 1), dt.date(2026, 11, 29), Span(5, 29)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 27), Span(11, 30)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 28), Span(12)),
        (dt.date(2024, 2, 29), dt.date(2028, 2, 28), Span(48)),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), Span(1)),
        (dt.date(2026, 5, 5), dt.date(2026, 5, 5), Span(0, 1)),
    ],
)
def test_length_of_a_period_with_both_days(first: dt.date, last: dt.date, expected: Span) -> None:
    assert span_between(first, last) == expected


@given(DAYS, st.integers(0, 20000))
def test_a_longer_period_is_never_shorter(first: dt.date, days: int) -> None:
    last = first + days * ONE_DAY
    assert span_between(first, last) <= span_between(first, last + ONE_DAY)
    assert span_between(first, last) <= span_between(first - ONE_DAY, last)


@given(DAYS, st.integers(1, 480), SPANS)
@example(dt.date(2001, 1, 1), 2, Span(0, 1))
def test_the_day_on_which_a_length_is_reached_is_the_first_such(first: dt.date, months: int, earlier: Span) -> None:
    reached = reached_on(first, months, earlier)
    if reached < first:
        assert earlier.months >= months
        return
    assert (span_between(first, reached) + earlier).months >= months
    if reached > first:
        assert (span_between(first, reached - ONE_DAY) + earlier).months < months


@given(SPANS, SPANS)
def test_adding_lengths_loses_nothing(one: Span, other: Span) -> None:
    total = one + other
    assert total == other + one
    assert total >= max(one, other)
    assert total.months * 30 + total.days == (one.months + other.months) * 30 + one.days + other.days


@given(DAYS, st.integers(-240, 240))
def test_months_later_is_the_same_day_or_the_end_of_the_month(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, days_in_month(later.year, later.month))


def test_impossible_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="ujemny"):
        Span(-1)
    with pytest.raises(InputError, match="życie zawodowe"):
        span(years=200)
    with pytest.raises(InputError, match="odległa"):
        add_months(dt.date(9999, 1, 1), 24)


def test_lengths_are_written_in_polish() -> None:
    assert str(span(years=2, months=5, days=1)) == "2 lata, 5 miesięcy i 1 dzień"
    assert str(span(years=22)) == "22 lata"
    assert str(Span()) == "0 dni"


def test_only_adjoining_periods_are_joined() -> None:
    first, second = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
    assert joined([(first, second), (dt.date(2026, 2, 1), dt.date(2026, 2, 3))]) == [(first, dt.date(2026, 2, 3))]
    assert len(joined([(first, second), (dt.date(2026, 2, 2), dt.date(2026, 2, 3))])) == 2


@pytest.mark.parametrize(
    ("year", "easter_monday", "corpus_christi"),
    [
        (2024, dt.date(2024, 4, 1), dt.date(2024, 5, 30)),
        (2025, dt.date(2025, 4, 21), dt.date(2025, 6, 19)),
        (2026, dt.date(2026, 4, 6), dt.date(2026, 6, 4)),
        (2027, dt.date(2027, 3, 29), dt.date(2027, 5, 27)),
        (2038, dt.date(2038, 4, 26), dt.date(2038, 6, 24)),
    ],
)
def test_moving_holidays(year: int, easter_monday: dt.date, corpus_christi: dt.date) -> None:
    assert {easter_monday, corpus_christi} <= public_holidays(year)


def test_christmas_eve_is_off_since_2025() -> None:
    assert not is_day_off(dt.date(2024, 12, 24))
    assert is_day_off(dt.date(2025, 12, 24))
    assert len(public_holidays(2026)) == 14
    assert not is_day_off(dt.date(2026, 11, 28)), "a Saturday"
    assert is_day_off(dt.date(2026, 11, 29)), "a Sunday"


def test_art_130_hours_of_2026_are_those_of_the_published_calendar() -> None:
    assert [working_hours(2026, month) for month in (5, 8, 11, 12)] == [160, 160, 160, 160]
    assert sum(working_hours(2026, month) for month in range(1, 13)) == 2008
    assert sum(working_hours(2025, month) for month in range(1, 13)) == 1992


@given(st.integers(2005, 2060), st.integers(1, 12))
def test_art_130_hours_are_weekdays_less_holidays(year: int, month: int) -> None:
    every = [dt.date(year, month, day) for day in range(1, days_in_month(year, month) + 1)]
    weekdays = sum(1 for day in every if day.weekday() < 5)
    holidays = sum(1 for day in every if day in public_holidays(year) and day.weekday() < 6)
    assert working_hours(year, month) == 8 * (weekdays - holidays)
