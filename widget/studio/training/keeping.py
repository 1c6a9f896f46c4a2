"""What is cleared away so that trainings do not fill the disk. What was ever published stays: one may return to it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from widget.studio.models import CANDIDATE, REJECTED, Release
from widget.studio.releases import Releases
from zielona.publishing.state import read_state
from zielona.releases import ReleaseFiles
from zielona.settings import Settings

# Candidates that nobody published; each takes as much room as a model and an index.
CANDIDATES = 20
_ANSWERS = dt.timedelta(days=7)
REASON = "Nikt jej nie opublikował, a nowszych jest wiele, więc jej pliki usunięto."


def clear(settings: Settings, releases: Releases, *, now: dt.datetime) -> None:
    """Reject candidates that are too many, and remove files that only rejected releases have.

    One that is being tried out stays.
    """
    found = releases.list(limit=10_000)
    state = read_state(settings.run_folder)
    running = {slot.release for slot in state.slots.values()} if state else set()
    for release in [item for item in found if item.state == CANDIDATE and item.id not in running][CANDIDATES:]:
        releases.reject(release.id, reason=REASON)
    found = releases.list(limit=10_000)
    kept = [item for item in found if item.state != REJECTED]
    for release in (item for item in found if item.state == REJECTED):
        _remove(settings, release, kept)
    for path in (settings.var / "evaluation" / "answers").glob("*.json"):
        if dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.timezone.utc) < now - _ANSWERS:
            path.unlink(missing_ok=True)


def _remove(settings: Settings, release: Release, kept: list[Release]) -> None:
    """Two releases of one content share its folder, of the same code their model as well."""
    files = ReleaseFiles(settings, release.content)
    if release.model not in {item.model for item in kept}:
        files.model(release.model).unlink(missing_ok=True)
    if release.content not in {item.content for item in kept}:
        _drop(files.folder)


def _drop(folder: Path) -> None:
    """Out of sight first, so that nobody takes half of it for whole."""
    if folder.exists():
        part = folder.with_name(f".{folder.name}.old")
        folder.rename(part)
        shutil.rmtree(part, ignore_errors=True)
