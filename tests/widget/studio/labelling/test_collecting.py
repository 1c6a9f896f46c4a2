"""Which messages come into the queue."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.widget.studio.labelling.written import collected, queue, repository_of, write
from widget.chat.outcomes import Outcome
from widget.studio.labelling.collecting import informativeness
from widget.studio.labelling.models import CONSULTANT, IGNORED, OUTSIDE, UNHELPFUL, UNKNOWN, UNSURE, LabelDecision
from zielona.clock import utc_now


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"outcome": Outcome.UNKNOWN}, UNKNOWN),
        ({"outcome": Outcome.ANSWERED, "confidence": 0.9, "helpful": False}, UNHELPFUL),
        ({"outcome": Outcome.UNKNOWN, "helpful": False}, UNHELPFUL),
        ({"outcome": Outcome.ANSWERED, "confidence": 0.62}, UNSURE),
        ({"outcome": Outcome.CHOICES, "confidence": 0.55}, UNSURE),
        ({"outcome": Outcome.ANSWERED, "confidence": 0.9, "helpful": True}, None),
        ({"outcome": Outcome.ANSWERED, "confidence": 0.9}, None),
        ({"outcome": Outcome.CHOICES, "confidence": 0.3}, None),
        ({"outcome": Outcome.QUESTION, "confidence": 0.6}, None),
        ({"outcome": Outcome.HANDED_OVER, "confidence": 0.6}, None),
        # What a button sent was not written by anybody.
        ({"outcome": Outcome.UNKNOWN, "payload": "/kfs"}, None),
    ],
)
def test_reasons(app: Flask, values: dict[str, object], reason: str | None) -> None:
    turn = write(app, "kurs drona za darmo", **values)  # type: ignore[arg-type]
    assert collected(app) == (reason is not None)
    assert {text: (item.reason, item.turn_id) for text, item in queue(app).items()} == (
        {"kurs drona za darmo": (reason, turn)} if reason else {}
    )


def test_collecting_again_adds_nothing_twice(app: Flask) -> None:
    write(app, "kurs drona")
    assert collected(app) == 1
    write(app, "kurs zegarmistrza")
    assert [collected(app), collected(app)] == [1, 0]
    assert set(queue(app)) == {"kurs drona", "kurs zegarmistrza"}


@pytest.mark.parametrize("state", [OUTSIDE, IGNORED])
def test_refusal_of_what_is_not_ours_does_not_come_back(app: Flask, state: str) -> None:
    write(app, "Jaka będzie pogoda?")
    assert collected(app) == 1
    [item] = queue(app).values()
    repository_of(app).decide([item.id], "u1", state=state, label=state, due=[], now=utc_now())
    write(app, "jaka będzie  pogoda")
    assert collected(app) == 0
    # Answering it is wrong, and so is a refusal that somebody minded.
    write(app, "jaka będzie pogoda", outcome=Outcome.ANSWERED, confidence=0.6)
    write(app, "Jaka będzie pogoda", helpful=False)
    write(app, "jaka będzie pogoda na kursie")
    assert collected(app) == 3
    assert repository_of(app).take_back("u1", at=decided_at(app)) == 1
    assert collected(app) == 1


def decided_at(app: Flask) -> dt.datetime:
    with Session(app.extensions["zielona"].engine) as session:
        return session.scalars(select(LabelDecision.created_at)).one()


def test_number_of_queries_does_not_grow_with_what_was_put_aside(app: Flask) -> None:
    engine = app.extensions["zielona"].engine
    seen: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def count(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    numbers = []
    for size in (2, 6):
        texts = [f"pogoda {size} {number}" for number in range(size)]
        for text in texts:
            write(app, text)
        collected(app)
        ids = [item.id for text, item in queue(app).items() if text in texts]
        repository_of(app).decide(ids, "u1", state=OUTSIDE, label=OUTSIDE, due=[], now=utc_now())
        for text in texts:
            write(app, text)
        seen.clear()
        assert collected(app) == 0
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]


def test_two_processes_at_once_add_each_message_once(app: Flask) -> None:
    repository = repository_of(app)
    turns = [write(app, f"pytanie {number}") for number in range(3)]
    [one] = [found for found in repository.candidates(low=0.5, high=0.7) if found.turn_id == turns[1]]
    item = {"text": one.text, "source": "rozmowa", "reason": UNKNOWN, "topic": None, "created_at": one.at}
    assert repository.add([{**item, "turn_id": turns[1], "score": 1.0}]) == 1
    both = [{**item, "turn_id": turn, "score": 1.0} for turn in turns]
    assert repository.add(both) == 2


@pytest.mark.parametrize("text", ["як отримати допомогу", "???", "how to register as unemployed person"])
def test_what_cannot_be_a_polish_example_is_left_out(app: Flask, text: str) -> None:
    write(app, text)
    assert collected(app) == 0


def test_erased_conversation_leaves_the_queue(app: Flask) -> None:
    turn = write(app, "kurs drona")
    collected(app)
    app.extensions["zielona"].repository.delete_conversation(turn, now=utc_now())
    assert queue(app) == {}


def test_consultants_words_stand_higher_than_doubts(app: Flask) -> None:
    repository = repository_of(app)
    turn = write(app, "kurs drona", trace={"ranking": [["kfs", 0.4], ["szkolenia", 0.39]]})
    found = {"text": "kurs zegarmistrza", "source": CONSULTANT, "reason": "bledne", "topic": None, "score": 1.5}
    repository.add([{**found, "created_at": repository.candidates(low=0, high=1)[0].at, "turn_id": None}])
    collected(app)
    items = queue(app)
    assert items["kurs zegarmistrza"].score > items["kurs drona"].score > 0.9
    assert items["kurs drona"].turn_id == turn
    [row] = repository.groups()
    assert row.reasons == {"nie_wiem": 1, "poprawiona": 1}


@given(st.lists(st.floats(0, 1), max_size=5), st.booleans())
def test_informativeness_is_bounded_and_people_count_more(chances: list[float], by_person: bool) -> None:
    ranking = [[str(number), chance] for number, chance in enumerate(chances)]
    found = informativeness(ranking, by_person=by_person)
    assert (1.5 <= found <= 2.0) if by_person else (0.0 <= found <= 1.0)


@pytest.mark.parametrize("ranking", [None, [], "x", [["a"]]])
def test_without_a_ranking_nothing_is_known(ranking: object) -> None:
    assert informativeness(ranking, by_person=False) == 1.0
