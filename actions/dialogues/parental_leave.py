"""Maternity, parental and paternity leave from the day of birth."""

from __future__ import annotations

from actions import wording
from actions.calculators.parental_leave import PARENTAL_WEEKS, PARENTAL_WEEKS_ILL, parental_leaves
from actions.dialogues.kinds import Day, Whole, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    leaves = parental_leaves(
        answers["birth"],
        children=answers["children"],
        weeks_before_birth=answers["weeks_before_birth"] or 0,
        severe_illness=bool(answers["severe_illness"]),
    )
    lines = [
        f"**Urlop macierzyński: {wording.weeks(leaves.maternity_weeks)}**, od {wording.day(leaves.maternity_from)} do "
        f"{wording.day(leaves.maternity_until)}.",
        f"- urlop rodzicielski: **{wording.weeks(leaves.parental_weeks)}** dla obojga rodziców, z tego jeden rodzic "
        f"najwyżej {wording.weeks(leaves.parental_one_parent)}",
        f"- tuż po macierzyńskim jeden rodzic ma go od {wording.day(leaves.parental_from)} do "
        f"{wording.day(leaves.parental_until)}; wniosek najpóźniej {wording.day(leaves.apply_for_parental_by)}",
        f"- rodzicielski można wykorzystać do {wording.day(leaves.parental_last_day)}",
        f"- urlop ojcowski: **{wording.weeks(leaves.paternity_weeks)}**, do {wording.day(leaves.paternity_last_day)}; "
        f"wniosek najpóźniej {wording.day(leaves.apply_for_paternity_by)}",
    ]
    if leaves.father_may_take_over_from is not None:
        lines.append(f"- ojciec może przejąć resztę macierzyńskiego od {wording.day(leaves.father_may_take_over_from)}")
    if answers["severe_illness"] is None:
        more = wording.weeks(PARENTAL_WEEKS_ILL - PARENTAL_WEEKS)
        lines.append(f"Przy ciężkiej chorobie dziecka z zaświadczeniem urlop rodzicielski jest o {more} dłuższy.")
    return Outcome("\n".join(lines), leaves.steps, leaves.notes)


DIALOGUE = Dialogue(
    name="parental_leave",
    questions=(
        Question("birth", Day(future=None)),
        Question("children", Whole(1, 10, ("dziecko", "dzieci", "dziecka", "bliźnięta"))),
        Question("weeks_before_birth", Whole(0, 6, ("tygodnie", "tygodni", "tydzień", "tyg", "tyg.")), unknown=True),
        Question("severe_illness", YesNo(), unknown=True),
    ),
    finish=finish,
    about=4,
)
