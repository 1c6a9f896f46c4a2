"""Answers in the visitor's language, beside the Polish ones that they are translations of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from knowledge_base.content.amounts import UnknownAmountError
from knowledge_base.content.answers import line, topic_message
from knowledge_base.content.store import Content
from knowledge_base.content.template import render
from knowledge_base.content.translations import Language, Translation
from widget.languages.catalogue import CHOICES, POLISH, UNKNOWN, UNVERIFIED, translated


class Translator:
    """Adds translations to public messages; only such as say the same as the Polish text that is shown."""

    def __init__(self, content: Content, languages: Mapping[str, Language], constants: Mapping[str, str]) -> None:
        self._content = content
        self._languages = languages
        self._constants = dict(constants)

    def translated(self, message: dict[str, Any], language: str, *, day: dt.date) -> dict[str, Any]:
        """The message with `translation` (`language`, `text`) and its buttons with `translation`, where there are any.

        An answer for another day, or to two questions at once, is not the text that was translated: it stays Polish.
        """
        if language == POLISH:
            return message
        shown = {**message, "buttons": [self._button(button, language) for button in message["buttons"]]}
        text = self._text(message, language, day)
        return {**shown, "translation": {"language": language, "text": text}} if text else shown

    def title(self, topic: str, language: str) -> str | None:
        """The topic's title in the language; None where there is no translation of today's text."""
        found = self._current(topic, language)
        return found.title if found else None

    def _button(self, button: dict[str, str], language: str) -> dict[str, str]:
        title = self.title(button["payload"].removeprefix("/"), language)
        return {**button, "translation": title} if title else button

    def _text(self, message: dict[str, Any], language: str, day: dt.date) -> str | None:
        if message["type"] == "choice" and message["text"] == self._line("choices", day):
            return translated(CHOICES, language)
        if message["type"] == "unknown" and message["text"] == self._line("unknown", day):
            return self._with_hotline(UNKNOWN, language)
        return self._answer(message, language, day)

    def _answer(self, message: dict[str, Any], language: str, day: dt.date) -> str | None:
        found = self._current(message.get("topic") or "", language)
        if found is None:
            return None
        topic = self._content.topics[found.topic]
        if message["text"] != topic_message(topic, self._content, day=day, constants=self._constants)["text"]:
            return None
        constants = {**self._constants, "infolinia_godziny": self._hours(language)}
        try:
            text = render(found.answer, day=day, amounts=self._content.amounts, constants=constants)
        except UnknownAmountError:
            return None
        if not message["text"].endswith(self._line("unverified", day)):
            return text
        return f"{text}\n\n{self._with_hotline(UNVERIFIED, language)}"

    def _with_hotline(self, words: str, language: str) -> str:
        return translated(words, language).format(self._constants["infolinia_numer"], self._hours(language))

    def _hours(self, language: str) -> str:
        return translated(self._constants["infolinia_godziny"], language)

    def _line(self, name: str, day: dt.date) -> str:
        return line(name, self._content, day=day, constants=self._constants)

    def _current(self, name: str, language: str) -> Translation | None:
        languages = self._languages.get(language)
        found = languages.translations.get(name) if languages else None
        return found if found and found.is_current(self._content.topics[name]) else None
