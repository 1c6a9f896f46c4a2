"""From scores to the probability that the best passage is the right one, and from that to a decision.

Fitted when the index is built, on the index's own lay questions (each searched with itself left out) and on messages
that are out of scope; never on an evaluation set.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from knowledge_base.search.analysis import Analyser
from knowledge_base.search.index import Index, Scored
from knowledge_base.search.vectors import Encoder

FEATURES = 6
_ARTICLE = re.compile(r"(?:art\.|§) \d+[a-z]*(\(\w+\))?")


class Decision(str, Enum):
    """What may be done with the passages found."""

    ANSWER = "answer"
    CHOICES = "choices"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Calibration:
    """Weights of a logistic regression over `features`, with its intercept."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, results: Sequence[Scored]) -> float:
        if not results:
            return 0.0
        logit = float(np.dot(self.weights, features(results)) + self.intercept)
        return float(1 / (1 + np.exp(-logit)))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps({"weights": self.weights, "intercept": self.intercept}), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Calibration:
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(weights=tuple(data["weights"]), intercept=data["intercept"])


def features(results: Sequence[Scored]) -> npt.NDArray[np.float64]:
    """Return what tells a right first passage from a wrong one, shape (FEATURES,)."""
    first = results[0]
    rival = next((other for other in results[1:] if not same_rule(first, other)), None)
    gap = first.score - rival.score if rival else first.score
    return np.array([first.score, first.vector, first.surface, first.reduced, gap, first.vector * first.reduced])


def same_rule(one: Scored, other: Scored) -> bool:
    """Passages about the same article say the same thing to the asker."""
    return article_key(one.entry.source) == article_key(other.entry.source)


def article_key(source: dict[str, str | None]) -> tuple[str | None, str]:
    """Act and first article without paragraphs: `art. 55 ust. 1` and `art. 55–56` are both `art. 55`."""
    found = _ARTICLE.match(source["article"] or "")
    return source["act"], found.group() if found else source["article"] or ""


def fit(index: Index, analyse: Analyser, encoder: Encoder, out_of_scope: Sequence[str], *, on: dt.date) -> Calibration:
    """Fit the calibration. Raises ValueError where the index has no questions or there is nothing out of scope."""
    rows, labels = [], []
    first_unit: dict[int, int] = {}
    for unit, owner in enumerate(index.owners.tolist()):
        first_unit.setdefault(owner, unit)
        if unit == first_unit[owner] or not index.entries[owner].in_force(on):
            continue
        terms = index.terms[unit]
        # The vector is that of the text as indexed; typing habits are learned from the examples out of scope alone.
        results = index.search(terms, index.vectors.reconstruct(unit), on=on, without_units=[unit])
        if results:
            rows.append(features(results))
            labels.append(article_key(results[0].entry.source) == article_key(index.entries[owner].source))
    for text in out_of_scope:
        query = analyse(text)
        results = index.search(query, encoder.queries([query.text])[0], on=on)
        if results:
            rows.append(features(results))
            labels.append(False)
    if len(set(labels)) < 2:
        raise ValueError("kalibracja potrzebuje pytań do fragmentów i przykładów spoza zakresu")
    model = LogisticRegression(C=10.0, max_iter=1000).fit(np.stack(rows), labels)
    return Calibration(weights=tuple(model.coef_[0].tolist()), intercept=float(model.intercept_[0]))
