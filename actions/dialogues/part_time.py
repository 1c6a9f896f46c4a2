"""The least pay for a part of a full-time job."""

from __future__ import annotations

from actions import wording
from actions.calculators.part_time_minimum import part_time_minimum
from actions.calculators.pay import fraction_text
from actions.dialogues.kinds import Day, Part
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    day = answers["month"]
    minimum = part_time_minimum(answers["fraction"], day=day, amounts=facts.amounts)
    hourly = wording.zloty(minimum.hourly)
    text = (
        f"**Najmniej {wording.zloty(minimum.monthly)} brutto miesięcznie** na {fraction_text(answers['fraction'])} "
        f"w miesiącu {day.month:02}.{day.year}. Przy zleceniu to co najmniej {hourly} brutto za godzinę."
    )
    return Outcome(text, minimum.steps, minimum.notes)


DIALOGUE = Dialogue(
    name="part_time",
    questions=(
        Question("fraction", Part()),
        Question("month", Day(future=None, month="first", year="first")),
    ),
    finish=finish,
    about=2,
    asks={"day": "month", "hours_due": "fraction"},
)
