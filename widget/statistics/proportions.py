"""Shares with their uncertainty, and changes that are more than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Two-sided, 95 per cent.
_Z = 1.959964


def wilson(value: float, whole: float) -> tuple[float, float]:
    """The interval of a share at 95% (E. B. Wilson, JASA 22, 1927); `whole` may be an effective size."""
    square = _Z * _Z
    middle = value + square / (2 * whole)
    spread = _Z * math.sqrt(value * (1 - value) / whole + square / (4 * whole * whole))
    low, high = ((middle + sign * spread) / (1 + square / whole) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Share:
    """A part of a whole; `low` and `high` are its Wilson interval."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def low(self) -> float:
        return wilson(self.value, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.value, self.whole)[1]


def share(part: int, whole: int) -> Share | None:
    """None where there is nothing to take a part of."""
    return Share(part, whole) if whole else None


def rise(now: Share, before: Share) -> float:
    """How many standard errors a share has grown by (two-proportion z with a common share); 0 without any case."""
    together = (now.part + before.part) / (now.whole + before.whole)
    error = math.sqrt(together * (1 - together) * (1 / now.whole + 1 / before.whole))
    return (now.value - before.value) / error if error else 0.0


def change(now: float, before: float) -> float | None:
    """Relative change; None where there was nothing before."""
    return (now - before) / before if before else None
