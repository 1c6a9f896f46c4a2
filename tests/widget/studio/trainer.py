"""A worker over a small content folder, as `make run` starts it beside the services."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from widget.storage.engine import database_engine, migrate
from widget.studio.models import Release, TrainingJob
from widget.studio.releases import Releases
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.queue import TrainingQueue
from zielona.clock import utc_now
from zielona.sandbox import settings_with
from zielona.settings import ROOT, Settings

# A loaded machine takes ten times as long as an idle one.
_PATIENCE = 2400


@dataclass
class Trainer:
    """Trains without a browser; `process` is the worker that runs."""

    settings: Settings
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.settings.var.mkdir(parents=True, exist_ok=True)
        migrate(self.settings.database_url)
        engine = database_engine(self.settings.database_url)
        self.jobs, self.releases = TrainingJobs(engine), Releases(engine)

    def start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "widget.studio.training.worker"], cwd=ROOT,
            env={**os.environ, **self.settings.values}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self.process

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def order(self) -> TrainingJob:
        self.jobs.sweep(now=utc_now())
        job = self.jobs.add(by="u1", now=utc_now())
        assert job is not None
        TrainingQueue(self.settings).put(job.id)
        return job

    def wait(self, job_id: int, ready: Callable[[TrainingJob], bool]) -> TrainingJob:
        """Look at the job until it is as wanted."""
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            job = self.jobs.get(job_id)
            assert job is not None
            if ready(job):
                return job
            time.sleep(0.3)
        raise AssertionError(f"training {job_id} did not come so far: {job.state} {job.step}\n{job.log}")

    def train(self) -> tuple[TrainingJob, Release | None]:
        """One training from beginning to end."""
        ordered = self.order()
        job = self.wait(ordered.id, lambda found: not found.is_open)
        return job, self.releases.of_job(job.id)


def make_trainer(folder: Path, content: Path) -> Trainer:
    return Trainer(settings_with(VAR=str(folder / "var"), CONTENT=str(content), SECRET="s" * 32))
