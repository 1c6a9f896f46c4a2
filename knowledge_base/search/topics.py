"""Which topic a query belongs to: a linear classifier over its reduced words, trained when the index is built.

It says which passages to prefer, not what to answer: that is decided beside it, by the dialogue model.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

# Softens the margins into shares; fitted once on examples that the classifier had not seen.
_TEMPERATURE = 0.2
_TOLERANCE = 0.1
_MOST_TERMS = 20_000
# With two, the library's classifier has one row of weights instead of two.
FEWEST_TOPICS = 3
_SEED = 7


@dataclass
class TopicModel:
    """`names` (topics,), `terms` the row of each word and pair of words, `idf` (terms,), `weights` (terms, topics),
    `intercepts` (topics,)."""

    names: list[str]
    terms: dict[str, int]
    idf: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, examples: Sequence[tuple[str, Sequence[str]]]) -> TopicModel:
        """Train on examples: topics with reduced words. Raises ValueError where there are too few topics."""
        names = [name for name, _ in examples]
        if len(set(names)) < FEWEST_TOPICS:
            raise ValueError(f"a topic model needs {FEWEST_TOPICS} topics")
        vectoriser = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True, max_features=_MOST_TERMS)
        rows = vectoriser.fit_transform([terms for _, terms in examples])
        machine = LinearSVC(tol=_TOLERANCE, random_state=_SEED).fit(rows, names)
        return cls(
            names=[str(name) for name in machine.classes_],
            terms={term: int(number) for term, number in vectoriser.vocabulary_.items()},
            idf=vectoriser.idf_.astype(np.float32),
            weights=np.ascontiguousarray(machine.coef_.T, dtype=np.float32),
            intercepts=machine.intercept_.astype(np.float32),
        )

    def shares(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """How likely each topic is, shape (topics,), summing to 1; by size of topics alone where no word is known.

        The vectoriser's own arithmetic: called for one text, it takes ten times as long.
        """
        counts = Counter(self.terms[piece] for piece in _pieces(words) if piece in self.terms)
        logits = self.intercepts.copy()
        if counts:
            rows = np.fromiter(counts, dtype=np.int64)
            values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self.idf[rows]
            logits += (values / np.linalg.norm(values)) @ self.weights[rows]
        shifted = np.exp((logits - logits.max()) / _TEMPERATURE)
        return np.asarray(shifted / shifted.sum(), dtype=np.float32)

    def save(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        np.savez(folder / "weights.npz", weights=self.weights, intercepts=self.intercepts, idf=self.idf)
        data = json.dumps({"names": self.names, "terms": self.terms}, ensure_ascii=False)
        (folder / "terms.json").write_text(data, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Raises OSError or ValueError where the folder does not hold a model."""
        data = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as found:
            return cls(data["names"], data["terms"], found["idf"], found["weights"], found["intercepts"])


def _pieces(words: Sequence[str]) -> list[str]:
    """Words and pairs of neighbours."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
