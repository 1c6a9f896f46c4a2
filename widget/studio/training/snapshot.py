"""The content of one commit as files, so that what is edited later does not reach a release."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from widget.studio.repository import ContentRepository, Revision

# What a release is made of, below the content's root; held-out questions are not among it.
PARTS = ("data", "knowledge_base/passages")
NAME_LENGTH = 12


@dataclass(frozen=True)
class Changes:
    """What changed since a release: commits, newest first, and files that were edited but not saved as a commit."""

    commit: str
    revisions: Sequence[Revision]
    unsaved: Sequence[str]


def content_commit(repository: ContentRepository) -> str:
    """The newest commit of the content: commits of anything else make no other version. Raises RepositoryError."""
    return repository.newest(PARTS) or repository.head()


def changes_since(repository: ContentRepository, commit: str | None) -> Changes:
    """Since `commit`; without one there is nothing to compare with, and no list. Raises RepositoryError."""
    newest = content_commit(repository)
    revisions = repository.between(commit, newest, PARTS) if commit else []
    return Changes(newest, revisions, repository.unsaved(PARTS))


def export(repository: ContentRepository, commit: str, target: Path) -> None:
    """Write the content of a commit into `target`, which appears complete or not at all. Raises RepositoryError."""
    if (target / PARTS[0]).exists():
        return
    archive = repository.archive(commit, PARTS)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(part, filter="data")
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def clear_parts(folder: Path) -> None:
    """Remove what an interrupted training left half done beside the snapshots."""
    for part in folder.glob(".*.*"):
        shutil.rmtree(part, ignore_errors=True)
