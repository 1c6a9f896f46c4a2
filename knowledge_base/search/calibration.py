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
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from knowledge_base.search.analysis import Analyser
from knowledge_base.search.index import Entry, Index, Scored
from knowledge_base.search.ranking import QUESTION, Ranking
from knowledge_base.search.vectors import Encoder

# Bounds of the fit, so that building an index stays a matter of seconds.
_MAX_QUESTIONS = 1600
_MAX_OUT_OF_SCOPE = 400
_CANDIDATES = 30
_SEED = 7
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
    """Return what tells a right first passage from a wrong one: its log-odds, its lead, and what speaks for it."""
    first = results[0]
    rival = next((other for other in results[1:] if not same_rule(first, other)), None)
    own = _logit(first.score)
    lead = own - _logit(rival.score) if rival else own
    return np.array([own, lead, *first.features])


def _logit(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.log(clipped / (1 - clipped)))


def same_rule(one: Scored, other: Scored) -> bool:
    """Passages about the same article say the same thing to the asker."""
    return article_key(one.entry.source) == article_key(other.entry.source)


def article_key(source: dict[str, str | None]) -> tuple[str | None, str]:
    """Act and first article without paragraphs: `art. 55 ust. 1` and `art. 55–56` are both `art. 55`."""
    found = _ARTICLE.match(source["article"] or "")
    return source["act"], found.group() if found else source["article"] or ""


def fit(
    index: Index, analyse: Analyser, encoder: Encoder, out_of_scope: Sequence[str], *, on: dt.date
) -> tuple[Ranking, Calibration]:
    """Fit the ranking on one half of the lay questions, the calibration on the other and on what is out of scope.

    Each question is searched with itself left out. Raises ValueError where there are no questions, or nothing out of
    scope.
    """
    asked = _questions(index, on)
    ranking = _fit_ranking(index, asked[::2], on)
    index.ranking = ranking
    rows, labels = [], []
    for unit in asked[1::2]:
        results = _search_own(index, unit, on)
        if results:
            rows.append(features(results))
            labels.append(article_key(results[0].entry.source) == article_key(_owner(index, unit).source))
    for text in _spread(out_of_scope, _MAX_OUT_OF_SCOPE):
        query = analyse(text)
        results = index.search(query, encoder.queries([query.text])[0], on=on)
        if results:
            rows.append(features(results))
            labels.append(False)
    if len(set(labels)) < 2:
        raise ValueError("kalibracja potrzebuje pytań do fragmentów i przykładów spoza zakresu")
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000)).fit(np.stack(rows), labels)
    scaler, regression = model.steps[0][1], model.steps[1][1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - weights @ scaler.mean_)
    return ranking, Calibration(weights=tuple(weights.tolist()), intercept=intercept)


def _questions(index: Index, on: dt.date) -> list[int]:
    """Units that are lay questions of passages in force, in an order that no file decides."""
    units = [
        unit
        for unit in np.flatnonzero(index.units.of(QUESTION)).tolist()
        if index.entries[index.units.owners[unit]].in_force(on)
    ]
    return [units[number] for number in np.random.default_rng(_SEED).permutation(len(units))][:_MAX_QUESTIONS]


def _owner(index: Index, unit: int) -> Entry:
    return index.entries[int(index.units.owners[unit])]


def _search_own(index: Index, unit: int, on: dt.date) -> list[Scored]:
    return index.search(index.terms[unit], index.vectors.reconstruct(unit), on=on, without_units=[unit])


def _fit_ranking(index: Index, units: Sequence[int], on: dt.date) -> Ranking:
    allowed = np.array([entry.in_force(on) for entry in index.entries])
    keys = [article_key(entry.source) for entry in index.entries]
    rows, right = [], []
    for unit in units:
        found = index.features(index.terms[unit], index.vectors.reconstruct(unit), allowed, [unit])
        scores = np.where(allowed, index.ranking.scores(found), -np.inf)
        best = np.argsort(-scores)[:_CANDIDATES]
        rows.append(found[best])
        right.append(np.array([keys[number] == article_key(_owner(index, unit).source) for number in best]))
    return Ranking.fit(rows, right) if rows else Ranking()


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """At most `count` of the texts, evenly over all."""
    return list(texts) if len(texts) <= count else [texts[i * len(texts) // count] for i in range(count)]
