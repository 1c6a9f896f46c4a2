"""Evaluation questions may not be training examples, in any spelling."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from knowledge_base.content.store import Content
from knowledge_base.content.text import fold, normalised

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.jsonl"))


def texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def training_texts(content: Content) -> list[str]:
    examples = [example for topic in content.topics.values() for example in topic.examples]
    examples += [example for dialogue in content.dialogues.values() for example in dialogue.start]
    return examples + [question for passage in content.passages.values() for question in passage.questions]


def lemmatised(nlp: Language, text: str) -> str:
    return " ".join(fold(token.lemma_) for token in nlp(text) if token.norm_.isalnum())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_is_a_training_example(path: Path, content: Content, nlp: Language) -> None:
    training = training_texts(content)
    folded = {normalised(text) for text in training}
    reduced = {lemmatised(nlp, text) for text in training}
    # One or two words ("dzień dobry", "dziękuję") cannot be said in another way.
    asked = [text for text in texts(path) if len(text.split()) > 2]
    assert asked
    assert [text for text in asked if normalised(text) in folded] == []
    assert [text for text in asked if lemmatised(nlp, text) in reduced] == []


def test_labels_are_topics(content: Content) -> None:
    for name in ("questions", "small_talk"):
        for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            assert {item["topic"], *item.get("also", [])} <= set(content.topics), item
