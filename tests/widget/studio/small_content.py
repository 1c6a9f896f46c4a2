"""A content folder that trains in tens of seconds: a few topics of the project's content with all that they need.

Its held-out questions lie in `tests/evaluation` below the folder, as the project's own do.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.widget.studio.content import SUGGESTIONS, git
from zielona.settings import ROOT

TOPICS = (
    "pomoc/szkolenia", "pomoc/kfs", "czas_placa/nadgodziny", "infolinia/infolinia_godziny", "rozmowa/powitanie",
    "rozmowa/rozmowa_z_czlowiekiem", "rozmowa/poza_zakresem", "rozmowa/kryzys",
)  # fmt: skip
_NAMES = frozenset(name.split("/")[1] for name in TOPICS)
_FILES = ("acts.yml", "amounts.yml", "messages.yml", "style.yml", "partners.yml")
_RELATED = re.compile(r"^related: \[(.*)\]$", re.MULTILINE)
_EXAMPLES = 30
_BEGINNINGS = 15
QUESTIONS = (
    ("szkolenia", "Czy pośredniak zapłaci mi za kurs na wózki widłowe?"),
    ("szkolenia", "chce isc na szkolenie z excela za darmo z urzedu"),
    ("szkolenia", "ile stypendium dają podczas kursu z urzędu pracy"),
    ("kfs", "Jak pracodawca dostaje pieniądze z krajowego funduszu szkoleniowego?"),
    ("kfs", "dofinansowanie kfs na kształcenie pracowników firmy"),
    ("kfs", "Czy KFS obejmuje też samego właściciela firmy?"),
    ("nadgodziny", "Ile szef musi dopłacić za pracę po godzinach?"),
    ("nadgodziny", "nadgodziny w sobotę jaki dodatek"),
    ("nadgodziny", "Czy mogę odebrać wolne zamiast pieniędzy za nadgodziny?"),
    ("infolinia_godziny", "Do której można dzwonić na zieloną linię?"),
    ("infolinia_godziny", "czy infolinia dziala w weekend"),
)
OUTSIDE = (
    "Jak ugotować rosół z kury?", "kto wygrał wczoraj mecz legii", "Jaka będzie pogoda nad morzem?",
    "napisz mi wiersz o kocie", "ile kosztuje bilet do kina",
)  # fmt: skip


def make_small_content(folder: Path, *, examples: int = _EXAMPLES) -> Path:
    """Topics with `examples` examples each, their passages, all dialogues; committed."""
    data = folder / "data"
    for name in TOPICS:
        text = (ROOT / "data" / "topics" / f"{name}.yml").read_text(encoding="utf-8")
        _write(data / "topics" / f"{name}.yml", _shortened(_narrowed(text), "examples", examples))
    for path in (ROOT / "data" / "dialogues").glob("*.yml"):
        text = _narrowed(path.read_text(encoding="utf-8"))
        _write(data / "dialogues" / path.name, _shortened(text, "start", _BEGINNINGS))
    for path in (ROOT / "knowledge_base" / "passages").glob("*/*.md"):
        narrowed = _narrowed(path.read_text(encoding="utf-8"))
        # Those of a former act point at passages that are not here.
        if re.search(r"^related: \[.+\]$", narrowed, re.MULTILINE) and "\nreplaced_by:" not in narrowed:
            _write(folder / path.relative_to(ROOT), narrowed)
    for name in _FILES:
        shutil.copy(ROOT / "data" / name, data / name)
    shutil.copytree(ROOT / "data" / "offices", data / "offices")
    _write(data / "suggestions.yml", SUGGESTIONS)
    _write(data / "translations" / "en" / ".gitkeep", "")
    write_sets(folder / "tests" / "evaluation")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Treść na początek")
    return folder


def write_sets(folder: Path, questions: Sequence[tuple[str, str]] = QUESTIONS) -> None:
    """Held-out questions, and messages that are out of scope."""
    _lines(
        folder / "questions.jsonl", [{"text": text, "topic": topic, "style": "colloquial"} for topic, text in questions]
    )
    _lines(folder / "out_of_scope.jsonl", [{"text": text, "kind": "daily_life"} for text in OUTSIDE])


def _lines(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    _write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _narrowed(text: str) -> str:
    """Related topics that are not here are left out."""

    def kept(found: re.Match[str]) -> str:
        names = [name for name in re.split(r",\s*", found[1]) if name in _NAMES]
        return f"related: [{', '.join(names)}]"

    return _RELATED.sub(kept, text)


def _shortened(text: str, key: str, count: int) -> str:
    """The first `count` items of a list that is the last or is followed by another key."""
    head, items, rest = re.split(rf"^({key}:\n(?:  - .*\n?)+)", text, maxsplit=1, flags=re.MULTILINE)
    lines = items.splitlines()
    return head + "\n".join(lines[: count + 1]) + "\n" + rest
