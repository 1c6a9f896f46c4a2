"""Pay for overtime, night work and Sundays in one month."""

from __future__ import annotations

from actions import wording
from actions.calculators.overtime import Hours, overtime_pay
from actions.dialogues import kinds
from actions.dialogues.kinds import Day, Money, Part, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    day = answers["month"]
    hours = Hours(
        half=answers["half"],
        full=answers["full"],
        average_week=answers["average_week"],
        night=answers["night"],
        sunday_in_schedule=answers["sunday"],
    )
    separate = answers["rate_is_separate"]
    results = [
        overtime_pay(
            answers["monthly_pay"],
            hours,
            year=day.year,
            month=day.month,
            amounts=facts.amounts,
            fraction=answers["fraction"],
            rate_is_separate=option,
        )
        for option in ((False, True) if separate is None else (separate,))
    ]
    amounts = list(dict.fromkeys(wording.zloty(result.total) for result in results))
    text = f"**Do pensji za {day.month:02}.{day.year} należy się dodatkowo {' albo '.join(amounts)} brutto.**"
    if len(amounts) > 1:
        text += " Wyższa kwota dotyczy umowy, w której zapisano osobistą stawkę miesięczną albo godzinową."
    last = results[-1]
    parts = {
        "zwykła zapłata za nadgodziny": last.normal_pay,
        "dodatki 50%": last.supplement_half,
        "dodatki 100%": last.supplement_full,
        "dodatek nocny": last.night_supplement,
        "dodatek za niedziele i święta": last.sunday_supplement,
    }
    lines = [f"- {name}: {wording.zloty(value)}" for name, value in parts.items() if value]
    return Outcome("\n".join([text, *lines]), last.steps, last.notes)


DIALOGUE = Dialogue(
    name="overtime",
    questions=(
        Question("month", Day(future=False, month="first")),
        Question("monthly_pay", Money()),
        Question("rate_is_separate", YesNo(), unknown=True),
        Question("fraction", Part()),
        Question("half", kinds.Hours()),
        Question("full", kinds.Hours()),
        Question("average_week", kinds.Hours()),
        Question("night", kinds.Hours()),
        Question("sunday", kinds.Hours()),
    ),
    finish=finish,
    about=9,
    asks={"year": "month", "hours": "half", "day": "month"},
)
