"""Evaluation questions may not be training examples, in any spelling, nor nearly so; nor may those of calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from spacy.language import Language

from knowledge_base.content.calibration import load_calibration
from knowledge_base.content.store import Content, ContentPaths
from knowledge_base.content.text import fold, normalised
from knowledge_base.search.cache import VectorCache
from knowledge_base.search.vectors import Encoder
from zielona.settings import ROOT, Settings

FOLDER = Path(__file__).parent
EVALUATION = sorted(FOLDER.glob("*.jsonl"))
CALIBRATION = ContentPaths(ROOT).calibration
FILES = [*EVALUATION, CALIBRATION]
# Chosen by looking at the pairs. The median question has an example at a cosine of 0.63, one of twenty at 0.82; most
# of those share a subject and no more. Half of all letters in common besides makes them the same question. From 0.7 on
# the letters alone do, whatever the vectors say.
_SAME_MEANING, _SAME_LETTERS, _MOST_LETTERS = 0.75, 0.5, 0.7
_GRAM = 4
_CANDIDATES = 8


def texts(path: Path) -> list[str]:
    if path == CALIBRATION:
        return [text for text, _ in load_calibration(path)]
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def long_enough(path: Path) -> list[str]:
    """One or two words ("dzień dobry", "dziękuję") cannot be said in another way."""
    return [text for text in texts(path) if len(text.split()) > 2]


def lemmatised(nlp: Language, text: str) -> str:
    return " ".join(fold(token.lemma_) for token in nlp(text) if token.norm_.isalnum())


def grams(text: str) -> frozenset[str]:
    """Runs of letters of the folded text, over the ends of words."""
    padded = f" {normalised(text)} "
    return frozenset(padded[start : start + _GRAM] for start in range(len(padded) - _GRAM + 1))


@dataclass(frozen=True)
class Training:
    """Texts, such as all that is trained on, in the forms that questions are compared in.

    `vectors` (texts, 512) are unit rows.
    """

    texts: list[str]
    folded: frozenset[str]
    reduced: frozenset[str]
    vectors: npt.NDArray[np.float32]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def training(content: Content, nlp: Language, encoder: Encoder, settings: Settings) -> Training:
    found = [example for topic in content.topics.values() for example in topic.examples]
    found += [example for dialogue in content.dialogues.values() for example in dialogue.start]
    found += [question for passage in content.passages.values() for question in passage.questions]
    cache = VectorCache(settings.var / "evaluation" / "vectors", "near")
    vectors = cache.encode(found, encoder.passages)
    cache.save()
    return forms(found, nlp, vectors)


def forms(found: list[str], nlp: Language, vectors: npt.NDArray[np.float32]) -> Training:
    return Training(
        texts=found,
        folded=frozenset(normalised(text) for text in found),
        reduced=frozenset(lemmatised(nlp, text) for text in found),
        vectors=vectors,
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_is_a_training_example(path: Path, training: Training, nlp: Language) -> None:
    asked = long_enough(path)
    assert asked
    assert [text for text in asked if normalised(text) in training.folded] == []
    assert [text for text in asked if lemmatised(nlp, text) in training.reduced] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_question_is_nearly_a_training_example(path: Path, training: Training, encoder: Encoder) -> None:
    """Whatever is listed goes out of data/topics or out of the passage's questions, never out of the set."""
    near = near_duplicates(long_enough(path), training, encoder)
    assert near == [], "\n" + "\n".join(f"{question!r} ~ {example!r}" for question, example in near)


@pytest.mark.parametrize("path", EVALUATION, ids=lambda path: path.stem)
def test_nothing_is_fitted_on_an_evaluation_question(path: Path, nlp: Language, encoder: Encoder) -> None:
    fitted_on = texts(CALIBRATION)
    calibration = forms(fitted_on, nlp, encoder.passages(fitted_on))
    asked = long_enough(path)
    assert [text for text in asked if lemmatised(nlp, text) in calibration.reduced] == []
    assert near_duplicates(asked, calibration, encoder) == []


def near_duplicates(asked: list[str], training: Training, encoder: Encoder) -> list[tuple[str, str]]:
    cosines = encoder.passages(asked) @ training.vectors.T
    found = []
    for question, scores in zip(asked, cosines, strict=True):
        own = grams(question)
        for number in np.argsort(-scores)[:_CANDIDATES]:
            theirs = grams(training.texts[number])
            shared = len(own & theirs) / max(1, len(own | theirs))
            if shared >= _MOST_LETTERS or (shared >= _SAME_LETTERS and scores[number] >= _SAME_MEANING):
                found.append((question, training.texts[number]))
    return found


def test_near_duplicates_are_found(training: Training, encoder: Encoder) -> None:
    example = next(text for text in training.texts if len(text.split()) == 8)
    assert example in [found for _, found in near_duplicates([f"{example} proszę"], training, encoder)]


def test_labels_are_topics(content: Content) -> None:
    assert {topic for _, topic in load_calibration(CALIBRATION)} <= set(content.topics)
    for path in (FOLDER / "questions.jsonl", FOLDER / "small_talk.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            assert {item["topic"], *item.get("also", [])} <= set(content.topics), item
