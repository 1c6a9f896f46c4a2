"""Why a file may not be saved: what the assistant could not read would stop it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from knowledge_base.content.acts import Act
from knowledge_base.content.amounts import Amounts, load_amounts
from knowledge_base.content.errors import ContentError
from knowledge_base.content.passages import Passage, load_passage
from knowledge_base.content.topics import load_topic

AMOUNTS = "data/amounts.yml"
PASSAGES = "knowledge_base/passages"


class UnreadableError(ValueError):
    """The text is no such file; `reasons` say why."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def read_amounts(text: str) -> Amounts:
    """The table that the text would be. Raises UnreadableError."""
    with _laid(AMOUNTS, text) as (_, path):
        return load_amounts(path)


def read_passage(path: str, text: str, acts: Mapping[str, Act]) -> Passage:
    """The passage that the text would be at `path` of the content. Raises UnreadableError."""
    with _laid(path, text) as (folder, place):
        return load_passage(place, folder / PASSAGES, dict(acts))


def faults(path: str, text: str, acts: Mapping[str, Act]) -> list[str]:
    """Reasons why the text may not be a file at `path`; empty where it may."""
    try:
        if path == AMOUNTS:
            read_amounts(text)
        elif path.endswith(".md"):
            read_passage(path, text, acts)
        else:
            with _laid(path, text) as (_, place):
                load_topic(place, dict(acts))
    except UnreadableError as error:
        return error.reasons
    return []


@contextmanager
def _laid(path: str, text: str) -> Iterator[tuple[Path, Path]]:
    """A folder with the text as its only file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder.joinpath(*PurePosixPath(path).parts)
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8", newline="\n")
        try:
            yield folder, place
        except ContentError as error:
            raise UnreadableError([finding.message for finding in error.findings]) from error
