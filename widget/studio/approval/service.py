"""Four eyes: who may not publish alone proposes, and another person who may looks at it and decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from widget.accounts.models import User
from widget.studio.approval.merging import merged
from widget.studio.approval.models import APPROVED, RETURNED, WAITING, WITHDRAWN, Proposal
from widget.studio.approval.repository import Listed, ProposalRepository
from widget.studio.repository import Author, Change, ConflictError, ContentRepository
from widget.studio.rights import may_publish
from zielona.clock import utc_now

NOTE_LETTERS = 1000
# A trailer of the commit, so the history names both.
TRAILER = "Zatwierdzenie"


class NotAllowedError(PermissionError):
    """This person may not decide about this change; the text says why."""


class OutOfDateError(RuntimeError):
    """The change cannot be approved as it is; the text says why."""


@dataclass(frozen=True)
class FileChange:
    """What approving would do to a file now; `text` is None where others changed the same lines meanwhile."""

    path: str
    version: str
    text: str | None
    current: str
    proposed: str

    @property
    def after(self) -> str:
        return self.proposed if self.text is None else self.text


def what_is_told(user: User, saved: str) -> str:
    """What a person is told of their change: `saved`, or that it goes to a second person."""
    if may_publish(user):
        return saved
    return "Zmiana czeka na zatwierdzenie przez drugą osobę. Do tego czasu zostaje obecna treść."


@dataclass
class Proposing:
    """Stands in for the repository where an editor may not publish: what would be saved becomes a proposal."""

    repository: ContentRepository
    proposals: ProposalRepository
    author_id: str
    title: str
    clock: Callable[[], dt.datetime] = utc_now

    def save(self, changes: Sequence[Change], *, author: Author, subject: str) -> None:
        """Raises ConflictError, RepositoryError as the repository does."""
        kept = []
        for change in changes:
            now = self.repository.read(change.path)
            if now.version != change.version:
                raise ConflictError(change.path, now.text, now.version)
            kept.append({"path": change.path, "version": change.version, "base": now.text, "text": change.text})
        if all(item["base"] == item["text"] for item in kept):
            return
        self.proposals.add(title=self.title, subject=subject, changes=kept, author_id=self.author_id, now=self.clock())


@dataclass
class Approvals:
    """Raises SQLAlchemyError, RepositoryError. `faults` tells why a text may not lie at a path."""

    repository: ContentRepository
    proposals: ProposalRepository
    faults: Callable[[str, str], Sequence[str]]
    clock: Callable[[], dt.datetime] = field(default=utc_now)

    def target(self, user: User, title: str) -> ContentRepository | Proposing:
        """Where this person's changes go."""
        if may_publish(user):
            return self.repository
        return Proposing(self.repository, self.proposals, user.id, title, self.clock)

    def now(self, proposal: Proposal) -> list[FileChange]:
        """What approving would do, upon the files as they are now."""
        found = []
        for change in proposal.changes:
            current = self.repository.read(change["path"])
            text = merged(change["base"], current.text, change["text"])
            found.append(FileChange(change["path"], current.version, text, current.text, change["text"]))
        return found

    def approve(self, listed: Listed, user: User, *, seen: Sequence[str]) -> None:
        """Save the change as its author's, with the name of who approved it.

        `seen`: versions of the files that the difference was shown against. Raises NotAllowedError, OutOfDateError.
        """
        self._may_decide(listed, user)
        files = self.now(listed.proposal)
        if [file.version for file in files] != list(seen):
            raise OutOfDateError("Treść zmieniła się, odkąd pokazano różnice. Proszę obejrzeć je jeszcze raz.")
        changes = [Change(file.path, file.text, file.version) for file in files if file.text is not None]
        if len(changes) < len(files):
            raise OutOfDateError("Ktoś zmienił w tym czasie te same wiersze. Propozycję trzeba zwrócić do poprawki.")
        reasons = [reason for change in changes for reason in self.faults(change.path, change.text)]
        if reasons:
            raise OutOfDateError(" ".join(["Po tej zmianie treść byłaby błędna.", *reasons]))
        message = f"{listed.proposal.subject}\n\n{TRAILER}: {user.name} <{user.email}>"
        try:
            author = Author(listed.author.name, listed.author.email)
            self.repository.save(changes, author=author, subject=message)
        except ConflictError as error:
            raise OutOfDateError("Treść zmieniła się w tej chwili. Proszę obejrzeć różnice jeszcze raz.") from error
        self._decide(listed.proposal, APPROVED, user, "")

    def give_back(self, listed: Listed, user: User, *, note: str) -> None:
        """Return the change to its author, with the reason. Raises NotAllowedError, OutOfDateError."""
        self._may_decide(listed, user)
        if not note.strip():
            raise OutOfDateError("Trzeba napisać, co poprawić.")
        self._decide(listed.proposal, RETURNED, user, note.strip()[:NOTE_LETTERS])

    def withdraw(self, listed: Listed, user: User) -> None:
        """One's own. Raises NotAllowedError, OutOfDateError."""
        if listed.proposal.author_id != user.id:
            raise NotAllowedError("Wycofać propozycję może tylko jej autor.")
        self._decide(listed.proposal, WITHDRAWN, user, "")

    def _may_decide(self, listed: Listed, user: User) -> None:
        if listed.proposal.author_id == user.id:
            raise NotAllowedError("Własnej zmiany nie można zatwierdzić. Musi ją obejrzeć druga osoba.")
        if not may_publish(user):
            raise NotAllowedError("Zatwierdza osoba, która ma do tego prawo. Nadaje je administrator.")
        if listed.proposal.state != WAITING:
            raise OutOfDateError("O tej propozycji ktoś już zdecydował.")

    def _decide(self, proposal: Proposal, state: str, user: User, note: str) -> None:
        if not self.proposals.decide(proposal.id, state=state, by=user.id, note=note, now=self.clock()):
            raise OutOfDateError("O tej propozycji ktoś już zdecydował.")
