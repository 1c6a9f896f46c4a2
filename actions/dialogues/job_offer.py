"""A job offer of an employer, field by field; the contact person is asked for in a form of the page, not here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import offices
from actions.cases.job_offer import Checked, Contract, Finding, JobOffer, Kind, Per, check_offer
from actions.dialogues.kinds import Choice, Day, Money, Part, Text, ValueProblem, Whole
from actions.dialogues.kinds import Kind as AnswerKind
from actions.dialogues.model import Advice, Answers, Dialogue, Facts, Outcome, Question
from actions.dialogues.registration import one_office
from actions.reasoning import InputError
from zielona import plurals

# Personal data do not pass through the conversation: the page asks for them when the offer is ready.
_OF_THE_PAGE = frozenset({"contact_name", "phone", "email", "nip"})
_WITHOUT = "bez wymagań"
_CHANGE = "zmien"
# What is longer is no text for a button.
_LONGEST_PROPOSAL = 80
_ENUMS = {"contract": Contract, "pay_per": Per}
_FIELDS = (
    "employer", "title", "vacancies", "workplace", "tasks", "contract", "fraction", "schedule", "start", "pay_from",
    "pay_to", "pay_per", "pay_system", "education", "requirements", "valid_until", "how_to_apply",
)  # fmt: skip


def _employment(answers: Answers) -> bool:
    return answers.get("contract") == Contract.EMPLOYMENT.value


def draft_of(answers: Answers) -> JobOffer:
    """The offer that the answers make so far."""
    values = {name: _plain(name, answers[name]) for name in _FIELDS if answers.get(name) is not None}
    return JobOffer(**values)


def _plain(name: str, value: Any) -> Any:
    if name in _ENUMS:
        return _ENUMS[name](value)
    return None if isinstance(value, str) and value.lower() == _WITHOUT else value


def _checked(answers: Answers, facts: Facts) -> Checked:
    return check_offer(draft_of(answers), day=facts.today, amounts=facts.amounts)


def _fits(name: str) -> Callable[[Any, Answers, Facts], None]:
    """A check of one field against the rules of an offer, missing ones aside."""

    def check(value: Any, answers: Answers, facts: Facts) -> None:
        found = _checked({**answers, name: value}, facts).findings
        wrong = [item for item in found if item.field == name and item.blocking and item.kind is not Kind.MISSING]
        if wrong:
            raise ValueProblem(" ".join(_explained(item) for item in wrong), _proposals(wrong, value))

    return check


def _advice(name: str) -> Callable[[Any, Answers, Facts], tuple[Advice, ...]]:
    """What the rules of an offer advise once a field is filled, and did not advise before."""

    def advise(value: Any, answers: Answers, facts: Facts) -> tuple[Advice, ...]:
        before = _checked(answers, facts).findings
        found = _checked({**answers, name: value}, facts).findings
        new = [item for item in found if not item.blocking and item not in before]
        return tuple(Advice(_explained(item), _instead(item, value)) for item in new)

    return advise


def _instead(finding: Finding, value: Any) -> str | None:
    better = _proposals([finding], value)
    return better[0] if better and len(better[0]) <= _LONGEST_PROPOSAL else None


def _field(name: str, kind: AnswerKind, *, unknown: bool = False) -> Question:
    """A question whose answer is held against the rules of an offer at once."""
    return Question(name, kind, unknown=unknown, check=_fits(name), advise=_advice(name))


def _explained(finding: Finding) -> str:
    text = f"{finding.step.text} ({finding.step.article})"
    if finding.ground is not None and finding.words and finding.proposal:
        return f"„{finding.words}”: {text} Zamiast tego można napisać: „{finding.proposal}”."
    if finding.ground is not None and finding.words:
        return f"„{finding.words}”: {text} Te słowa lepiej pominąć."
    return text


def _proposals(findings: list[Finding], value: Any) -> list[str]:
    """What could be said instead: the text with the words replaced, or the least amount."""
    if not isinstance(value, str):
        return [finding.proposal for finding in findings if finding.proposal]
    better = value
    for finding in findings:
        if finding.words and finding.proposal:
            better = better.replace(finding.words, finding.proposal)
    return [better] if better != value else []


def _confirmed(value: Any, answers: Answers, facts: Facts) -> None:
    if value == _CHANGE:
        raise ValueProblem("Proszę napisać, co zmienić, na przykład „zmień stanowisko na magazynier lub magazynierka”.")


def finish(answers: Answers, facts: Facts) -> Outcome:
    """Raises InputError where the rules of an offer are not kept."""
    checked = _checked(answers, facts)
    for finding in checked.findings:
        if finding.blocking and finding.field not in _OF_THE_PAGE:
            raise InputError(finding.field, _explained(finding))
    match = offices.find(answers["workplace"]).matches[0]
    offer = {name: value for name, value in checked.offer.as_dict().items() if name not in _OF_THE_PAGE}
    effect = {
        "kind": "job_offer",
        "offer": offer,
        "office": match.office.id,
        "county": match.county.code if match.county else None,
    }
    places = plurals.counted(answers["vacancies"], "miejsce", "miejsca", "miejsc")
    text = (
        f"**Oferta pracy jest gotowa: {checked.offer.title}, {places}.** Trafi do urzędu: **{match.office.name}**. "
        "Został jeszcze formularz z danymi osoby do kontaktu. Po jego wysłaniu oferta dostanie numer."
    )
    return Outcome(text, checked.steps, effect=effect)


DIALOGUE = Dialogue(
    name="job_offer",
    questions=(
        Question("employer", Text(200)),
        _field("title", Text(200)),
        Question("vacancies", Whole(1, 10_000, ("osoba", "osoby", "osób", "miejsce", "miejsca", "miejsc"))),
        Question("workplace", Text(100), check=one_office),
        _field("tasks", Text()),
        Question("contract", Choice()),
        Question("fraction", Part(), when=_employment),
        _field("schedule", Text(500)),
        _field("start", Day(future=True, month="first")),
        Question("pay_per", Choice()),
        _field("pay_from", Money()),
        _field("pay_to", Money(), unknown=True),
        Question("pay_system", Text(300)),
        _field("education", Text(300)),
        _field("requirements", Text()),
        _field("valid_until", Day(future=True, month="last")),
        _field("how_to_apply", Text(500)),
        Question("confirm", Choice(), recap=True, check=_confirmed),
    ),
    finish=finish,
    about=18,
    asks={"day": "start"},
    reckons=False,
)
