"""The version that the assistant was started with: no release, until it is trained so that one may return to it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from widget.studio.models import BROKEN, SYSTEM, Release, TrainingJob
from widget.studio.releases import Releases
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.ordering import BusyError, order
from widget.studio.training.queue import QueueError, TrainingQueue
from zielona.publishing.state import Beginning, read_state
from zielona.settings import Settings

log = logging.getLogger(__name__)
KEPT, AT_WORK, LATER, FAILED, IMPOSSIBLE = "kept", "at work", "later", "failed", "impossible"


@dataclass(frozen=True)
class Starting:
    """How it stands: `answers` where nothing was published yet; `job` is the newest training that was to keep it."""

    beginning: Beginning
    answers: bool
    release: Release | None
    job: TrainingJob | None

    @property
    def state(self) -> str:
        """Whether one may return to it, and if not, what comes of it."""
        if self.release is not None:
            return KEPT
        if not self.beginning.commit:
            return IMPOSSIBLE
        if self.job is None:
            return LATER
        return AT_WORK if self.job.is_open else FAILED

    def is_made(self, release: Release) -> bool:
        """Whether this is the release that keeps it."""
        return self.release is not None and self.release.id == release.id


def starting(settings: Settings, jobs: TrainingJobs, releases: Releases) -> Starting:
    """How it stands now."""
    found = _beginning(settings)
    return Starting(
        beginning=found,
        answers=releases.current() is None,
        release=releases.of_start(found.commit) if found.commit else None,
        job=jobs.keeping(found.commit) if found.commit else None,
    )


def keep_start(settings: Settings, jobs: TrainingJobs, releases: Releases, queue: TrainingQueue) -> None:
    """After a training that ended well: see that one may return to the starting version.

    Its training is ordered once; where it failed, or was stopped, an editor decides.
    """
    commit = starting_commit(settings)
    if not commit or releases.mark_start(commit):
        return
    last = jobs.keeping(commit)
    if last is not None and last.state != BROKEN:
        return
    try:
        order(jobs, queue, by=SYSTEM, commit=commit)
    except (BusyError, QueueError) as error:
        # The next training brings it back here.
        log.warning("the starting version is not kept yet: %s", type(error).__name__)


def starting_commit(settings: Settings) -> str:
    """The commit of the content of the version that the assistant was started with, empty where it is not known."""
    return _beginning(settings).commit


def _beginning(settings: Settings) -> Beginning:
    state = read_state(settings.run_folder)
    return state.beginning if state else Beginning()
