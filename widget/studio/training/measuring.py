"""Asks a version the held-out questions, the whole way, on services of its own beside those that visitors use."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge_base.content.store import Content, ContentPaths, content_version, load_content
from knowledge_base.search.index import current_version
from widget.studio.models import Release
from widget.studio.training.comparison import SETS
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.clock import today
from zielona.environments import secret
from zielona.evaluation.asking import Reply, Said, ask_all
from zielona.evaluation.sets import Asked, load_sets
from zielona.releases import MODEL_PREFIX, ReleaseFiles
from zielona.sandbox import serving
from zielona.settings import Settings

# Hears how many of how many questions are answered.
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Version:
    """What can be asked: the settings that its services run with, and its model."""

    settings: Settings
    model: Path

    @property
    def content(self) -> Content:
        """Raises ContentError."""
        return load_content(ContentPaths(self.settings.content_root))

    @property
    def key(self) -> str:
        """Changes whenever its answers may: with its parts, and with the day, since answers are those of a day."""
        parts = [
            self.model.name, current_version(self.settings.index_root) or "",
            content_version(ContentPaths(self.settings.content_root)), today().isoformat(),
        ]  # fmt: skip
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def questions(settings: Settings) -> list[Asked]:
    """The held-out messages of all sets that are compared."""
    sets = load_sets(settings.evaluation_root)
    return [item for name in SETS for item in sets[name]]


def version_of(settings: Settings, release: Release) -> Version:
    files = ReleaseFiles(settings, release.content)
    return Version(files.serving, files.model(release.model))


def version_before(settings: Settings, current: Release | None) -> Version | None:
    """What answers now: the published release, else what was built of the working folder; None where nothing was."""
    if current is not None:
        return version_of(settings, current)
    own = [path for path in (settings.var / "models").glob("*.tar.gz") if not path.name.startswith(MODEL_PREFIX)]
    if not own or current_version(settings.index_root) is None:
        return None
    built = Artifacts(settings, settings.var / "run").model
    newest = max(own, key=lambda path: path.stat().st_mtime)
    return Version(settings, built if built in own else newest)


def answers(
    version: Version, items: Sequence[Asked], people: Sequence[Asked], folder: Path, kept: Path, tell: Tell
) -> tuple[list[Reply], list[Reply]]:
    """Ask everything; answers of the same version to the same held-out `items` are kept in the folder `kept`.

    What people wrote is asked each time: nothing of it may outlast its conversation. `folder` takes logs and databases
    of the services; the databases are removed. Raises StartError, ServiceError.
    """
    asked = hashlib.sha256(json.dumps([asdict(item) for item in items]).encode()).hexdigest()[:16]
    path = kept / f"{version.key}-{asked}.json"
    known = [_read(data) for data in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else None
    wanted = [*(items if known is None else ()), *people]
    replies = _asked(version, wanted, folder, tell) if wanted else []
    if known is not None:
        return known, replies
    known, others = replies[: len(items)], replies[len(items) :]
    kept.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps([asdict(reply) for reply in known], ensure_ascii=False), encoding="utf-8")
    part.replace(path)
    return known, others


def _asked(version: Version, items: Sequence[Asked], folder: Path, tell: Tell) -> list[Reply]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    key, total = secret(version.settings), len(items)
    tell(0, total)
    try:
        with serving(folder, version.settings, version.model) as running:
            return ask_all(lambda: ServiceClient(running.settings, secret=key), items, lambda count: tell(count, total))
    finally:
        # They have the messages in them.
        for path in folder.rglob("*.db*"):
            path.unlink(missing_ok=True)


def _read(data: dict[str, Any]) -> Reply:
    said = tuple(
        Said(
            kind=item["kind"], topic=item["topic"], confidence=item["confidence"], offered=tuple(item["offered"]),
            sources=tuple((act, article) for act, article in item["sources"]), text=item["text"],
        )
        for item in data["said"]
    )  # fmt: skip
    ranking = tuple((name, chance) for name, chance in data["ranking"])
    return Reply(said=said, ranking=ranking, found=data["found"], versions=data["versions"])
