"""The worker: takes one training after another from the queue. `python -m widget.studio.training.worker`.

A training is a process of its own, the first of its group, so that it can be stopped with all that it started. It ends
by itself when the worker dies, since it then reads the end of its input.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections import deque

from sqlalchemy.exc import SQLAlchemyError

from widget.storage.engine import database_engine
from widget.studio.models import BROKEN, DONE, FAILED, STOPPED
from widget.studio.releases import Releases
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.queue import TrainingQueue
from widget.studio.training.starting import keep_start
from zielona import logs
from zielona.clock import utc_now
from zielona.settings import ROOT, Settings, current_settings

log = logging.getLogger(__name__)
_BEAT = 2.0
# A training takes its own services down when it is told to stop.
_GRACE = 45.0
_LINES = 200
# A long step says every few seconds how long it takes: "Buduję indeks… 35 s".
_TICK = re.compile(r"(.+…) \d+ s")


class Worker:
    """Runs trainings and says how they ended. `name` tells this machine's worker from others."""

    def __init__(self, settings: Settings, jobs: TrainingJobs) -> None:
        self._settings = settings
        self._jobs = jobs
        self.name = socket.gethostname()[:120]

    def recover(self) -> list[int]:
        """End what a former worker of this machine left behind; return what waits to be queued again."""
        for job_id in self._jobs.sweep(now=utc_now(), worker=self.name):
            log.warning("training %d was interrupted", job_id)
        return self._jobs.waiting()

    def train(self, job_id: int) -> bool:
        """Run one job to its end; whether it ended well."""
        if not self._jobs.begin(job_id, worker=self.name, now=utc_now()):
            return False
        state, reason = BROKEN, ""
        try:
            state, reason = self._watched(job_id)
        finally:
            self._jobs.end(job_id, state, reason=reason, now=utc_now())
            log.info("training %d: %s", job_id, state)
        return state == DONE

    def _watched(self, job_id: int) -> tuple[str, str]:
        """Start the process, give signs of life, stop it when asked to; return how it ended."""
        process = subprocess.Popen(  # noqa: S603 - a number of ours
            [sys.executable, "-m", "widget.studio.training.run", str(job_id)],
            cwd=ROOT, env={**os.environ, **self._settings.values}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True, text=True, errors="replace",
        )  # fmt: skip
        said: deque[str] = deque(maxlen=_LINES)
        reader = threading.Thread(target=_listen, args=[process, said], daemon=True)
        reader.start()
        try:
            while process.poll() is None:
                if not self._beat(job_id, said):
                    return STOPPED, ""
                try:
                    process.wait(_BEAT)
                except subprocess.TimeoutExpired:
                    continue
            reader.join(_GRACE)
            self._beat(job_id, said)
        finally:
            _end(process)
        if process.returncode == 0:
            return DONE, ""
        return FAILED, said[-1] if said else f"Proces zakończył się kodem {process.returncode}."

    def _beat(self, job_id: int, said: deque[str]) -> bool:
        try:
            return self._jobs.beat(job_id, log="\n".join(list(said)), now=utc_now())
        except SQLAlchemyError as error:
            # The database may be away for a while; the training needs it only at its end.
            log.warning("no sign of life, the database is away: %s", type(error).__name__)
            return True


def _listen(process: subprocess.Popen[str], said: deque[str]) -> None:
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    for line in process.stdout:
        note(said, line.rstrip())


def note(said: deque[str], line: str) -> None:
    """Keep a line; of a step's signs of life only the last."""
    ticks = _TICK.match(line)
    if ticks and said and said[-1].startswith(ticks[1]):
        said.pop()
    said.append(line)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop the whole group: first politely, so that it takes its services down, then for good."""
    for number, patience in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def make_queue(settings: Settings, worker: Worker, jobs: TrainingJobs, releases: Releases) -> TrainingQueue:
    """The queue that the worker serves; what a training calls for goes into it, too."""

    def work(job_id: int) -> None:
        if worker.train(job_id):
            keep_start(settings, jobs, releases, queue)

    queue = TrainingQueue(settings, work)
    return queue


def main() -> int:
    settings = current_settings()
    logs.configure("worker", settings.text("LOG_LEVEL"))
    engine = database_engine(settings.database_url)
    jobs, releases = TrainingJobs(engine), Releases(engine)
    worker = Worker(settings, jobs)
    queue = make_queue(settings, worker, jobs, releases)
    for job_id in worker.recover():
        queue.put(job_id)
    queue.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
