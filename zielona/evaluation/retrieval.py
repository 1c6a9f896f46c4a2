"""Search over the passages: ours, and the plain ways it is held against, on the same passages and the same day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np

from knowledge_base.content.text import fold, words
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.cache import VectorCache
from knowledge_base.search.calibration import article_key
from knowledge_base.search.index import Entry, Index
from knowledge_base.search.vectors import Encoder
from zielona.evaluation.sets import Asked

DEPTH = 20
# As in Robertson and Zaragoza's survey, and in most libraries.
K1, B = 1.2, 0.75
Key = tuple[str | None, str]
Search = Callable[[str], list[Key]]


@dataclass(frozen=True)
class Found:
    """A question of the search set with the rank of its first right article by each way, from nought."""

    text: str
    group: str
    articles: tuple[tuple[str, str], ...]
    ranks: dict[str, int | None]


def rank_all(ways: dict[str, Search], items: Sequence[Asked]) -> list[Found]:
    return [
        Found(
            item.text, item.group, item.articles, {name: rank(search(item.text), item) for name, search in ways.items()}
        )
        for item in items
    ]


def rank(found: Sequence[Key], item: Asked) -> int | None:
    """Rank of the first right article among distinct articles; None where it is not among the first DEPTH passages."""
    wanted = {article_key({"act": act, "article": article}) for act, article in item.articles}
    return next((number for number, key in enumerate(dict.fromkeys(found)) if key in wanted), None)


def ours(index: Index, analyse: Analyser, encoder: Encoder, *, on: dt.date) -> Search:
    def search(text: str) -> list[Key]:
        query = analyse(text)
        results = index.search(query, np.asarray(encoder.queries([query.text])[0]), on=on, limit=DEPTH)
        return [article_key(result.entry.source) for result in results]

    return search


def plain_words(text: str) -> list[str]:
    return words(fold(text))


def by_words(entries: Sequence[Entry]) -> Search:
    """BM25 over folded words; a document is a passage with its title and its lay questions."""
    bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
    bm25.index([plain_words(" ".join(_texts(entry))) for entry in entries], show_progress=False)
    known = set(bm25.vocab_dict)

    def search(text: str) -> list[Key]:
        terms = [word for word in plain_words(text) if word in known]
        if not terms:
            return []
        best = np.argsort(-bm25.get_scores(terms), kind="stable")[:DEPTH]
        return [article_key(entries[number].source) for number in best]

    return search


def by_vectors(entries: Sequence[Entry], encoder: Encoder, cache: VectorCache) -> Search:
    """Sentence vectors in FAISS: the best of a passage's text and its lay questions counts."""
    owners = [number for number, entry in enumerate(entries) for _ in _texts(entry)]
    vectors = cache.encode([text for entry in entries for text in _texts(entry)], encoder.passages)
    cache.save()
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)

    def search(text: str) -> list[Key]:
        _, ids = flat.search(encoder.queries([text]), DEPTH * 10)
        best = list(dict.fromkeys(owners[unit] for unit in ids[0] if unit >= 0))[:DEPTH]
        return [article_key(entries[number].source) for number in best]

    return search


def _texts(entry: Entry) -> list[str]:
    return [f"{entry.title}. {entry.text}", *entry.questions]
