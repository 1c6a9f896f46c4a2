from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pytest

from knowledge_base.search.cache import VectorCache
from knowledge_base.search.index import Entry
from knowledge_base.search.vectors import Encoder
from tests.zielona.evaluation.examples import record
from zielona.evaluation.baselines import compare_topics, guess_all, ways
from zielona.evaluation.classifiers import Examples, Guess, nearest_by_words
from zielona.evaluation.judging import RIGHT_ANSWER, UNKNOWN, WRONG_ANSWER
from zielona.evaluation.retrieval import Search, by_vectors, by_words, plain_words, rank, rank_all
from zielona.evaluation.sets import Asked
from zielona.evaluation.summary import OURS

EXAMPLES = Examples(
    ("ile mam urlopu", "urlop na żądanie", "kiedy zasiłek", "ile wynosi zasiłek", "kto wygrał mecz"),
    ("urlop", "urlop", "zasilek", "zasilek", "poza_zakresem"),
)


class WordEncoder:
    """Unit vectors that count words: texts with the same words mean the same."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in plain_words(text):
                vectors[row, self._places.setdefault(word, len(self._places))] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    passages = queries


@pytest.fixture
def encoder() -> Encoder:
    return cast("Encoder", WordEncoder())


def entry(article: str, title: str, *questions: str) -> Entry:
    source: dict[str, Any] = {"act": "DU/1974/141", "article": article, "valid_from": "1996-06-02", "valid_to": None}
    return Entry(article, title, f"Treść o {title}", source, ("wszyscy",), (), questions, None)


ENTRIES = [
    entry("art. 152", "urlop wypoczynkowy", "ile mam urlopu"),
    entry("art. 92", "choroba"),
    entry("art. 36", "okres"),
]


def test_the_nearest_example_by_words_names_three_topics_at_most() -> None:
    guess = nearest_by_words(EXAMPLES, ["ile wynosi zasilek?"])[0]
    assert guess.topics[0] == "zasilek"
    assert len(set(guess.topics)) == len(guess.topics) == 3
    assert nearest_by_words(EXAMPLES, ["xyz"])[0].score == 0.0


def test_every_classifier_guesses_and_the_regression_is_kept(encoder: Encoder, tmp_path: Path) -> None:
    said: list[str] = []
    texts = ["ile urlopu mam", "kto wygrał"]
    first = guess_all(EXAMPLES, texts, {"plain": encoder}, tmp_path, say=said.append)
    assert len(first) == 3
    for guesses in first.values():
        assert [guess.topics[0] for guess in guesses] == ["urlop", "poza_zakresem"]
    assert len(list(tmp_path.glob("regression-*.npz"))) == 1
    assert guess_all(EXAMPLES, texts, {"plain": encoder}, tmp_path, say=said.append) == first


def test_searches_find_the_article(encoder: Encoder, tmp_path: Path) -> None:
    searches = {
        "words": by_words(ENTRIES),
        "vectors": by_vectors(ENTRIES, encoder, VectorCache(tmp_path, "plain")),
    }
    for search in searches.values():
        assert search("ile mam urlopu?")[0] == ("DU/1974/141", "art. 152")
    assert searches["words"]("xyz") == []
    assert list(ways(ENTRIES, {"plain": encoder}, tmp_path)) == ["BM25 over words", "plain"]


def test_an_article_counts_once_however_many_passages_it_has() -> None:
    keys = [("a", "art. 1"), ("a", "art. 1"), ("a", "art. 2")]
    item = Asked("search", "x", articles=(("a", "art. 2 ust. 1"), ("a", "art. 9")))
    assert rank(keys, item) == 1
    assert rank(keys[:2], item) is None
    searches: dict[str, Search] = {OURS: lambda _: keys}
    assert rank_all(searches, [item])[0].ranks == {OURS: 1}


def test_comparison_counts_refused_topics_as_out_of_scope() -> None:
    records = [
        record("questions", RIGHT_ANSWER, topic="urlop", wanted=("urlop",)),
        record("questions", WRONG_ANSWER, topic="zasilek", wanted=("urlop",), sure=0.6),
        record("out_of_scope", UNKNOWN, topic="poza_zakresem", wanted=(), inside=0.0),
    ]
    guesses = [Guess(("urlop",), 0.9), Guess(("urlop",), 0.5), Guess(("poza_zakresem",), 0.99)]
    compared = compare_topics(records, {"other": guesses}, {"urlop", "zasilek"})
    assert compared[OURS]["topic"].value == 0.5
    assert compared["other"]["topic"].value == 1.0
    assert compared["other"]["auroc"].value == 1.0
    assert compared[OURS]["wrong"].value == 0.5
    assert compared["other"]["wrong"].value == 0.0
