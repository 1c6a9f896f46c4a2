"""Events are written behind the back of the conversation; memory is bounded, losses are counted."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from sqlalchemy.exc import DataError, OperationalError

from widget import metrics
from widget.events.facts import FactError, Facts, make_facts
from widget.events.recorder import Recorder

SECONDS = 20.0


class Store:
    """Keeps events in memory; waits or fails as told."""

    def __init__(self) -> None:
        self.events: list[Facts] = []
        self.forgotten: list[str] = []
        self.batches: list[int] = []
        self.open = threading.Event()
        self.open.set()
        self.entered = threading.Event()
        self.failures: list[Exception] = []

    def add(self, batch: list[Facts]) -> None:
        self.entered.set()
        assert self.open.wait(SECONDS)
        if self.failures:
            raise self.failures.pop(0)
        self.batches.append(len(batch))
        self.events += batch

    def forget(self, conversation_id: str) -> None:
        # Only what is stored already can be cut loose.
        assert all(event.conversation != conversation_id for event in self.events) or self.events
        self.forgotten.append(conversation_id)


def lost(reason: str) -> float:
    return metrics.EVENTS_LOST.labels(reason)._value.get()


def away() -> OperationalError:
    return OperationalError("insert", {}, Exception("away"))


@pytest.fixture
def store() -> Store:
    return Store()


def test_events_arrive_in_order_and_together(store: Store) -> None:
    recorder = Recorder(store, pause=0.2)
    for number in range(50):
        recorder.record("search", channel="search", outcome="answered", milliseconds=number)
    assert recorder.flush(SECONDS)
    assert [event.milliseconds for event in store.events] == list(range(50))
    assert len(store.batches) < 50


def test_recording_never_waits_for_the_database_and_counts_what_does_not_fit(store: Store) -> None:
    store.open.clear()
    recorder = Recorder(store, capacity=10, pause=0.0)
    before = lost("full")
    recorder.record("search", channel="search")
    assert store.entered.wait(SECONDS)
    for _ in range(25):
        recorder.record("search", channel="search")
    assert lost("full") - before == 15
    store.open.set()
    assert recorder.flush(SECONDS)
    assert len(store.events) == 11


def test_events_outlast_a_database_that_was_away(store: Store) -> None:
    store.failures = [away(), away()]
    recorder = Recorder(store, pause=0.01)
    recorder.record("call", channel="phone", outcome="answered")
    assert recorder.flush(SECONDS)
    assert len(store.events) == 1


def test_a_batch_that_the_database_refuses_does_not_stop_the_next(store: Store) -> None:
    store.failures = [DataError("insert", {}, Exception("too long"))]
    recorder = Recorder(store, pause=0.01)
    before = lost("refused")
    recorder.record("call", channel="phone")
    assert recorder.flush(SECONDS)
    recorder.record("call", channel="phone")
    assert recorder.flush(SECONDS)
    assert (len(store.events), lost("refused") - before) == (1, 1)


def test_closing_while_the_database_is_away_ends_and_counts(store: Store) -> None:
    store.failures = [away()] * 1000
    recorder = Recorder(store, pause=5.0)
    before = lost("closing")
    recorder.record("call", channel="phone")
    recorder.close(SECONDS)
    assert lost("closing") - before == 1


def test_a_conversation_is_forgotten_after_its_waiting_events_are_stored(store: Store) -> None:
    order: list[str] = []

    def noting(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def inner(*arguments: object) -> None:
            order.append(name)
            call(*arguments)

        return inner

    store.add = noting("add", store.add)  # type: ignore[method-assign]
    store.forget = noting("forget", store.forget)  # type: ignore[method-assign]
    recorder = Recorder(store, pause=0.5)
    recorder.record("question", channel="chat", outcome="answered", conversation="a")
    recorder.forget("a")
    assert recorder.flush(SECONDS)
    assert order == ["add", "forget"]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("nonsense", {"channel": "chat"}),
        ("question", {"channel": "phone"}),
        ("question", {"channel": "chat", "outcome": "taken"}),
        ("question", {"channel": "chat", "text": "jaki zasiłek"}),
        ("call", {"channel": "phone", "voivodeship": "galicja"}),
        ("call", {"channel": "phone", "county": "bielski"}),
        ("call", {"channel": "phone", "topic": "t" * 65}),
        ("call", {"channel": "phone", "audience": "emeryt"}),
        ("rating", {"channel": "chat", "reason": "bo tak"}),
        ("call", {"channel": "phone", "at": dt.datetime(2026, 1, 1)}),  # noqa: DTZ001 - that is the mistake
    ],
)
def test_wrong_facts_are_refused_and_never_fail_a_conversation(
    store: Store, kind: str, facts: dict[str, object]
) -> None:
    with pytest.raises(FactError):
        make_facts(kind, **facts)
    before = lost("invalid")
    Recorder(store).record(kind, **facts)
    assert lost("invalid") - before == 1
