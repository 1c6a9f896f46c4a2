"""What editors do with topics: each change is checked, saved as one commit, and never overwrites another's."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge_base.check.rules import Loadable
from knowledge_base.content.answers import topic_message
from knowledge_base.content.store import Content
from knowledge_base.content.text import fold, normalised
from knowledge_base.content.topics import SMALL_TALK, Topic
from knowledge_base.content.translations import Translation, load_languages
from widget.studio.basis import basis_lines
from widget.studio.catalogue import Catalogue
from widget.studio.checks import Draft, Note, alike, notes_on, read_draft, refusals
from widget.studio.figures import TopicFigures
from widget.studio.forms import GROUP_LABELS
from widget.studio.held_out import HeldOut
from widget.studio.repository import Author, Change, ConflictError, ContentRepository, Revision, Stored
from widget.studio.topic_file import TopicEdit, clean, clean_block, fields_of, new_file, with_edit, with_examples
from zielona.clock import today

_NAME = re.compile(r"[a-z][a-z0-9_]{2,}")
_LONGEST = 40
# Name and folder of a topic that has none yet.
_UNNAMED = "nowy"
_SUBJECT = 72

# Fields of a topic as the history calls a change of them, the weightiest first.
_PARTS = {
    "odpowiedzi": ("title", "answer"), "podstawy prawnej": ("sources",), "potwierdzenia": ("verified", "checked_on"),
    "odbiorców": ("audience",), "przycisków": ("related", "dialog", "effect"),
}  # fmt: skip


class RefusedError(ValueError):
    """The change may not be saved, for these reasons."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class HasPath(Protocol):
    """What has a file of its own."""

    @property
    def path(self) -> str: ...


class Saves(Protocol):
    """Where changes go: into the repository, or to a second person."""

    def save(self, changes: Sequence[Change], *, author: Author, subject: str) -> None: ...


class NoTopicError(LookupError):
    """There is no such topic, or its file cannot be read."""


@dataclass(frozen=True)
class Opened:
    """A topic as it lies on disk, with the content around it."""

    topic: Topic
    path: str
    stored: Stored
    content: Loadable


@dataclass(frozen=True)
class Incoming:
    """What an imported file would add: new examples by topic; what is known already, refused, or of no topic."""

    added: dict[str, list[str]]
    known: int
    refused: list[str]
    strange: list[str]

    @property
    def count(self) -> int:
        return sum(len(texts) for texts in self.added.values())


@dataclass(frozen=True)
class Studio:
    """The service behind the pages. `lines` is the content that the widget started with, for texts around answers."""

    repository: ContentRepository
    catalogue: Catalogue
    held_out: HeldOut
    figures: TopicFigures
    lines: Content
    constants: Mapping[str, str]

    def open(self, name: str) -> Opened:
        """Raises NoTopicError, RepositoryError, ContentError."""
        content = self.catalogue.now()
        topic = next((topic for topic in content.topics if topic.name == name), None)
        if topic is None:
            raise NoTopicError(name)
        path = topic.path.relative_to(self.repository.root).as_posix()
        return Opened(topic, path, self.repository.read(path), content)

    def draft(self, opened: Opened, edit: TopicEdit, *, today: dt.date) -> Draft:
        """The edited topic with all remarks; nothing is saved."""
        draft = self._notes(opened, with_edit(opened.stored.text, edit), today)
        return draft.besides([], _still_confirmed(opened.topic, edit))

    def new_draft(self, group: str, edit: TopicEdit, examples: Sequence[str], *, today: dt.date) -> Draft:
        """A topic that is not there yet, with all remarks; nothing is saved."""
        content, new = self.catalogue.now(), new_texts(examples, ())
        folder = group if group in self.groups(content) else _UNNAMED
        draft = notes_on(
            new_file(_UNNAMED, edit, new, today=today), group=folder, name=_UNNAMED, content=content, today=today
        )
        return draft.besides([*refusals(new, self.held_out), *taken(new, content.topics)])

    def remarks(self, opened: Opened, *, today: dt.date) -> Draft:
        """The topic as it lies on disk."""
        return self._notes(opened, opened.stored.text, today)

    def _notes(self, opened: Opened, text: str, today: dt.date) -> Draft:
        topic = opened.topic
        return notes_on(text, group=topic.group, name=topic.name, content=opened.content, today=today)

    def preview(self, topic: Topic, content: Loadable, *, day: dt.date) -> dict[str, Any]:
        """The answer as visitors would get it on that day, see `topic_message`; `basis` is its sources in words."""
        around = Content(
            acts=content.acts, amounts=content.amounts, messages=self.lines.messages,
            topics={item.name: item for item in content.topics}, passages={}, comparisons=self.lines.comparisons,
            dialogues={item.name: item for item in content.dialogues}, version="",
        )  # fmt: skip
        message = topic_message(topic, around, day=day, constants=self.constants)
        return {**message, "basis": basis_lines(message["sources"], content.acts)}

    def edited(self, opened: Opened, edit: TopicEdit) -> str:
        """The file as it would be saved."""
        return with_edit(opened.stored.text, edit)

    def with_changed_examples(self, opened: Opened, *, added: Sequence[str], removed: Sequence[str]) -> str:
        """The file as it would be saved."""
        new = new_texts(added, opened.topic.examples)
        return with_examples(opened.stored.text, added=new, removed=removed if not added else ())

    def twins(self, opened: Opened) -> dict[str, tuple[str, Topic]]:
        """Examples that another topic has nearly so, with that example and its topic."""
        others = [topic for topic in opened.content.topics if topic.name != opened.topic.name]
        return {text: (other, topic) for text, other, topic in alike(opened.topic.examples, others)}

    def save(self, name: str, edit: TopicEdit, *, version: str, author: Author, to: Saves | None = None) -> None:
        """Raises RefusedError, ConflictError, RepositoryError, NoTopicError."""
        opened = self.open(name)
        changed = self._read(opened, self.edited(opened, edit)).topic or opened.topic
        subject = f"Temat {name}: {_what_changed(opened.topic, changed)}"
        self._change(opened, lambda text: with_edit(text, edit), version, author, subject, to)

    def _read(self, opened: Opened, text: str) -> Draft:
        return read_draft(text, group=opened.topic.group, name=opened.topic.name, content=opened.content)

    def add_examples(self, name: str, texts: Sequence[str], *, version: str, author: Author) -> int:
        """Returns how many are new. Raises as `save`, RefusedError also where none is new."""
        opened = self.open(name)
        new = new_texts(texts, opened.topic.examples)
        self._may_enter(new, opened.topic, opened.content)
        subject = f"Temat {name}: nowe przykłady ({len(new)})"
        self._change(opened, lambda text: with_examples(text, added=new), version, author, subject)
        return len(new)

    def remove_examples(self, name: str, texts: Sequence[str], *, version: str, author: Author) -> int:
        """Returns how many went. Raises as `save`."""
        opened = self.open(name)
        gone = [text for text in opened.topic.examples if text in set(texts)]
        if not gone:
            raise RefusedError(["Nie zaznaczono żadnego przykładu."])
        subject = f"Temat {name}: usunięte przykłady ({len(gone)})"
        self._change(opened, lambda text: with_examples(text, removed=gone), version, author, subject)
        return len(gone)

    def move_examples(self, name: str, texts: Sequence[str], *, to: str, version: str, author: Author) -> int:
        """Takes examples to another topic in one commit. Raises as `save`."""
        opened, target = self.open(name), self.open(to)
        gone = [text for text in opened.topic.examples if text in set(texts)]
        if not gone or name == to:
            raise RefusedError(["Trzeba zaznaczyć przykłady i wybrać inny temat, do którego mają trafić."])
        new = new_texts(gone, target.topic.examples)
        changes = [
            Change(opened.path, with_examples(opened.stored.text, removed=gone), version),
            Change(target.path, with_examples(target.stored.text, added=new), target.stored.version),
        ]
        self._save(changes, author, f"Przykłady ({len(gone)}) z tematu {name} do {to}")
        return len(gone)

    def take_back_examples(self, name: str, *, before: str, after: str, author: Author) -> int:
        """Removes what was added between two versions of the file, as far as it is still there; returns how many.

        What others changed since stays. Raises as `save`.
        """
        opened = self.open(name)
        added = self._examples_at(after) - self._examples_at(before)
        gone = [text for text in opened.topic.examples if text in added]
        if gone:
            subject = f"Temat {name}: cofnięte nowe przykłady ({len(gone)})"
            version = opened.stored.version
            self._change(opened, lambda text: with_examples(text, removed=gone), version, author, subject)
        return len(gone)

    def _examples_at(self, version: str) -> set[str]:
        text = self.repository.blob(version)
        if text is None:
            raise RefusedError(["Nie ma już wersji pliku, do której trzeba wrócić."])
        return {str(example).strip() for example in fields_of(text).get("examples") or ()}

    def create(
        self, group: str, edit: TopicEdit, examples: Sequence[str], *, author: Author, fewest: int = 0,
        to: Saves | None = None,
    ) -> str:  # fmt: skip
        """Make a topic with at least `fewest` examples; returns its name, which is made of the title.

        Raises RefusedError, ConflictError, RepositoryError.
        """
        content = self.catalogue.now()
        name = free_name(edit.title, {path.stem for path in content.paths.topics.glob("*/*.yml")})
        if group not in self.groups(content):
            raise RefusedError(["Nie ma takiego działu."])
        new = new_texts(examples, ())
        if len(new) < fewest:
            raise RefusedError(
                [f"Temat potrzebuje co najmniej {fewest} różnych przykładów, a ma {len(new)}. Można dopisać własne."]
            )
        if new:
            self._may_enter(new, None, content)
        text = new_file(name, edit, new, today=today())
        self._readable(text, group, name, content)
        folder = content.paths.topics.relative_to(self.repository.root).as_posix()
        self._save([Change(f"{folder}/{group}/{name}.yml", text, "")], author, f"Nowy temat {name}", to)
        return name

    def groups(self, content: Loadable) -> list[str]:
        """Folders that an editor may put a topic into; one stays when its last topic goes."""
        return sorted(({topic.group for topic in content.topics} | GROUP_LABELS.keys()) - {SMALL_TALK})

    def history(self, opened: HasPath) -> list[Revision]:
        return self.repository.history(opened.path)

    def versions(self, opened: HasPath, revision: str) -> tuple[Revision, str, str]:
        """A revision of a file with the text before and after it. Raises NoTopicError."""
        history = self.history(opened)
        for place, found in enumerate(history):
            if found.id == revision:
                older = history[place + 1].id if place + 1 < len(history) else None
                before = self.repository.at(older, opened.path) if older else ""
                return found, before, self.repository.at(found.id, opened.path)
        raise NoTopicError(revision)

    def restore(self, name: str, revision: str, *, version: str, author: Author, to: Saves | None = None) -> None:
        """Makes an older text the newest. Raises as `save`; what may not be an example does not come back either."""
        opened = self.open(name)
        found, _, text = self.versions(opened, revision)
        draft = self._read(opened, text)
        if draft.topic:
            self._clean_of(new_texts(draft.topic.examples, opened.topic.examples))
        subject = f"Temat {name}: powrót do wersji z {found.at:%d.%m.%Y}"
        self._change(opened, lambda _: text, version, author, subject, to)

    def translations(self, opened: Opened) -> list[tuple[Translation, bool]]:
        """The topic in other languages, and whether each still fits the Polish text. Raises ContentError."""
        topic = opened.topic
        topics = {item.name: item for item in opened.content.topics}
        languages = load_languages(opened.content.paths.translations, topics).values()
        found = [language.translations[topic.name] for language in languages if topic.name in language.translations]
        return [(translation, translation.is_current(topic)) for translation in found]

    def incoming(self, examples: Mapping[str, Sequence[str]]) -> Incoming:
        """What of an imported file is new and may enter. Nothing is ever removed by an import."""
        content = self.catalogue.now()
        topics = {topic.name: topic for topic in content.topics}
        added: dict[str, list[str]] = {}
        refused: list[str] = []
        known = 0
        for name, texts in examples.items():
            if name not in topics:
                continue
            new = new_texts(texts, topics[name].examples)
            known += len(texts) - len(new)
            others = [topic for topic in content.topics if topic.name != name]
            twins = {text: other for text, _, other in alike(new, others)}
            for text in new:
                reasons = refusals([text], self.held_out) or _twin(text, twins)
                refused += reasons
                if not reasons:
                    added.setdefault(name, []).append(text)
        return Incoming(added, known, refused, sorted(set(examples) - set(topics)))

    def take_in(self, incoming: Incoming, *, author: Author) -> None:
        """Saves the import as one commit. Raises ConflictError, RepositoryError."""
        changes = []
        for name, texts in incoming.added.items():
            opened = self.open(name)
            changes.append(Change(opened.path, with_examples(opened.stored.text, added=texts), opened.stored.version))
        self._save(changes, author, f"Import przykładów ({incoming.count})")

    def _change(
        self, opened: Opened, change: Callable[[str], str], version: str, author: Author, subject: str,
        to: Saves | None = None,
    ) -> None:  # fmt: skip
        text = change(opened.stored.text)
        if version != opened.stored.version:
            raise ConflictError(opened.path, opened.stored.text, opened.stored.version)
        self._readable(text, opened.topic.group, opened.topic.name, opened.content)
        self._save([Change(opened.path, text, version)], author, subject, to)

    def _save(self, changes: Sequence[Change], author: Author, subject: str, to: Saves | None = None) -> None:
        """Into the repository, unless the author's change goes elsewhere."""
        (to or self.repository).save(changes, author=author, subject=subject[:_SUBJECT])

    def _readable(self, text: str, group: str, name: str, content: Loadable) -> None:
        """A file that the assistant could not read would stop it."""
        notes = read_draft(text, group=group, name=name, content=content).notes
        if notes:
            raise RefusedError([note.text for note in notes])

    def _clean_of(self, new: Sequence[str]) -> None:
        if reasons := refusals(new, self.held_out):
            raise RefusedError(reasons)

    def _may_enter(self, new: Sequence[str], topic: Topic | None, content: Loadable) -> None:
        if not new:
            raise RefusedError(["Nie ma tu nowych przykładów: pole jest puste albo temat już je ma."])
        self._clean_of(new)
        if reasons := taken(new, [item for item in content.topics if item is not topic]):
            raise RefusedError(reasons)


def _what_changed(before: Topic, after: Topic) -> str:
    """What the history calls a saved form."""
    found = (
        what for what, fields in _PARTS.items() if any(getattr(before, one) != getattr(after, one) for one in fields)
    )
    return f"zmiana {next(found, 'odpowiedzi')}"


def _still_confirmed(topic: Topic, edit: TopicEdit) -> Iterator[Note]:
    """A new text that keeps the confirmation of the old one."""
    is_same = edit.answer == clean_block(topic.answer)
    if topic.verified and edit.verified and edit.checked_on == topic.checked_on and not is_same:
        yield Note(
            f"Treść się zmieniła, a odpowiedź jest oznaczona jako potwierdzona {topic.checked_on:%d.%m.%Y}. "
            "Czy nadal zgadza się z przepisami?",
            warning=True,
        )


def free_name(title: str, taken: Container[str]) -> str:
    """A name for the file of a topic with that title, which is no other topic's.

    >>> free_name("Kurs prawa jazdy, żółty", {"kurs_prawa_jazdy_zolty"})
    'kurs_prawa_jazdy_zolty_2'
    """
    plain = re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")
    # Short or numeric titles make no name that says anything; `nowy` is the address of the form.
    name = plain if _NAME.match(plain) and plain != "nowy" else f"temat_{plain}".strip("_")
    names = (f"{name[: _LONGEST - len(end)].strip('_')}{end}" for end in _endings())
    return next(one for one in names if one not in taken)


def _endings() -> Iterator[str]:
    yield ""
    yield from (f"_{number}" for number in itertools.count(2))


def taken(new: Sequence[str], others: Sequence[Topic]) -> list[str]:
    """Which of these examples another topic has already."""
    twins = [(text, found) for text, other, found in alike(new, others) if _same(text, other)]
    return [f"Taki sam przykład jest w temacie „{found.title}”: {text}" for text, found in twins]


def _same(one: str, other: str) -> bool:
    """As `make check` compares: such a pair would be a mistake in the content."""
    return normalised(one) == normalised(other)


def _form(text: str) -> str:
    """Questions that differ by diacritics or full stops are two examples; by case or spaces they are one."""
    return " ".join(text.lower().split())


def new_texts(texts: Sequence[str], known: Sequence[str]) -> list[str]:
    """Cleaned texts that are not among the known ones, each once."""
    taken = {_form(text) for text in known}
    found: dict[str, str] = {}
    for text in texts:
        cleaned = clean(text)
        if cleaned and _form(cleaned) not in taken:
            found.setdefault(_form(cleaned), cleaned)
    return list(found.values())


def _twin(text: str, twins: Mapping[str, Topic]) -> list[str]:
    other = twins.get(text)
    return [f"Za bardzo podobne do przykładu z tematu „{other.title}”: „{text}”"] if other else []
