"""Texts of a dialogue with the amounts and settings of the day filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from knowledge_base.content.dialogues import DialogueText, QuestionText
from knowledge_base.content.store import Content
from knowledge_base.content.template import render


def texts_on(name: str, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> DialogueText:
    """Raises UnknownAmountError where a text names an amount that has no value on the day."""

    def fill(text: str) -> str:
        return render(text, day=day, amounts=content.amounts, constants=constants)

    def filled(question: QuestionText) -> QuestionText:
        return replace(question, ask=fill(question.ask), why=fill(question.why), hint=fill(question.hint))

    texts = content.dialogues[name]
    questions = {key: filled(question) for key, question in texts.questions.items()}
    return replace(texts, intro=fill(texts.intro), questions=questions)
