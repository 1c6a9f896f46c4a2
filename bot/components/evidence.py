"""From the logits of the intents and the nearest examples to the probability that the first intent is right."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

NAMES = (
    "share", "margin", "logit", "third", "near_meaning", "rival_meaning", "near_letters", "rival_letters",
    "near_meaning_3", "known", "length",
)  # fmt: skip


@dataclass
class Evidence:
    """Examples in two views, unit rows: `letters` (examples, n), `meaning` (examples, 512), with their intents."""

    letters: csr_matrix
    meaning: npt.NDArray[np.float32]
    labels: Labels

    def __post_init__(self) -> None:
        # Turned over once: for each message anew it would take longer than all the rest.
        self._across = self.letters.T.tocsr()

    def features(
        self,
        logits: Matrix,
        temperature: float,
        letters: csr_matrix,
        meaning: npt.NDArray[np.float32],
        sizes: Matrix,
        *,
        without: npt.NDArray[np.bool_] | None = None,
    ) -> Matrix:
        """Features of the first intent of each message, shape (messages, len(NAMES)).

        `logits` (messages, intents); `letters`, `meaning` the messages in the views; `sizes` (messages, 2): share of
        known words, number of words. `without` (messages, examples) hides examples, for fitting.
        """
        near_meaning = meaning @ self.meaning.T
        near_letters = np.asarray((letters @ self._across).todense(), dtype=np.float32)
        if without is not None:
            near_meaning = np.where(without, -1.0, near_meaning)
            near_letters = np.where(without, -1.0, near_letters)
        order = np.argsort(-logits, axis=1)
        shares = softmax(logits / temperature)
        rows = []
        for number, best in enumerate(order[:, 0]):
            own = self.labels == best
            rows.append([
                shares[number, best],
                logits[number, best] - logits[number, order[number, 1]],
                logits[number, best],
                logits[number, best] - logits[number, order[number, 2]],
                near_meaning[number, own].max(initial=0.0),
                near_meaning[number, ~own].max(initial=0.0),
                near_letters[number, own].max(initial=0.0),
                near_letters[number, ~own].max(initial=0.0),
                float(np.sort(near_meaning[number, own])[-3:].mean()) if own.any() else 0.0,
                sizes[number, 0],
                np.log1p(sizes[number, 1]),
            ])  # fmt: skip
        return np.array(rows)

    def nearest(self, meaning: npt.NDArray[np.float32], count: int = 3) -> list[tuple[int, float]]:
        """The examples that mean most nearly the same as one message (shape (512,)), with their cosine."""
        scores = self.meaning @ meaning
        first = np.argpartition(-scores, min(count, len(scores) - 1))[:count]
        order = first[np.argsort(-scores[first])]
        return [(int(number), float(scores[number])) for number in order]


@dataclass(frozen=True)
class Verdict:
    """Weights of a logistic regression over standardised features (Platt 1999)."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    def probability(self, features: Matrix) -> Matrix:
        """Probability that the first intent is right, shape (messages,)."""
        return np.asarray(1 / (1 + np.exp(-self._logits(features))))

    def _logits(self, features: Matrix) -> Matrix:
        standard = (features - np.array(self.mean)) / np.array(self.scale)
        return np.asarray(standard @ np.array(self.weights) + self.intercept)

    @classmethod
    def fit(cls, features: Matrix, right: npt.NDArray[np.bool_]) -> Verdict:
        """Fit on messages that the classifier had not seen; `right` (messages,)."""
        mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
        model = LogisticRegression(C=1.0, max_iter=1000).fit((features - mean) / scale, right)
        return cls(
            tuple(mean.tolist()), tuple(scale.tolist()), tuple(model.coef_[0].tolist()), float(model.intercept_[0])
        )

    def rescaled(self, features: Matrix, right: npt.NDArray[np.bool_]) -> Verdict:
        """The same order, with probabilities that agree with other messages (two parameters, Platt 1999).

        Unchanged where all of these messages, or none, are right.
        """
        if right.all() or not right.any():
            return self
        model = LogisticRegression(C=10.0).fit(self._logits(features)[:, None], right)
        slope, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
        if slope <= 0:
            return self
        weights = tuple(slope * weight for weight in self.weights)
        return replace(self, weights=weights, intercept=slope * self.intercept + shift)


def softmax(logits: Matrix) -> Matrix:
    """Shares that sum to 1 in each row, same shape."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
