"""Writes events behind the back of the conversation: a bounded queue and one thread."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from widget import metrics
from widget.events.facts import FactError, Facts, make_facts

log = logging.getLogger(__name__)

CAPACITY = 10_000
_BATCH = 500
_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


class Store(Protocol):
    """Where events go, see `widget.events.repository`."""

    def add(self, batch: list[Facts]) -> None: ...

    def forget(self, conversation_id: str) -> None: ...


@dataclass(frozen=True)
class _Forget:
    conversation: str


@dataclass(frozen=True)
class _Flush:
    done: threading.Event = field(default_factory=threading.Event)


_Item = Facts | _Forget | _Flush


class Recorder:
    """Takes events at any speed; what does not fit into memory while the database is away is counted as lost.

    The thread starts with the first event, so in the process that serves and not in the one it was forked from.
    """

    def __init__(self, store: Store, *, capacity: int = CAPACITY, pause: float = _PAUSE) -> None:
        self._store = store
        self._queue: queue.Queue[_Item] = queue.Queue(capacity)
        self._pause = pause
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def record(self, kind: str, **facts: Any) -> None:
        """Note one event; never raises and never waits."""
        try:
            self._put(make_facts(kind, **facts))
        except (FactError, TypeError) as error:
            metrics.EVENTS_LOST.labels("invalid").inc()
            log.error("event not recorded: %s", error)

    def forget(self, conversation_id: str) -> None:
        """Cut the link of a conversation to its events, those that still wait included."""
        self._put(_Forget(conversation_id))

    def flush(self, timeout: float) -> bool:
        """Wait until all that was noted before is stored; False where that took too long."""
        item = _Flush()
        self._start()
        deadline = time.monotonic() + timeout
        try:
            self._queue.put(item, timeout=timeout)
        except queue.Full:
            return False
        return item.done.wait(max(0.0, deadline - time.monotonic()))

    def close(self, timeout: float = 5.0) -> None:
        """Store what waits and stop."""
        self._closing.set()
        if self._thread is not None and self._thread.is_alive():
            self.flush(timeout)

    def _put(self, item: _Item) -> None:
        self._start()
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            metrics.EVENTS_LOST.labels("full").inc()

    def _start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True, name="events")
                self._thread.start()

    def _run(self) -> None:
        while True:
            items = self._next()
            batch = [item for item in items if isinstance(item, Facts)]
            if batch:
                self._until_stored(batch)
            for item in items:
                if isinstance(item, _Forget):
                    self._forget(item.conversation)
                elif isinstance(item, _Flush):
                    item.done.set()

    def _next(self) -> list[_Item]:
        """Events that came within a pause after the first; it ends early for who waits and for a full batch."""
        items = [self._queue.get()]
        deadline = time.monotonic() + self._pause
        while isinstance(items[-1], Facts) and len(items) < _BATCH:
            try:
                items.append(self._queue.get(timeout=max(0.0, deadline - time.monotonic())))
            except queue.Empty:
                break
        return items

    def _until_stored(self, batch: list[Facts]) -> None:
        """Store the batch, however long the database is away; the queue fills meanwhile."""
        pause = self._pause
        while True:
            try:
                self._store.add(batch)
            except (OperationalError, InterfaceError) as error:
                log.warning("events wait, the database is away: %s", type(error).__name__)
                if self._closing.wait(pause):
                    metrics.EVENTS_LOST.labels("closing").inc(len(batch))
                    return
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Exception as error:
                # Whatever is wrong with a batch, the thread must live on.
                metrics.EVENTS_LOST.labels("refused").inc(len(batch))
                log.error("events refused by the database: %s", type(error).__name__)
                return
            else:
                metrics.EVENTS.inc(len(batch))
                return

    def _forget(self, conversation: str) -> None:
        try:
            self._store.forget(conversation)
        except SQLAlchemyError as error:
            # The sweep of the statistics job finds conversations that are gone.
            log.warning("link of an erased conversation not cut yet: %s", type(error).__name__)
