"""Figures out of outcomes, each with its interval. Pure functions over numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = Sequence[float] | Floats
Truths = Sequence[bool] | npt.NDArray[np.bool_]
RESAMPLES = 2000
_SEED = 7
_LEVEL = 0.95


@dataclass(frozen=True)
class Figure:
    """A value with its 95% bootstrap interval and the number of observations behind it; with none it says nothing."""

    value: float
    low: float
    high: float
    count: int


def mean(values: Sequence[float] | Sequence[bool]) -> Figure:
    """The mean; a share where the values are true or false."""
    return bootstrap(lambda numbers: numbers.mean(axis=-1), np.asarray(values, dtype=np.float64))


def loss(before: Sequence[bool], after: Sequence[bool], *, paired: bool) -> Figure:
    """How much the share of true falls from `before` to `after`; `paired` where both are of the same questions."""
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if paired:
        return bootstrap(lambda numbers: numbers.mean(axis=-1), first - second)
    generator = np.random.default_rng(_SEED)
    drawn = _draw(first, generator).mean(axis=1) - _draw(second, generator).mean(axis=1)
    return _figure(float(first.mean() - second.mean()), drawn, len(second))


def bootstrap(statistic: Callable[[Floats], Floats], values: Floats) -> Figure:
    """A statistic of the last axis, with the percentile interval (Efron 1979)."""
    if not len(values):
        return Figure(0.0, 0.0, 0.0, 0)
    drawn = statistic(_draw(values, np.random.default_rng(_SEED)))
    return _figure(float(statistic(values)), drawn, len(values))


def separation(inside: Numbers, outside: Numbers) -> tuple[Figure, Figure]:
    """AUROC and equal-error rate of scores that should be high inside and low outside."""
    return between(inside, outside, auroc), between(inside, outside, lambda one, other: equal_error(one, other)[0])


def between(inside: Numbers, outside: Numbers, statistic: Callable[[Floats, Floats], float]) -> Figure:
    """A statistic of two samples, each resampled by itself."""
    first, second = np.asarray(inside, dtype=np.float64), np.asarray(outside, dtype=np.float64)
    generator = np.random.default_rng(_SEED)
    pairs = zip(_draw(first, generator), _draw(second, generator), strict=True)
    drawn = np.array([statistic(one, other) for one, other in pairs])
    return _figure(statistic(first, second), drawn, len(first) + len(second))


def paired(scores: Numbers, right: Truths, statistic: Callable[[Floats, npt.NDArray[np.bool_]], float]) -> Figure:
    """A statistic of questions with their scores and whether they are right, resampled together."""
    sure, true = np.asarray(scores, dtype=np.float64), np.asarray(right, dtype=np.bool_)
    rows = np.random.default_rng(_SEED).integers(0, len(sure), size=(RESAMPLES, len(sure)))
    return _figure(statistic(sure, true), np.array([statistic(sure[row], true[row]) for row in rows]), len(sure))


def auroc(inside: Floats, outside: Floats) -> float:
    """Chance that one inside scores higher than one outside; a tie counts half (Mann and Whitney)."""
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, side="left")
    not_above = np.searchsorted(ordered, inside, side="right")
    return float((below + not_above).mean() / 2 / len(outside))


def roc(inside: Floats, outside: Floats) -> tuple[Floats, Floats, Floats]:
    """Thresholds from high to low, with the shares accepted of what is outside and of what is inside."""
    thresholds = np.concatenate([[np.inf], np.unique(np.concatenate([inside, outside]))[::-1]])
    shares = [
        1 - np.searchsorted(np.sort(scores), thresholds, side="left") / len(scores) for scores in (outside, inside)
    ]
    return thresholds, shares[0], shares[1]


def equal_error(inside: Floats, outside: Floats) -> tuple[float, float]:
    """The rate at which as many inside are refused as outside are accepted (half-way if none is equal), and where."""
    thresholds, accepted, kept = roc(inside, outside)
    best = int(np.argmin(np.abs(accepted - (1 - kept))))
    return float((accepted[best] + 1 - kept[best]) / 2), float(thresholds[best])


def accepted_at(inside: Floats, outside: Floats, kept: float) -> float:
    """Share of what is outside that is accepted where the share `kept` of what is inside is."""
    _, accepted, share = roc(inside, outside)
    return float(accepted[np.argmax(share >= kept)])


def wrong_among_surest(scores: Numbers, right: Truths, share: float) -> float:
    """Share of all questions that are answered wrongly when the surest `share` of them is answered."""
    count = round(share * len(scores))
    surest = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable")[:count]
    return float(np.sum(~np.asarray(right, dtype=bool)[surest]) / len(scores))


@dataclass(frozen=True)
class Bin:
    """Answers whose probability lies in one range: how sure, how often right, how many."""

    confidence: float
    accuracy: float
    count: int


def reliability(confidences: Numbers, right: Truths, *, bins: int = 10) -> list[Bin]:
    """Bins of equal width over 0 to 1, without the empty ones."""
    sure, true = np.asarray(confidences, dtype=np.float64), np.asarray(right, dtype=np.float64)
    numbers = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(float(sure[chosen].mean()), float(true[chosen].mean()), int(chosen.sum()))
        for number in range(bins)
        if (chosen := numbers == number).any()
    ]


def calibration_error(confidences: Numbers, right: Truths) -> float:
    """Expected calibration error: the mean distance between how sure and how right, weighted by bin (Guo 2017)."""
    found = reliability(confidences, right)
    whole = sum(item.count for item in found)
    return sum(item.count * abs(item.confidence - item.accuracy) for item in found) / whole


def calibration(confidences: Numbers, right: Truths) -> Figure:
    """The calibration error with its interval."""
    return paired(confidences, right, calibration_error)


def reciprocal(ranks: Sequence[int | None]) -> list[float]:
    """1 / (rank + 1) of each; nought where nothing was found."""
    return [0.0 if rank is None else 1 / (rank + 1) for rank in ranks]


def within(ranks: Sequence[int | None], count: int) -> list[bool]:
    """Whether each rank, counted from nought, is among the first `count`."""
    return [rank is not None and rank < count for rank in ranks]


def _draw(values: Floats, generator: np.random.Generator) -> Floats:
    return values[generator.integers(0, len(values), size=(RESAMPLES, len(values)))]


def _figure(value: float, drawn: Floats, count: int) -> Figure:
    low, high = np.quantile(drawn, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Figure(value, float(low), float(high), count)
