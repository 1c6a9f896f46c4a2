"""Rules that changed: how it was and how it is, `data/comparisons.yml`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.acts import Act
from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what the rule said, and where."""

    text: str
    act: str
    article: str


@dataclass(frozen=True)
class Comparison:
    """A rule before and after `changed_on`."""

    id: str
    title: str
    topics: tuple[str, ...]
    before: Side
    after: Side
    changed_on: dt.date
    checked_on: dt.date
    verified: bool
    questions: tuple[str, ...]


def load_comparisons(path: Path, acts: dict[str, Act]) -> dict[str, Comparison]:
    """Read the comparisons by id; a missing file is an empty table. Raises ContentError."""
    if not path.exists():
        return {}
    root = read_yaml(path)
    found: dict[str, Comparison] = {}
    for item in root.records("comparisons"):
        name = item.string("id")
        item.first_line = _line_of_id(root, name)
        if name in found:
            item.report("id", f"porównanie „{name}” jest w pliku dwa razy")
        found[name] = Comparison(
            id=name,
            title=item.string("title"),
            topics=item.strings("topics"),
            before=_side(item, "before", acts),
            after=_side(item, "after", acts),
            changed_on=item.date("changed_on"),
            checked_on=item.date("checked_on"),
            verified=item.flag("verified"),
            questions=item.strings("questions"),
        )
    if root.findings:
        raise ContentError(root.findings)
    return found


def _line_of_id(root: Record, name: str) -> int:
    return next((n for n, line in enumerate(root.text.splitlines(), 1) if line.strip() == f"- id: {name}"), 1)


def _side(item: Record, key: str, acts: dict[str, Act]) -> Side:
    values = item.values.get(key)
    if not isinstance(values, dict):
        item.report(key, f"pole „{key}” musi mieć „text”, „act” i „article”")
        return Side("", "", "")
    side = Record(item.path, values, "", item.first_line, item.findings)
    eli = side.string("act")
    if eli and eli not in acts:
        side.report("act", f"nieznany akt „{eli}” – dopisz go do data/acts.yml")
    return Side(text=side.string("text"), act=eli, article=side.string("article"))
