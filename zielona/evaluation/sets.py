"""The evaluation sets as records, with the set that is derived from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.content.text import fold
from zielona.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation"
NAMES = ("questions", "hard", "two_questions", "follow_up", "out_of_scope", "small_talk", "search")
NO_DIACRITICS = "no_diacritics"


@dataclass(frozen=True)
class Asked:
    """A message of a set.

    `wanted` are topics of which any is right, `both` those that a message with two questions asks about; `group` is its
    style or kind; `before` the question that it follows.
    """

    set: str
    text: str
    wanted: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    group: str = ""
    before: str | None = None


def read(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    path = folder / f"{name}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def load_sets(folder: Path = FOLDER, *, limit: int | None = None) -> dict[str, list[Asked]]:
    """All sets by name, besides `no_diacritics`: the questions with diacritics, typed without.

    A set whose file is missing is empty. With `limit`, that many of each set, evenly spread.
    """
    sets = {name: _spread([_asked(name, record) for record in read(name, folder)], limit) for name in NAMES}
    sets[NO_DIACRITICS] = [
        Asked(NO_DIACRITICS, fold(item.text), item.wanted, articles=item.articles, group=item.group)
        for item in sets["questions"]
        if has_diacritics(item.text)
    ]
    return sets


def has_diacritics(text: str) -> bool:
    return fold(text) != text.lower()


def _asked(name: str, record: Mapping[str, Any]) -> Asked:
    wanted = (record["topic"], *record.get("also", ())) if "topic" in record else ()
    articles = record.get("articles", ())
    if name == "search":
        articles = [{"act": record["act"], "article": article} for article in articles]
    return Asked(
        set=name,
        text=record["text"],
        wanted=wanted,
        both=tuple(record.get("topics", ())),
        articles=tuple((item["act"], item["article"]) for item in articles),
        group=record.get("style") or record.get("kind") or record.get("hard") or "",
        before=record.get("first"),
    )


def _spread(items: list[Asked], limit: int | None) -> list[Asked]:
    if limit is None or len(items) <= limit:
        return items
    return [items[number * len(items) // limit] for number in range(limit)]
