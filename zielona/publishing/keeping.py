"""Files of releases that nobody will go back to are cleared away."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence

from widget.studio.models import Release
from zielona.publishing.state import State
from zielona.releases import ReleaseFiles
from zielona.settings import Settings

log = logging.getLogger(__name__)


def clear_away(settings: Settings, releases: Sequence[Release], state: State) -> list[int]:
    """Remove the files of old releases; which. `releases` are all, the newest first.

    Kept are the newest, those that were published last, and what runs now; so are parts that a kept release shares.
    """
    count = int(settings.number("KEEP_RELEASES"))
    published = sorted((item for item in releases if item.published_at), key=_published, reverse=True)
    running = {slot.release for slot in state.slots.values()}
    kept = {item.id for item in (*releases[:count], *published[:count])} | running
    folders = {item.content for item in releases if item.id in kept}
    models = {item.model for item in releases if item.id in kept}
    gone = []
    for release in releases:
        files = ReleaseFiles(settings, release.content)
        model = files.model(release.model)
        if release.id in kept or not model.exists():
            continue
        if release.model not in models:
            model.unlink()
        if release.content not in folders:
            shutil.rmtree(files.folder, ignore_errors=True)
        gone.append(release.id)
    if gone:
        log.info("files of releases %s cleared away", gone)
    return gone


def _published(release: Release) -> float:
    return release.published_at.timestamp() if release.published_at else 0.0
