"""Conversations are taken out of a tracker store of Rasa's shape."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Float, Integer, String, Text, create_engine, select
from sqlalchemy.orm import declarative_base, sessionmaker

from bot.channels.erasing import NoSqlStoreError, erase

SECRET = "tajemnica wizytówki"


class Store:
    """As `rasa.core.tracker_store.SQLTrackerStore` keeps events."""

    base: Any = declarative_base()

    class SQLEvent(base):  # type: ignore[misc]
        """One event of a conversation."""

        __tablename__ = "events"
        id = Column(Integer, primary_key=True)
        sender_id = Column(String(255))
        timestamp = Column(Float)
        data = Column(Text)

    def __init__(self, path: Path) -> None:
        engine = create_engine(f"sqlite:///{path}")
        self.base.metadata.create_all(engine)
        self.sessionmaker = sessionmaker(engine)

    @contextlib.contextmanager
    def session_scope(self) -> Iterator[Any]:
        session = self.sessionmaker()
        try:
            yield session
        finally:
            session.close()

    def add(self, sender: str, *times: float) -> None:
        with self.session_scope() as session:
            session.add_all(self.SQLEvent(sender_id=sender, timestamp=at, data=SECRET) for at in times)
            session.commit()

    def senders(self) -> set[str]:
        with self.session_scope() as session:
            return set(session.scalars(select(self.SQLEvent.sender_id)))


class Wrapped:
    """As Rasa wraps its stores."""

    def __init__(self, store: Any) -> None:
        self._tracker_store = store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "tracker.db")
    made.add("dawna", 10, 20)
    made.add("trwa", 15, 200)
    return made


def test_one_conversation_is_forgotten_and_leaves_no_text(store: Store, tmp_path: Path) -> None:
    assert erase(Wrapped(Wrapped(store)), sender="trwa") == 2
    assert store.senders() == {"dawna"}
    assert erase(store, sender="dawna") == 2
    assert SECRET.encode() not in (tmp_path / "tracker.db").read_bytes()
    assert erase(store, sender="nie ma") == 0


def test_what_has_been_silent_is_forgotten_as_a_whole(store: Store) -> None:
    assert erase(Wrapped(store), before=100) == 2
    assert store.senders() == {"trwa"}


@pytest.mark.parametrize("other", [None, object(), Wrapped(object())])
def test_other_stores_are_refused(other: object) -> None:
    with pytest.raises(NoSqlStoreError):
        erase(other, sender="dawna")
