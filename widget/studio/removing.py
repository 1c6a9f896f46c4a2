"""Taking a topic out: what still refers to it, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge_base.check.rules import Loadable
from knowledge_base.content.comparisons import load_comparisons
from knowledge_base.content.files import read_yaml
from knowledge_base.content.topics import SMALL_TALK, Topic
from knowledge_base.content.translations import load_languages
from widget.studio.changes import Place
from widget.studio.pieces.review import PASSAGE, TOPIC
from widget.studio.repository import Author, ContentRepository, Removal
from widget.studio.service import Opened, RefusedError, Studio

REASON_LETTERS = 300
# Topics that the program itself names, besides small talk and those with an action.
NAMED_BY_PROGRAM = frozenset({"adres_urzedu", "rejestracja_wlasciwy_urzad"})
_LANGUAGES = {"uk": "ukraińskim", "en": "angielskim", "ru": "rosyjskim"}
# Kinds of places without a page of their own.
ELSEWHERE = "gdzie indziej"


@dataclass(frozen=True)
class Going:
    """What a removal would take, and why it may not be done yet."""

    referrers: tuple[Place, ...]
    is_needed: bool
    translations: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        return not self.referrers and not self.is_needed


def going(studio: Studio, opened: Opened) -> Going:
    """Raises ContentError."""
    topic = opened.topic
    passages, _ = studio.catalogue.passages()
    content = replace(opened.content, passages=passages)
    needed = topic.group == SMALL_TALK or topic.action is not None or topic.name in NAMED_BY_PROGRAM
    paths = [item.path.relative_to(studio.repository.root).as_posix() for item, _ in studio.translations(opened)]
    return Going(tuple(_referrers(topic, content)), needed, tuple(paths))


def remove(studio: Studio, name: str, *, reason: str, version: str, author: Author) -> None:
    """Takes the topic and its translations out in one commit.

    Raises RefusedError, ConflictError, NoTopicError, RepositoryError.
    """
    opened, why = studio.open(name), " ".join(reason.split())[:REASON_LETTERS]
    found = going(studio, opened)
    if not found.is_free:
        raise RefusedError(["Tematu nie można usunąć, bo używają go inne treści albo sam program."])
    if not why:
        raise RefusedError(["Trzeba napisać, dlaczego temat znika."])
    removals = [Removal(opened.path, version), *_with_it(studio.repository, found.translations)]
    studio.repository.remove(removals, author=author, message=f"Temat {name}: usunięty\n\nPowód: {why}")


def _with_it(repository: ContentRepository, paths: Sequence[str]) -> Iterator[Removal]:
    for path in paths:
        yield Removal(path, repository.read(path).version)


def _referrers(topic: Topic, content: Loadable) -> Iterator[Place]:
    """Content that names the topic and would be wrong without it."""
    name = topic.name
    for other in content.topics:
        if name in other.related and other.name != name:
            yield Place(TOPIC, other.name, f"temat „{other.title}” (pokrewne tematy)")
    for passage in content.passages:
        if name in passage.related:
            yield Place(PASSAGE, passage.id, f"fragment „{passage.title}”")
    for dialogue in content.dialogues:
        if name in dialogue.related:
            yield Place(ELSEWHERE, dialogue.name, f"rozmowa krok po kroku „{dialogue.title}”")
    yield from _in_tables(name, content)


def _in_tables(name: str, content: Loadable) -> Iterator[Place]:
    """What stands in files that the studio does not change."""
    paths, topics = content.paths, {one.name: one for one in content.topics}
    for comparison in load_comparisons(paths.comparisons, content.acts).values():
        if name in comparison.topics:
            yield Place(ELSEWHERE, comparison.id, f"porównanie dawnych i nowych przepisów „{comparison.title}”")
    for page in _suggesting(name, paths.root / "data" / "suggestions.yml"):
        yield Place(ELSEWHERE, page, f"pytania na początek rozmowy, lista „{page}”")
    for code, language in load_languages(paths.translations, topics).items():
        if name in language.asked:
            yield Place(ELSEWHERE, code, f"pytania w języku {_LANGUAGES[code]}")


def _suggesting(name: str, path: Path) -> list[str]:
    """Lists of questions to begin with that name the topic; their other topics need not be readable."""
    if not path.exists():
        return []
    pages = read_yaml(path).values.get("suggestions") or {}
    return [str(page) for page, names in pages.items() if name in (names or [])]
