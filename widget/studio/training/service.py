"""What editors do with trainings: begin one, stop it, see what it would learn and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.topics import Topic
from widget.studio.catalogue import Catalogue
from widget.studio.checks import refusals
from widget.studio.held_out import HeldOut
from widget.studio.models import CANDIDATE, REJECTED, SYSTEM, Release, TrainingJob
from widget.studio.releases import Releases
from widget.studio.repository import ContentRepository
from widget.studio.training import report
from widget.studio.training.checks import Finding, twins
from widget.studio.training.jobs import PATIENCE, TrainingJobs
from widget.studio.training.ordering import order
from widget.studio.training.queue import TrainingQueue
from widget.studio.training.snapshot import Changes, changes_since
from widget.studio.training.starting import FAILED, LATER, Starting, starting
from zielona.clock import utc_now
from zielona.releases import ReleaseFiles
from zielona.settings import Settings

_PAST = 10


@dataclass(frozen=True)
class News:
    """What a training would bring since the release that answers now; before the first, since the starting version.

    `compared` says whether one of them is known. `trained` is the newest release of exactly this content that may still
    answer, if there is one; `remarks` are about new examples only.
    """

    base: Release | None
    compared: bool
    changes: Changes
    trained: Release | None
    remarks: Sequence[Finding]


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

    def cancel(self, job_id: int) -> bool:
        return self.jobs.cancel(job_id, now=utc_now())

    def latest(self) -> TrainingJob | None:
        """The newest training, one whose worker died already ended."""
        self.jobs.sweep(now=utc_now())
        return next(iter(self.jobs.latest()), None)

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
        return News(base, bool(since), changes, trained, self._remarks(base))

    def awaiting(self) -> Release | None:
        """The newest release, if it waits for a decision."""
        newest = next((item for item in self.releases.list() if item.created_by != SYSTEM), None)
        return newest if newest and newest.state == CANDIDATE else None

    def comparison(self, release: Release) -> dict[str, Any] | None:
        return report.read(self.settings.var, release)

    def _remarks(self, base: Release | None) -> list[Finding]:
        """About examples that the base has not; without one the training checks everything itself."""
        if base is None:
            return []
        topics = self.catalogue.now().topics
        known = _examples(ReleaseFiles(self.settings, base.content).folder)
        new = [text for topic in topics for text in topic.examples if text not in known.get(topic.name, ())]
        found = [Finding(text, stops=True) for text in refusals(new, self.held_out)]
        return [*found, *(Finding(text, stops=False) for text in twins(topics, only=new))]


def _examples(folder: Path) -> Mapping[str, frozenset[str]]:
    try:
        topics: Sequence[Topic] = Catalogue(ContentPaths(folder)).now().topics
    except (ContentError, OSError):
        # A release whose snapshot was cleared away: all examples are new.
        return {}
    return {topic.name: frozenset(topic.examples) for topic in topics}
