"""What is new in the content of a version beside that of another: topics, their examples, passages, amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from knowledge_base.content.amounts import Amounts, Parameter
from knowledge_base.content.passages import Passage
from knowledge_base.content.topics import Topic
from widget.studio.pieces.review import AMOUNT, PASSAGE, TOPIC
from widget.studio.words import examples

NEW, CHANGED, GONE = "nowe", "zmienione", "usuniete"
_ORDER = (NEW, CHANGED, GONE)
# Where the files lie says nothing about what they say.
_NOWHERE = Path()
_WORDS = {
    PASSAGE: {NEW: "nowy", CHANGED: "zmieniony", GONE: "usunięty"},
    AMOUNT: {NEW: "nowa", CHANGED: "zmieniona", GONE: "usunięta"},
}


class Titled(Protocol):
    @property
    def title(self) -> str: ...


Part = TypeVar("Part", bound=Titled)


@dataclass(frozen=True)
class Pieces:
    """The parts of a content that editors change, by name."""

    topics: Mapping[str, Topic]
    passages: Mapping[str, Passage]
    amounts: Mapping[str, Parameter]

    @property
    def learned(self) -> frozenset[str]:
        """Examples of topics and questions of passages."""
        texts = [*(one.examples for one in self.topics.values()), *(one.questions for one in self.passages.values())]
        return frozenset(text for some in texts for text in some)

    @classmethod
    def of(cls, topics: Iterable[Topic], passages: Iterable[Passage], amounts: Amounts) -> Pieces:
        return cls({one.name: one for one in topics}, {one.id: one for one in passages}, amounts.parameters)


@dataclass(frozen=True)
class Novelty:
    """One piece that differs. Of a topic also: whether its answer does, or anything else, and its examples counted."""

    kind: str
    name: str
    title: str
    change: str
    answer: bool = False
    rest: bool = False
    added: int = 0
    removed: int = 0

    @property
    def has_page(self) -> bool:
        return self.change != GONE

    @property
    def told(self) -> str:
        return _WORDS[self.kind][self.change] if self.kind in _WORDS else _topic_told(self)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def novelties(before: Pieces, after: Pieces) -> list[Novelty]:
    """New topics first, then changed ones, then passages and amounts."""
    return [
        *_between(TOPIC, before.topics, after.topics, _topic),
        *_between(PASSAGE, before.passages, after.passages, _passage),
        *_between(AMOUNT, before.amounts, after.amounts, _amount),
    ]


def read(rows: Iterable[Mapping[str, Any]] | None) -> list[Novelty] | None:
    """What a report kept of them; None where it has no list."""
    return None if rows is None else [Novelty(**row) for row in rows]


def unmeasured(found: Iterable[Novelty], asked: Iterable[str]) -> list[str]:
    """Titles of new topics that no control question is about; `asked` are the topics of the questions."""
    known = set(asked)
    return [one.title for one in found if one.kind == TOPIC and one.change == NEW and one.name not in known]


def _between(
    kind: str, before: Mapping[str, Part], after: Mapping[str, Part], compare: Callable[[Part, Part], Novelty | None]
) -> list[Novelty]:
    found = [Novelty(kind, name, before[name].title, GONE) for name in before.keys() - after.keys()]
    for name, new in after.items():
        if name in before:
            changed = compare(before[name], new)
            if changed is not None:
                found.append(changed)
        else:
            found.append(Novelty(kind, name, new.title, NEW, added=len(getattr(new, "examples", ()))))
    return sorted(found, key=lambda one: (_ORDER.index(one.change), one.title, one.name))


def _topic(old: Topic, new: Topic) -> Novelty | None:
    was, now = set(old.examples), set(new.examples)
    rests = [replace(one, answer="", examples=(), path=_NOWHERE) for one in (old, new)]
    answer, rest = old.answer != new.answer, rests[0] != rests[1]
    if was == now and not answer and not rest:
        return None
    counts = {"added": len(now - was), "removed": len(was - now)}
    return Novelty(TOPIC, new.name, new.title, CHANGED, answer=answer, rest=rest, **counts)


def _passage(old: Passage, new: Passage) -> Novelty | None:
    same = replace(old, path=_NOWHERE) == replace(new, path=_NOWHERE)
    return None if same else Novelty(PASSAGE, new.id, new.title, CHANGED)


def _amount(old: Parameter, new: Parameter) -> Novelty | None:
    return None if old == new else Novelty(AMOUNT, new.name, new.title, CHANGED)


def _topic_told(one: Novelty) -> str:
    if one.change == GONE:
        return "usunięty"
    if one.change == NEW:
        return f"nowy, {examples(one.added)}"
    parts = []
    if one.answer:
        parts.append("zmieniona odpowiedź")
    if one.rest:
        parts.append("zmienione dane tematu (tytuł, przepisy, przyciski albo daty)")
    if one.added:
        parts.append(f"dodano {examples(one.added)}")
    if one.removed:
        parts.append(f"usunięto {examples(one.removed)}")
    return ", ".join(parts)
