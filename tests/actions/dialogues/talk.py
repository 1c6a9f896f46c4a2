"""A conversation with one form, without Rasa: what the visitor says, and what the form says back."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from actions.dialogues.engine import CANCELLED, DONE, Form, Heard, State
from actions.dialogues.messages import cancelled_message, question_message, result_message, sayer
from actions.dialogues.model import Facts
from actions.dialogues.registry import DIALOGUES
from actions.dialogues.texts import texts_on
from knowledge_base.content.store import Content
from zielona.clock import WARSAW

TODAY = dt.date(2026, 11, 26)
CONSTANTS = {
    "infolinia_numer": "19524",
    "infolinia_godziny": "od poniedziałku do piątku w godz. 8.00–18.00",
    "formularz_kontaktowy": "https://example.test",
}


def form_on(name: str, content: Content, *, today: dt.date = TODAY) -> Form:
    return Form(
        DIALOGUES[name],
        texts_on(name, content, day=today, constants=CONSTANTS),
        Facts(today, content.amounts),
        sayer(content, today=today, constants=CONSTANTS),
    )


@dataclass
class Talk:
    """Keeps answers and state as slots would, through JSON."""

    name: str
    content: Content
    today: dt.date = TODAY
    answers: dict[str, Any] = field(default_factory=dict)
    state: State = field(default_factory=State)
    aside: bool = False

    def __post_init__(self) -> None:
        self.form = form_on(self.name, self.content, today=self.today)
        self.now = dt.datetime.combine(self.today, dt.time(12), tzinfo=WARSAW)
        move = self.form.begin(self.now)
        self.answers, self.state = dict(move.answers), move.state

    def say(self, text: str, **heard: Any) -> str:
        """Say one thing and return the text of the form's message."""
        self.now += dt.timedelta(minutes=1)
        move = self.form.hear(Heard(text, self.now, **heard), self.answers, self.state)
        self.answers = self._through_slots(dict(move.answers))
        self.state = State.from_dict(json.loads(json.dumps(move.state.as_dict())))
        self.aside = move.aside
        return str(self.message["text"])

    def all(self, *texts: str) -> str:
        """Say several things and return what the form says at the end."""
        for text in texts:
            assert self.state.outcome is None, f"closed before {text!r}"
            last = self.say(text)
            assert not self.state.failures, f"{text!r}: {last}"
        return str(self.message["text"])

    @property
    def asked(self) -> str | None:
        question = None if self.state.outcome else self.form.dialogue.next_question(self.answers)
        return question.name if question else None

    @property
    def message(self) -> dict[str, Any]:
        if self.state.outcome == DONE:
            return result_message(self.form, self.form.dialogue.finish(self.answers, self.form.facts), self.content)
        if self.state.outcome == CANCELLED:
            return cancelled_message(self.form, self.content)
        return question_message(self.form, self.answers, self.state, self.content)

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.message["buttons"]]

    def _through_slots(self, answers: dict[str, Any]) -> dict[str, Any]:
        loaded = {}
        for name, value in answers.items():
            kind = self.form.dialogue.question(name).kind
            loaded[name] = None if value is None else kind.load(json.loads(json.dumps(kind.dump(value))))
        return loaded
