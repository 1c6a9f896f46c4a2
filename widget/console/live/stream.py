"""Tells open pages that the queue changed: one look at the database per second and process, while anybody listens.

A stream holds no connection of the database, however long it is open.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
PAUSE = 1.0
# A stream ends by itself and the browser opens the next: so sign-out counts and the server can stop.
LIFETIME = 30.0
_PING = 10.0


class TooManyError(Exception):
    """As many pages are told as can be; the others ask."""


class Bell:
    """Rings when `mark` gives another text than before."""

    def __init__(self, mark: Callable[[], str], *, limit: int, pause: float = PAUSE) -> None:
        self._mark = mark
        self._limit = limit
        self._pause = pause
        self._changed = threading.Condition()
        self._listeners = 0
        self._running = False
        self.rung = 0

    @property
    def listeners(self) -> int:
        return self._listeners

    def join(self) -> int:
        """Begin to listen; returns how often it has rung. Raises TooManyError."""
        with self._changed:
            if self._listeners >= self._limit:
                raise TooManyError
            self._listeners += 1
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, daemon=True, name="live-bell").start()
            return self.rung

    def leave(self) -> None:
        with self._changed:
            self._listeners -= 1

    def wait(self, heard: int, timeout: float) -> int:
        """Wait until it has rung since `heard`, or the time is over; returns how often it has rung."""
        with self._changed:
            self._changed.wait_for(lambda: self.rung != heard, timeout)
            return self.rung

    def _run(self) -> None:
        known: str | None = None
        while True:
            with self._changed:
                if not self._listeners:
                    self._running = False
                    return
            try:
                seen = self._mark()
            except SQLAlchemyError as error:
                log.warning("the queue's bell waits, the database is away: %s", type(error).__name__)
            else:
                if known is not None and seen != known:
                    self._ring()
                known = seen
            time.sleep(self._pause)

    def _ring(self) -> None:
        with self._changed:
            self.rung += 1
            self._changed.notify_all()


def events(bell: Bell, heard: int, *, lifetime: float = LIFETIME, ping: float = _PING) -> Iterator[str]:
    """The stream of one page (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    ends = time.monotonic() + lifetime
    try:
        yield "retry: 2000\nevent: start\ndata: {}\n\n"
        while (left := ends - time.monotonic()) > 0:
            rung = bell.wait(heard, min(left, ping))
            yield ": czekam\n\n" if rung == heard else "event: change\ndata: {}\n\n"
            heard = rung
    finally:
        bell.leave()
