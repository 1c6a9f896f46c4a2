from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.annual_leave import (
    Education,
    Job,
    School,
    annual_leave,
    part_time_days,
    seniority_for_leave,
)
from actions.calculators.dates import ONE_DAY, Span, span
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

LONG_AGO = dt.date(2015, 1, 1)
PARTS = st.fractions(Fraction(1, 40), Fraction(1), max_denominator=40)


def job(start: str, end: str | None = None, fraction: Fraction = Fraction(1)) -> Job:
    return Job(dt.date.fromisoformat(start), dt.date.fromisoformat(end) if end else None, fraction)


def days_of(*jobs: Job, work: Span, year: int = 2026) -> list[Fraction]:
    return [share.days for share in annual_leave(year, jobs, work_before=work).shares]


@pytest.mark.parametrize(
    ("work", "school", "expected"),
    [
        (span(years=9, months=11, days=29), School.NONE, 26),  # The tenth year is complete on 1 January.
        (span(years=8), School.NONE, 20),
        (span(years=3), School.SECONDARY_GENERAL, 20),
        (span(years=2), School.UNIVERSITY, 26),
        (span(years=5), School.SECONDARY_AFTER_VOCATIONAL, 26),
        (span(years=10), School.NONE, 26),
    ],
)
def test_art_154_and_155_20_or_26_days(work: Span, school: School, expected: int) -> None:
    leave = annual_leave(2026, [Job(LONG_AGO)], work_before=work, education=Education(school))
    assert (leave.base, leave.days, leave.hours) == (expected, expected, expected * 8)


@pytest.mark.parametrize(
    ("base", "fraction", "expected"),
    [
        (20, Fraction(3, 4), 15),
        (26, Fraction(3, 4), 20),
        (20, Fraction(1, 2), 10),
        (26, Fraction(1, 2), 13),
        (20, Fraction(1, 4), 5),
        (26, Fraction(1, 4), 7),
        (26, Fraction(7, 8), 23),
    ],
)
def test_art_154_par_2_part_time(base: int, fraction: Fraction, expected: int) -> None:
    assert part_time_days(base, fraction) == expected


@pytest.mark.parametrize(
    ("jobs", "years", "expected"),
    [
        # 5/12 of 26 are 10.83.
        ([job("2015-01-01", "2026-05-31")], 12, [11]),
        # July is the former employer's month; 12 and 9 would be 21.
        ([job("2015-01-01", "2026-07-10"), job("2026-07-11")], 2, [12, 8]),
        ([job("2015-01-01", "2026-07-10"), job("2026-08-01")], 2, [12, 8]),
        # March to August are six started months.
        ([job("2026-03-15", "2026-08-20")], 4, [10]),
        # 5/12 of 13.
        ([job("2026-08-01", fraction=Fraction(1, 2))], 15, [6]),
        ([job("2026-12-31")], 4, [2]),
        ([job("2026-01-01", "2026-12-31")], 4, [20]),
    ],
)
def test_art_155_1_change_of_job(jobs: list[Job], years: int, expected: list[int]) -> None:
    assert days_of(*jobs, work=span(years=years)) == expected


def test_art_155_2a_a_job_within_the_month_of_the_former_gives_nothing() -> None:
    assert days_of(job("2026-01-01", "2026-12-10"), job("2026-12-15"), work=span(years=4)) == [20, 0]


@pytest.mark.parametrize(("taken", "expected"), [(0, [12, 8]), (12, [12, 8]), (15, [12, 5]), (20, [12, 0])])
def test_art_155_1_par_3_days_taken_too_early_are_missing_later(taken: int, expected: list[int]) -> None:
    jobs = [job("2015-01-01", "2026-07-10"), job("2026-07-11")]
    leave = annual_leave(2026, jobs, work_before=span(years=2), taken_before=taken)
    assert [share.days for share in leave.shares] == expected


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([job("2026-03-10")], [15]),
        ([job("2026-12-01")], [Fraction(20, 12)]),
        ([job("2026-12-02")], [0]),
        ([job("2026-03-10", fraction=Fraction(1, 2))], [Fraction(15, 2)]),
        # A month and 20 days, then ten days more make up the second month.
        ([job("2026-01-01", "2026-02-20"), job("2026-03-01", "2026-03-10")], [Fraction(20, 12), Fraction(20, 12)]),
    ],
)
def test_art_153_first_year_of_work(jobs: list[Job], expected: list[Fraction]) -> None:
    leave = annual_leave(2026, jobs, work_before=Span(), first_job=True)
    assert [share.days for share in leave.shares] == expected


def test_art_158_ten_years_within_the_year() -> None:
    leave = annual_leave(2026, [Job(LONG_AGO)], work_before=span(years=9, months=3))
    assert (leave.days, leave.rises_on) == (26, dt.date(2026, 9, 30))


def test_art_158_an_employer_left_before_ten_years_owes_the_shorter_leave() -> None:
    assert days_of(job("2015-01-01", "2026-07-10"), job("2026-07-11"), work=span(years=9)) == [12, 11]


@pytest.mark.parametrize(
    ("work", "education", "expected"),
    [
        (span(years=6), Education(School.UNIVERSITY, worked_meanwhile=span(years=4)), span(years=10)),
        (span(years=12), Education(School.VOCATIONAL, 2, worked_meanwhile=span(years=3)), span(years=12)),
        (span(years=6), Education(School.UNIVERSITY), span(years=14)),
        (span(years=1), Education(School.VOCATIONAL, 5), span(years=4)),
        (span(years=1), Education(School.POST_SECONDARY, 2), span(years=7)),
    ],
)
def test_art_155_school_and_work_at_once_count_once(work: Span, education: Education, expected: Span) -> None:
    assert seniority_for_leave(work, education) == expected


@pytest.mark.parametrize(
    ("jobs", "more", "field"),
    [
        ([], {}, "jobs"),
        ([job("2027-01-01")], {}, "jobs"),
        ([job("2020-01-01", "2025-12-31")], {}, "jobs"),
        ([job("2026-05-01", "2026-04-01")], {}, "end"),
        ([job("2026-01-01"), job("2026-04-01")], {}, "jobs"),
        ([job("2026-01-01", fraction=Fraction(3, 2))], {}, "fraction"),
        ([job("2026-01-01", fraction=Fraction(0))], {}, "fraction"),
        ([job("2026-01-01")], {"first_job": True, "work_before": span(years=1)}, "first_job"),
        ([job("2025-01-01")], {"first_job": True}, "first_job"),
        ([job("2026-01-01")], {"taken_before": 5}, "taken_before"),
        ([job("2026-01-01", "2026-02-01"), job("2026-03-01")], {"taken_before": 27}, "taken_before"),
        ([job("2026-01-01", "2026-02-01"), job("2026-03-01")], {"taken_before": -1}, "taken_before"),
        ([job("2026-01-01")], {"education": Education(School.VOCATIONAL)}, "programme_years"),
        ([job("2026-01-01")], {"education": Education(School.VOCATIONAL, -1)}, "programme_years"),
        (
            [job("2026-01-01")],
            {"education": Education(School.UNIVERSITY, worked_meanwhile=span(years=1))},
            "worked_meanwhile",
        ),
    ],
)
def test_impossible_input_is_refused(jobs: list[Job], more: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        annual_leave(2026, jobs, **{"work_before": Span(), **more})  # type: ignore[arg-type]
    assert caught.value.field == field


@st.composite
def years_of_jobs(draw: st.DrawFn) -> tuple[int, list[Job]]:
    """A year with up to five jobs one after another, of one size."""
    year = draw(st.integers(2020, 2040))
    fraction = draw(PARTS)
    day, jobs = dt.date(year, 1, 1) + draw(st.integers(0, 200)) * ONE_DAY, []
    for _ in range(draw(st.integers(1, 5))):
        end = day + draw(st.integers(0, 200)) * ONE_DAY
        jobs.append(Job(day, end, fraction))
        day = end + draw(st.integers(1, 40)) * ONE_DAY
        if day.year != year:
            break
    return year, jobs


@given(
    years_of_jobs(),
    st.integers(0, 40),
    st.sampled_from([school for school in School if "zawodowa" not in school.value]),
)
def test_a_year_never_gives_more_than_its_leave(years: tuple[int, list[Job]], worked: int, school: School) -> None:
    year, jobs = years
    leave = annual_leave(year, jobs, work_before=span(years=worked), education=Education(school))
    assert 0 <= leave.days <= part_time_days(leave.base, jobs[0].fraction) <= 26
    assert all(share.days >= 0 and share.days.denominator == 1 for share in leave.shares)


@given(years_of_jobs(), st.integers(0, 26))
def test_days_taken_before_never_raise_what_is_left(years: tuple[int, list[Job]], taken: int) -> None:
    year, jobs = years
    if len(jobs) == 1:
        taken = 0
    whole = annual_leave(year, jobs, work_before=span(years=3))
    less = annual_leave(year, jobs, work_before=span(years=3), taken_before=taken)
    owed = sum(share.days for share in whole.shares[:-1])
    assert 0 <= less.shares[-1].days <= whole.shares[-1].days
    # What was taken and what is left is never less than all the time at work gives.
    assert max(Fraction(taken), owed) + less.shares[-1].days >= whole.days


@given(years_of_jobs())
def test_the_first_year_is_never_more_generous(years: tuple[int, list[Job]]) -> None:
    year, jobs = years
    first = annual_leave(year, jobs, work_before=Span(), first_job=True)
    later = annual_leave(year, jobs, work_before=span(years=1))
    assert first.days <= later.days


@given(years_of_jobs(), st.integers(0, 39), PARTS)
def test_more_seniority_and_more_hours_never_give_less(
    years: tuple[int, list[Job]], worked: int, other: Fraction
) -> None:
    year, jobs = years
    junior = annual_leave(year, jobs, work_before=span(years=worked))
    senior = annual_leave(year, jobs, work_before=span(years=worked + 1))
    assert junior.days <= senior.days
    small, large = sorted((jobs[0].fraction, other))
    assert part_time_days(20, small) <= part_time_days(20, large)
    assert part_time_days(20, small) <= part_time_days(26, small)


def test_steps_stand_on_passages(content: Content) -> None:
    for leave in (
        annual_leave(2026, [job("2026-03-10", fraction=Fraction(1, 2))], work_before=Span(), first_job=True),
        annual_leave(
            2026,
            [job("2015-01-01", "2026-07-10"), job("2026-07-11", fraction=Fraction(1, 3))],
            work_before=span(years=3, months=2),
            education=Education(School.POST_SECONDARY, worked_meanwhile=span(months=1)),
            taken_before=20,
        ),
    ):
        check_steps((*leave.steps, *leave.notes), content)
