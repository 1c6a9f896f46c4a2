from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.tickets.hours import BusinessHours, business_hours, spoken
from zielona.clock import WARSAW
from zielona.settings import SettingError, Settings

HOURS = business_hours(Settings({}))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26T07:59:59", False),
        ("2026-11-26T08:00", True),
        ("2026-11-26T17:59:59", True),
        ("2026-11-26T18:00", False),
        ("2026-11-26T03:00", False),
        ("2026-11-28T12:00", False),  # Saturday
        ("2026-11-29T12:00", False),  # Sunday
        ("2026-04-06T12:00", False),  # Easter Monday
        ("2026-04-07T12:00", True),
        ("2026-06-04T12:00", False),  # Corpus Christi
        ("2027-05-27T12:00", False),  # Corpus Christi of the next year
        ("2026-11-11T12:00", False),  # Independence Day
        ("2025-12-24T12:00", False),  # Christmas Eve, free since 2025
        ("2024-12-24T12:00", True),  # and a working day before
        ("2026-01-06T12:00", False),  # Epiphany
    ],
)
def test_open_in_business_hours_only(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-26T12:00", "2026-11-26T12:00"),
        ("2026-11-26T06:00", "2026-11-26T08:00"),
        ("2026-11-26T18:00", "2026-11-27T08:00"),
        ("2026-11-27T18:00", "2026-11-30T08:00"),
        ("2026-04-03T20:00", "2026-04-07T08:00"),  # Good Friday, then Easter
        ("2026-12-23T19:00", "2026-12-28T08:00"),  # the Eve, Christmas, and a weekend
        ("2026-12-31T19:00", "2027-01-04T08:00"),
    ],
)
def test_opens_next(moment: str, opens: str) -> None:
    assert HOURS.opens_next(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-11-24T08:00", 20, "2026-11-25T18:00"),
        ("2026-11-24T09:00", 20, "2026-11-26T09:00"),
        ("2026-11-27T17:00", 2, "2026-11-30T09:00"),
        ("2026-11-28T17:00", 1, "2026-11-30T09:00"),
        ("2026-06-03T17:30", 1, "2026-06-05T08:30"),  # over Corpus Christi
        ("2026-03-27T17:00", 10, "2026-03-30T17:00"),  # clocks go forward on Sunday
        ("2026-10-23T17:00", 10, "2026-10-26T17:00"),  # and back
    ],
)
def test_due_counts_business_hours(moment: str, hours: float, due: str) -> None:
    assert HOURS.due(at(moment), hours) == at(due)


@given(
    moment=st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2030, 1, 1)),  # noqa: DTZ001 - made aware below
    hours=st.floats(0.25, 100),
)
def test_due_is_a_working_moment_after_the_question(moment: dt.datetime, hours: float) -> None:
    asked = moment.replace(tzinfo=WARSAW)
    due = HOURS.due(asked, hours)
    assert due > asked
    assert HOURS.works(due.date())
    assert HOURS.is_open(due - dt.timedelta(microseconds=1))


def test_other_zones_are_read_as_the_moment_they_are() -> None:
    assert HOURS.is_open(dt.datetime(2026, 11, 26, 7, 30, tzinfo=dt.timezone.utc))
    assert not HOURS.is_open(dt.datetime(2026, 11, 26, 17, 30, tzinfo=dt.timezone.utc))


def test_settings_give_hours_by_day_and_days_off() -> None:
    hours = business_hours(
        Settings({"ZL_TICKET_DAYS": "1-4 7:30-15:30, 6 9:00-12:00", "ZL_TICKET_CLOSED": "2026-11-26"})
    )
    assert hours.is_open(at("2026-11-23T07:30"))
    assert not hours.is_open(at("2026-11-27T12:00"))
    assert hours.is_open(at("2026-11-28T11:59"))
    assert not hours.is_open(at("2026-11-26T12:00"))


@pytest.mark.parametrize("days", ["", "5-1 8:00-18:00", "1-5 18:00-8:00", "8 8:00-9:00", "1-5 8-18", "1 8:00-25:00"])
def test_wrong_days_are_refused(days: str) -> None:
    if days:
        with pytest.raises(SettingError, match="ZL_TICKET_DAYS"):
            business_hours(Settings({"ZL_TICKET_DAYS": days}))
    else:
        assert business_hours(Settings({"ZL_TICKET_DAYS": days})) == HOURS


def test_wrong_day_off_is_refused() -> None:
    with pytest.raises(SettingError, match="ZL_TICKET_CLOSED"):
        business_hours(Settings({"ZL_TICKET_CLOSED": "jutro"}))


def test_an_office_that_never_opens_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(SettingError):
        BusinessHours({}).opens_next(at("2026-11-26T12:00"))
    with pytest.raises(SettingError):
        BusinessHours({}).due(at("2026-11-26T12:00"), 1)


def test_moment_is_spoken_in_polish() -> None:
    assert spoken(at("2026-05-03T09:05")) == "niedziela, 3 maja 2026, godz. 9.05"
