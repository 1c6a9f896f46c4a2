"""Severance pay where the employer's reasons end the job."""

from __future__ import annotations

from actions import wording
from actions.calculators.severance import SMALLEST_EMPLOYER, severance_pay
from actions.dialogues.kinds import Choice, Day, Money, Period, Whole, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question

_NONE_OF_THEIRS = "inne"


def _large(answers: Answers) -> bool:
    return "employees" in answers and answers["employees"] >= SMALLEST_EMPLOYER


def _may_be_due(answers: Answers) -> bool:
    return _large(answers) and answers.get("reason", _NONE_OF_THEIRS) != _NONE_OF_THEIRS


def _worked_before(answers: Answers) -> bool:
    return _may_be_due(answers) and bool(answers.get("worked_before"))


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    reason = answers.get("reason", _NONE_OF_THEIRS)
    due = _may_be_due(answers)
    result = severance_pay(
        # Where nothing is due, neither pay nor days were asked for, and none of them matters.
        answers["monthly_pay"] if due else facts.amounts.period_on("minimalne_wynagrodzenie", facts.today).value,
        employed_since=answers.get("employed_since", facts.today),
        ended_on=answers.get("ended_on", facts.today),
        employees=answers["employees"],
        employers_reasons=reason != _NONE_OF_THEIRS,
        amounts=facts.amounts,
        group=reason == "zwolnienie_grupowe",
        earlier=answers.get("earlier"),
    )
    if not result.months:
        return Outcome("**Odprawa z tej ustawy się nie należy.**", result.steps, result.notes)
    months = wording.months(result.months)
    text = f"**Odprawa wynosi {wording.zloty(result.pay)} brutto.** To równowartość pensji za {months}."
    if result.cap is not None and result.pay == result.cap:
        text = f"**Odprawa wynosi {wording.zloty(result.pay)} brutto.** To najwyższa kwota, jaką przewiduje ustawa."
    if answers.get("worked_before", False) is None:
        text += " Wcześniejsza praca u tego pracodawcy mogłaby ją podnieść."
    return Outcome(text, result.steps, result.notes)


DIALOGUE = Dialogue(
    name="severance",
    questions=(
        Question("employees", Whole(1, 1_000_000, ("osób", "osoby", "osoba", "pracowników", "pracownika", "ludzi"))),
        Question("reason", Choice(), when=_large),
        Question("employed_since", Day(future=False, month="first"), when=_may_be_due),
        Question("ended_on", Day(future=None, month="last"), when=_may_be_due),
        Question("worked_before", YesNo(), when=_may_be_due, unknown=True),
        Question("earlier", Period(), when=_worked_before),
        Question("monthly_pay", Money(), when=_may_be_due),
    ),
    finish=finish,
    about=6,
    asks={"span": "earlier", "day": "ended_on"},
)
