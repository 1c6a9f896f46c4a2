"""What must be right before a training begins, and what editors should know before they begin one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.check.rules import Loadable, check_loaded
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic
from widget.studio.checks import ALIKE, refusals
from widget.studio.held_out import HeldOut
from widget.studio.pieces.review import PASSAGE, TOPIC
from widget.studio.training.faults import told

_BATCH = 500
_MOST = 200


@dataclass(frozen=True)
class Finding:
    """A remark; one that `stops` must be put right before the assistant may learn.

    `title` is what it is about, `kind` and `name` the piece to put right, where there is a page of it; `raw` is the
    same for an engineer, with file and line.
    """

    text: str
    stops: bool
    title: str = ""
    kind: str = ""
    name: str = ""
    raw: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def findings(content: Loadable, held_out: HeldOut, *, today: dt.date) -> list[Finding]:
    """All of the content: harm first, then its rules, then examples that two topics have nearly alike."""
    found = [*harms(content, held_out), *mistakes(content, today=today)]
    return [*found, *(Finding(text, stops=False) for text in twins(content.topics))][:_MOST]


def harms(content: Loadable, held_out: HeldOut, known: Container[str] = ()) -> list[Finding]:
    """Personal data and held-out questions among what is learned; texts that are `known` were looked at before."""
    return [
        Finding(text, stops=True, title=title, kind=kind, name=name)
        for kind, name, title, texts in _learned(content)
        for text in refusals([one for one in texts if one not in known], held_out)
    ]


def mistakes(content: Loadable, *, today: dt.date) -> list[Finding]:
    """What the rules of the content forbid."""
    faults = [told(item, content) for item in check_loaded(content, today=today) if not item.warning]
    return [Finding(one.text, True, one.title, one.kind, one.name, one.raw) for one in faults]


def _learned(content: Loadable) -> Iterator[tuple[str, str, str, Sequence[str]]]:
    """All that the model learns from, by the piece it belongs to: kind (none of a dialogue), name, title, texts."""
    for topic in content.topics:
        yield TOPIC, topic.name, topic.title, topic.examples
    for dialogue in content.dialogues:
        yield "", "", dialogue.title, dialogue.start
    for passage in content.passages:
        yield PASSAGE, passage.id, passage.title, passage.questions


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
