"""The grouping in a process of its own beside the web server, whose memory goes with it."""

from __future__ import annotations

import datetime as dt
import logging
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from widget.studio.labelling.models import DEAD
from widget.studio.labelling.repository import LabelRepository
from zielona.clock import utc_now
from zielona.settings import ROOT, Settings

log = logging.getLogger(__name__)


@dataclass
class GroupingProcess:
    """Starts the grouping beside the web server."""

    repository: LabelRepository
    settings: Settings
    clock: Callable[[], dt.datetime] = utc_now

    def start(self) -> bool:
        """False where one is running. The page is told by the database how far it is."""
        holder, now = str(uuid.uuid4()), self.clock()
        if not self.repository.begin_grouping(holder, now=now, dead_before=now - DEAD):
            return False
        command = [sys.executable, "-m", "zielona.cli", "group-messages", "--holder", holder]
        environment = {**os.environ, **self.settings.values}
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, no words of anybody in it
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
            )
        except OSError as error:
            log.error("grouping not started: %s", error)
            self.repository.end_grouping(holder, now=now, failed=True, step=type(error).__name__)
            return True
        threading.Thread(target=self._watch, args=(process, holder), daemon=True).start()
        return True

    def _watch(self, process: subprocess.Popen[bytes], holder: str) -> None:
        """A process that dies without a word leaves the page waiting otherwise."""
        if process.wait():
            self.repository.end_grouping(holder, now=self.clock(), failed=True, step="proces przerwany")
