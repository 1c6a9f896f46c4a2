"""What a dialogue is: questions with their kinds and conditions, and the function that works out the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.dialogues.kinds import Kind
from actions.reasoning import Step
from knowledge_base.content.amounts import Amounts

# The values of answered questions by name; None means "nie wiem".
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What a result depends on besides the answers."""

    today: dt.date
    amounts: Amounts


def _always(answers: Answers) -> bool:
    return True


def _anything(value: Any, answers: Answers, facts: Facts) -> None:
    return None


@dataclass(frozen=True)
class Advice:
    """What is worth knowing about an answer that is taken, and what could stand `instead` of it."""

    text: str
    instead: str | None = None


def _no_advice(value: Any, answers: Answers, facts: Facts) -> tuple[Advice, ...]:
    return ()


@dataclass(frozen=True)
class Question:
    """A question, asked `when` its condition holds for the answers so far.

    `unknown`: "nie wiem" is an answer. `recap`: the answers so far are shown with it. `check` raises ValueProblem
    or InputError for a value that cannot be, given the answers before it. `advise` comments on a value that can.
    """

    name: str
    kind: Kind
    when: Callable[[Answers], bool] = _always
    unknown: bool = False
    recap: bool = False
    check: Callable[[Any, Answers, Facts], None] = _anything
    advise: Callable[[Any, Answers, Facts], tuple[Advice, ...]] = _no_advice


@dataclass(frozen=True)
class Outcome:
    """The end of a dialogue: `text` says the result, `steps` how it came out, `open_questions` what still decides.

    `sections` are further lists, each under the line of data/messages.yml that it names.
    """

    text: str
    steps: tuple[Step, ...] = ()
    notes: tuple[Step, ...] = ()
    open_questions: tuple[Step, ...] = ()
    sections: tuple[tuple[str, tuple[Step, ...]], ...] = ()
    effect: dict[str, Any] | None = None

    @property
    def every_step(self) -> tuple[Step, ...]:
        """All sentences with a basis, the reasoning first."""
        listed = tuple(step for _, steps in self.sections for step in steps)
        return (*self.steps, *listed, *self.notes, *self.open_questions)


@dataclass(frozen=True)
class Dialogue:
    """`about`: how many questions there usually are.

    `asks`: the question that a field of an InputError is about, where it has another name. `reckons`: the steps of the
    result are a calculation; otherwise they are what was looked at.
    """

    name: str
    questions: tuple[Question, ...]
    finish: Callable[[Answers, Facts], Outcome]
    about: int
    asks: Mapping[str, str] = field(default_factory=dict)
    reckons: bool = True

    def required(self, answers: Answers) -> list[Question]:
        """The questions to ask, given the answers so far, in their order."""
        return [question for question in self.questions if question.when(answers)]

    def next_question(self, answers: Answers) -> Question | None:
        return next((question for question in self.required(answers) if question.name not in answers), None)

    def question(self, name: str) -> Question:
        return next(question for question in self.questions if question.name == name)

    def question_of(self, field_name: str) -> Question | None:
        """The question that an InputError is about, None where none asks for its field."""
        name = self.asks.get(field_name, field_name)
        return next((question for question in self.questions if question.name == name), None)
