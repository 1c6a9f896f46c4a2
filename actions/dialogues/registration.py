"""May a person register as unemployed, where, with what, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import offices, wording
from actions.calculators.dates import add_months
from actions.cases.common import Task, Verdict
from actions.cases.person import Business, Document, Income, Person, Sex, Stay, Study, Work
from actions.cases.registration import NeededDocument, Registration, Way, checklist, register
from actions.dialogues.kinds import Birth, Born, Choice, Day, Money, Several, Text, ValueProblem, YesNo
from actions.dialogues.model import Answers, Dialogue, Facts, Outcome, Question
from actions.office_messages import contact_lines
from actions.reasoning import Step

# From this age on the sex decides whether the upper age is passed, also while somebody waits to register.
_AGE_WHERE_SEX_DECIDES = 55
_WITH_AMOUNT = {Income.SURVIVORS_PENSION.value, Income.OTHER.value}
_MOST_PROPOSALS = 6
_LIST = "Lista do wydrukowania jest poniżej."


def _near_upper_age(answers: Answers) -> bool:
    born: Born | None = answers.get("birth")
    if born is None:
        return False
    return born.day <= add_months(answers["day"], -12 * _AGE_WHERE_SEX_DECIDES)


def _works(answers: Answers) -> bool:
    return answers.get("work") not in (Work.NONE.value, None)


def _foreign(answers: Answers) -> bool:
    return bool(answers.get("stay", Stay.POLISH.value) != Stay.POLISH.value)


def _starts_later(answers: Answers) -> bool:
    return answers.get("business") == Business.STARTS_LATER.value


def _needs_amount(answers: Answers) -> bool:
    return answers.get("income") in _WITH_AMOUNT


def _blocked(answers: Answers) -> bool:
    return "kara" in (answers.get("situation") or ())


def one_office(value: Any, answers: Answers, facts: Facts) -> None:
    """Raises ValueProblem where the place is unknown or has several offices."""
    found = offices.find(value)
    if len(found.offices) == 1 and not found.ambiguous:
        return
    if not found.matches:
        raise ValueProblem("Takiego miejsca nie ma na liście. Proszę podać miasto, powiat albo kod pocztowy.")
    labels = [match.label for match in found.matches[:_MOST_PROPOSALS]]
    raise ValueProblem("Pasuje tu więcej niż jedno miejsce. O które chodzi?", labels)


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError."""
    person = person_of(answers)
    result = register(person, day=answers["day"], amounts=facts.amounts)
    parts = [_verdict_text(result, answers), *_office_text(answers), _ways_text(result)]
    return Outcome(
        "\n\n".join(parts),
        result.steps,
        open_questions=result.open_questions,
        sections=(
            ("form_documents", tuple(_document(needed) for needed in result.documents)),
            ("form_tasks", tuple(with_day(task) for task in result.next_tasks)),
        ),
        effect={"kind": "checklist", "title": "Rejestracja w urzędzie pracy", "lines": list(checklist(result))},
    )


def person_of(answers: Answers) -> Person:
    """The person that the answers describe."""
    situation: tuple[str, ...] | None = answers.get("situation")
    past: tuple[str, ...] | None = answers.get("past")
    place = answers.get("place")
    matches = offices.find(place).matches if place else ()
    county = matches[0].county.title if matches and matches[0].county else None
    return Person(
        birth=answers["birth"].day,
        sex=Sex(answers.get("sex") or Sex.FEMALE.value),
        work=_enum(Work, answers.get("work")),
        stay=_enum(Stay, answers.get("stay")),
        study=_enum(Study, answers.get("study")),
        business=_enum(Business, answers.get("business")),
        income=_enum(Income, answers.get("income")),
        work_ends=answers.get("work_ends"),
        business_starts=answers.get("business_starts"),
        income_monthly=answers.get("income_monthly"),
        company_board=_has(situation, "spolka"),
        farm=_has(situation, "rolnik"),
        in_prison=_has(situation, "areszt"),
        ready_to_work=None if situation is None else "niegotowy" not in situation,
        disability=_has(situation, "niepelnosprawnosc"),
        registered_elsewhere=_has(situation, "inny_urzad"),
        blocked_until=answers.get("blocked_until"),
        county=county,
        can_sign_online=answers.get("can_sign"),
        has_pesel=answers.get("has_pesel", True),
        had_employment=_has(past, "etat"),
        had_civil_contracts=_has(past, "zlecenie"),
        had_business=_has(past, "firma"),
        worked_abroad=_has(past, "zagranica"),
        health_limits=_has(situation, "zdrowie"),
        documents=frozenset(Document(name) for name in answers.get("documents") or ()),
    )


def _enum(kind: Any, value: str | None) -> Any:
    return None if value is None else kind(value)


def _has(chosen: tuple[str, ...] | None, name: str) -> bool | None:
    return None if chosen is None else name in chosen


def _document(needed: NeededDocument) -> Step:
    state = "jest pod ręką" if needed.at_hand else "jeśli dotyczy" if needed.optional else "do przygotowania"
    return replace(needed.step, text=f"{needed.step.text.removesuffix('.')} – {state}.")


def with_day(task: Task) -> Step:
    """The sentence of a task with the last day for it."""
    return (
        task.step if task.by is None else replace(task.step, text=f"{task.step.text} Termin: {wording.day(task.by)}.")
    )


def _verdict_text(result: Registration, answers: Answers) -> str:
    day = wording.day(answers["day"])
    if result.verdict is Verdict.YES:
        return f"**Rejestracja jako osoba bezrobotna jest możliwa {day}.**"
    if result.verdict is Verdict.DEPENDS:
        return "**To, czy rejestracja jest możliwa, zależy od brakujących danych.**"
    lines = [f"**Rejestracja jako osoba bezrobotna {day} nie jest możliwa:**"]
    lines += [f"- {obstacle.step.text}" for obstacle in result.obstacles]
    if result.earliest_day is not None and wording.day(result.earliest_day) not in " ".join(lines):
        lines.append(f"Najwcześniej będzie to możliwe **{wording.day(result.earliest_day)}**.")
    if result.may_be_job_seeker:
        lines.append("Można natomiast zarejestrować się jako osoba poszukująca pracy.")
    return "\n".join(lines)


def _office_text(answers: Answers) -> list[str]:
    place = answers.get("place")
    matches = offices.find(place).matches if place else ()
    return ["\n".join(contact_lines(matches[0].office))] if matches else []


def _ways_text(result: Registration) -> str:
    if Way.ONLINE in result.ways:
        return f"Można to zrobić elektronicznie przez praca.gov.pl albo osobiście w urzędzie. {_LIST}"
    return f"Rejestracja będzie osobista, w urzędzie. {_LIST}"


DIALOGUE = Dialogue(
    name="registration",
    questions=(
        Question("day", Day(future=True)),
        Question("birth", Birth(thresholds=(18, 55, 60, 65))),
        Question("sex", Choice(), when=_near_upper_age),
        Question("stay", Choice(), unknown=True),
        Question("has_pesel", YesNo(), when=_foreign, unknown=True),
        Question("work", Choice(), unknown=True),
        Question("work_ends", Day(future=True, month="last"), when=_works, unknown=True),
        Question("study", Choice(), unknown=True),
        Question("business", Choice(), unknown=True),
        Question("business_starts", Day(future=True, month="first"), when=_starts_later),
        Question("income", Choice(), unknown=True),
        Question("income_monthly", Money(), when=_needs_amount, unknown=True),
        Question("situation", Several(), unknown=True),
        Question("blocked_until", Day(future=True, month="last"), when=_blocked, unknown=True),
        Question("past", Several(), unknown=True),
        Question("place", Text(100), unknown=True, check=one_office),
        Question("can_sign", YesNo(), unknown=True),
        Question("documents", Several(), unknown=True),
    ),
    finish=finish,
    about=13,
    reckons=False,
)
