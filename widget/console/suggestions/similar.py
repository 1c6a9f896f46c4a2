"""Questions that were answered before and are like this one: BM25 over stems, in memory, newest answers first."""

from __future__ import annotations

import datetime as dt
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge_base.content.text import fold, words
from knowledge_base.search.analysis import STEM_LENGTH, STOP_WORDS
from knowledge_base.search.lexical import LexicalIndex

# A logistic regression over score and lead, fitted on examples of topics: does the nearest of 800 answered questions
# belong to the topic of the one that asks? `python -m benchmarks.similar` fits it again.
WEIGHT_SCORE, WEIGHT_LEAD, INTERCEPT = 3.35, 8.67, -1.77
_LEAST = 0.25
_MAX_AGE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Answered:
    """A question with the answer that was sent."""

    reference: str
    question: str
    answer: str
    sources: list[dict[str, Any]]
    topic: str | None
    sent_at: dt.datetime


@dataclass(frozen=True)
class Similar:
    """An answered question and the probability that its answer fits."""

    answered: Answered
    probability: float


def stems(text: str) -> list[str]:
    """The first letters of each word that says what a text is about.

    >>> stems("Czy dostanę zasiłek po zwolnieniu?")
    ['dosta', 'zasil', 'po', 'zwoln']
    """
    folded = (fold(word) for word in words(text))
    return [word[:STEM_LENGTH] for word in folded if word not in STOP_WORDS]


def probability(score: float, lead: float) -> float:
    """That an answer fits whose question has this BM25 score (0 to 1) and is so much ahead of the next other one."""
    return 1 / (1 + math.exp(-(WEIGHT_SCORE * score + WEIGHT_LEAD * lead + INTERCEPT)))


class SimilarIndex:
    """Questions of one moment."""

    def __init__(self, answered: Sequence[Answered]) -> None:
        self.answered = answered
        self._index = LexicalIndex.build([stems(item.question) for item in answered]) if answered else None

    def search(self, question: str, *, limit: int, without: str = "") -> list[Similar]:
        """The nearest ones, best first; of equal answers only the best."""
        if self._index is None:
            return []
        scores = self._index.scores(stems(question))
        best: list[tuple[Answered, float]] = []
        for number in np.argsort(-scores, kind="stable")[: 5 * limit + 1].tolist():
            item, score = self.answered[number], float(scores[number])
            if score <= 0 or item.reference == without or any(item.answer == other.answer for other, _ in best):
                continue
            best.append((item, score))
        found = []
        for place, (item, score) in enumerate(best[:limit]):
            behind = best[place + 1][1] if place + 1 < len(best) else 0.0
            lead = score - behind if place == 0 else score - best[0][1]
            found.append(Similar(item, round(probability(score, lead), 4)))
        return [item for item in found if item.probability >= _LEAST]


class SimilarAnswers:
    """The index of this process, made anew when answers were sent since, at most once a minute."""

    def __init__(
        self, load: Callable[[], Sequence[Answered]], mark: Callable[[], Any], clock: Callable[[], dt.datetime]
    ) -> None:
        self._load = load
        self._mark = mark
        self._clock = clock
        self._lock = threading.Lock()
        self._index = SimilarIndex([])
        self._made_of: Any = None
        self._made_at: dt.datetime | None = None

    def search(self, question: str, *, limit: int, without: str = "") -> list[Similar]:
        """Raises SQLAlchemyError."""
        return self._current().search(question, limit=limit, without=without)

    def _current(self) -> SimilarIndex:
        with self._lock:
            now = self._clock()
            if self._made_at is None or not dt.timedelta() <= now - self._made_at < _MAX_AGE:
                mark = self._mark()
                if mark != self._made_of:
                    self._index, self._made_of = SimilarIndex(self._load()), mark
                self._made_at = now
            return self._index
