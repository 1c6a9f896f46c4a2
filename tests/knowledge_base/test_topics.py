"""The topic model of the search: as right as the library's own vectoriser, and kept between runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge_base.search.topics import FEWEST_TOPICS, TopicModel

WORDS = ("zasil", "urlop", "umowa", "staz", "urzad", "praca", "dzien", "wysok")
EXAMPLES = [
    ("zasilek", ("zasil", "wysok")), ("zasilek", ("wysok", "zasil", "urzad")), ("zasilek", ("zasil",)),
    ("urlop", ("urlop", "dzien")), ("urlop", ("urlop", "praca")), ("urlop", ("dzien", "urlop", "dzien")),
    ("umowa", ("umowa", "praca")), ("umowa", ("umowa",)), ("umowa", ("praca", "umowa", "staz")),
]  # fmt: skip


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel.fit(EXAMPLES)


@pytest.mark.parametrize(("topic", "words"), EXAMPLES)
def test_examples_are_known_again(model: TopicModel, topic: str, words: tuple[str, ...]) -> None:
    assert model.names[int(model.shares(words).argmax())] == topic


@given(st.lists(st.sampled_from([*WORDS, "nieznane"]), max_size=12))
def test_shares_are_those_of_the_librarys_vectoriser(words: list[str]) -> None:
    model = TopicModel.fit(EXAMPLES)
    found = model.shares(words)
    assert found.sum() == pytest.approx(1.0, abs=1e-5)
    vectoriser = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, vocabulary=model.terms, token_pattern=r"\S+", lowercase=False
    )
    vectoriser.idf_ = model.idf
    logits = (vectoriser.transform([" ".join(words)]) @ model.weights)[0] + model.intercepts
    expected = np.exp((logits - logits.max()) / 0.2)
    assert np.allclose(found, expected / expected.sum(), atol=1e-4)


def test_a_saved_model_answers_the_same(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = TopicModel.load(tmp_path)
    assert again.names == model.names
    assert np.array_equal(again.shares(("zasil", "dzien")), model.shares(("zasil", "dzien")))


def test_too_few_topics_are_refused() -> None:
    with pytest.raises(ValueError, match=str(FEWEST_TOPICS)):
        TopicModel.fit([("zasilek", ("zasil",)), ("urlop", ("urlop",))])


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"terms\.json"):
        TopicModel.load(tmp_path)
