"""Tells open pages that the queue changed, see `widget.console.streams`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from widget.console.streams import LIFETIME, PAUSE, PING, Watch, stream


class Bell(Watch[object]):
    """Rings when `mark` gives another text than before."""

    def __init__(self, mark: Callable[[], str], *, limit: int, pause: float = PAUSE) -> None:
        super().__init__("live-bell", limit=limit, pause=pause)
        self._mark = mark
        self.rung = 0

    def join(self) -> int:
        """Begin to listen; returns how often it has rung. Raises TooManyError."""
        with self._lock:
            self._enter(object())
            return self.rung

    def leave(self) -> None:
        with self._lock:
            self._listeners.pop()

    def wait(self, heard: int, timeout: float) -> int:
        """Wait until it has rung since `heard`, or the time is over; returns how often it has rung."""
        with self._lock:
            self._lock.wait_for(lambda: self.rung != heard, timeout)
            return self.rung

    def _looker(self) -> Callable[[], None]:
        known: str | None = None

        def look() -> None:
            nonlocal known
            seen = self._mark()
            if known is not None and seen != known:
                self._ring()
            known = seen

        return look

    def _ring(self) -> None:
        with self._lock:
            self.rung += 1
            self._lock.notify_all()


def events(bell: Bell, heard: int, *, lifetime: float = LIFETIME, ping: float = PING) -> Iterator[str]:
    """The stream of one page: only that something changed."""

    def receive(seconds: float) -> str | None:
        nonlocal heard
        before, heard = heard, bell.wait(heard, seconds)
        return None if heard == before else "{}"

    return stream(receive, bell.leave, lifetime=lifetime, ping=ping)
