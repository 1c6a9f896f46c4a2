"""The bell that tells pages of changes."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy.exc import OperationalError

from widget.console.live.stream import Bell, events
from widget.console.streams import TooManyError


class Mark:
    """What the database says; `read` is set after each look."""

    def __init__(self) -> None:
        self.text = "1"
        self.fails = False
        self.read = threading.Semaphore(0)

    def __call__(self) -> str:
        self.read.release()
        if self.fails:
            raise OperationalError("select", {}, Exception("away"))
        return self.text


def listening(mark: Mark, limit: int = 2) -> tuple[Bell, int]:
    bell = Bell(mark, limit=limit, pause=0.01)
    heard = bell.join()
    assert mark.read.acquire(timeout=5)
    assert mark.read.acquire(timeout=5)
    return bell, heard


def test_a_change_is_told_and_sameness_is_not() -> None:
    mark = Mark()
    bell, heard = listening(mark)
    stream = events(bell, heard, lifetime=5, ping=0.05)
    assert "event: start" in next(stream)
    assert next(stream) == ": czekam\n\n"
    mark.text = "2"
    assert any("event: change" in next(stream) for _ in range(50))
    stream.close()
    assert bell.listeners == 0


def test_a_stream_ends_by_itself() -> None:
    bell, heard = listening(Mark())
    assert len(list(events(bell, heard, lifetime=0.05, ping=0.02))) >= 2
    assert bell.listeners == 0


def test_no_more_listen_than_may() -> None:
    bell, _ = listening(Mark(), limit=1)
    with pytest.raises(TooManyError):
        bell.join()
    bell.leave()
    bell.join()
    bell.leave()


def test_an_absent_database_only_makes_it_wait() -> None:
    mark = Mark()
    bell, heard = listening(mark)
    mark.fails = True
    assert mark.read.acquire(timeout=5)
    mark.text, mark.fails = "2", False
    assert bell.wait(heard, 5) == heard + 1
    bell.leave()
