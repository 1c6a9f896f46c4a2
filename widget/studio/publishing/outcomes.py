"""What came of a trial: the candidate beside the release that answers the rest, with intervals.

Conversations are told apart by where they were sent, not by who answered in the end, so a candidate that fails counts
as failing. Questions of one conversation are alike, so a conversation counts as one draw, not each of its questions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from widget.events.kinds import GROUPS
from widget.statistics.proportions import wilson
from widget.studio.publishing.repository import Talked
from zielona.publishing.trials import is_chosen

# With fewer conversations on either side nothing is concluded.
ENOUGH = 30


@dataclass(frozen=True)
class Estimate:
    """A share with its interval at 95%; `part` of `whole` questions or ratings."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.part / self.whole


@dataclass(frozen=True)
class Difference:
    """Candidate less the other, with its interval at 95%; `verdict` is 1 for better, -1 for worse, 0 for unsure."""

    value: float
    low: float
    high: float
    verdict: int


@dataclass(frozen=True)
class Measure:
    """A figure of a trial. `wanted` is 1 where more of it is better, -1 where less is."""

    name: str
    label: str
    wanted: int
    counted: Callable[[Talked], tuple[int, int]]


@dataclass(frozen=True)
class Row:
    """One measure on both sides; None where there was nothing to count."""

    measure: Measure
    candidate: Estimate | None
    other: Estimate | None
    difference: Difference | None


@dataclass(frozen=True)
class Outcome:
    """A trial: how many conversations fell to each side, and the measures."""

    candidate: int
    other: int
    rows: Sequence[Row]

    @property
    def enough(self) -> bool:
        return min(self.candidate, self.other) >= ENOUGH


def _group(name: str) -> Callable[[Talked], tuple[int, int]]:
    def counted(talked: Talked) -> tuple[int, int]:
        return sum(talked.outcomes.get(item, 0) for item in GROUPS[name]), sum(talked.outcomes.values())

    return counted


MEASURES = (
    Measure("answered", "Pytania z odpowiedzią", 1, _group("answered")),
    Measure("unknown", "Pytania, na które asystent nie wie", -1, _group("unknown")),
    Measure("handed_over", "Pytania przekazane człowiekowi", -1, _group("handed_over")),
    Measure("failed", "Pytania bez odpowiedzi z powodu awarii", -1, _group("failed")),
    Measure("helpful", "Oceny „pomogło”", 1, lambda talked: (talked.helpful, talked.rated)),
)


def outcome(conversations: Mapping[str, Talked], *, trial: int, share: float) -> Outcome:
    """The trial as it stands."""
    chosen = [talked for name, talked in conversations.items() if is_chosen(name, trial, share)]
    rest = [talked for name, talked in conversations.items() if not is_chosen(name, trial, share)]
    return Outcome(len(chosen), len(rest), [_row(measure, chosen, rest) for measure in MEASURES])


def _row(measure: Measure, chosen: Sequence[Talked], rest: Sequence[Talked]) -> Row:
    candidate, other = (estimate(map(measure.counted, side)) for side in (chosen, rest))
    return Row(measure, candidate, other, difference(candidate, other, wanted=measure.wanted))


def estimate(draws: Iterable[tuple[int, int]]) -> Estimate | None:
    """The share of `part` in `whole`, of pairs by conversation; None where there is nothing to take a part of.

    Wilson's interval for the effective number of questions: the number over the design effect of clusters (L. Kish,
    Survey Sampling, 1965), never more than there were.
    """
    pairs = [(part, whole) for part, whole in draws if whole]
    if not pairs:
        return None
    part, whole = (sum(column) for column in zip(*pairs, strict=True))
    return Estimate(part, whole, *wilson(part / whole, _effective(pairs, part, whole)))


def _effective(pairs: Sequence[tuple[int, int]], part: int, whole: int) -> float:
    count, value = len(pairs), part / whole
    simple = value * (1 - value) / whole
    if count < 2 or simple == 0:
        # Nothing varies, so nothing says how alike the questions of a conversation are: at worst they are the same.
        return float(count)
    spread = sum((got - value * asked) ** 2 for got, asked in pairs)
    clustered = spread / whole**2
    return whole / max(1.0, clustered / simple)


def difference(candidate: Estimate | None, other: Estimate | None, *, wanted: int) -> Difference | None:
    """Newcombe's interval out of two Wilson intervals (Statistics in Medicine 17, 1998, method 10)."""
    if candidate is None or other is None:
        return None
    value = candidate.value - other.value
    low = value - math.hypot(candidate.value - candidate.low, other.high - other.value)
    high = value + math.hypot(candidate.high - candidate.value, other.value - other.low)
    beyond = (1 if low > 0 else -1) if low > 0 or high < 0 else 0
    return Difference(value, low, high, beyond * wanted)
