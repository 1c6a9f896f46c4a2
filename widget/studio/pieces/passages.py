"""What editors do with passages: each change is checked and saved as one commit, or proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge_base.check.rules import Loadable, check_passage
from knowledge_base.content.amounts import UnknownAmountError
from knowledge_base.content.passages import Passage
from knowledge_base.content.template import render
from knowledge_base.content.text import fold
from widget.studio.catalogue import Catalogue
from widget.studio.checks import Note
from widget.studio.pieces.faults import PASSAGES, UnreadableError, read_passage
from widget.studio.pieces.passage_file import PassageEdit, edit_of, ending, with_edit
from widget.studio.repository import Author, Change, ConflictError, ContentRepository, Revision, Stored
from widget.studio.service import RefusedError, Saves


class NoPieceError(LookupError):
    """There is no such passage or amount, or its file cannot be read."""


@dataclass(frozen=True)
class OpenedPassage:
    """A passage as it lies on disk, with those around it."""

    passage: Passage
    path: str
    stored: Stored
    content: Loadable

    @property
    def versions(self) -> list[Passage]:
        """Texts of the same article under the same title, by the day from which they are in force."""
        me = self.passage
        same = [
            other
            for other in self.content.passages
            if (other.source.act, other.source.article, other.title) == (me.source.act, me.source.article, me.title)
        ]
        return sorted(same, key=lambda other: other.source.valid_from)


@dataclass(frozen=True)
class Passages:
    """Raises RepositoryError and ContentError besides what the methods say."""

    repository: ContentRepository
    catalogue: Catalogue
    constants: Mapping[str, str]

    def content(self) -> Loadable:
        """Everything that passages are checked against."""
        passages, broken = self.catalogue.passages()
        return replace(self.catalogue.now(), passages=passages, broken=broken)

    def open(self, name: str) -> OpenedPassage:
        """By id (`folder/name`). Raises NoPieceError."""
        content = self.content()
        passage = next((one for one in content.passages if one.id == name), None)
        if passage is None:
            raise NoPieceError(name)
        path = f"{PASSAGES}/{name}.md"
        return OpenedPassage(passage, path, self.repository.read(path), content)

    def edited(self, opened: OpenedPassage, edit: PassageEdit) -> str:
        return with_edit(opened.stored.text, edit)

    def draft(self, opened: OpenedPassage, edit: PassageEdit, *, today: dt.date) -> tuple[Passage, list[Note]]:
        """The passage that the form would make, with remarks. Raises RefusedError where it could not be read."""
        passage = self._read(opened.path, self.edited(opened, edit), opened.content)
        passage = replace(passage, path=opened.passage.path)
        return passage, self.remarks(passage, opened.content, today=today)

    def remarks(self, passage: Passage, content: Loadable, *, today: dt.date) -> list[Note]:
        others = [one for one in content.passages if one.id != passage.id]
        beside = replace(content, passages=[*others, passage])
        return [Note(found.message, found.warning) for found in check_passage(passage, beside, today=today)]

    def preview(self, passage: Passage, content: Loadable, *, day: dt.date) -> str:
        """The text as it is shown on that day; it says so where an amount has no value then."""
        try:
            return render(passage.text, day=day, amounts=content.amounts, constants=self.constants)
        except (UnknownAmountError, KeyError) as error:
            return f"Tego dnia nie da się pokazać fragmentu: {error}."

    def save(self, name: str, edit: PassageEdit, *, version: str, author: Author, to: Saves) -> None:
        """Raises RefusedError, ConflictError, NoPieceError."""
        opened = self.open(name)
        text = self.edited(opened, edit)
        _same_version(opened, version)
        self._read(opened.path, text, opened.content)
        subject = f"Fragment {name.rsplit('/', 1)[1]}: zmiana"
        to.save([Change(opened.path, text, version)], author=author, subject=subject[:72])

    def save_future(
        self, name: str, edit: PassageEdit, *, since: dt.date, version: str, author: Author, to: Saves
    ) -> str:
        """What changes on a day: today's text ends the day before, and a new file begins. Returns the new id.

        Raises as `save`.
        """
        opened = self.open(name)
        _same_version(opened, version)
        new_id = f"{name}-od-{since:%Y-%m-%d}"
        try:
            old = ending(opened.stored.text, edit_of(opened.passage), since)
        except ValueError as error:
            raise RefusedError([str(error)]) from error
        new = with_edit(opened.stored.text, replace(edit, valid_from=since))
        changes = [Change(opened.path, old, version), Change(f"{PASSAGES}/{new_id}.md", new, "")]
        for change in changes:
            self._read(change.path, change.text, opened.content)
        subject = f"Fragment {name.rsplit('/', 1)[1]}: zmiana od {since:%d.%m.%Y}"
        to.save(changes, author=author, subject=subject[:72])
        return new_id

    def restore(self, name: str, text: str, *, found: Revision, version: str, author: Author, to: Saves) -> None:
        """Makes an older text the newest. Raises as `save`."""
        opened = self.open(name)
        _same_version(opened, version)
        self._read(opened.path, text, opened.content)
        subject = f"Fragment {name.rsplit('/', 1)[1]}: powrót do wersji z {found.at:%d.%m.%Y}"
        to.save([Change(opened.path, text, version)], author=author, subject=subject[:72])

    def _read(self, path: str, text: str, content: Loadable) -> Passage:
        try:
            return read_passage(path, text, content.acts)
        except UnreadableError as error:
            raise RefusedError(error.reasons) from error


def found_by(passages: Sequence[Passage], words: str) -> list[Passage]:
    """Passages with these folded words in their title, text, article or questions."""
    return [
        one
        for one in passages
        if words in fold(" ".join([one.id, one.title, one.source.article, one.text, *one.questions]))
    ]


def _same_version(opened: OpenedPassage, version: str) -> None:
    if version != opened.stored.version:
        raise ConflictError(opened.path, opened.stored.text, opened.stored.version)
