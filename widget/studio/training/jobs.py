"""All SQL of trainings. Every change of state names the state it expects, so of two that come at once one wins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from widget.studio.models import BROKEN, DONE, FAILED, RUNNING, STOPPED, SYSTEM, WAITING, TrainingJob

# Seconds without a sign of life after which the worker is taken for dead; it gives one every two.
PATIENCE = dt.timedelta(seconds=20)
_LOG = 20_000


class TrainingJobs:
    """Stores and reads trainings; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def add(self, *, by: str, now: dt.datetime, commit: str = "") -> TrainingJob | None:
        """A training that waits for the worker; None where one waits or works already.

        It is of `commit`, or of the newest content when it begins.
        """
        job = TrainingJob(
            state=WAITING, open=1, step="", progress=0.0, log="", reason="", findings=[], commit=commit, cancel=False,
            worker="", created_at=now, created_by=by,
        )  # fmt: skip
        try:
            with self._sessions.begin() as session:
                session.add(job)
        except IntegrityError:
            return None
        return job

    def get(self, job_id: int) -> TrainingJob | None:
        with self._sessions() as session:
            return session.get(TrainingJob, job_id)

    def latest(self, limit: int = 1) -> Sequence[TrainingJob]:
        """The newest first."""
        with self._sessions() as session:
            return [*session.scalars(select(TrainingJob).order_by(TrainingJob.id.desc()).limit(limit))]

    def keeping(self, commit: str) -> TrainingJob | None:
        """The newest training that was to keep the version which the assistant was started with."""
        wanted = (TrainingJob.created_by == SYSTEM, TrainingJob.commit == commit)
        with self._sessions() as session:
            return session.scalars(select(TrainingJob).where(*wanted).order_by(TrainingJob.id.desc())).first()

    def durations(self, limit: int) -> list[dt.timedelta]:
        """How long the last trainings took that came to their end."""
        ended = (TrainingJob.state == DONE, TrainingJob.started_at.is_not(None), TrainingJob.ended_at.is_not(None))
        query = select(TrainingJob.started_at, TrainingJob.ended_at).where(*ended).order_by(TrainingJob.id.desc())
        with self._sessions() as session:
            return [end - start for start, end in session.execute(query.limit(limit)) if start and end]

    def opened(self) -> TrainingJob | None:
        """The one that waits or works."""
        with self._sessions() as session:
            return session.scalars(select(TrainingJob).where(TrainingJob.open.is_not(None))).first()

    def begin(self, job_id: int, *, worker: str, now: dt.datetime) -> bool:
        """The worker begins; False where the job does not wait any more."""
        return self._move(job_id, WAITING, state=RUNNING, worker=worker, started_at=now, beat_at=now)

    def beat(self, job_id: int, *, log: str, now: dt.datetime) -> bool:
        """The worker's sign of life, with what was said so far; False where it should stop."""
        self._move(job_id, RUNNING, beat_at=now, log=log[-_LOG:])
        job = self.get(job_id)
        return job is not None and job.state == RUNNING and not job.cancel

    def advance(self, job_id: int, step: str, progress: float, **values: Any) -> None:
        self._move(job_id, RUNNING, step=step, progress=progress, **values)

    def end(self, job_id: int, state: str, *, reason: str, now: dt.datetime) -> bool:
        return self._move(job_id, RUNNING, state=state, open=None, reason=reason, ended_at=now)

    def cancel(self, job_id: int, *, now: dt.datetime) -> bool:
        """Ask the worker to stop, or take the job out of the queue; False where it is over."""
        if self._move(job_id, WAITING, state=STOPPED, open=None, ended_at=now):
            return True
        return self._move(job_id, RUNNING, cancel=True)

    def refuse(self, job_id: int, *, reason: str, now: dt.datetime) -> None:
        """It could not be given to the worker."""
        self._move(job_id, WAITING, state=FAILED, open=None, reason=reason, ended_at=now)

    def sweep(self, *, now: dt.datetime, worker: str | None = None) -> list[int]:
        """End jobs whose worker died: silent for too long, or its own from before it started, as `worker` says."""
        dead = TrainingJob.beat_at < now - PATIENCE
        lost = or_(dead, TrainingJob.worker == worker) if worker else dead
        with self._sessions.begin() as session:
            found = [*session.scalars(select(TrainingJob.id).where(TrainingJob.state == RUNNING, lost))]
            ended = {"state": BROKEN, "open": None, "ended_at": now}
            session.execute(
                update(TrainingJob).where(TrainingJob.id.in_(found), TrainingJob.state == RUNNING, lost).values(**ended)
            )
        return found

    def mark(self) -> str:
        """Changes whenever a page that shows the newest training should."""
        job = next(iter(self.latest()), None)
        return f"{job.id} {job.state} {job.step} {job.progress} {len(job.log)} {job.cancel}" if job else ""

    def waiting(self) -> list[int]:
        with self._sessions() as session:
            return [*session.scalars(select(TrainingJob.id).where(TrainingJob.state == WAITING))]

    def _move(self, job_id: int, expected: str, **values: Any) -> bool:
        own = (TrainingJob.id == job_id, TrainingJob.state == expected)
        with self._sessions.begin() as session:
            done = session.execute(
                update(TrainingJob).where(*own).values(**values).execution_options(synchronize_session=False)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]
