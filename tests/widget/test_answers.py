"""Translated answers beside the Polish ones."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from knowledge_base.content.answers import line, topic_message
from knowledge_base.content.store import Content, ContentPaths
from knowledge_base.content.translations import Language, load_languages
from widget.languages.answers import Translator
from widget.languages.catalogue import CHOICES, UNVERIFIED, words
from zielona.settings import Settings

DAY = dt.date(2026, 11, 26)


@pytest.fixture
def languages(content: Content) -> dict[str, Language]:
    return load_languages(ContentPaths().translations, content.topics)


@pytest.fixture
def translator(content: Content, languages: dict[str, Language], settings: Settings) -> Translator:
    return Translator(content, languages, settings.constants)


def answer(content: Content, settings: Settings, topic: str = "zasilek_wysokosc") -> dict[str, Any]:
    return topic_message(content.topics[topic], content, day=DAY, constants=settings.constants)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_translation_has_the_amounts_of_the_day(
    translator: Translator, content: Content, settings: Settings, language: str
) -> None:
    shown = translator.translated(answer(content, settings), language, day=DAY)
    assert shown["translation"]["language"] == language
    assert "1783,90" in shown["translation"]["text"]
    assert "{{" not in shown["translation"]["text"]
    assert shown["text"] == answer(content, settings)["text"]
    assert shown["sources"] == answer(content, settings)["sources"]


def test_polish_and_untranslated_answers_are_left_alone(
    translator: Translator, content: Content, settings: Settings
) -> None:
    polish = answer(content, settings)
    assert translator.translated(polish, "pl", day=DAY) == polish
    assert "translation" not in translator.translated(polish, "ru", day=DAY)
    assert "translation" not in translator.translated(answer(content, settings, "praca_w_nocy"), "en", day=DAY)


@pytest.mark.parametrize("sure", [True, False])
def test_translation_says_what_is_not_confirmed(
    content: Content, languages: dict[str, Language], settings: Settings, *, sure: bool
) -> None:
    topic = dataclasses.replace(content.topics["rejestracja_jak"], verified=sure)
    changed = dataclasses.replace(content, topics={**content.topics, topic.name: topic})
    message = answer(changed, settings, topic.name)
    for language in ("uk", "en"):
        hours = words(language)[settings.text("HOTLINE_HOURS")]
        warning = words(language)[UNVERIFIED].format(settings.text("HOTLINE_NUMBER"), hours)
        shown = Translator(changed, languages, settings.constants).translated(message, language, day=DAY)
        assert shown["translation"]["text"].endswith(warning) is not sure


def test_text_for_another_day_is_not_what_was_translated(
    translator: Translator, content: Content, settings: Settings
) -> None:
    message = answer(content, settings)
    message["text"] = f"Według przepisów z dnia 01.03.2026:\n\n{message['text']}"
    assert "translation" not in translator.translated(message, "en", day=DAY)


def test_translation_out_of_date_is_not_shown(
    content: Content, languages: dict[str, Language], settings: Settings
) -> None:
    english = languages["en"]
    old = dataclasses.replace(english.translations["zasilek_wysokosc"], of="00000000")
    stale = {"en": dataclasses.replace(english, translations={"zasilek_wysokosc": old})}
    translator = Translator(content, stale, settings.constants)
    assert "translation" not in translator.translated(answer(content, settings), "en", day=DAY)
    assert translator.title("zasilek_wysokosc", "en") is None


def test_buttons_are_told_in_the_language_where_there_is_a_title(
    translator: Translator, content: Content, settings: Settings
) -> None:
    message = answer(content, settings)
    message["buttons"] = [
        {"title": "Jak zarejestrować się", "payload": "/rejestracja_jak"},
        {"title": "Praca w nocy", "payload": "/praca_w_nocy"},
    ]
    first, second = translator.translated(message, "en", day=DAY)["buttons"]
    assert first["translation"] == "How to register at the employment office"
    assert "translation" not in second


def test_lines_of_the_assistant_are_told_in_the_language(
    translator: Translator, content: Content, settings: Settings
) -> None:
    for name, kind in (("choices", "choice"), ("unknown", "unknown")):
        text = line(name, content, day=DAY, constants=settings.constants)
        message = {"type": kind, "text": text, "buttons": [], "topic": None}
        told = translator.translated(message, "ru", day=DAY)["translation"]["text"]
        assert told == words("ru")[CHOICES] if name == "choices" else "19524" in told
