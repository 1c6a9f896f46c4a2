"""Catalogues of the interface, and the recognition of what a visitor writes."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.store import Content
from knowledge_base.content.text import words as split_words
from knowledge_base.language.morphology import morphology
from widget.app import create_app
from widget.languages.catalogue import (
    CHOICES,
    GREETING,
    NAMES,
    OFFER,
    OFFICE,
    POLISH_ONLY,
    SPOKEN_BY_SERVICE,
    UNKNOWN,
    UNVERIFIED,
    known,
    words,
)
from widget.languages.recognition import language_of
from widget.portal.assets import STATIC
from zielona.settings import Settings

CONSENTS = ("contact_consent", "offer_consent")
FOREIGN = [name for name in NAMES if name != "pl"]


def texts_of_the_widget(content: Content) -> set[str]:
    """Every Polish text that the scripts or the service translate."""
    found = {CHOICES, GREETING, OFFER, OFFICE, POLISH_ONLY, UNKNOWN, UNVERIFIED, Settings({}).text("HOTLINE_HOURS")}
    found |= {content.messages[name] for name in CONSENTS}
    for path in [STATIC / "zielona-linia.js", *(STATIC / "chat").glob("*.js")]:
        script = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\bt\(\s*"([^"]+)"', script))
        found |= set(re.findall(r'words\["([^"]+)"\]', script))
        for table in re.findall(r"const (?:KINDS|REASONS|RESULTS) = [^;]*\{([^}]*)\}", script):
            found |= set(re.findall(r': "([^"]+)"', table))
    return found


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_is_translated_and_nothing_else(content: Content, language: str) -> None:
    assert set(words(language)) == texts_of_the_widget(content)
    assert all(text.strip() for text in words(language).values())


@pytest.mark.parametrize("language", FOREIGN)
def test_translations_fill_in_the_same_places(language: str) -> None:
    for polish, text in words(language).items():
        assert places(text) == places(polish), polish


def places(text: str) -> set[str]:
    lines_of_content = set(re.findall(r"\{\{ \w+ \}\}", text))
    return lines_of_content | {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(
    ("asked", "found"),
    [("uk", "uk"), ("uk-UA", "uk"), ("EN_us", "en"), ("de", "pl"), ("", "pl"), (None, "pl"), (["en"], "pl")],
)
def test_unknown_languages_are_polish(asked: object, found: str) -> None:
    assert known(asked) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Я втратив роботу, що мені робити?", "uk"),
        ("як зареєструватися безробітним", "uk"),
        ("Как получить пособие по безработице", "ru"),
        ("сколько дней отпуска после увольнения, мне нужно знать это", "ru"),
        ("How can I register as unemployed?", "en"),
        ("what documents do I need", "en"),
        ("I do not want to live any more", "en"),
        ("Hello", "en"),
        ("Thank you", "en"),
        ("jak sie zarejestrowac", "pl"),
        ("zasilek", "pl"),
        ("praca w Niemczech, formularz U1 from Germany", "pl"),
        ("19524", "pl"),
        ("", "pl"),
    ],
)
def test_language_is_recognised(text: str, language: str) -> None:
    assert language_of(text) == language


def test_polish_questions_are_never_taken_for_foreign_ones(content: Content) -> None:
    examples = [example for topic in content.topics.values() if topic.is_faq for example in topic.examples]
    questions = [question for passage in content.passages.values() for question in passage.questions]
    # Some examples are in another language on purpose; typed without diacritics, a word is none of the dictionary.
    polish = [text for text in examples + questions if polish_share(text) >= 0.7]
    assert len(polish) > 0.85 * len(examples + questions)
    assert [text for text in polish if language_of(text) != "pl"] == []


def polish_share(text: str) -> float:
    """Share of the words that are Polish word forms; 1 for a text without words."""
    found = [word for word in split_words(text.lower()) if word.isalpha()]
    return sum(morphology().known(word) for word in found) / len(found) if found else 1.0


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in NAMES


@pytest.mark.parametrize("language", FOREIGN)
def test_conversation_begins_in_the_language_and_says_that_a_program_speaks(content: Content, language: str) -> None:
    client = create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"})).test_client()
    begun = client.post("/api/v1/conversations", json={"language": language}).json
    assert begun["messages"][0]["text"] == words(language)[GREETING]
    asked = {"language": language}
    sent = {
        **client.get("/api/v1/widget", query_string=asked).json["words"],
        **client.get("/api/v1/widget/words", query_string=asked).json["words"],
    }
    assert sent.items() <= words(language).items()
    assert set(words(language)) - set(sent) == SPOKEN_BY_SERVICE | {content.messages[name] for name in CONSENTS}
