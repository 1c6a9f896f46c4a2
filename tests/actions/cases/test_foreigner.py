from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.foreigner import Answer, Citizenship, Job, Route, Stay, Work, citizenship_of, employ_foreigner
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

TODAY = dt.date(2026, 11, 25)
START = dt.date(2027, 1, 4)


def asked(
    content: Content,
    citizenship: Citizenship,
    stay: Stay,
    kind: Work = Work.ORDINARY,
    *,
    months: int = 6,
    start: dt.date = START,
) -> Answer:
    answer = employ_foreigner(citizenship, stay, Job(kind, start, months), on=TODAY, amounts=content.amounts)
    steps = [
        *answer.steps,
        *answer.notes,
        *(task.step for task in answer.tasks),
        *([answer.where] if answer.where else []),
    ]
    check_steps(steps, content)
    return answer


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("DE", Citizenship.EU),
        ("no", Citizenship.EU),
        ("CH", Citizenship.SWISS),
        (" ua ", Citizenship.UKRAINE),
        ("BY", Citizenship.DECLARATION),
        ("AM", Citizenship.DECLARATION),
        ("MD", Citizenship.DECLARATION),
        # Georgia is off the list since 1 December 2025; the United Kingdom is out of the Union.
        ("GE", Citizenship.OTHER),
        ("GB", Citizenship.OTHER),
        ("IN", Citizenship.OTHER),
    ],
)
def test_art_3_ust_8_groups_of_states(code: str, group: Citizenship) -> None:
    assert citizenship_of(code) is group


@pytest.mark.parametrize("code", ["PL", "", "Niemcy", "1A", "ÓŻ"])
def test_no_foreign_state_is_refused(code: str) -> None:
    with pytest.raises(InputError) as caught:
        citizenship_of(code)
    assert caught.value.field == "citizenship"


@pytest.mark.parametrize(
    "stay",
    [
        Stay.PERMANENT,
        Stay.PROTECTED,
        Stay.SPOUSE_OF_POLE,
        Stay.FAMILY_OF_EU,
        Stay.POLES_CARD,
        Stay.POLISH_GRADUATE,
        Stay.DOCTORAL_STUDENT,
        Stay.STUDENT_LISTED,
        Stay.SINGLE_PERMIT_SAME,
        Stay.ASYLUM_WITH_CERTIFICATE,
    ],
)
@pytest.mark.parametrize("citizenship", [Citizenship.UKRAINE, Citizenship.OTHER])
def test_art_3_ust_1_and_5_free_access(content: Content, citizenship: Citizenship, stay: Stay) -> None:
    answer = asked(content, citizenship, stay)
    assert (answer.route, answer.cost, answer.deadline) == (Route.NONE, None, None)


def test_citizens_of_the_union_and_switzerland_need_nothing(content: Content) -> None:
    for citizenship in (Citizenship.EU, Citizenship.SWISS):
        for stay in Stay:
            assert asked(content, citizenship, stay).route is Route.NONE


def test_art_5a_notification_within_seven_days(content: Content) -> None:
    answer = asked(content, Citizenship.UKRAINE, Stay.TEMPORARY_PROTECTION)
    assert (answer.route, answer.cost) == (Route.NOTIFICATION, None)
    assert answer.deadline == dt.date(2027, 1, 11)
    assert answer.tasks[0].by == dt.date(2027, 1, 11)


def test_art_41_other_ukrainians_until_4_march_2029(content: Content) -> None:
    last, after = dt.date(2029, 3, 4), dt.date(2029, 3, 5)
    assert asked(content, Citizenship.UKRAINE, Stay.OTHER_ALLOWING_WORK, start=last).route is Route.NOTIFICATION
    assert asked(content, Citizenship.UKRAINE, Stay.OTHER_ALLOWING_WORK, start=after).route is Route.DECLARATION
    # Whether a visa-free stay is enough, no passage says.
    doubtful = asked(content, Citizenship.UKRAINE, Stay.VISA_FREE)
    assert doubtful.route is Route.NOTIFICATION
    assert any(not step.sure for step in doubtful.steps)


@pytest.mark.parametrize(
    ("citizenship", "stay", "kind", "months", "route", "cost"),
    [
        (Citizenship.DECLARATION, Stay.OTHER_ALLOWING_WORK, Work.ORDINARY, 24, Route.DECLARATION, "400"),
        (Citizenship.DECLARATION, Stay.OTHER_ALLOWING_WORK, Work.ORDINARY, 25, Route.PERMIT, "400"),
        (Citizenship.UKRAINE, Stay.NONE_YET, Work.ORDINARY, 6, Route.DECLARATION, "400"),
        (Citizenship.OTHER, Stay.NONE_YET, Work.ORDINARY, 3, Route.PERMIT, "200"),
        (Citizenship.OTHER, Stay.NONE_YET, Work.ORDINARY, 4, Route.PERMIT, "400"),
        (Citizenship.OTHER, Stay.NONE_YET, Work.POSTED, 2, Route.PERMIT, "800"),
        (Citizenship.DECLARATION, Stay.OTHER_ALLOWING_WORK, Work.BOARD, 12, Route.PERMIT, "400"),
        (Citizenship.DECLARATION, Stay.NONE_YET, Work.SEASONAL, 9, Route.SEASONAL_PERMIT, "100"),
        (Citizenship.OTHER, Stay.VISA_FREE, Work.SEASONAL, 3, Route.SEASONAL_PERMIT, "100"),
        (Citizenship.OTHER, Stay.STUDENT_OTHER, Work.ORDINARY, 6, Route.PERMIT, "400"),
        (Citizenship.DECLARATION, Stay.STUDENT_OTHER, Work.ORDINARY, 6, Route.DECLARATION, "400"),
        (Citizenship.OTHER, Stay.SCHENGEN_CARD, Work.ORDINARY, 2, Route.PERMIT, "200"),
        (Citizenship.UKRAINE, Stay.OTHER_ALLOWING_WORK, Work.POSTED, 2, Route.PERMIT, "800"),
    ],
)
def test_art_6_10_and_61_permit_or_declaration_and_its_fee(
    content: Content, citizenship: Citizenship, stay: Stay, kind: Work, months: int, route: Route, cost: str
) -> None:
    answer = asked(content, citizenship, stay, kind, months=months)
    assert answer.route is route
    assert answer.cost is not None
    assert answer.cost.value == Decimal(cost)
    assert answer.deadline == dt.date(2027, 1, 3)


@pytest.mark.parametrize("stay", [Stay.VISA_WITHOUT_WORK, Stay.SCHENGEN_VISA, Stay.ASYLUM_WITHOUT])
def test_art_3_ust_3_stay_that_excludes_work(content: Content, stay: Stay) -> None:
    for citizenship in (Citizenship.UKRAINE, Citizenship.DECLARATION, Citizenship.OTHER):
        answer = asked(content, citizenship, stay)
        assert (answer.route, answer.cost, answer.tasks) == (Route.FORBIDDEN, None, ())
        assert any("3000" in note.text for note in answer.notes)


def test_art_120_single_permit_for_another_job(content: Content) -> None:
    answer = asked(content, Citizenship.OTHER, Stay.SINGLE_PERMIT_OTHER)
    assert answer.route is Route.CHANGE_OF_STAY_PERMIT
    assert answer.where is not None
    assert not answer.where.sure


def test_art_61_declaration_duties_and_days(content: Content) -> None:
    answer = asked(content, Citizenship.DECLARATION, Stay.NONE_YET, start=dt.date(2027, 8, 31))
    assert [task.by for task in answer.tasks] == [
        dt.date(2027, 8, 30),
        dt.date(2027, 8, 30),
        dt.date(2027, 9, 7),
        dt.date(2027, 9, 14),
    ]
    # From 28 February six months end on 28 August.
    assert any("01.03.2027" in step.text for step in answer.steps)


@pytest.mark.parametrize(
    ("kind", "start", "months", "field"),
    [
        (Work.ORDINARY, dt.date(2026, 3, 4), 6, "start"),
        (Work.ORDINARY, START, 0, "months"),
        (Work.ORDINARY, START, 121, "months"),
        (Work.SEASONAL, START, 10, "months"),
    ],
)
def test_impossible_jobs_are_refused(content: Content, kind: Work, start: dt.date, months: int, field: str) -> None:
    with pytest.raises(InputError) as caught:
        asked(content, Citizenship.OTHER, Stay.NONE_YET, kind, start=start, months=months)
    assert caught.value.field == field


@given(
    st.sampled_from(Citizenship),
    st.sampled_from(Stay),
    st.sampled_from(Work),
    st.integers(1, 9),
    st.dates(dt.date(2026, 3, 5), dt.date(2031, 12, 31)),
)
def test_every_answer_is_complete(
    content: Content, citizenship: Citizenship, stay: Stay, kind: Work, months: int, start: dt.date
) -> None:
    answer = asked(content, citizenship, stay, kind, months=months, start=start)
    assert answer.steps
    assert (answer.where is None) == (answer.route in (Route.NONE, Route.FORBIDDEN))
    assert (answer.cost is not None) == (answer.route in (Route.DECLARATION, Route.PERMIT, Route.SEASONAL_PERMIT))
    if answer.route is Route.NOTIFICATION:
        assert answer.deadline is not None
        assert answer.deadline > start
    elif answer.deadline is not None:
        assert answer.deadline < start
    if answer.cost is not None:
        assert answer.cost.value > 0


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (dt.date(2026, 12, 31), "można je złożyć już teraz"),
        (dt.date(2027, 5, 25), "można je złożyć już teraz"),
        (dt.date(2027, 5, 26), "składa się je najwcześniej 26.11.2026"),
    ],
)
def test_a_declaration_is_made_at_most_six_months_before_work(content: Content, start: dt.date, told: str) -> None:
    answer = asked(content, Citizenship.DECLARATION, Stay.NONE_YET, start=start)
    assert [step.text for step in answer.steps if told in step.text]
