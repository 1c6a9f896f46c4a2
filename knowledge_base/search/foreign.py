"""Which topic a message in another language asks about.

Three signs speak for a topic: the meaning of its Polish examples (the encoder knows some sixteen languages, Ukrainian
is none of them), the meaning of questions in the message's own language, and their letters. How much each counts, and
from when the first topic is sure, is fitted per language on the questions themselves, each with itself left out, and on
messages that are out of scope.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge_base.content.translations import Language
from knowledge_base.search.index import Index
from knowledge_base.search.ranking import EXAMPLE
from knowledge_base.search.vectors import Encoder

Matrix = npt.NDArray[np.float64]
_NEAREST_EXAMPLES = 3
_CANDIDATES = 20
_MIN_QUESTIONS = 20
_SHOWN = 3


@dataclass(frozen=True)
class Polish:
    """Examples of topics in the index: `vectors` (examples, dimensions), `owners` (examples,) numbers of `topics`."""

    topics: tuple[str, ...]
    vectors: npt.NDArray[np.float32]
    owners: npt.NDArray[np.int64]

    @classmethod
    def of(cls, index: Index) -> Polish:
        units = np.flatnonzero(index.units.of(EXAMPLE))
        vectors = np.zeros((0, index.vectors.d), dtype=np.float32)
        if len(units):
            vectors = index.vectors.reconstruct_n(int(units[0]), len(units))
        return cls(tuple(index.topics), vectors, index.units.owners[units])


@dataclass
class Matcher:
    """One language. `owners` (questions,) are numbers of `topics`; the first topics are those of the index."""

    topics: list[str]
    questions: list[str]
    owners: list[int]
    weights: tuple[float, ...] = (1.0, 1.0, 1.0)
    verdict: tuple[float, ...] = ()
    vectors: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    def __post_init__(self) -> None:
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._seen = self._letters.fit_transform(self.questions) if self.questions else None

    def ranking(self, text: str, vector: npt.NDArray[np.float32], polish: Polish) -> list[tuple[str, float]]:
        """Topics, best first, with the probability that the first is right; empty where nothing was fitted."""
        if not self.verdict:
            return []
        signs = self.signs(text, vector, polish)
        scores = signs @ np.array(self.weights)
        order = np.argsort(-scores)[:_SHOWN]
        chance = _chance(np.array(self.verdict), _evidence(scores))
        return [(self.topics[number], chance if not place else 0.0) for place, number in enumerate(order)]

    def signs(
        self, text: str, vector: npt.NDArray[np.float32], polish: Polish, *, without: int | None = None
    ) -> Matrix:
        """What speaks for each topic, shape (topics, 3); `without` leaves out one of the questions."""
        signs = np.zeros((len(self.topics), 3))
        near = polish.vectors @ vector
        for number in range(len(polish.topics)):
            own = near[polish.owners == number]
            signs[number, 0] = np.sort(own)[-_NEAREST_EXAMPLES:].mean() if len(own) else 0.0
        if self._seen is not None:
            owners = np.array(self.owners)
            columns = (self.vectors @ vector, (self._seen @ self._letters.transform([text]).T).toarray()[:, 0])
            for column, scores in enumerate(columns, 1):
                usable = scores.astype(float)
                if without is not None:
                    usable[without] = 0.0
                np.maximum.at(signs[:, column], owners, usable)
        return signs

    def fit(self, polish: Polish, outside: Sequence[tuple[str, npt.NDArray[np.float32]]]) -> None:
        """Fit weights, then the verdict. Does nothing where there are too few questions to learn from."""
        if len(self.questions) < _MIN_QUESTIONS or not outside:
            return
        # A question that is alone in its topic says nothing of how its kind is found.
        numbers = [number for number, owner in enumerate(self.owners) if self.owners.count(owner) > 1]
        own = [self.signs(self.questions[n], self.vectors[n], polish, without=n) for n in numbers]
        owners = [self.owners[number] for number in numbers]
        self.weights = _fit_weights(own, owners) or self.weights
        seen = [*own, *(self.signs(text, vector, polish) for text, vector in outside)]
        scores = [signs @ np.array(self.weights) for signs in seen]
        right = [bool(score.argmax() == owner) for score, owner in zip(scores, owners)] + [False] * len(outside)
        if len(set(right)) == 2:
            rows = np.stack([_evidence(score) for score in scores])
            model = LogisticRegression(C=10.0, max_iter=2000).fit(rows, right)
            self.verdict = (*model.coef_[0].tolist(), float(model.intercept_[0]))


def _fit_weights(own: Sequence[Matrix], owners: Sequence[int]) -> tuple[float, ...] | None:
    rows, labels = [], []
    for signs, owner in zip(own, owners):
        best = np.argsort(-signs.sum(axis=1))[:_CANDIDATES]
        rows.append(signs[best])
        labels.append(best == owner)
    if not labels or not np.concatenate(labels).any():
        return None
    model = LogisticRegression(C=10.0, max_iter=2000).fit(np.vstack(rows), np.concatenate(labels))
    # A sign never speaks against its topic: with few questions the fit may think so.
    return tuple(np.maximum(model.coef_[0], 0.1).tolist())


def _evidence(scores: Matrix) -> Matrix:
    """What tells a right first topic from a wrong one: its score and its lead, so that nearer is never less sure."""
    order = np.argsort(-scores)
    lead = scores[order[0]] - scores[order[1]] if len(order) > 1 else scores[order[0]]
    return np.array([scores[order[0]], lead])


def _chance(verdict: Matrix, evidence: Matrix) -> float:
    return float(1 / (1 + np.exp(-(evidence @ verdict[:-1] + verdict[-1]))))


def build_matchers(languages: dict[str, Language], index: Index, encoder: Encoder) -> dict[str, Matcher]:
    """A matcher for each language, fitted."""
    polish = Polish.of(index)
    found = {}
    for code, language in languages.items():
        asked = list(language.questions())
        topics = list(dict.fromkeys([*polish.topics, *(topic for topic, _ in asked)]))
        matcher = Matcher(topics, [text for _, text in asked], [topics.index(topic) for topic, _ in asked])
        if asked:
            matcher.vectors = encoder.queries(matcher.questions)
            outside = list(zip(language.out_of_scope, encoder.queries(list(language.out_of_scope))))
            matcher.fit(polish, outside)
        found[code] = matcher
    return found


def save_matchers(matchers: dict[str, Matcher], folder: Path) -> None:
    arrays = {code: matcher.vectors for code, matcher in matchers.items()}
    facts = {code: _facts(matcher) for code, matcher in matchers.items()}
    np.savez(folder / "foreign.npz", allow_pickle=False, **arrays)
    (folder / "foreign.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def load_matchers(folder: Path) -> dict[str, Matcher]:
    """Read what `save_matchers` wrote. Raises OSError or ValueError."""
    facts = json.loads((folder / "foreign.json").read_text(encoding="utf-8"))
    with np.load(folder / "foreign.npz", allow_pickle=False) as arrays:
        return {
            code: Matcher(
                **{**values, "weights": tuple(values["weights"]), "verdict": tuple(values["verdict"])},
                vectors=arrays[code],
            )
            for code, values in facts.items()
        }


def _facts(matcher: Matcher) -> dict[str, Any]:
    return {name: value for name, value in asdict(matcher).items() if name != "vectors"}
