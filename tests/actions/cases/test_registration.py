from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import ONE_DAY
from actions.cases.common import Verdict
from actions.cases.person import Business, Document, Income, Person, Sex, Stay, Study, Work
from actions.cases.registration import Registration, Way, checklist, register
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

TODAY = dt.date(2026, 11, 25)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def registered(content: Content, *, on: dt.date = TODAY, **more: object) -> Registration:
    answers = {
        "birth": day("1985-03-04"),
        "sex": Sex.FEMALE,
        "work": Work.NONE,
        "stay": Stay.POLISH,
        "county": "powiat białostocki",
        **more,
    }
    result = register(Person(**answers), day=on, amounts=content.amounts)  # type: ignore[arg-type]
    _check(result, content)
    return result


def _check(result: Registration, content: Content) -> None:
    steps = [
        *result.steps,
        *(obstacle.step for obstacle in result.obstacles),
        *result.open_questions,
        *(task.step for task in result.next_tasks),
        *(needed.step for needed in result.documents),
        result.office,
    ]
    check_steps(steps, content)


def test_art_2_pkt_1_out_of_work_since_october(content: Content) -> None:
    result = registered(content, work_ends=day("2026-10-31"), documents=frozenset({Document.IDENTITY}))
    assert (result.verdict, result.earliest_day, result.obstacles) == (Verdict.YES, TODAY, ())
    assert result.ways == (Way.ONLINE, Way.IN_PERSON)
    assert "białostocki" in result.office.text
    days = [task.by for task in result.next_tasks if task.by]
    # 30 days of insurance, a month to the decision, 90 days to the first contact, three years of status.
    assert days == [day("2026-11-30"), day("2026-12-25"), day("2027-02-23"), day("2029-11-24")]
    at_hand = {needed.document for needed in result.documents if needed.at_hand}
    assert at_hand == {Document.IDENTITY}


@pytest.mark.parametrize(
    ("sex", "birth", "verdict", "earliest"),
    [
        (Sex.MALE, "2008-11-25", Verdict.YES, "2026-11-25"),
        (Sex.MALE, "2008-11-26", Verdict.NO, "2026-11-26"),
        # Born on 29 February: 18 on 28 February 2026, 60 on 29 February 2028.
        (Sex.FEMALE, "1966-11-26", Verdict.YES, "2026-11-25"),
        (Sex.FEMALE, "1966-11-25", Verdict.NO, None),
        (Sex.MALE, "1961-11-26", Verdict.YES, "2026-11-25"),
        (Sex.MALE, "1961-11-25", Verdict.NO, None),
    ],
)
def test_art_2_pkt_1_age(content: Content, sex: Sex, birth: str, verdict: Verdict, earliest: str | None) -> None:
    result = registered(content, sex=sex, birth=day(birth))
    assert (result.verdict, result.earliest_day) == (verdict, day(earliest) if earliest else None)


def test_art_2_pkt_1_born_on_29_february(content: Content) -> None:
    born = day("2008-02-29")
    assert registered(content, birth=born, on=day("2026-02-27")).earliest_day == day("2026-02-28")
    assert registered(content, birth=born, on=day("2026-02-28")).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("work", "ends", "verdict", "earliest"),
    [
        (Work.NONE, None, Verdict.YES, "2026-11-25"),
        (Work.EMPLOYED, "2026-11-24", Verdict.YES, "2026-11-25"),
        # On the last day of the contract one is still employed.
        (Work.EMPLOYED, "2026-11-25", Verdict.NO, "2026-11-26"),
        (Work.NONE, "2026-11-25", Verdict.NO, "2026-11-26"),
        (Work.EMPLOYED, "2026-12-31", Verdict.NO, "2027-01-01"),
        (Work.EMPLOYED, None, Verdict.NO, None),
        (Work.CIVIL_CONTRACT, None, Verdict.NO, None),
        (Work.UNPAID_OR_CHILDCARE_LEAVE, None, Verdict.NO, None),
        (None, None, Verdict.DEPENDS, "2026-11-25"),
    ],
)
def test_art_2_pkt_1_and_9_work(
    content: Content, work: Work | None, ends: str | None, verdict: Verdict, earliest: str | None
) -> None:
    result = registered(content, work=work, work_ends=day(ends) if ends else None)
    assert (result.verdict, result.earliest_day) == (verdict, day(earliest) if earliest else None)
    assert result.may_be_job_seeker


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"study": Study.FULL_TIME_STUDIES}, Verdict.NO),
        ({"study": Study.DAY_SCHOOL}, Verdict.NO),
        ({"study": Study.PART_TIME_STUDIES}, Verdict.YES),
        ({"study": Study.ADULT_OR_POST_SECONDARY}, Verdict.YES),
        ({"study": None}, Verdict.DEPENDS),
        ({"business": Business.ACTIVE}, Verdict.NO),
        ({"business": Business.SUSPENDED}, Verdict.YES),
        ({"business": Business.STARTS_LATER, "business_starts": day("2026-11-26")}, Verdict.YES),
        ({"business": Business.STARTS_LATER, "business_starts": day("2026-11-25")}, Verdict.NO),
        ({"business": None}, Verdict.DEPENDS),
        ({"company_board": True}, Verdict.NO),
        ({"company_board": None}, Verdict.DEPENDS),
        ({"farm": True}, Verdict.YES),
        ({"farm": None}, Verdict.YES),
        ({"in_prison": True}, Verdict.NO),
        ({"in_prison": None}, Verdict.DEPENDS),
        ({"ready_to_work": False}, Verdict.NO),
        ({"ready_to_work": None}, Verdict.DEPENDS),
        ({"disability": True}, Verdict.YES),
    ],
)
def test_art_2_pkt_1_conditions(content: Content, answers: dict[str, object], verdict: Verdict) -> None:
    assert registered(content, **answers).verdict is verdict


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"income": Income.RETIREMENT_PENSION}, Verdict.NO),
        ({"income": Income.DISABILITY_PENSION}, Verdict.NO),
        ({"income": Income.PRE_RETIREMENT}, Verdict.NO),
        ({"income": Income.CARE}, Verdict.NO),
        ({"income": Income.PERMANENT_AID}, Verdict.NO),
        ({"income": Income.SICK_OR_MATERNITY}, Verdict.NO),
        # Half of 4806.
        ({"income": Income.SURVIVORS_PENSION, "income_monthly": Decimal("2403.00")}, Verdict.YES),
        ({"income": Income.SURVIVORS_PENSION, "income_monthly": Decimal("2403.01")}, Verdict.NO),
        ({"income": Income.OTHER, "income_monthly": Decimal("2403.01")}, Verdict.NO),
        ({"income": Income.OTHER, "income_monthly": None}, Verdict.DEPENDS),
        ({"income": None}, Verdict.DEPENDS),
    ],
)
def test_art_2_pkt_42_steady_income(content: Content, answers: dict[str, object], verdict: Verdict) -> None:
    assert registered(content, **answers).verdict is verdict


def test_art_2_pkt_42_the_day_after_sickness_benefit(content: Content) -> None:
    result = registered(content, income=Income.SICK_OR_MATERNITY, income_ends=day("2026-12-10"))
    assert (result.verdict, result.earliest_day) == (Verdict.NO, day("2026-12-11"))
    assert registered(content, income=Income.SICK_OR_MATERNITY, income_ends=day("2026-11-24")).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("stay", "verdict", "job_seeker"),
    [
        (Stay.POLISH, Verdict.YES, True),
        (Stay.EU, Verdict.YES, True),
        (Stay.UK_AGREEMENT, Verdict.YES, True),
        (Stay.PERMANENT, Verdict.YES, True),
        (Stay.PROTECTED, Verdict.YES, True),
        (Stay.TEMPORARY_PROTECTION, Verdict.YES, True),
        (Stay.TEMPORARY_WITH_WORK, Verdict.YES, True),
        (Stay.STUDY, Verdict.NO, True),
        (Stay.SEASONAL, Verdict.NO, True),
        (Stay.OTHER, Verdict.NO, False),
        (None, Verdict.DEPENDS, None),
    ],
)
def test_art_1_ust_3_citizenship_and_stay(
    content: Content, stay: Stay | None, verdict: Verdict, job_seeker: bool | None
) -> None:
    result = registered(content, stay=stay)
    assert (result.verdict, result.may_be_job_seeker) == (verdict, job_seeker)
    foreign = stay not in (Stay.POLISH, Stay.EU)
    assert (Document.STAY in {needed.document for needed in result.documents}) == foreign


@pytest.mark.parametrize(
    ("answers", "verdict", "earliest"),
    [
        ({"lives_in_poland": False}, Verdict.NO, None),
        ({"lives_in_poland": None}, Verdict.DEPENDS, TODAY),
        ({"registered_elsewhere": True}, Verdict.NO, None),
        ({"registered_elsewhere": None}, Verdict.DEPENDS, TODAY),
        ({"blocked_until": day("2026-12-24")}, Verdict.NO, day("2026-12-25")),
        ({"blocked_until": day("2026-11-24")}, Verdict.YES, TODAY),
        ({"blocked_until": day("2026-12-24"), "work_ends": day("2026-12-31")}, Verdict.NO, day("2027-01-01")),
    ],
)
def test_art_55_57_and_65_place_and_earlier_status(
    content: Content, answers: dict[str, object], verdict: Verdict, earliest: dt.date | None
) -> None:
    result = registered(content, **answers)
    assert (result.verdict, result.earliest_day) == (verdict, earliest)


def test_waiting_past_the_upper_age_is_no_way(content: Content) -> None:
    result = registered(content, birth=day("1966-12-15"), work=Work.EMPLOYED, work_ends=day("2026-12-31"))
    assert result.earliest_day is None


def test_art_44_ways(content: Content) -> None:
    assert registered(content, can_sign_online=False).ways == (Way.IN_PERSON,)
    assert registered(content, has_pesel=False).ways == (Way.IN_PERSON,)
    assert registered(content, can_sign_online=True).ways[0] is Way.ONLINE


def test_art_55_personal_list_of_documents(content: Content) -> None:
    result = registered(
        content,
        had_employment=False,
        had_civil_contracts=True,
        had_business=True,
        worked_abroad=None,
        disability=True,
        health_limits=True,
        documents=frozenset({Document.IDENTITY, Document.ACCOUNT}),
    )
    assert [needed.document for needed in result.documents] == [
        Document.IDENTITY,
        Document.DIPLOMAS,
        Document.CIVIL_CONTRACTS,
        Document.BUSINESS,
        Document.U1,
        Document.DISABILITY,
        Document.HEALTH,
        Document.ACCOUNT,
    ]
    assert [needed.document for needed in result.documents if needed.optional] == [Document.U1]
    lines = checklist(result)
    assert lines[0].startswith("Urząd to powiatowy urząd pracy według miejsca zamieszkania (powiat białostocki);")
    assert "Numer rachunku płatniczego. Jest." in lines
    assert "Orzeczenie o niepełnosprawności. Do przygotowania." in lines
    assert any("Termin: 23.02.2027." in line for line in lines)
    assert any(line.endswith("Termin: 25.12.2026. Do potwierdzenia w urzędzie.") for line in lines)


@pytest.mark.parametrize(
    ("answers", "on", "field"),
    [
        ({}, day("2025-05-31"), "day"),
        ({"birth": day("2027-01-01")}, TODAY, "birth"),
        ({"birth": day("1800-01-01")}, TODAY, "birth"),
        ({"income_monthly": Decimal(-1)}, TODAY, "income_monthly"),
        ({"business": Business.STARTS_LATER}, TODAY, "business_starts"),
    ],
)
def test_impossible_input_is_refused(content: Content, answers: dict[str, object], on: dt.date, field: str) -> None:
    with pytest.raises(InputError) as caught:
        registered(content, on=on, **answers)
    assert caught.value.field == field


ANSWERS = st.sampled_from([True, False, None])


@st.composite
def people(draw: st.DrawFn) -> Person:
    business = draw(st.sampled_from([None, *Business]))
    near = st.dates(dt.date(2026, 9, 1), dt.date(2027, 3, 31))
    return Person(
        birth=draw(st.dates(dt.date(1955, 1, 1), dt.date(2012, 12, 31))),
        sex=draw(st.sampled_from(Sex)),
        work=draw(st.sampled_from([None, *Work])),
        stay=draw(st.sampled_from([None, *Stay])),
        study=draw(st.sampled_from([None, *Study])),
        business=business,
        income=draw(st.sampled_from([None, *Income])),
        work_ends=draw(st.none() | near),
        business_starts=draw(near) if business is Business.STARTS_LATER else None,
        income_monthly=draw(st.none() | st.decimals(Decimal(0), Decimal(5000), places=2)),
        income_ends=draw(st.none() | near),
        company_board=draw(ANSWERS),
        farm=draw(ANSWERS),
        in_prison=draw(ANSWERS),
        ready_to_work=draw(ANSWERS),
        disability=draw(ANSWERS),
        lives_in_poland=draw(ANSWERS),
        registered_elsewhere=draw(ANSWERS),
        blocked_until=draw(st.none() | near),
    )


@given(people())
def test_verdicts_are_consistent(content: Content, person: Person) -> None:
    result = register(person, day=TODAY, amounts=content.amounts)
    _check(result, content)
    assert (result.verdict is Verdict.NO) == bool(result.obstacles)
    assert (result.verdict is Verdict.YES) == (not result.obstacles and not result.open_questions)
    assert all(task.by is None or task.by >= dt.date(2026, 9, 1) for task in result.next_tasks)
    if result.earliest_day is None:
        assert result.verdict is Verdict.NO
        return
    assert result.earliest_day >= TODAY
    later = register(person, day=result.earliest_day, amounts=content.amounts)
    assert later.verdict is not Verdict.NO
    if result.earliest_day > TODAY:
        before = register(person, day=result.earliest_day - ONE_DAY, amounts=content.amounts)
        assert before.verdict is Verdict.NO
