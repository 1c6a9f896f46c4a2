"""What an employer needs before a foreigner may work."""

from __future__ import annotations

from collections.abc import Callable

from actions import wording
from actions.cases.foreigner import Answer, Citizenship, Job, Route, Stay, Work, employ_foreigner
from actions.dialogues.kinds import MONTHS, Choice, Day, Period
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question
from actions.dialogues.registration import with_day

_FREE_MOVERS = {Citizenship.EU.value, Citizenship.SWISS.value}
# Groups of titles of stay that need a second question; all other answers to `stay` are titles themselves.
_GROUPS = {"student": "stay_student", "rodzina": "stay_family", "dokument": "stay_document", "procedura": "stay_asylum"}
_HEADLINES = {
    Route.NONE: "Nie potrzeba zezwolenia, oświadczenia ani powiadomienia.",
    Route.NOTIFICATION: "Wystarczy powiadomić urząd pracy.",
    Route.DECLARATION: "Potrzebne jest oświadczenie wpisane do ewidencji.",
    Route.PERMIT: "Potrzebne jest zezwolenie na pracę.",
    Route.SEASONAL_PERMIT: "Potrzebne jest zezwolenie na pracę sezonową.",
    Route.CHANGE_OF_STAY_PERMIT: "Potrzebna jest zmiana zezwolenia pobytowego.",
    Route.FORBIDDEN: "Z tym tytułem pobytu nie wolno powierzyć pracy.",
}


def _needs_title(answers: Answers) -> bool:
    return "citizenship" in answers and answers["citizenship"] not in _FREE_MOVERS


def _in_group(group: str) -> Callable[[Answers], bool]:
    return lambda answers: _needs_title(answers) and answers.get("stay") == group


def stay_of(answers: Answers) -> Stay:
    """The title of stay; of citizens of the Union none is asked, and none matters."""
    group = answers.get("stay", Stay.NONE_YET.value)
    return Stay(answers[_GROUPS[group]] if group in _GROUPS else group)


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    length = answers["months"]
    job = Job(Work(answers["kind"]), answers["start"], length.months + bool(length.days))
    answer = employ_foreigner(
        Citizenship(answers["citizenship"]), stay_of(answers), job, on=facts.today, amounts=facts.amounts
    )
    tasks = tuple(with_day(task) for task in answer.tasks)
    return Outcome(_text(answer), answer.steps, answer.notes, sections=(("form_tasks", tasks),))


def _text(answer: Answer) -> str:
    lines = [f"**{_HEADLINES[answer.route]}**"]
    if answer.where is not None:
        lines.append(f"- gdzie: {answer.where.text}")
    if answer.cost is not None:
        lines.append(f"- opłata: **{answer.cost.text}**")
    if answer.deadline is not None:
        lines.append(f"- ostatni dzień na załatwienie: **{wording.day(answer.deadline)}**")
    return "\n".join(lines)


DIALOGUE = Dialogue(
    name="foreigner",
    questions=(
        Question("citizenship", Choice()),
        Question("stay", Choice(), when=_needs_title),
        *(Question(name, Choice(), when=_in_group(group)) for group, name in _GROUPS.items()),
        Question("kind", Choice()),
        Question("start", Day(future=True, month="first")),
        Question("months", Period(MONTHS, highest_years=10)),
    ),
    finish=finish,
    about=6,
    asks={"day": "start", "span": "months"},
    reckons=False,
)
