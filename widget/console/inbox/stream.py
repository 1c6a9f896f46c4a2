"""Tells open pages what changed: server-sent events over one look at the database per second and process.

A stream waits on a queue of its own, so it holds no connection of the database, however long it is open.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from widget.console.inbox.repository import Change

log = logging.getLogger(__name__)
PAUSE = 1.0
# A stream ends by itself and the browser opens the next: so sign-out counts and the server can stop.
LIFETIME = 30.0
_PING = 10.0
_QUEUE = 500
# Clocks of several servers differ a little.
_OVERLAP = dt.timedelta(seconds=5)
Changes = Callable[[dt.datetime], list[Change]]


class TooManyError(Exception):
    """As many pages are told as can be; the others ask."""


class Feed:
    """Reads changes while somebody listens."""

    def __init__(self, changes: Changes, clock: Callable[[], dt.datetime], *, limit: int, pause: float = PAUSE) -> None:
        self._changes = changes
        self._clock = clock
        self._limit = limit
        self._pause = pause
        self._listeners: set[queue.Queue[Change]] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def listen(self) -> queue.Queue[Change]:
        """Begin to listen. Raises TooManyError."""
        inbox: queue.Queue[Change] = queue.Queue(maxsize=_QUEUE)
        with self._lock:
            if len(self._listeners) >= self._limit:
                raise TooManyError
            self._listeners.add(inbox)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="inbox-feed")
                self._thread.start()
        return inbox

    def leave(self, inbox: queue.Queue[Change]) -> None:
        with self._lock:
            self._listeners.discard(inbox)

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def _run(self) -> None:
        since = self._clock()
        seen: dict[str, dt.datetime] = {}
        while True:
            with self._lock:
                if not self._listeners:
                    self._thread = None
                    return
            try:
                fresh = [
                    change for change in self._changes(since - _OVERLAP) if seen.get(change.id) != change.updated_at
                ]
            except SQLAlchemyError as error:
                log.warning("inbox feed waits, the database is away: %s", type(error).__name__)
                fresh = []
            for change in fresh:
                seen[change.id] = change.updated_at
                since = max(since, change.updated_at)
                self._tell(change)
            seen = {name: moment for name, moment in seen.items() if moment >= since - 2 * _OVERLAP}
            time.sleep(self._pause)

    def _tell(self, change: Change) -> None:
        with self._lock:
            for inbox in self._listeners:
                try:
                    inbox.put_nowait(change)
                except queue.Full:
                    # Its browser takes nothing; the next stream begins afresh.
                    log.warning("a page of the inbox does not take its changes")


def events(feed: Feed, inbox: queue.Queue[Change], *, lifetime: float = LIFETIME, ping: float = _PING) -> Iterator[str]:
    """The stream of one page (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    ends = time.monotonic() + lifetime
    try:
        yield "retry: 2000\nevent: start\ndata: {}\n\n"
        while (left := ends - time.monotonic()) > 0:
            try:
                change = inbox.get(timeout=min(left, ping))
            except queue.Empty:
                yield ": czekam\n\n"
                continue
            data = json.dumps({"reference": change.reference, "at": change.updated_at.isoformat()})
            yield f"event: change\ndata: {data}\n\n"
    finally:
        feed.leave(inbox)
