"""The units of an act: drafts while it is read, then units with stable ids.

An id is made of the numbers that the act itself prints (`DU/2025/620/art_25_1/ust_2/pkt_3`), never of chapters or of
positions, so it stays the same when an act is imported again or a chapter is inserted. Where an act prints one number
twice, the second gets `~2`.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from knowledge_base.acts.text import TextBuffer
from knowledge_base.content.text import fold

_NUMBER = r"\d+[a-z]{0,3}(?:\(\d+[a-z]{0,2}\)[a-z]{0,3})?"
_RANGE = rf"{_NUMBER}(?:\s?[-–—]\s?{_NUMBER})?"
_REPEALED = re.compile(r"\W*(?:uchylon[yae]|skreślon[yae]|pominięt[yae]|utracił[ao]? moc)\b", re.IGNORECASE)


class Kind(Enum):
    """All kinds of units: name in ids, how it is cited, how its number is printed, depth (None: not numbered)."""

    ACT = ("", "", "", None)
    NOTICE = ("obwieszczenie", "obwieszczenie", "", None)
    ANNEX = ("zal", "załącznik", "", None)
    NOTES = ("przypisy", "przypisy", "", None)
    BOOK = ("ksiega", "księga", r"księga\s+(\w+)", None)
    PART = ("czesc", "część", r"część\s+(\w+)", None)
    TITLE = ("tytul", "tytuł", r"tytuł\s+(\w+)", None)
    DIVISION = ("dzial", "dział", r"dział\s+(\w+)", None)
    CHAPTER = ("rozdzial", "rozdział", r"rozdział\s+(\w+(?:\(\d+\w*\))?)", None)
    SUBCHAPTER = ("oddzial", "oddział", r"oddział\s+(\w+(?:\(\d+\w*\))?)", None)
    ARTICLE = ("art", "art.", rf"art\.?\s?({_RANGE})", 0)
    PARAGRAPH = ("par", "§", rf"§\s?({_RANGE})", 1)
    PASSUS = ("ust", "ust.", rf"({_RANGE})\s?\.", 2)
    POINT = ("pkt", "pkt", rf"({_RANGE})\s?\)", 3)
    LETTER = ("lit", "lit.", r"([a-z]{1,3}(?:\(\d+[a-z]{0,2}\))?)\s?\)", 4)

    def __init__(self, slug: str, citation: str, pattern: str, depth: int | None) -> None:
        self.slug = slug
        self.citation = citation
        self.pattern = re.compile(rf"[\W_]*?{pattern}", re.IGNORECASE)
        self.depth = depth

    @property
    def is_heading(self) -> bool:
        return self in HEADINGS

    def read_number(self, printed: str) -> str:
        """The number in what is printed before the text, or an empty string."""
        found = self.pattern.match(printed) if self.pattern.groups else None
        return re.sub(r"\s", "", found[1]).replace("–", "-").replace("—", "-") if found else ""


HEADINGS = (Kind.BOOK, Kind.PART, Kind.TITLE, Kind.DIVISION, Kind.CHAPTER, Kind.SUBCHAPTER)


@dataclass
class Draft:
    """A unit while the act is being read."""

    kind: Kind
    parent: Draft | None
    number: str = ""
    text: TextBuffer = field(default_factory=TextBuffer)
    notes: list[TextBuffer] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        return self.kind.depth is not None


@dataclass(frozen=True)
class Unit:
    """A unit of an act with the text that is its own: what stands in a point is not repeated in its article."""

    id: str
    kind: str
    label: str
    text: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    parent: str | None
    repealed: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Unit:
        return cls(**{**data, "notes": tuple(data["notes"]), "headings": tuple(data["headings"])})


class Tree:
    """All drafts of one act in the order in which they begin; the first is the act itself."""

    def __init__(self, eli: str) -> None:
        self.root = Draft(Kind.ACT, None)
        self._eli = eli
        self._drafts = [self.root]

    def add(self, kind: Kind, parent: Draft, number: str = "") -> Draft:
        draft = Draft(kind, parent, number)
        self._drafts.append(draft)
        return draft

    def units(self) -> list[Unit]:
        """Give every draft its id; drafts follow their parents, so one pass is enough."""
        ids: dict[int, str] = {}
        labels: dict[int, str] = {}
        headings: dict[int, tuple[str, ...]] = {}
        taken: set[str] = set()
        units = []
        for draft in self._drafts:
            text = draft.text.render()
            parent = draft.parent
            above = headings[id(parent)] if parent else ()
            base = _owner(draft)
            ids[id(draft)] = _free(_id(draft, ids[id(base)] if base else self._eli), taken)
            labels[id(draft)] = _label(draft, labels[id(base)] if base else "")
            headings[id(draft)] = (*above, text.replace("\n", " ")) if draft.kind.is_heading else above
            units.append(
                Unit(
                    id=ids[id(draft)],
                    kind=draft.kind.slug or "akt",
                    label=labels[id(draft)],
                    text=text,
                    notes=tuple(note.render() for note in draft.notes),
                    headings=above,
                    parent=ids[id(parent)] if parent else None,
                    repealed=draft.is_numbered and is_repealed(draft.kind, text),
                )
            )
        return units


def is_repealed(kind: Kind, text: str) -> bool:
    printed = kind.pattern.match(text)
    return bool(_REPEALED.match(text[printed.end() :] if printed else text))


def _owner(draft: Draft) -> Draft | None:
    """The draft whose id begins this one's: chapters hold articles without being part of their ids."""
    parent = draft.parent
    while parent and draft.is_numbered and parent.kind.is_heading:
        parent = parent.parent
    return parent


def _id(draft: Draft, base: str) -> str:
    if draft.kind is Kind.ACT:
        return base
    number = re.sub(r"[^a-z0-9-]+", "_", re.sub(r"\)(?=$|[-–])", "", fold(draft.number))).strip("_")
    return f"{base}/{draft.kind.slug}_{number}" if number else f"{base}/{draft.kind.slug}"


def _free(wanted: str, taken: set[str]) -> str:
    count, name = 1, wanted
    while name in taken:
        count += 1
        name = f"{wanted}~{count}"
    taken.add(name)
    return name


def _label(draft: Draft, base: str) -> str:
    own = f"{draft.kind.citation} {draft.number}".strip()
    return own if draft.kind.is_heading else f"{base} {own}".strip()
