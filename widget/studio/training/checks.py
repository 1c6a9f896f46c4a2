"""What must be right before a training begins, and what editors should know before they begin one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.check.rules import Loadable, check_loaded
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic
from widget.studio.checks import ALIKE, refusals
from widget.studio.held_out import HeldOut

_BATCH = 500
_MOST = 200


@dataclass(frozen=True)
class Finding:
    """A remark; one that `stops` must be put right before the assistant may learn."""

    text: str
    stops: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def findings(content: Loadable, held_out: HeldOut, *, today: dt.date) -> list[Finding]:
    """All of the content: harm first, then its rules, then examples that two topics have nearly alike."""
    texts = [text for _, text in learned(content)]
    found = [Finding(text, stops=True) for text in refusals(texts, held_out)]
    for item in check_loaded(content, today=today):
        if not item.warning:
            place = item.path.relative_to(content.paths.root).as_posix()
            found.append(Finding(f"{place}: {item.message}", stops=True))
    return [*found, *(Finding(text, stops=False) for text in twins(content.topics))][:_MOST]


def learned(content: Loadable) -> Iterator[tuple[str, str]]:
    """Everything that the model learns from, with the topic or dialogue it belongs to."""
    for topic in content.topics:
        yield from ((topic.name, text) for text in topic.examples)
    for dialogue in content.dialogues:
        yield from ((dialogue.intent, text) for text in dialogue.start)
    for passage in content.passages:
        yield from ((passage.id, text) for text in passage.questions)


def twins(topics: Sequence[Topic], only: Iterable[str] | None = None) -> list[str]:
    """Pairs of nearly the same examples in two topics; with `only`, pairs in which one of these examples is."""
    owners = [topic for topic in topics for _ in topic.examples]
    texts = [text for topic in topics for text in topic.examples]
    forms = [normalised(text) for text in texts]
    wanted = None if only is None else set(only)
    rows = [number for number, text in enumerate(texts) if wanted is None or text in wanted]
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        near = process.cdist(
            [forms[row] for row in batch], forms, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8
        )
        for place, other in zip(*np.nonzero(near)):
            row, column = batch[int(place)], int(other)
            if owners[row] is not owners[column]:
                pair = (min(row, column), max(row, column))
                found[pair] = _told(*[(texts[number], owners[number].title) for number in pair])
    return list(found.values())


def _told(one: tuple[str, str], other: tuple[str, str]) -> str:
    return f"Prawie taki sam przykład w dwóch tematach: „{one[0]}” ({one[1]}) i „{other[0]}” ({other[1]})."
