"""What is stored of an event, and that nothing leads from it to a person."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from widget.events.facts import Facts
from widget.events.links import LOOSE, link_of
from widget.events.models import Event, Mark
from widget.events.repository import EventRepository
from widget.storage.repository import Repository

SECRET = "k" * 32
NOON = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.timezone.utc)


@pytest.fixture
def store(database: Engine) -> EventRepository:
    with database.begin() as connection:
        connection.execute(delete(Event))
        connection.execute(delete(Mark))
    return EventRepository(
        database, SECRET, lambda partner: ("podlaskie", "łomżyński") if partner == "pup" else (None, None)
    )


def events(database: Engine) -> list[Event]:
    with Session(database) as session:
        return list(session.scalars(select(Event).order_by(Event.id)))


def conversation(database: Engine, *, partner: str | None = None) -> tuple[str, str]:
    """A conversation with one answered question; its id and that of the answer."""
    repository, made, message = Repository(database), str(uuid.uuid4()), str(uuid.uuid4())
    repository.create_conversation(made, now=NOON, partner=partner)
    turn = repository.begin_turn(made, "1", text="ile wynosi zasiłek", payload=None, now=NOON)
    answer = {"id": message, "type": "answer", "text": "Tyle.", "buttons": [], "sources": [],
              "topic": "zasilek_wysokosc", "confidence": 0.9, "trace": {}}  # fmt: skip
    repository.finish_turn(turn, outcome="answered", versions={"model": "m-7"}, milliseconds=12, messages=[answer])
    return made, message


def test_conversation_is_stored_as_a_keyed_hash_with_partner_and_place(
    database: Engine, store: EventRepository
) -> None:
    made, _ = conversation(database, partner="pup")
    store.add([Facts("question", "chat", at=NOON, conversation=made, outcome="answered")])
    [event] = events(database)
    assert event.link == link_of(made, SECRET) != link_of(made, "another secret")
    assert made not in str(vars(event))
    assert (event.partner, event.voivodeship, event.county) == ("pup", "podlaskie", "łomżyński")


def test_the_place_that_a_person_chose_comes_before_the_partner_s(database: Engine, store: EventRepository) -> None:
    made, _ = conversation(database, partner="pup")
    store.add([Facts("question", "chat", at=NOON, conversation=made, voivodeship="śląskie", county="bielski")])
    [event] = events(database)
    assert (event.voivodeship, event.county) == ("śląskie", "bielski")


def test_a_rating_takes_topic_and_model_of_its_answer_and_replaces_the_earlier_one(
    database: Engine, store: EventRepository
) -> None:
    made, message = conversation(database)
    first = Facts("rating", "chat", at=NOON, conversation=made, message=message, helpful=True)
    later = Facts("rating", "chat", at=NOON + dt.timedelta(days=2), conversation=made, message=message, helpful=False)
    store.add([first])
    store.add([first, later])
    [event] = events(database)
    assert (event.topic, event.model, event.helpful) == ("zasilek_wysokosc", "m-7", False)
    with database.connect() as connection:
        assert set(connection.scalars(select(Mark.day))) == {dt.date(2026, 7, 1), dt.date(2026, 7, 3)}


def test_events_around_midnight_belong_to_the_day_in_warsaw(database: Engine, store: EventRepository) -> None:
    late = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.timezone.utc)
    store.add([Facts("call", "phone", at=late), Facts("call", "phone", at=late - dt.timedelta(hours=1))])
    assert [event.day for event in events(database)] == [dt.date(2026, 7, 2), dt.date(2026, 7, 1)]


def test_forgetting_cuts_the_link_and_keeps_events_together(database: Engine, store: EventRepository) -> None:
    made, message = conversation(database)
    asked = Facts("question", "chat", at=NOON, conversation=made, outcome="answered")
    rated = Facts("rating", "chat", at=NOON, conversation=made, message=message, helpful=True)
    other = Facts("question", "chat", at=NOON, conversation="another", outcome="answered")
    store.add([asked, rated, other])
    store.forget(made)
    first, second, third = events(database)
    assert first.link == second.link != link_of(made, SECRET)
    assert str(first.link).startswith(LOOSE)
    assert second.ref is None
    assert third.link == link_of("another", SECRET)


def test_sweep_cuts_links_of_conversations_that_are_gone_and_of_no_others(
    database: Engine, store: EventRepository
) -> None:
    kept, _ = conversation(database)
    gone, _ = conversation(database)
    store.add([Facts("question", "chat", at=NOON, conversation=made) for made in (kept, gone)])
    Repository(database).delete_conversation(gone, now=NOON)
    assert store.sweep(before=NOON) == 0, "events that may still be on their way are left"
    assert store.sweep(before=NOON + dt.timedelta(hours=1)) == 1
    first, second = events(database)
    assert first.link == link_of(kept, SECRET)
    assert str(second.link).startswith(LOOSE)


def test_more_events_than_a_statement_has_room_for(database: Engine, store: EventRepository) -> None:
    batch = [Facts("question", "chat", at=NOON, conversation=f"c{number}") for number in range(3000)]
    store.add(batch)
    assert len(events(database)) == 3000
