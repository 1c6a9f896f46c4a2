"""How far two editors agree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

# Every so many messages are offered to a second editor.
EVERY = 10
# Fewer pairs say nothing yet.
ENOUGH = 10


@dataclass(frozen=True)
class Agreement:
    """Number of messages labelled twice, how many alike, and Cohen's kappa; None where it cannot be told yet."""

    pairs: int
    alike: int
    kappa: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Cohen (1960): agreement beyond chance; 1 is perfect, 0 is chance. None where all bear the same label."""
    alike = sum(first == second for first, second in pairs)
    telling = len(pairs) >= ENOUGH and len({label for pair in pairs for label in pair}) > 1
    return Agreement(len(pairs), alike, _kappa(pairs) if telling else None)


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    # Takes a second to import, which only this page needs.
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score([one for one, _ in pairs], [other for _, other in pairs]))


def is_due(item_id: str) -> bool:
    """Whether a message is one of the few that a second editor sees, by its id, so nobody can tell beforehand."""
    return int(hashlib.sha256(item_id.encode()).hexdigest(), 16) % EVERY == 0
