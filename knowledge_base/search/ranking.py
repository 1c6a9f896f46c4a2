"""How the signs that speak for a passage are weighed: a logistic regression, fitted when the index is built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

TEXT, QUESTION, EXAMPLE = 0, 1, 2
FEATURES = (
    "vector_text", "vector_question", "words_text", "words_question", "stems_text", "stems_question", "stems_title",
    "topic_vector", "topic_stems", "topic_share",
)  # fmt: skip


# Lay questions of one passage ask about different things on purpose, so a question left out says little of the others.
# A visitor who asks one of them in nearly its own words must still find it: no sign may count less than this.
_FLOOR = (0.5, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Ranking:
    """Weights over FEATURES. The default is for an index too small to fit them on."""

    weights: tuple[float, ...] = (1.0, 1.0, 3.0, 1.0, 4.0, 1.0, 3.0, 2.0, 2.0, 2.0)
    intercept: float = -6.0

    def scores(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Log-odds that a passage is the one asked about; `features` has shape (passages, len(FEATURES))."""
        return np.asarray(features @ np.asarray(self.weights) + self.intercept, dtype=np.float64)

    @classmethod
    def fit(cls, rows: Sequence[npt.NDArray[np.float32]], right: Sequence[npt.NDArray[np.bool_]]) -> Ranking:
        """Fit on candidates of questions: each `rows` (candidates, len(FEATURES)), each `right` (candidates,)."""
        labels = np.concatenate(list(right))
        if labels.all() or not labels.any():
            return cls()
        model = LogisticRegression(C=10.0, max_iter=2000).fit(np.vstack(list(rows)), labels)
        weights = np.maximum(model.coef_[0], _FLOOR)
        # The mean log-odds stay where the fit put them.
        shift = float((np.vstack(list(rows)) @ (weights - model.coef_[0])).mean())
        return cls(weights=tuple(weights.tolist()), intercept=float(model.intercept_[0]) - shift)
