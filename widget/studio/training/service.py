"""What editors do with trainings: begin one, stop it, see what it would learn and what came of it."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.check.rules import load
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import ContentPaths
from widget.studio.catalogue import Catalogue
from widget.studio.checks import refusals
from widget.studio.held_out import HeldOut
from widget.studio.labelling.repository import LabelRepository
from widget.studio.models import CANDIDATE, REJECTED, SYSTEM, Release, TrainingJob
from widget.studio.releases import Releases
from widget.studio.repository import ContentRepository, Revision
from widget.studio.training import report
from widget.studio.training.checks import Finding, harms, mistakes, twins
from widget.studio.training.jobs import PATIENCE, TrainingJobs
from widget.studio.training.novelty import Novelty, Pieces, novelties
from widget.studio.training.ordering import order
from widget.studio.training.queue import TrainingQueue
from widget.studio.training.snapshot import NAME_LENGTH, PARTS, Changes, changes_since, export
from widget.studio.training.starting import FAILED, LATER, Starting, starting
from zielona.clock import today, utc_now
from zielona.releases import ReleaseFiles
from zielona.settings import Settings

_PAST = 10
_TYPICAL = 5


@dataclass(frozen=True)
class News:
    """What a training would bring since the release that answers now; before the first, since the starting version.

    `compared` says whether one of them is known. `trained` is the newest release of exactly this content that may still
    answer, if there is one; `remarks` are about new examples only; `pieces` are what is new in the content since the
    release that answers, None where none does. What was saved after the training at work copied the content does not
    enter it, so it is told apart: `later` and `later_pieces`.
    """

    base: Release | None
    compared: bool
    changes: Changes
    trained: Release | None
    remarks: Sequence[Finding]
    pieces: Sequence[Novelty] | None
    later: Sequence[Revision]
    later_pieces: Sequence[Novelty] | None


@dataclass(frozen=True)
class TrainingDesk:
    """The service behind the pages."""

    settings: Settings
    repository: ContentRepository
    catalogue: Catalogue
    held_out: HeldOut
    jobs: TrainingJobs
    releases: Releases
    queue: TrainingQueue
    labels: LabelRepository

    def order(self, *, by: str) -> TrainingJob:
        """Raises BusyError, QueueError."""
        return order(self.jobs, self.queue, by=by)

    def keep(self) -> TrainingJob | None:
        """Train what the assistant was started with; None where there is no need, or no way.

        Raises BusyError, QueueError.
        """
        found = self.starting()
        if found.state not in (LATER, FAILED):
            return None
        return order(self.jobs, self.queue, by=SYSTEM, commit=found.beginning.commit)

    def starting(self) -> Starting:
        return starting(self.settings, self.jobs, self.releases)

    def faults(self) -> list[Finding]:
        """What would stop a training of the newest commit: rules of the content, harm in what is new since the base.

        Raises RepositoryError, ContentError.
        """
        before = self._pieces_of_release(self.releases.current())
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "content"
            export(self.repository, self.repository.head(), folder)
            content = load(ContentPaths(folder))
            # Looking through all that was learned before takes half a minute; the training does where there is no base.
            harm = harms(content, self.held_out, before.learned) if before else []
            return [*harm, *mistakes(content, today=today())]

    def is_busy(self) -> bool:
        return self.jobs.opened() is not None

    def cancel(self, job_id: int) -> bool:
        return self.jobs.cancel(job_id, now=utc_now())

    def latest(self) -> TrainingJob | None:
        """The newest training, one whose worker died already ended."""
        self.jobs.sweep(now=utc_now())
        return next(iter(self.jobs.latest()), None)

    def usual(self) -> dt.timedelta | None:
        """How long a training usually takes: the middle one of the last; None before the first."""
        found = self.jobs.durations(_TYPICAL)
        return statistics.median_low(found) if found else None

    def past(self) -> Sequence[TrainingJob]:
        return [job for job in self.jobs.latest(_PAST) if not job.is_open]

    def is_stuck(self, job: TrainingJob) -> bool:
        """Whether nobody takes the job: the worker is away, or works on another machine's queue."""
        return job.is_open and job.started_at is None and utc_now() - job.created_at > PATIENCE

    def news(self) -> News:
        """Raises RepositoryError, ContentError."""
        base = self.releases.current()
        since = base.commit if base else self.starting().beginning.commit
        changes = changes_since(self.repository, since)
        found = [item for item in self.releases.list() if item.state != REJECTED]
        trained = next((item for item in found if item.commit == changes.commit), None)
        before = self._pieces_of_release(base)
        job = self.jobs.opened()
        later = self._later(job, changes)
        copied = self._pieces_in(job.commit[:NAME_LENGTH]) if job and later else None
        saved = _pieces_of(self.catalogue)
        entering = copied if later else saved
        left = {revision.id for revision in later}
        return News(
            base=base,
            compared=bool(since),
            changes=replace(changes, revisions=[one for one in changes.revisions if one.id not in left]),
            trained=trained,
            remarks=self._remarks(base, before),
            pieces=novelties(before, entering) if before and entering else None,
            later=later,
            later_pieces=novelties(copied, saved) if copied else None,
        )

    def awaiting(self) -> Release | None:
        """The newest release, if it waits for a decision."""
        newest = next((item for item in self.releases.list() if item.created_by != SYSTEM), None)
        return newest if newest and newest.state == CANDIDATE else None

    def comparison(self, release: Release) -> dict[str, Any] | None:
        return report.read(self.settings.var, release)

    def written(self, comparison: Mapping[str, Any] | None) -> list[dict[str, Any]]:
        """What people wrote and is answered otherwise, with its text; what was erased since is left out."""
        changed = ((comparison or {}).get("people") or {}).get("changed", [])
        texts = self.labels.texts(one["id"] for one in changed)
        outside = self.labels.outside(texts)
        return [
            {**one, "text": texts[one["id"]], "outside": one["id"] in outside} for one in changed if one["id"] in texts
        ]

    def _pieces_of_release(self, base: Release | None) -> Pieces | None:
        """None where there is no release, or its snapshot was cleared away."""
        return None if base is None else self._pieces_in(base.content)

    def _pieces_in(self, content: str) -> Pieces | None:
        """None where it was cleared away, or is being copied."""
        folder = ReleaseFiles(self.settings, content).folder
        try:
            return _pieces_of(_snapshot(folder)) if folder.is_dir() else None
        except (ContentError, OSError):
            return None

    def _later(self, job: TrainingJob | None, changes: Changes) -> Sequence[Revision]:
        """What was saved after the training at work copied the content, the newest first."""
        if job is None or job.keeps_start or not job.commit:
            return []
        return self.repository.between(job.commit, changes.commit, PARTS)

    def _remarks(self, base: Release | None, before: Pieces | None) -> list[Finding]:
        """About examples that the base has not; without one the training checks everything itself."""
        if base is None:
            return []
        topics = self.catalogue.now().topics
        known = {} if before is None else {name: frozenset(topic.examples) for name, topic in before.topics.items()}
        new = [text for topic in topics for text in topic.examples if text not in known.get(topic.name, ())]
        found = [Finding(text, stops=True) for text in refusals(new, self.held_out)]
        return [*found, *(Finding(text, stops=False) for text in twins(topics, only=new))]


@lru_cache(maxsize=2)
def _snapshot(folder: Path) -> Catalogue:
    """Kept, since reading a content takes a second, and a snapshot does not change."""
    return Catalogue(ContentPaths(folder))


def _pieces_of(catalogue: Catalogue) -> Pieces:
    content, (passages, _) = catalogue.now(), catalogue.passages()
    return Pieces.of(content.topics, passages, content.amounts)
