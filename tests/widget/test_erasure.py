"""What is erased is gone everywhere, also where Rasa is away at the time."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from widget.chat.clients import AwayError
from widget.chat.erasure import erase, forget, sweep
from widget.chat.own_data import own_data
from widget.storage.engine import database_engine, migrate
from widget.storage.repository import Repository

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.timezone.utc)
SECRET = "tajemnica-wizytowki"


class Bot:
    """Remembers what it was told to forget, or is away."""

    def __init__(self) -> None:
        self.away = False
        self.senders: list[str] = []
        self.limits: list[float] = []

    def forget(self, *, sender: str | None = None, before: float | None = None) -> int:
        if self.away:
            raise AwayError("away")
        if sender is not None:
            self.senders.append(sender)
        if before is not None:
            self.limits.append(before)
        return 1


class Tickets:
    """Nothing was handed over to a human."""

    def forget(self, conversation_id: str) -> None:
        """Nothing to do."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "erasure.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def repository(database: Path) -> Repository:
    return Repository(database_engine(f"sqlite:///{database}"))


def talk(repository: Repository, *, days_ago: float = 0, partner: str | None = None) -> str:
    """A conversation with one rated answer that ended so many days ago; its id."""
    conversation = str(uuid.uuid4())
    at = NOW - dt.timedelta(days=days_ago)
    repository.create_conversation(conversation, now=at, partner=partner)
    turn = repository.begin_turn(conversation, uuid.uuid4().hex, text=f"pytanie {SECRET}", payload=None, now=at)
    message: dict[str, Any] = {
        "id": str(uuid.uuid4()), "type": "answer", "text": f"odpowiedź {SECRET}", "buttons": [], "sources": [],
        "topic": "staz_warunki", "confidence": 1.0, "trace": {},
    }  # fmt: skip
    repository.finish_turn(turn, outcome="answered", versions={}, milliseconds=1, messages=[message])
    repository.rate(conversation, message["id"], helpful=False, reason="unclear", now=at)
    repository.rate_conversation(conversation, "partly", now=at)
    repository.release(conversation, now=at)
    return conversation


def test_nothing_is_left_of_an_erased_conversation(repository: Repository, database: Path) -> None:
    bot, conversation = Bot(), talk(repository)
    kept = talk(repository)
    assert erase(repository, Tickets(), bot, conversation, now=NOW)  # type: ignore[arg-type]
    assert bot.senders == [conversation]
    assert repository.erasures() == []
    assert repository.history(conversation) == []
    assert repository.own_ratings(conversation) == (None, {})
    assert len(repository.history(kept)) == 1
    assert not erase(repository, Tickets(), bot, conversation, now=NOW)  # type: ignore[arg-type]


def test_the_file_of_the_database_has_no_trace_of_the_text(repository: Repository, database: Path) -> None:
    conversation = talk(repository)
    erase(repository, Tickets(), Bot(), conversation, now=NOW)  # type: ignore[arg-type]
    with repository._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in database.parent.glob(f"{database.name}*"):
        assert SECRET.encode() not in path.read_bytes(), path


def test_rasa_forgets_later_what_it_could_not_forget_at_once(repository: Repository) -> None:
    bot, conversation = Bot(), talk(repository)
    bot.away = True
    assert erase(repository, Tickets(), bot, conversation, now=NOW)  # type: ignore[arg-type]
    assert repository.erasures() == [conversation]
    assert forget(repository, bot) == 1  # type: ignore[arg-type]
    bot.away = False
    sweep(repository, Tickets(), bot, days=0, now=NOW)  # type: ignore[arg-type]
    assert bot.senders == [conversation]
    assert repository.erasures() == []


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ages=st.lists(st.integers(0, 60), max_size=5), days=st.integers(0, 60))
def test_what_is_older_than_it_may_be_goes_and_the_rest_stays(
    repository: Repository, ages: list[int], days: int
) -> None:
    bot = Bot()
    talks = {talk(repository, days_ago=age + 0.5): age + 0.5 for age in ages}
    old = {name for name, age in talks.items() if days and age > days}
    assert sweep(repository, Tickets(), bot, days=days, now=NOW) == len(old)  # type: ignore[arg-type]
    assert {name for name in talks if repository.exists(name)} == set(talks) - old
    assert set(bot.senders) == old
    assert bot.limits == ([(NOW - dt.timedelta(days=days)).timestamp()] if days else [])
    for name in talks:
        repository.delete_conversation(name, now=NOW)
    sweep(repository, Tickets(), bot, days=0, now=NOW)  # type: ignore[arg-type]


def test_visitor_sees_all_that_is_stored(repository: Repository) -> None:
    conversation = talk(repository, days_ago=1, partner="urzad")
    found = own_data(repository, conversation, days=30)
    assert found is not None
    assert (found["partner"], found["rating"]) == ("urzad", "częściowo")
    assert found["kept_until"] == (NOW + dt.timedelta(days=29)).isoformat()
    [turn] = found["turns"]
    assert SECRET in turn["text"]
    assert turn["answers"][0]["rating"] == "nie pomogło: niezrozumiałe"
    forever = own_data(repository, conversation, days=0)
    assert forever is not None
    assert forever["kept_until"] is None
    assert own_data(repository, str(uuid.uuid4()), days=30) is None


def test_ratings_of_conversations_are_counted_per_partner(repository: Repository) -> None:
    talk(repository, partner="urzad")
    talk(repository, partner="urzad")
    talk(repository)
    counted = repository.conversation_ratings(NOW - dt.timedelta(days=1))
    assert counted == {"urzad": {"partly": 2}, None: {"partly": 1}}
