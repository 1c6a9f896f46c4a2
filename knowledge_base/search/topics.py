"""Which topic a query belongs to: a linear classifier over its reduced words, trained when the index is built.

It says which passages to prefer, not what to answer: that is decided beside it, by the dialogue model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
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


def _vectoriser(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, max_features=_MOST_TERMS, vocabulary=vocabulary,
        tokenizer=str.split, token_pattern=None, lowercase=False,
    )  # fmt: skip


@dataclass
class TopicModel:
    """`names` (topics,), `weights` (terms, topics), `intercepts` (topics,)."""

    names: list[str]
    vectoriser: TfidfVectorizer
    weights: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, examples: Sequence[tuple[str, Sequence[str]]]) -> TopicModel:
        """Train on examples: topics with reduced words. Raises ValueError where there are fewer than FEWEST_TOPICS."""
        names = [name for name, _ in examples]
        if len(set(names)) < FEWEST_TOPICS:
            raise ValueError("a topic model needs three topics")
        vectoriser = _vectoriser()
        rows = vectoriser.fit_transform([" ".join(terms) for _, terms in examples])
        machine = LinearSVC(tol=_TOLERANCE, random_state=_SEED).fit(rows, names)
        return cls(
            names=[str(name) for name in machine.classes_],
            vectoriser=vectoriser,
            weights=np.ascontiguousarray(machine.coef_.T, dtype=np.float32),
            intercepts=machine.intercept_.astype(np.float32),
        )

    def shares(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        """How likely each topic is, shape (topics,), summing to 1; all alike where no word is known."""
        logits = (self.vectoriser.transform([" ".join(terms)]) @ self.weights)[0] + self.intercepts
        shifted = np.exp((logits - logits.max()) / _TEMPERATURE)
        return np.asarray(shifted / shifted.sum(), dtype=np.float32)

    def save(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        np.savez(folder / "weights.npz", weights=self.weights, intercepts=self.intercepts, idf=self.vectoriser.idf_)
        vocabulary = {term: int(number) for term, number in self.vectoriser.vocabulary_.items()}
        data = json.dumps({"names": self.names, "vocabulary": vocabulary}, ensure_ascii=False)
        (folder / "terms.json").write_text(data, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Raises OSError or ValueError where the folder does not hold a model."""
        data = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        vectoriser = _vectoriser(data["vocabulary"])
        with np.load(folder / "weights.npz", allow_pickle=False) as found:
            vectoriser.idf_ = found["idf"]
            return cls(data["names"], vectoriser, found["weights"], found["intercepts"])
