"""Shares with their uncertainty, and changes that are more than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass

# Two-sided, 95 per cent.
_Z = 1.959964


@dataclass(frozen=True)
class Share:
    """A part of a whole; `low` and `high` are the Wilson interval at 95% (E. B. Wilson, JASA 22, 1927)."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole

    @property
    def low(self) -> float:
        return self._bound(-1)

    @property
    def high(self) -> float:
        return self._bound(1)

    def _bound(self, sign: int) -> float:
        square = _Z * _Z
        middle = self.value + square / (2 * self.whole)
        spread = _Z * math.sqrt(self.value * (1 - self.value) / self.whole + square / (4 * self.whole * self.whole))
        return min(1.0, max(0.0, (middle + sign * spread) / (1 + square / self.whole)))


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
