"""Passages that say the same thing twice, found by the vectors of the published index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from knowledge_base.content.errors import Finding
from knowledge_base.content.passages import Passage
from knowledge_base.search.index import Index, current_version, load_index

# Cosine of whole texts. Chosen on the shipped passages: pairs about neighbouring rules stay below it.
ALIKE = 0.93


def duplicate_findings(passages: list[Passage], index: Index, *, alike: float = ALIKE) -> Iterator[Finding]:
    """Pairs of passages in force at the same time whose texts are nearly the same.

    Passages that the index does not hold yet, or holds with another text, are left out.
    """
    by_id = {passage.id: passage for passage in passages}
    first_unit: dict[int, int] = {}
    for unit, owner in enumerate(index.owners.tolist()):
        first_unit.setdefault(owner, unit)
    known = [
        (by_id[entry.id], first_unit[number])
        for number, entry in enumerate(index.entries)
        if entry.id in by_id and by_id[entry.id].text == entry.text
    ]
    if not known:
        return
    vectors = np.stack([index.vectors.reconstruct(unit) for _, unit in known])
    alikeness = np.triu(vectors @ vectors.T, k=1)
    for one, other in zip(*np.nonzero(alikeness >= alike)):
        first, second = known[int(one)][0], known[int(other)][0]
        if _meet(first, second):
            message = f"treść prawie taka sama jak „{first.id}” (podobieństwo {alikeness[one, other]:.2f})"
            yield Finding(second.path, 1, message)


def _meet(one: Passage, other: Passage) -> bool:
    starts = max(one.source.valid_from, other.source.valid_from)
    return all(source.valid_to is None or source.valid_to >= starts for source in (one.source, other.source))


def published_index(root: Path) -> Index | None:
    """The index in use, or None where none is built or it cannot be read."""
    version = current_version(root)
    try:
        return load_index(root / version) if version else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
