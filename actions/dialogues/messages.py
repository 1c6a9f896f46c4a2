"""Questions and results of dialogues as messages of the public contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from actions.dialogues.engine import HUMAN_AFTER, RESUME, SWITCH, Form, State
from actions.dialogues.kinds import YesNo
from actions.dialogues.model import Answers, Outcome
from actions.reasoning import Step
from knowledge_base.content.answers import dialogue_buttons, line, topic_buttons
from knowledge_base.content.store import Content

HUMAN_TOPIC = "rozmowa_z_czlowiekiem"
Button = dict[str, str]


def question_message(form: Form, answers: Answers, state: State, content: Content) -> dict[str, Any]:
    """The next question with what is to be said before it, as a message of type `question`."""
    if state.pending == RESUME:
        text = form.say("form_resume", title=form.texts.title)
        return _message("question", text, _plain([form.say("form_continue"), form.say("form_cancel")]), content, form)
    if state.pending == SWITCH:
        target = content.dialogues[state.target or ""]
        text = form.say("form_switch", title=form.texts.title, other=target.title)
        return _message("question", text, _plain(["Tak", "Nie"]), content, form)
    question = form.dialogue.next_question(answers)
    assert question is not None  # noqa: S101 - a form without a question has closed
    number, total = form.progress(answers)
    progress = form.say("form_progress", number=str(number), total=str(total))
    texts = form.texts.questions[question.name]
    recap = [form.summary(answers)] if question.recap else []
    text = "\n\n".join([*state.notes, *recap, f"**{progress}**\n{texts.ask}"])
    titles = [*state.proposals, *(option.title for option in form.options(question))]
    if isinstance(question.kind, YesNo) and not form.options(question):
        titles += ["Tak", "Nie"]
    if question.unknown:
        titles.append(texts.skip or form.say("form_unknown_button"))
    if state.order:
        titles.append(form.say("form_back_button"))
    buttons = _plain(titles)
    if state.failures >= HUMAN_AFTER:
        buttons += topic_buttons([HUMAN_TOPIC], content)
    return _message("question", text, buttons, content, form)


def result_message(form: Form, outcome: Outcome, content: Content) -> dict[str, Any]:
    """The result with its reasoning and sources, as a message of type `answer`."""
    today = form.facts.today
    sections = (
        ("form_open_questions", outcome.open_questions),
        *outcome.sections,
        ("form_steps" if form.dialogue.reckons else "form_checked", outcome.steps),
        ("form_notes", outcome.notes),
    )
    parts = [outcome.text, *(_section(form.say(name), steps) for name, steps in sections if steps)]
    every = outcome.every_step
    if not all(step.sure for step in every):
        parts.append(form.say("form_unsure"))
    buttons = topic_buttons(form.texts.related, content)
    if (outcome.effect or {}).get("kind") != "job_offer":
        # Beside an offer that waits to be sent, the button that begins one would be taken for sending it.
        again = dialogue_buttons([form.dialogue.name], content)
        buttons = [*({**button, "title": form.say("form_again")} for button in again), *buttons]
    message = _message("answer", "\n\n".join(parts), buttons, content, form)
    message["sources"] = sources_of(every, content, on=today)
    message["confidence"] = 1.0
    if outcome.effect is not None:
        message["effect"] = outcome.effect
    return message


def cancelled_message(form: Form, content: Content) -> dict[str, Any]:
    buttons = [*dialogue_buttons([form.dialogue.name], content), *topic_buttons(form.texts.related, content)]
    return _message("answer", form.say("form_cancelled", title=form.texts.title), buttons, content, form)


def sources_of(steps: Sequence[Step], content: Content, *, on: dt.date) -> list[dict[str, Any]]:
    """The sources of the passages that the steps stand on, each once, in their order."""
    names = dict.fromkeys(step.passage for step in steps)
    return [content.passages[name].source.as_dict() for name in names if name in content.passages]


def sayer(content: Content, *, today: dt.date, constants: Mapping[str, str]) -> Any:
    """The lines of data/messages.yml, filled in."""

    def say(name: str, /, **values: str) -> str:
        return line(name, content, day=today, constants={**constants, **values})

    return say


def _section(title: str, steps: Sequence[Step]) -> str:
    return "\n".join([f"**{title}**", *(f"- {_step_text(step)}" for step in steps)])


def _step_text(step: Step) -> str:
    return f"{step.text} ({step.article}{'' if step.sure else '; do potwierdzenia'})"


def _plain(titles: Sequence[str]) -> list[Button]:
    return [{"title": title, "payload": title} for title in dict.fromkeys(titles)]


def _message(kind: str, text: str, buttons: list[Button], content: Content, form: Form) -> dict[str, Any]:
    return {
        "type": kind,
        "text": text,
        "buttons": buttons,
        "sources": [],
        "topic": None,
        "confidence": 0.0,
        "trace": {"content": content.version, "dialog": form.dialogue.name},
    }
