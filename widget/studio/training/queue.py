"""The queue between the widget and the worker (https://huey.readthedocs.io): SQLite, or Redis by setting.

It carries numbers of jobs only. What is known of a job stands in our own table, so a task that the queue loses, or
hands out twice, does no harm: the worker asks for what waits when it starts, and begins nothing that does not wait.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cached_property
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from huey.exceptions import HueyException
from redis import RedisError

from zielona.settings import Settings

_NAME = "zielona"
_TASK = "train"


class QueueError(RuntimeError):
    """The queue cannot be reached."""


class TrainingQueue:
    """Hands numbers of jobs to the worker."""

    def __init__(self, settings: Settings, work: Callable[[int], None] | None = None) -> None:
        """With `work`, this process is the worker."""
        self._settings = settings
        self._work = work or _nothing

    @cached_property
    def huey(self) -> Huey:
        """Opened when it is needed: most processes of the widget never train."""
        return _huey(self._settings)

    @cached_property
    def _task(self) -> Callable[[int], Any]:
        # A task goes by the module of its function, which must be the same for who puts and who takes.
        def train(job_id: int) -> None:
            self._work(job_id)

        made: Callable[[int], Any] = self.huey.task(name=_TASK)(train)
        return made

    def put(self, job_id: int) -> None:
        """Raises QueueError."""
        try:
            self._task(job_id)
        except (RedisError, sqlite3.Error, HueyException, OSError) as error:
            raise QueueError("Kolejka zadań nie odpowiada.") from error

    def serve(self) -> None:
        """Work until the process is told to stop."""
        # A consumer knows the tasks that are made by then.
        _ = self._task
        self.huey.create_consumer(workers=1, periodic=False, max_delay=1.0).run()


def _huey(settings: Settings) -> Huey:
    if url := settings.text("QUEUE_URL"):
        return RedisHuey(_NAME, url=url, results=False)
    settings.var.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(_NAME, filename=str(settings.var / "queue.db"), results=False)


def _nothing(_: int) -> None:
    """In the widget the task is only named."""
