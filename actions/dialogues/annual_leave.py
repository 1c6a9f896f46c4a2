"""How many days of annual leave a year gives."""

from __future__ import annotations

from actions import wording
from actions.calculators.annual_leave import Education, Job, Leave, School, annual_leave
from actions.calculators.dates import Span
from actions.dialogues.kinds import YEARS, Choice, Day, Part, Period, Whole, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question

_VOCATIONAL = {School.VOCATIONAL.value, School.SECONDARY_VOCATIONAL.value}
# With ten years the leave is 26 days: who does not know the seniority gets the answer for less and for more.
_LITTLE, _MUCH = Span(), Span(120)


def _not_first(answers: Answers) -> bool:
    return answers.get("first_job") is False


def _began_this_year(answers: Answers) -> bool:
    return _not_first(answers) and "start" in answers and answers["start"].year == answers["year"]


def _ends(answers: Answers) -> bool:
    return bool(answers.get("ends"))


def _changed(answers: Answers) -> bool:
    return _began_this_year(answers) and bool(answers.get("earlier_job"))


def _vocational(answers: Answers) -> bool:
    return answers.get("school") in _VOCATIONAL


def _studied(answers: Answers) -> bool:
    return _not_first(answers) and answers.get("school", School.NONE.value) != School.NONE.value


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    work = answers.get("work_before", Span())
    leaves = [_leave(answers, option) for option in ((_LITTLE, _MUCH) if work is None else (work,))]
    first = leaves[-1]
    days = list(dict.fromkeys(wording.days_of_leave(leave.days) for leave in leaves))
    text = f"**Urlop za {first.year} rok: {' albo '.join(days)}.**"
    if len(days) > 1:
        text += " Wyższa liczba należy się od 10 lat stażu, wliczając szkołę."
    if len(first.shares) > 1:
        last = first.shares[-1]
        text += f" Z tego u obecnego pracodawcy: {wording.days_of_leave(last.days)}."
    return Outcome(text, first.steps, first.notes)


def _leave(answers: Answers, work: Span) -> Leave:
    jobs = [Job(answers["start"], answers.get("end"), answers["fraction"])]
    if _changed(answers):
        jobs.insert(0, Job(answers["earlier_start"], answers["earlier_end"], answers["earlier_fraction"]))
    return annual_leave(
        answers["year"],
        jobs,
        work_before=work,
        education=Education(
            School(answers["school"]),
            programme_years=answers.get("programme_years"),
            worked_meanwhile=answers.get("worked_meanwhile") or Span(),
        ),
        first_job=answers["first_job"],
        taken_before=answers.get("taken", 0),
    )


DIALOGUE = Dialogue(
    name="annual_leave",
    questions=(
        Question("year", Whole(2004, 2100, ("rok", "roku", "r.", "r"))),
        Question("first_job", YesNo()),
        Question("start", Day(future=False, month="first", year="first")),
        Question("ends", YesNo()),
        Question("end", Day(future=True, month="last"), when=_ends),
        Question("fraction", Part()),
        Question("earlier_job", YesNo(), when=_began_this_year),
        Question("earlier_start", Day(future=False, month="first", year="first"), when=_changed),
        Question("earlier_end", Day(future=False, month="last"), when=_changed),
        Question("earlier_fraction", Part(), when=_changed),
        Question("taken", Whole(0, 26, ("dni", "dzień", "dnia")), when=_changed),
        Question("school", Choice()),
        Question("programme_years", Whole(1, 6, ("lata", "lat", "rok")), when=_vocational, unknown=True),
        Question("work_before", Period(YEARS), when=_not_first, unknown=True),
        Question("worked_meanwhile", Period(YEARS), when=_studied, unknown=True),
    ),
    finish=finish,
    about=8,
    asks={"jobs": "start", "span": "work_before"},
)
