"""Tells open pages of the inbox which tickets changed, see `widget.console.streams`."""

from __future__ import annotations

import datetime as dt
import json
import logging
import queue
from collections.abc import Callable, Iterator

from widget.console.inbox.repository import Change
from widget.console.streams import LIFETIME, PAUSE, PING, Watch, stream

log = logging.getLogger(__name__)
_QUEUE = 500
# Clocks of several servers differ a little.
_OVERLAP = dt.timedelta(seconds=5)
Changes = Callable[[dt.datetime], list[Change]]


class Feed(Watch["queue.Queue[Change]"]):
    """Reads changes while somebody listens."""

    def __init__(self, changes: Changes, clock: Callable[[], dt.datetime], *, limit: int, pause: float = PAUSE) -> None:
        super().__init__("inbox-feed", limit=limit, pause=pause)
        self._changes = changes
        self._clock = clock

    def listen(self) -> queue.Queue[Change]:
        """Begin to listen. Raises TooManyError."""
        inbox: queue.Queue[Change] = queue.Queue(maxsize=_QUEUE)
        self._enter(inbox)
        return inbox

    def leave(self, inbox: queue.Queue[Change]) -> None:
        with self._lock:
            self._listeners.discard(inbox)

    def _looker(self) -> Callable[[], None]:
        since = self._clock()
        seen: dict[str, dt.datetime] = {}

        def look() -> None:
            nonlocal since, seen
            for change in self._changes(since - _OVERLAP):
                if seen.get(change.id) != change.updated_at:
                    seen[change.id] = change.updated_at
                    since = max(since, change.updated_at)
                    self._tell(change)
            seen = {name: moment for name, moment in seen.items() if moment >= since - 2 * _OVERLAP}

        return look

    def _tell(self, change: Change) -> None:
        with self._lock:
            for inbox in self._listeners:
                try:
                    inbox.put_nowait(change)
                except queue.Full:
                    # Its browser takes nothing; the next stream begins afresh.
                    log.warning("a page of the inbox does not take its changes")


def events(feed: Feed, inbox: queue.Queue[Change], *, lifetime: float = LIFETIME, ping: float = PING) -> Iterator[str]:
    """The stream of one page: reference and moment of each change."""

    def receive(seconds: float) -> str | None:
        try:
            change = inbox.get(timeout=seconds)
        except queue.Empty:
            return None
        return json.dumps({"reference": change.reference, "at": change.updated_at.isoformat()})

    return stream(receive, lambda: feed.leave(inbox), lifetime=lifetime, ping=ping)
