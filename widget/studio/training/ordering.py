"""How a training is ordered, by an editor or by the worker."""

from __future__ import annotations

from widget.studio.models import TrainingJob
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.queue import QueueError, TrainingQueue
from zielona.clock import utc_now


class BusyError(RuntimeError):
    """A training waits or works already."""


def order(jobs: TrainingJobs, queue: TrainingQueue, *, by: str, commit: str = "") -> TrainingJob:
    """A training of `commit`, or of the newest content. Raises BusyError, QueueError."""
    jobs.sweep(now=utc_now())
    job = jobs.add(by=by, now=utc_now(), commit=commit)
    if job is None:
        raise BusyError
    try:
        queue.put(job.id)
    except QueueError as error:
        jobs.refuse(job.id, reason=str(error), now=utc_now())
        raise
    return job
