"""Server-sent events for open pages: one look at the database per second and process, while anybody listens.

A stream waits in memory, so it holds no connection of the database, however long it is open.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from flask import Response
from sqlalchemy.exc import SQLAlchemyError

from widget.problems import ProblemError

log = logging.getLogger(__name__)
PAUSE = 1.0
# A stream ends by itself and the browser opens the next: so sign-out counts and the server can stop.
LIFETIME = 30.0
PING = 10.0
Listener = TypeVar("Listener")


class TooManyError(Exception):
    """As many pages are told as can be; the others ask."""


class Watch(Generic[Listener]):
    """Looks for changes in a thread that lives as long as there are listeners.

    A subclass says in `_looker` what one look is; its state begins anew with each thread.
    """

    def __init__(self, name: str, *, limit: int, pause: float) -> None:
        self._name = name
        self._limit = limit
        self._pause = pause
        self._listeners: set[Listener] = set()
        self._lock = threading.Condition()
        self._running = False

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def _looker(self) -> Callable[[], None]:
        raise NotImplementedError

    def _enter(self, listener: Listener) -> None:
        """Raises TooManyError."""
        with self._lock:
            if len(self._listeners) >= self._limit:
                raise TooManyError
            self._listeners.add(listener)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, daemon=True, name=self._name).start()

    def _run(self) -> None:
        look = self._looker()
        while True:
            with self._lock:
                if not self._listeners:
                    self._running = False
                    return
            try:
                look()
            except SQLAlchemyError as error:
                log.warning("%s waits, the database is away: %s", self._name, type(error).__name__)
            time.sleep(self._pause)


def stream(
    receive: Callable[[float], str | None], leave: Callable[[], None], *, lifetime: float, ping: float
) -> Iterator[str]:
    """The stream of one page (https://html.spec.whatwg.org/multipage/server-sent-events.html).

    `receive` waits at most so many seconds for a change and returns its data, None where there was none.
    """
    ends = time.monotonic() + lifetime
    try:
        yield "retry: 2000\nevent: start\ndata: {}\n\n"
        while (left := ends - time.monotonic()) > 0:
            data = receive(min(left, ping))
            yield ": czekam\n\n" if data is None else f"event: change\ndata: {data}\n\n"
    finally:
        leave()


def streamed(enter: Callable[[], Listener], told: Callable[[Listener], Iterator[str]], *, refusal: str) -> Response:
    """The answer to a page that listens. Raises ProblemError (503, `refusal`) where too many do already."""
    try:
        listener = enter()
    except TooManyError as error:
        raise ProblemError(503, refusal) from error
    answer = Response(told(listener), mimetype="text/event-stream")
    # A proxy that collects the stream would keep changes back.
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
