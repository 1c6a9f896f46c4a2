"""The notice of a contract of employment: how long, and its last day."""

from __future__ import annotations

from actions import wording
from actions.calculators.notice_period import Contract, Length, Unit, notice_period
from actions.dialogues.kinds import Choice, Day, Period, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question

_LONGEST = Length(Unit.MONTHS, 3)
_MAY_LENGTHEN = {
    "worked_before": " Wcześniejsza praca u tego pracodawcy mogłaby ten okres wydłużyć.",
    "material_liability": " Zapis w umowie o odpowiedzialności za powierzone mienie mógłby ten okres wydłużyć.",
}


def _on_trial(answers: Answers) -> bool:
    return answers.get("contract") == Contract.TRIAL.value


def _by_seniority(answers: Answers) -> bool:
    return answers.get("contract") in (Contract.FIXED_TERM.value, Contract.OPEN_ENDED.value)


def _worked_before(answers: Answers) -> bool:
    return bool(answers.get("worked_before"))


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    notice = notice_period(
        Contract(answers["contract"]),
        given_on=answers["given_on"],
        employed_since=answers["employed_since"],
        earlier=answers.get("earlier"),
        contract_end=answers.get("contract_end"),
        material_liability=bool(answers.get("material_liability")),
    )
    text = (
        f"**Okres wypowiedzenia: {notice.length}.** Umowa skończy się **{wording.day(notice.last_day)}**, jeśli "
        f"wypowiedzenie dotrze do drugiej strony {wording.day(answers['given_on'])}."
    )
    if notice.other_last_day is not None:
        text += f" Kto nie liczy soboty jako dnia roboczego, otrzyma {wording.day(notice.other_last_day)}."
    if notice.length != _LONGEST:
        text += "".join(note for name, note in _MAY_LENGTHEN.items() if answers.get(name, False) is None)
    return Outcome(text, notice.steps, notice.notes)


DIALOGUE = Dialogue(
    name="notice_period",
    questions=(
        Question("contract", Choice()),
        Question("employed_since", Day(future=False, month="first")),
        Question("contract_end", Day(future=True, month="last"), when=_on_trial),
        Question("worked_before", YesNo(), when=_by_seniority, unknown=True),
        Question("earlier", Period(), when=_worked_before),
        Question("material_liability", YesNo(), when=_by_seniority, unknown=True),
        Question("given_on", Day(future=None)),
    ),
    finish=finish,
    about=5,
    asks={"span": "earlier", "day": "given_on"},
)
