"""The content folder under git: what is read is what lies on disk, what is saved is one commit of its editor."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from widget.locks import alone

# Seconds; git on a content folder needs tenths of one.
_PATIENCE = 30
# Each commit begins with a sign that no name of a file holds.
_FORMAT = "%x1e%H%x1f%an%x1f%aI%x1f%s%x1f%(trailers:key=Zatwierdzenie,valueonly,separator=%x2C)%x1f%b%x1f"
# What precedes the reason in the text of a commit.
_REASON = re.compile(r"^Powód: (.+)$", re.MULTILINE)
# Whoever changed files without the studio is not known to it.
_ENGINEER = ("Zmiana w plikach", "pliki@localhost")
_STUDIO = ("Studio treści", "studio@localhost")


class RepositoryError(RuntimeError):
    """The folder cannot be read or saved to; the text says why, for the reader of the page."""


class ConflictError(RuntimeError):
    """The file is no longer the one that the form was opened with; nothing was written."""

    def __init__(self, path: str, current: str, version: str) -> None:
        super().__init__(path)
        self.path = path
        self.current = current
        self.version = version


@dataclass(frozen=True)
class Author:
    name: str
    email: str


@dataclass(frozen=True)
class Stored:
    """Text of a file on disk; `version` is its git blob hash, empty where there is no such file."""

    text: str
    version: str


@dataclass(frozen=True)
class Change:
    """A file's new text; `version` is the one that the editor saw."""

    path: str
    text: str
    version: str


@dataclass(frozen=True)
class Removal:
    """A file to take out; `version` is the one that the editor saw."""

    path: str
    version: str


@dataclass(frozen=True)
class Revision:
    """A commit that touched the file; `approved_by` is the second person, where there had to be one.

    `paths` are its files, where they were asked for; `reason` is why, where the editor was asked.
    """

    id: str
    author: str
    at: dt.datetime
    subject: str
    approved_by: str = ""
    paths: tuple[str, ...] = ()
    reason: str = ""


def blob_hash(data: bytes) -> str:
    """What git calls these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class ContentRepository:
    """Files below `root` by their path from there, with `/`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> Stored:
        """What lies on disk now, an engineer's unsaved work included. Raises RepositoryError."""
        try:
            data = (self.root / path).read_bytes()
            return Stored(data.decode(), blob_hash(data))
        except FileNotFoundError:
            return Stored("", "")
        except (OSError, UnicodeDecodeError) as error:
            raise RepositoryError(f"Nie udało się odczytać pliku {path}.") from error

    def save(self, changes: Sequence[Change], *, author: Author, subject: str) -> None:
        """Write the files and commit them, and nothing else that may lie in the folder, as `author`.

        All or nothing: where git refuses, the files are as they were before. Raises ConflictError, RepositoryError.
        """
        self._apply(changes, author, subject)

    def remove(self, removals: Sequence[Removal], *, author: Author, message: str) -> None:
        """Take files out, in the same way as `save`. Raises ConflictError, RepositoryError."""
        self._apply(removals, author, message)

    def _apply(self, changes: Sequence[Change | Removal], author: Author, subject: str) -> None:
        with alone(self.root):
            self._git("rev-parse", "--is-inside-work-tree")
            before = [self.read(change.path) for change in changes]
            for change, now in zip(changes, before):
                if now.version != change.version:
                    raise ConflictError(change.path, now.text, now.version)
            self._commit_foreign([change.path for change, now in zip(changes, before) if now.version])
            try:
                for change in changes:
                    if isinstance(change, Removal):
                        (self.root / change.path).unlink()
                    else:
                        self._write(change.path, change.text)
                self._commit([change.path for change in changes], (author.name, author.email), subject)
            except (RepositoryError, OSError) as error:
                self._put_back(changes, before)
                raise RepositoryError(f"Zmiana nie została zapisana. {error}") from error

    def history(self, path: str, *, limit: int = 100) -> list[Revision]:
        """Commits of the file, newest first. Raises RepositoryError."""
        return self._revisions(f"--max-count={limit}", "--", path)

    def head(self) -> str:
        """The newest commit. Raises RepositoryError."""
        return self._git("rev-parse", "HEAD").strip()

    def newest(self, paths: Sequence[str]) -> str:
        """The newest commit that touched the paths, empty where none did. Raises RepositoryError."""
        return self._git("log", "--max-count=1", "--format=%H", "--", *paths).strip()

    def between(self, old: str, new: str, paths: Sequence[str], *, limit: int = 200) -> list[Revision]:
        """Commits that touched the paths after `old`, newest first, with their files. Raises RepositoryError."""
        return self._revisions("--name-only", "--relative", f"--max-count={limit}", f"{old}..{new}", "--", *paths)

    def removals(self, paths: Sequence[str]) -> list[Revision]:
        """Commits that took files below the paths out, newest first, with those files; a new name is no removal.

        Raises RepositoryError.
        """
        return self._revisions("--diff-filter=D", "--find-renames", "--name-only", "--relative", "--", *paths)

    def unsaved(self, paths: Sequence[str]) -> list[str]:
        """Files that differ from the newest commit. Raises RepositoryError."""
        listed = self._git("status", "--porcelain", "--untracked-files=all", "--", *paths)
        return [line[3:] for line in listed.splitlines()]

    def _revisions(self, *arguments: str) -> list[Revision]:
        listed = self._git("log", f"--format={_FORMAT}", *arguments)
        found = []
        for record in listed.split("\x1e")[1:]:
            revision, author, at, subject, approved, body, files = record.split("\x1f", 6)
            approver = approved.split("<")[0].strip()
            paths = tuple(filter(None, files.split("\n")))
            why = _REASON.search(body)
            reason, moment = why[1].strip() if why else "", dt.datetime.fromisoformat(at)
            found.append(Revision(revision, author, moment, subject, approver, paths, reason))
        return found

    def at(self, revision: str, path: str) -> str:
        """The file's text at a revision, empty where it was not there. Raises RepositoryError."""
        listed = self._git("ls-tree", revision, "--", path)
        return self._git("cat-file", "blob", listed.split()[2]) if listed.strip() else ""

    def blob(self, version: str) -> str | None:
        """A text by its blob hash, where git has it."""
        try:
            return self._git("cat-file", "blob", version) if version else ""
        except RepositoryError:
            return None

    def _commit_foreign(self, paths: list[str]) -> None:
        """An engineer's edits that nobody committed get a commit of their own, lest they look like the editor's."""
        changed = self._git("status", "--porcelain", "--", *paths) if paths else ""
        if changed.strip():
            self._commit(paths, _ENGINEER, "Zmiana w plikach, zrobiona poza studiem")

    def _commit(self, paths: list[str], author: tuple[str, str], subject: str) -> None:
        self._git("add", "--", *paths)
        if self._git("diff", "--cached", "--name-only", "--", *paths).strip():
            self._git("commit", "--quiet", "--no-gpg-sign", "--message", subject, "--only", "--", *paths, author=author)

    def _write(self, path: str, text: str) -> None:
        """A reader sees the old file or the new one."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{os.getpid()}")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)

    def _put_back(self, changes: Sequence[Change | Removal], before: Sequence[Stored]) -> None:
        for change, was in zip(changes, before):
            if was.version:
                self._write(change.path, was.text)
            else:
                (self.root / change.path).unlink(missing_ok=True)
        self._git("reset", "--quiet", "--", *[change.path for change in changes], strict=False)

    def archive(self, revision: str, paths: Sequence[str]) -> bytes:
        """Files below the paths at a revision, as a tar archive. Raises RepositoryError."""
        there = self._git("ls-tree", "--name-only", revision, "--", *paths).splitlines()
        return self._run(("archive", "--format=tar", revision, "--", *there))

    def _git(self, *arguments: str, author: tuple[str, str] = _STUDIO, strict: bool = True) -> str:
        return self._run(arguments, author, strict=strict).decode(errors="replace")

    def _run(self, arguments: Sequence[str], author: tuple[str, str] = _STUDIO, *, strict: bool = True) -> bytes:
        """Run git in the folder. Hooks are an engineer's tool and stay out. Raises RepositoryError."""
        # Variables such as GIT_DIR would lead git to another repository.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        for role, (name, email) in (("AUTHOR", author), ("COMMITTER", _STUDIO)):
            environment |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": email}
        command = ["git", "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"]
        try:
            done = subprocess.run(  # noqa: S603 - paths and revisions come from listings, never from a form
                [*command, *arguments], cwd=self.root, env=environment, capture_output=True, timeout=_PATIENCE,
                check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RepositoryError("Program git nie odpowiada albo nie jest zainstalowany.") from error
        if done.returncode and strict:
            reason = done.stderr.decode(errors="replace").strip().split("\n")[0]
            if "not a git repository" in reason:
                reason = "Folder treści nie jest repozytorium git. Zakłada je administrator (git init)."
            raise RepositoryError(reason)
        return done.stdout
