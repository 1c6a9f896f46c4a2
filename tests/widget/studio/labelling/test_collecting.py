"""Which messages come into the queue."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.widget.studio.labelling.written import collected, queue, repository_of, write
from widget.chat.outcomes import Outcome
from widget.studio.labelling.collecting import informativeness
from widget.studio.labelling.models import CONSULTANT, UNHELPFUL, UNKNOWN, UNSURE
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
