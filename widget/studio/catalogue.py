"""The topics as they lie on disk at this moment; a file is read again only when it has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from knowledge_base.check.rules import Loadable
from knowledge_base.check.style import load_jargon
from knowledge_base.content.acts import load_acts
from knowledge_base.content.amounts import load_amounts
from knowledge_base.content.dialogues import DialogueText, load_dialogue
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.passages import Passage, load_passage
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.topics import Topic, load_topic

Loaded = TypeVar("Loaded")
Stamp = tuple[int, int]


@dataclass
class Catalogue:
    """Reads the content that topics are checked against. Safe for threads."""

    paths: ContentPaths
    _kept: dict[Path, tuple[Any, Any]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> Loadable:
        """Topics, dialogues, acts, amounts and style; passages and offices are left out. Raises ContentError.

        `broken` holds what is wrong with files that cannot be read; their topics are missing.
        """
        paths, broken = self.paths, list[Finding]()
        with self._lock:
            acts = self._load(paths.acts, load_acts)
            stamp = _stamp(paths.acts)
            topics: list[Topic] = []
            for path in sorted(paths.topics.glob("*/*.yml")):
                topics += self._each(path, lambda path: load_topic(path, acts), broken, stamp)
            dialogues: list[DialogueText] = []
            for path in sorted(paths.dialogues.glob("*.yml")):
                dialogues += self._each(path, load_dialogue, broken)
            return Loadable(
                acts=acts, amounts=self._load(paths.amounts, load_amounts), jargon=self._load(paths.style, load_jargon),
                topics=topics, passages=[], comparisons=[], dialogues=dialogues, offices=[], paths=paths, broken=broken,
            )  # fmt: skip

    def passages(self) -> tuple[list[Passage], list[Finding]]:
        """All passages by id, and what is wrong with those that cannot be read. Raises ContentError."""
        paths, broken = self.paths, list[Finding]()
        with self._lock:
            acts, stamp = self._load(paths.acts, load_acts), _stamp(paths.acts)
            found: list[Passage] = []
            for path in sorted(paths.passages.glob("*/*.md")):
                found += self._each(path, lambda path: load_passage(path, paths.passages, acts), broken, stamp)
            return found, broken

    def _each(
        self, path: Path, load: Callable[[Path], Loaded], broken: list[Finding], besides: Stamp | None = None
    ) -> list[Loaded]:
        try:
            return [self._load(path, load, besides)]
        except ContentError as error:
            broken += error.findings
        except FileNotFoundError:
            # Removed between listing and reading.
            pass
        return []

    def _load(self, path: Path, load: Callable[[Path], Loaded], besides: Stamp | None = None) -> Loaded:
        stamp = (_stamp(path), besides)
        kept = self._kept.get(path)
        if kept is None or kept[0] != stamp:
            kept = self._kept[path] = (stamp, load(path))
        return cast(Loaded, kept[1])


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
