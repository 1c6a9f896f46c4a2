"""Which topic a message in another language asks about."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.content.store import Content, ContentPaths
from knowledge_base.content.translations import Language, load_languages
from knowledge_base.search.engine import SearchEngine
from knowledge_base.search.foreign import Matcher, build_matchers, load_matchers, save_matchers
from knowledge_base.search.service import app_for
from knowledge_base.search.vectors import Encoder
from zielona.settings import Settings

EVALUATION = Path(__file__).parents[1] / "evaluation" / "foreign.jsonl"


@pytest.fixture(scope="module")
def matchers(content: Content, engine: SearchEngine) -> dict[str, Matcher]:
    languages = load_languages(ContentPaths().translations, content.topics)
    return build_matchers(languages, engine.index, Encoder())


def test_what_is_saved_is_read_again(matchers: dict[str, Matcher], tmp_path: Path) -> None:
    save_matchers(matchers, tmp_path)
    for code, read in load_matchers(tmp_path).items():
        made = matchers[code]
        assert (read.topics, read.questions, read.owners) == (made.topics, made.questions, made.owners)
        assert read.weights == made.weights
        assert np.array_equal(read.vectors, made.vectors)


def test_held_out_questions_are_rarely_answered_wrongly(engine: SearchEngine) -> None:
    lines = [json.loads(line) for line in EVALUATION.read_text(encoding="utf-8").splitlines()]
    assert {line["language"] for line in lines} == {"uk", "en", "ru"}
    first = offered = wrong = 0
    inside = [line for line in lines if line["topic"]]
    for line in lines:
        found = engine.topics(line["text"], line["language"])
        if line["topic"]:
            first += found["topics"][0] == line["topic"]
            offered += line["topic"] in found["topics"]
        wrong += found["decision"] == "answer" and found["topics"][0] != line["topic"]
    assert first >= 0.7 * len(inside)
    assert offered >= 0.9 * len(inside)
    assert wrong <= 0.05 * len(lines)


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("How much is the unemployment benefit?", "en", "zasilek_wysokosc"),
        ("Як зареєструватися безробітним?", "uk", "rejestracja_jak"),
        ("Сколько дней отпуска положено?", "ru", "urlop_wymiar"),
        ("Я не хочу більше жити", "uk", "kryzys"),
    ],
)
def test_plain_questions_are_sure(engine: SearchEngine, text: str, language: str, topic: str) -> None:
    found = engine.topics(text, language)
    assert (found["topics"][0], found["decision"]) == (topic, "answer")


def test_too_few_questions_decide_nothing(engine: SearchEngine) -> None:
    little = Language("en", asked={"zasilek_wysokosc": ("How much is it?", "How much do I get?")})
    matcher = build_matchers({"en": little}, engine.index, Encoder())["en"]
    assert matcher.verdict == ()
    assert engine.topics("ile", "en")["probability"] >= 0


def test_service_answers_and_refuses(engine: SearchEngine, settings: Settings) -> None:
    client = app_for(engine).test_client()
    found = client.post("/topics", json={"q": "How much is the unemployment benefit?", "language": "en"})
    assert found.status_code == 200
    assert found.json["topics"][0] == "zasilek_wysokosc"
    assert client.post("/topics", json={"q": "Wie viel?", "language": "de"}).status_code == 404
    assert client.post("/topics", json={"q": "", "language": "en"}).status_code == 400
