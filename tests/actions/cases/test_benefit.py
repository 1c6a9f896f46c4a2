from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.dates import ONE_DAY
from actions.cases.benefit import Benefit, Claim, Ended, Work, benefit, days_from_months, days_from_work, window
from actions.cases.common import Interval, Verdict, exactly
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

ENOUGH = exactly(400)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def claimed(content: Content, **more: object) -> Benefit:
    answers = {
        "registered_on": day("2026-11-25"),
        "days": ENOUGH,
        "ended": Ended.EMPLOYERS_NOTICE,
        "years": exactly(10),
        **more,
    }
    result = benefit(Claim(**answers), amounts=content.amounts)  # type: ignore[arg-type]
    check_steps((*result.steps, *result.open_questions), content)
    return result


def test_art_218_to_225_dismissed_by_the_employer(content: Content) -> None:
    """25 November 2026 + 180 days end on 23 May 2027; 90 days end on 22 February."""
    (plan,) = claimed(content).plans
    assert (plan.starts_on, plan.paid_days, plan.last_day) == (day("2026-11-25"), 180, day("2027-05-23"))
    assert [(pay.start, pay.end, pay.monthly) for pay in plan.payments] == [
        (day("2026-11-25"), day("2027-02-22"), Decimal("1783.90")),
        (day("2027-02-23"), day("2027-05-23"), Decimal("1400.90")),
    ]


def test_art_220_agreement_waits_90_days_which_shorten_the_benefit(content: Content) -> None:
    (plan,) = claimed(content, ended=Ended.AGREEMENT).plans
    assert (plan.starts_on, plan.paid_days, plan.last_day) == (day("2027-02-23"), 90, day("2027-05-23"))
    assert [pay.monthly for pay in plan.payments] == [Decimal("1783.90")]


def test_art_224_twenty_years_raise_it_to_120_percent(content: Content) -> None:
    (plan,) = claimed(content, years=exactly(20), birth=day("1985-01-01")).plans
    assert [pay.monthly for pay in plan.payments] == [Decimal("2140.70"), Decimal("1681.10")]
    assert not claimed(content, years=exactly(19)).plans[0].raised


@pytest.mark.parametrize(
    ("more", "length"),
    [
        ({"disability": True}, 365),
        ({"large_family_card": True}, 365),
        ({"single_parent": True}, 365),
        ({"spouse_without_benefit": True}, 365),
        ({"birth": day("1976-11-24"), "years": exactly(20)}, 365),
        ({"birth": day("1976-11-24"), "years": exactly(19)}, 180),
        ({"birth": day("1976-11-26"), "years": exactly(20)}, 180),
        ({"birth": day("1990-01-01"), "years": exactly(25)}, 180),
        ({}, 180),
    ],
)
def test_art_225_length(content: Content, more: dict[str, object], length: int) -> None:
    assert [plan.length for plan in claimed(content, **more).plans] == [length]


def test_art_225_a_year_runs_into_amounts_not_yet_known(content: Content) -> None:
    (plan,) = claimed(content, disability=True).plans
    assert plan.last_day == day("2027-11-24")
    assert [(pay.end, pay.monthly) for pay in plan.payments] == [
        (day("2027-02-22"), Decimal("1783.90")),
        (day("2027-05-31"), Decimal("1400.90")),
        (day("2027-11-24"), None),
    ]


def test_art_228_amounts_change_on_the_first_of_june(content: Content) -> None:
    (plan,) = claimed(content, registered_on=day("2026-05-01")).plans
    assert [(pay.start, pay.monthly) for pay in plan.payments] == [
        (day("2026-05-01"), Decimal("1721.90")),
        (day("2026-06-01"), Decimal("1783.90")),
        (day("2026-07-30"), Decimal("1400.90")),
    ]


@pytest.mark.parametrize(
    ("ended", "right", "starts_on"),
    [
        (Ended.EMPLOYERS_NOTICE, Verdict.YES, "2026-11-25"),
        (Ended.TERM_PASSED, Verdict.YES, "2026-11-25"),
        (Ended.WITHOUT_FAULT, Verdict.YES, "2026-11-25"),
        (Ended.OWN_NOTICE, Verdict.NO, None),
        (Ended.OWN_NOTICE_MOVED, Verdict.YES, "2026-11-25"),
        (Ended.EMPLOYERS_FAULT, Verdict.YES, "2026-11-25"),
        (Ended.AGREEMENT, Verdict.YES, "2027-02-23"),
        (Ended.AGREEMENT_EMPLOYERS_REASONS, Verdict.YES, "2026-11-25"),
        (Ended.AGREEMENT_MOVED, Verdict.YES, "2026-11-25"),
        (Ended.DISCIPLINARY, Verdict.NO, None),
        (Ended.LEFT_SUBSIDISED_JOB, Verdict.NO, None),
        (Ended.NO_EMPLOYMENT, Verdict.YES, "2026-11-25"),
    ],
)
def test_art_219_and_220_every_way_of_ending(
    content: Content, ended: Ended, right: Verdict, starts_on: str | None
) -> None:
    result = claimed(content, ended=ended)
    assert result.right is right
    assert [plan.starts_on for plan in result.plans] == ([day(starts_on)] if starts_on else [])


@pytest.mark.parametrize("ended", [Ended.OWN_NOTICE, Ended.DISCIPLINARY, Ended.LEFT_SUBSIDISED_JOB])
def test_art_219_par_1_does_not_bar_where_the_last_job_is_not_needed(content: Content, ended: Ended) -> None:
    assert claimed(content, ended=ended, enough_without_last=True).right is Verdict.YES
    unknown = claimed(content, ended=ended, enough_without_last=None)
    assert unknown.right is Verdict.DEPENDS
    assert unknown.open_questions
    assert unknown.plans


@pytest.mark.parametrize(
    ("days", "right"),
    [
        (exactly(364), Verdict.NO),
        (exactly(365), Verdict.YES),
        (Interval(300, 365), Verdict.DEPENDS),
        (Interval(365, 500), Verdict.YES),
        (exactly(0), Verdict.NO),
    ],
)
def test_art_218_365_days(content: Content, days: Interval, right: Verdict) -> None:
    assert claimed(content, days=days).right is right


def test_art_220_compensation_moves_and_shortens(content: Content) -> None:
    """Paid to 24 December: 30 days of the 180 are gone."""
    (plan,) = claimed(content, compensated_until=day("2026-12-24")).plans
    assert (plan.starts_on, plan.paid_days, plan.last_day) == (day("2026-12-25"), 150, day("2027-05-23"))
    (before,) = claimed(content, compensated_until=day("2026-11-24")).plans
    assert (before.starts_on, before.paid_days) == (day("2026-11-25"), 180)


def test_art_220_a_suspended_business_waits_90_days(content: Content) -> None:
    (plan,) = claimed(content, ended=Ended.NO_EMPLOYMENT, only_suspended_business=True).plans
    assert (plan.starts_on, plan.paid_days) == (day("2027-02-23"), 90)


def test_art_221_documents_later(content: Content) -> None:
    result = claimed(content, documented_on=day("2026-12-10"))
    assert [plan.starts_on for plan in result.plans] == [day("2026-12-10")]
    assert any(not step.sure for step in result.steps)


def test_unknown_answers_give_every_way_it_can_come_out(content: Content) -> None:
    result = claimed(content, ended=None, years=Interval(15, 25), disability=None)
    assert result.right is Verdict.DEPENDS
    assert len(result.plans) == 8
    assert {plan.starts_on for plan in result.plans} == {day("2026-11-25"), day("2027-02-23")}
    assert {plan.paid_days for plan in result.plans} == {90, 180, 275, 365}
    assert len(result.open_questions) == 3


def test_the_fiftieth_birthday_itself_is_left_open(content: Content) -> None:
    result = claimed(content, birth=day("1976-11-25"), years=exactly(20))
    assert {plan.length for plan in result.plans} == {180, 365}


def test_art_218_window_is_the_18_months_before(content: Content) -> None:
    assert window(day("2026-11-25")) == (day("2025-05-25"), day("2026-11-24"))
    assert window(day("2027-08-31")) == (day("2026-02-28"), day("2027-08-30"))


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([Work(day("2025-11-25"), day("2026-11-24"))], exactly(365)),
        ([Work(day("2020-01-01"), day("2025-05-24"))], exactly(0)),
        ([Work(day("2020-01-01"), day("2025-05-25"))], exactly(1)),
        # The same days twice count once.
        ([Work(day("2026-01-01"), day("2026-01-31")), Work(day("2026-01-15"), day("2026-02-10"))], exactly(41)),
        (
            [Work(day("2026-01-01"), day("2026-01-31")), Work(day("2026-02-01"), day("2026-02-28"), None)],
            Interval(31, 59),
        ),
        ([Work(day("2026-01-01"), day("2026-01-31"), counts=False)], exactly(0)),
    ],
)
def test_art_218_days_of_work(periods: list[Work], expected: Interval) -> None:
    assert days_from_work(periods, registered_on=day("2026-11-25")) == expected


@pytest.mark.parametrize(("months", "low", "high"), [(0, 0, 0), (1, 28, 31), (11, 334, 338), (12, 365, 366)])
def test_months_are_days_within_bounds(months: int, low: int, high: int) -> None:
    days = days_from_months(exactly(months))
    assert low <= days.low <= days.high <= high
    assert (days.low >= 365) == (months >= 12)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"registered_on": day("2025-05-31")}, "registered_on"),
        ({"days": exactly(600)}, "days"),
        ({"years": exactly(61)}, "years"),
        ({"birth": day("2030-01-01")}, "birth"),
        ({"compensated_until": day("2030-01-01")}, "compensated_until"),
        ({"documented_on": day("2026-11-24")}, "documented_on"),
    ],
)
def test_impossible_input_is_refused(content: Content, more: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        claimed(content, **more)
    assert caught.value.field == field


def test_impossible_periods_are_refused() -> None:
    with pytest.raises(InputError, match="wcześniejszy"):
        days_from_work([Work(day("2026-02-01"), day("2026-01-01"))], registered_on=day("2026-11-25"))
    with pytest.raises(InputError, match="18 miesięcy"):
        days_from_months(exactly(19))
    with pytest.raises(InputError, match="ujemna"):
        Interval(5, 4)


ANSWERS = st.sampled_from([True, False, None])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    low, years = draw(st.integers(0, 540)), draw(st.integers(0, 45))
    registered_on = draw(st.dates(dt.date(2025, 6, 1), dt.date(2027, 12, 31)))
    return Claim(
        registered_on=registered_on,
        days=Interval(low, min(546, low + draw(st.integers(0, 200)))),
        ended=draw(st.sampled_from([None, *Ended])),
        years=Interval(years, years + draw(st.integers(0, 10))),
        enough_without_last=draw(ANSWERS),
        compensated_until=draw(st.none() | st.just(registered_on + draw(st.integers(-20, 90)) * ONE_DAY)),
        only_suspended_business=draw(ANSWERS),
        documented_on=draw(st.none() | st.just(registered_on + draw(st.integers(0, 90)) * ONE_DAY)),
        birth=draw(st.none() | st.dates(dt.date(1960, 1, 1), dt.date(2005, 12, 31))),
        disability=draw(ANSWERS),
        large_family_card=draw(ANSWERS),
        single_parent=draw(ANSWERS),
        spouse_without_benefit=draw(ANSWERS),
    )


@given(claims())
def test_plans_are_consistent(content: Content, claim: Claim) -> None:
    result = benefit(claim, amounts=content.amounts)
    check_steps((*result.steps, *result.open_questions), content)
    assert (result.right is not Verdict.NO) or not result.plans
    assert (result.right is not Verdict.DEPENDS) or result.open_questions
    for plan in result.plans:
        assert plan.starts_on >= claim.registered_on
        assert 0 < plan.paid_days <= plan.length
        assert sum(payment.days for payment in plan.payments) == plan.paid_days
        assert plan.payments[0].start == plan.starts_on
        assert plan.payments[-1].end == plan.last_day
        assert all(b.start == a.end + ONE_DAY for a, b in zip(plan.payments, plan.payments[1:]))
        higher = [payment for payment in plan.payments if payment.parameter.endswith("pierwsze_90_dni")]
        assert sum(payment.days for payment in higher) == min(90, plan.paid_days)


@given(claims())
def test_more_days_or_years_never_take_anything_away(content: Content, claim: Claim) -> None:
    order = [Verdict.NO, Verdict.DEPENDS, Verdict.YES]
    more = Claim(**{**vars(claim), "days": Interval(min(546, claim.days.low + 30), 546)})
    assert order.index(benefit(claim, amounts=content.amounts).right) <= order.index(
        benefit(more, amounts=content.amounts).right
    )
    senior = Claim(**{**vars(claim), "years": Interval(claim.years.low + 1, claim.years.high + 1)})
    shorter, longer = benefit(claim, amounts=content.amounts), benefit(senior, amounts=content.amounts)
    if shorter.plans:
        assert max(plan.paid_days for plan in shorter.plans) <= max(plan.paid_days for plan in longer.plans)
