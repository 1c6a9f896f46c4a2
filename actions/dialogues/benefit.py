"""The right to unemployment benefit, its amounts, length and first day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from actions import wording
from actions.cases.benefit import NEEDED_DAYS, WINDOW_MONTHS, Benefit, Claim, Ended, benefit, days_from_months, window
from actions.cases.benefit_plan import Plan
from actions.cases.common import Interval, Verdict
from actions.dialogues.kinds import MONTHS, YEARS, Between, Birth, Choice, Day, Several, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question

_MOST_YEARS = 60
_ENOUGH_MONTHS = 12
_BARRED = {Ended.OWN_NOTICE.value, Ended.DISCIPLINARY.value, Ended.LEFT_SUBSIDISED_JOB.value}


def _may_have_right(answers: Answers) -> bool:
    """Without 12 months in the 18 there is nothing more to ask."""
    months = answers.get("months")
    return "months" in answers and (months is None or months.high >= _ENOUGH_MONTHS)


def _known_to_bar(answers: Answers) -> bool:
    return _may_have_right(answers) and answers.get("ended") in _BARRED


def _still_open(answers: Answers) -> bool:
    if not _may_have_right(answers) or "ended" not in answers:
        return False
    return answers["ended"] not in _BARRED or answers.get("enough_without_last", False) is not False


def _shortened(answers: Answers) -> bool:
    return _still_open(answers) and answers.get("ended") == Ended.EMPLOYERS_NOTICE.value


def _compensated(answers: Answers) -> bool:
    return _still_open(answers) and bool(answers.get("compensation"))


def _business(answers: Answers) -> bool:
    return _still_open(answers) and answers.get("ended") == Ended.NO_EMPLOYMENT.value


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    claim = claim_of(answers)
    result = benefit(claim, amounts=facts.amounts)
    return Outcome(_text(result), result.steps, (), result.open_questions)


def claim_of(answers: Answers) -> Claim:
    """The claim that the answers make; what was not asked takes the value that its condition leaves."""
    months: Interval | None = answers.get("months")
    special: tuple[str, ...] | None = answers.get("special", ())
    ended = answers.get("ended")
    return Claim(
        registered_on=answers["registered_on"],
        days=_days(months, answers["registered_on"]),
        ended=None if ended is None else Ended(ended),
        years=answers.get("years") or Interval(0, _MOST_YEARS),
        enough_without_last=answers.get("enough_without_last", False),
        compensated_until=answers.get("compensated_until"),
        only_suspended_business=answers.get("suspended_business", False),
        birth=born.day if (born := answers.get("birth")) else None,
        disability=_holds("niepelnosprawnosc", special),
        large_family_card=_holds("karta_duzej_rodziny", special),
        single_parent=_holds("samotny_rodzic", special),
        spouse_without_benefit=_holds("malzonek_bez_zasilku", special),
    )


def _days(months: Interval | None, registered_on: dt.date) -> Interval:
    """Days of so many months, no more than the 18 months before that day have."""
    if months is None:
        return Interval(0, NEEDED_DAYS)
    first, last = window(registered_on)
    most = (last - first).days + 1
    days = days_from_months(months)
    return Interval(min(days.low, most), min(days.high, most))


def _holds(situation: str, chosen: tuple[str, ...] | None) -> bool | None:
    return None if chosen is None else situation in chosen


def _text(result: Benefit) -> str:
    if result.right is Verdict.NO:
        return (
            "**Zasiłek się nie należy.** Rejestracja nadal jest możliwa i daje ubezpieczenie zdrowotne oraz pomoc w "
            "szukaniu pracy. Ostatecznie rozstrzyga urząd w decyzji."
        )
    sure = result.right is Verdict.YES
    first = "**Zasiłek się należy.**" if sure else "**To, czy zasiłek się należy, zależy od brakujących danych.**"
    if not result.plans:
        return f"{first} Czas oczekiwania wyczerpuje jednak cały okres, więc wypłaty nie będzie."
    condition = "" if sure else " Jeśli się należy:"
    lines = [first + condition, *_ranges(result.plans)]
    return "\n".join([*lines, "O prawie do zasiłku rozstrzyga urząd w decyzji."])


def _ranges(plans: tuple[Plan, ...]) -> list[str]:
    """The facts of all plans, each as one value or as all values that are still possible."""
    facts: list[tuple[str, Callable[[Plan], Any]]] = [
        ("stawka", lambda plan: "120%" if plan.raised else "100%"),
        ("pierwszy dzień", lambda plan: wording.day(plan.starts_on)),
        ("liczba dni wypłaty", lambda plan: wording.days(plan.paid_days)),
        ("ostatni dzień", lambda plan: wording.day(plan.last_day) if plan.last_day else ""),
        ("przez pierwsze 90 dni miesięcznie brutto", lambda plan: _monthly(plan, first=True)),
        ("potem miesięcznie brutto", lambda plan: _monthly(plan, first=False)),
    ]
    lines = []
    for name, read in facts:
        values = list(dict.fromkeys(value for plan in plans if (value := read(plan))))
        if values:
            lines.append(f"- {name}: **{' albo '.join(values)}**")
    return lines


def _monthly(plan: Plan, *, first: bool) -> str:
    """The amounts of the first 90 days or of the rest, in their order."""
    names = {payment.parameter for payment in plan.payments[:1]}
    wanted = [payment for payment in plan.payments if (payment.parameter in names) is first]
    known = [
        wording.zloty(payment.monthly) if payment.monthly is not None else "kwota jeszcze nieogłoszona"
        for payment in wanted
    ]
    return ", a potem ".join(dict.fromkeys(known))


DIALOGUE = Dialogue(
    name="benefit",
    questions=(
        Question("registered_on", Day(future=None)),
        Question("months", Between(MONTHS, WINDOW_MONTHS), unknown=True),
        Question("ended", Choice(), when=_may_have_right, unknown=True),
        Question("enough_without_last", YesNo(), when=_known_to_bar, unknown=True),
        Question("suspended_business", YesNo(), when=_business, unknown=True),
        Question("compensation", YesNo(), when=_shortened, unknown=True),
        Question("compensated_until", Day(future=True, month="last"), when=_compensated),
        Question("years", Between(YEARS, _MOST_YEARS), when=_still_open, unknown=True),
        Question("birth", Birth(thresholds=(50,)), when=_still_open, unknown=True),
        Question("special", Several(), when=_still_open, unknown=True),
    ),
    finish=finish,
    about=7,
    asks={"days": "months", "interval": "months"},
)
