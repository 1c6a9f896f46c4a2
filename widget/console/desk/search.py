"""Search while the consultant types: BM25 over what topics and passages are called and asked, in this process.

Words count by their first five letters without diacritics; the last one may still be unfinished.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.content.passages import Passage
from knowledge_base.content.store import Content
from knowledge_base.content.text import fold, words
from knowledge_base.content.topics import Topic
from knowledge_base.search.lexical import LexicalIndex

TOPIC, PASSAGE = "temat", "fragment"
SHORTEST = 2
MOST = 10
_LETTERS = 5
# An unfinished word stands for the most frequent words that begin with it.
_CANDIDATES = 24
_WORST = 0.2
_TITLE, _QUESTION, _TEXT = 1.15, 1.0, 0.75
_LONGEST = 300


@dataclass(frozen=True)
class Hit:
    """A topic or passage that fits; `score` is about the share of the question that it covers."""

    kind: str
    id: str
    title: str
    about: str
    score: float
    valid_from: dt.date | None
    valid_to: dt.date | None


class QuickSearch:
    """Made once per content; a search takes some milliseconds."""

    def __init__(self, content: Content) -> None:
        self._hits: list[Hit] = []
        owners: list[int] = []
        weights: list[float] = []
        units: list[list[str]] = []
        for hit, texts in [*map(_topic, _topics(content)), *(_passage(item, content) for item in _passages(content))]:
            for weight, text in texts:
                owners.append(len(self._hits))
                weights.append(weight)
                units.append(terms(text))
            self._hits.append(hit)
        self._owners = np.asarray(owners, dtype=np.int64)
        self._weights = np.asarray(weights, dtype=np.float32)
        self._index = LexicalIndex.build(units)
        self._frequency = Counter(term for unit in units for term in set(unit))

    def find(self, text: str, *, limit: int = MOST) -> list[Hit]:
        """The best topics and passages, best first; nothing for less than two letters."""
        text = text[:_LONGEST]
        found = terms(text)
        if not found or len("".join(found)) < SHORTEST:
            return []
        scores = self._scores(found, unfinished=text[-1:].isalnum()) * self._weights
        best = np.zeros(len(self._hits), dtype=np.float32)
        np.maximum.at(best, self._owners, scores)
        order = np.argsort(-best, kind="stable")[:limit]
        return [_scored(self._hits[index], float(best[index])) for index in order if best[index] >= _WORST]

    def _scores(self, found: list[str], *, unfinished: bool) -> npt.NDArray[np.float32]:
        *whole, last = found
        if not unfinished:
            return self._index.scores(found)
        ends = [term for term in self._frequency if term.startswith(last)]
        ends = sorted(ends, key=lambda term: (term != last, -self._frequency[term]))[:_CANDIDATES] or [last]
        scores = self._index.scores([*whole, ends[0]])
        for end in ends[1:]:
            np.maximum(scores, self._index.scores([*whole, end]), out=scores)
        return scores


_made: dict[str, QuickSearch] = {}
_making = threading.Lock()


def search_over(content: Content) -> QuickSearch:
    """The search of this process over that version of the content; making one takes some seconds."""
    with _making:
        if content.version not in _made:
            _made.clear()
            _made[content.version] = QuickSearch(content)
        return _made[content.version]


def terms(text: str) -> list[str]:
    """Words as they are compared.

    >>> terms("Zasiłki dla bezrobotnych")
    ['zasil', 'dla', 'bezro']
    """
    return [word[:_LETTERS] for word in words(fold(text))]


def _topics(content: Content) -> Iterator[Topic]:
    return (topic for topic in content.topics.values() if topic.is_faq and not topic.out_of_scope)


def _passages(content: Content) -> Iterator[Passage]:
    return iter(content.passages.values())


def _topic(topic: Topic) -> tuple[Hit, list[tuple[float, str]]]:
    article = topic.sources[0].article if topic.sources else ""
    hit = Hit(TOPIC, topic.name, topic.title, article, 0.0, None, None)
    texts = [(_TITLE, topic.title), *((_QUESTION, example) for example in topic.examples), (_TEXT, topic.answer)]
    return hit, texts


def _passage(passage: Passage, content: Content) -> tuple[Hit, list[tuple[float, str]]]:
    source, act = passage.source, content.acts[passage.source.act].short
    about = f"{source.article} – {act}"
    hit = Hit(PASSAGE, passage.id, passage.title, about, 0.0, source.valid_from, source.valid_to)
    questions = ((_QUESTION, question) for question in passage.questions)
    return hit, [(_TITLE, f"{source.article} {act}"), (_QUESTION, passage.title), *questions, (_TEXT, passage.text)]


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(hit.kind, hit.id, hit.title, hit.about, round(score, 3), hit.valid_from, hit.valid_to)
