"""Topics that were taken out: who did it and why, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge_base.check.rules import Loadable
from knowledge_base.content.store import ContentPaths
from widget.studio.checks import read_draft, refusals
from widget.studio.repository import Author, Change, ContentRepository, Revision
from widget.studio.service import NoTopicError, RefusedError, Studio, taken
from widget.studio.topic_file import fields_of


@dataclass(frozen=True)
class Removed:
    """A topic that is no more: the commit that took it out, its file and those of its translations."""

    name: str
    group: str
    revision: Revision
    paths: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.paths[0]


def removed(repository: ContentRepository, paths: ContentPaths) -> list[Removed]:
    """The newest removal of each topic that is not there now, newest first. Raises RepositoryError."""
    topics = paths.topics.relative_to(repository.root).as_posix()
    translations = paths.translations.relative_to(repository.root).as_posix()
    seen = {path.stem for path in paths.topics.glob("*/*.yml")}
    found = []
    for revision in repository.removals([topics, translations]):
        for path in map(PurePosixPath, revision.paths):
            if path.is_relative_to(topics) and path.suffix == ".yml" and path.stem not in seen:
                seen.add(path.stem)
                found.append(Removed(path.stem, path.parent.name, revision, _with_it(path, revision, translations)))
    return found


def _with_it(topic: PurePosixPath, revision: Revision, translations: str) -> tuple[str, ...]:
    """The topic's file, then those of the same name in other languages."""
    others = [path for path in map(PurePosixPath, revision.paths) if path.name == topic.name]
    return (str(topic), *(str(path) for path in others if path.is_relative_to(translations)))


def titles_of(repository: ContentRepository, items: Iterable[Removed]) -> dict[str, str]:
    """Their titles by name; the name itself where the file could not be read. Raises RepositoryError."""
    return {item.name: _title(_text(repository, item, item.path)) or item.name for item in items}


def _text(repository: ContentRepository, item: Removed, path: str) -> str:
    """A file as it was just before it went."""
    return repository.at(f"{item.revision.id}^", path)


def _title(text: str) -> str:
    try:
        return str(fields_of(text).get("title") or "")
    except ValueError:
        return ""


def bring_back(studio: Studio, name: str, *, revision: str, author: Author) -> None:
    """Writes the topic and its translations as they were, in one commit.

    Raises NoTopicError where that removal is not known, RefusedError, ConflictError, RepositoryError.
    """
    content = studio.catalogue.now()
    there = next((topic for topic in content.topics if topic.name == name), None)
    if there or any(content.paths.topics.glob(f"*/{name}.yml")):
        title = there.title if there else name
        raise RefusedError([f"Temat o tej samej nazwie znowu istnieje: „{title}”."])
    items = removed(studio.repository, content.paths)
    item = next((one for one in items if (one.name, one.revision.id) == (name, revision)), None)
    if item is None:
        raise NoTopicError(name)
    texts = {path: _text(studio.repository, item, path) for path in item.paths}
    if reasons := list(_hindrances(studio, item, texts[item.path], content, items)):
        raise RefusedError(reasons)
    changes = [Change(path, text, "") for path, text in texts.items()]
    studio.repository.save(changes, author=author, subject=f"Temat {name}: przywrócony po usunięciu")


def _hindrances(studio: Studio, item: Removed, text: str, content: Loadable, items: Sequence[Removed]) -> Iterator[str]:
    """Why the topic cannot stand among today's content; what its own page can put right is no hindrance."""
    draft = read_draft(text, group=item.group, name=item.name, content=content)
    yield from (note.text for note in draft.notes)
    if draft.topic is None:
        return
    topics, others = {topic.name for topic in content.topics}, {other.name: other for other in items}
    for name in draft.topic.related:
        if name in others:
            title = titles_of(studio.repository, [others[name]])[name]
            yield f"Najpierw trzeba przywrócić temat „{title}”, do którego ten temat odsyła."
        elif name not in topics:
            yield f"Temat odsyła do tematu {name}, którego już nie ma."
    if draft.topic.dialog and draft.topic.dialog not in {dialogue.name for dialogue in content.dialogues}:
        yield f"Temat prowadzi do rozmowy krok po kroku {draft.topic.dialog}, której już nie ma."
    yield from refusals(draft.topic.examples, studio.held_out)
    yield from taken(draft.topic.examples, content.topics)
