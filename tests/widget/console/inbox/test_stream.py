"""Pages are told of changes without a connection of the database each."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import QueuePool

from tests.widget.accounts.people import Browser
from tests.widget.console.site import Console, path
from widget.console.inbox.repository import Change
from widget.console.inbox.stream import Feed, events
from widget.console.streams import TooManyError

MOMENT = dt.datetime(2026, 11, 26, 8, tzinfo=dt.timezone.utc)


class Changing:
    """Changes as a test makes them; `looks` counts how often anybody looked."""

    def __init__(self) -> None:
        self.rows: list[Change] = []
        self.looked = threading.Semaphore(0)

    def __call__(self, since: dt.datetime) -> list[Change]:
        self.looked.release()
        return [change for change in self.rows if change.updated_at >= since]

    def add(self, name: str, seconds: int = 1) -> None:
        self.rows.append(Change(name, f"ZL-{name}", MOMENT + dt.timedelta(seconds=seconds)))


@pytest.fixture
def changing() -> Changing:
    return Changing()


def feed_over(changing: Changing, limit: int = 3) -> Feed:
    return Feed(changing, lambda: MOMENT, limit=limit, pause=0.01)


def test_every_page_is_told_each_change_once(changing: Changing) -> None:
    feed = feed_over(changing)
    pages = [feed.listen(), feed.listen()]
    changing.add("A")
    changing.add("B", seconds=2)
    for page in pages:
        assert [page.get(timeout=20).reference for _ in range(2)] == ["ZL-A", "ZL-B"]
    # It looks at the same rows again, and tells nothing twice.
    for _ in range(3):
        assert changing.looked.acquire(timeout=20)
    assert all(page.empty() for page in pages)
    for page in pages:
        feed.leave(page)


def test_the_same_ticket_changed_again_is_told_again(changing: Changing) -> None:
    feed = feed_over(changing)
    page = feed.listen()
    changing.add("A")
    assert page.get(timeout=20).updated_at == MOMENT + dt.timedelta(seconds=1)
    changing.rows = []
    changing.add("A", seconds=3)
    assert page.get(timeout=20).updated_at == MOMENT + dt.timedelta(seconds=3)
    feed.leave(page)


def test_as_many_pages_listen_as_may(changing: Changing) -> None:
    feed = feed_over(changing, limit=1)
    page = feed.listen()
    with pytest.raises(TooManyError):
        feed.listen()
    feed.leave(page)
    feed.leave(feed.listen())
    assert feed.listeners == 0


def test_stream_begins_tells_and_ends(changing: Changing) -> None:
    feed = feed_over(changing)
    page = feed.listen()
    stream: Iterator[str] = events(feed, page, lifetime=60, ping=0.01)
    assert next(stream).startswith("retry: ")
    assert next(stream).startswith(":")
    changing.add("A")
    told = next(part for part in stream if part.startswith("event: change"))
    assert '"reference": "ZL-A"' in told
    stream.close()  # type: ignore[attr-defined]
    assert feed.listeners == 0


def test_stream_ends_by_itself() -> None:
    feed = feed_over(Changing())
    parts = list(events(feed, feed.listen(), lifetime=0.05, ping=0.01))
    assert len(parts) > 1
    assert feed.listeners == 0


def test_open_stream_holds_no_connection(console: Console, anna: Browser) -> None:
    stream = anna.get("/panel/zgloszenia/zmiany")
    assert stream.mimetype == "text/event-stream"
    parts: Any = stream.iter_encoded()
    assert b"event: start" in next(parts)
    console.desk.feed._changes = lambda since: []  # type: ignore[method-assign]
    pool = console.services.engine.pool
    assert isinstance(pool, QueuePool)
    waiting: queue.Queue[int] = queue.Queue()
    # The feed's own look ends in a moment; then nobody holds one.
    threading.Timer(0.2, lambda: waiting.put(pool.checkedout())).start()
    assert waiting.get(timeout=20) == 0
    stream.close()


def test_page_is_told_when_a_ticket_changes(console: Console, anna: Browser) -> None:
    ticket = console.ticket(now=dt.datetime.now(tz=dt.timezone.utc) - dt.timedelta(hours=1))
    stream = anna.get("/panel/zgloszenia/zmiany")
    parts: Any = stream.iter_encoded()
    next(parts)
    anna.send(path(ticket, "notatka"), note="nowa")
    assert str(ticket.reference).encode() in next(part for part in parts if b"event: change" in part)
    stream.close()


def test_who_cannot_have_a_stream_asks(make_console: Any) -> None:
    console: Console = make_console(STREAM_LIMIT="0")
    browser = console.browser_of(console.anna)
    assert browser.get("/panel/zgloszenia/zmiany").status_code == 503
    ticket = console.ticket()
    found = browser.get("/panel/zgloszenia/ostatnia-zmiana").get_json()
    assert [item["reference"] for item in found] == [ticket.reference]


def test_page_that_only_waits_does_not_keep_its_session_open(console: Console, anna: Browser) -> None:
    sessions = console.app.extensions["zielona_sessions"]
    ticket = console.ticket()
    begun = sessions.clock()
    sessions.clock = lambda: begun + dt.timedelta(minutes=50)
    for address in ("/panel/zgloszenia/lista", "/panel/zgloszenia/ostatnia-zmiana", path(ticket, "stan")):
        assert anna.get(address).status_code == 200
    sessions.clock = lambda: begun + dt.timedelta(minutes=61)
    assert anna.get("/panel/zgloszenia/lista", headers={"Accept": "*/*", "Sec-Fetch-Mode": "cors"}).status_code == 401
