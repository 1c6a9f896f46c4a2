"""Which facts of the chat become events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge_base.content.offices import load_offices
from knowledge_base.content.store import Content, ContentPaths
from widget.chat.outcomes import Outcome
from widget.chat.turn import Context
from widget.events.chat import ChatEvents
from widget.events.facts import Facts
from widget.events.places import Places
from widget.events.recorder import Recorder
from widget.partners.registry import PartnerFile

PARTNERS = """partners:
  lomza:
    name: Urząd w Łomży
    kind: pup
    county: łomżyński
    origins: [https://a.example.org]
  bielsk:
    name: Urząd w Bielsku
    kind: pup
    county: bielski
    origins: [https://b.example.org]
  bielsko:
    name: Urząd w Bielsku-Białej
    kind: pup
    county: bielski
    voivodeship: śląskie
    origins: [https://c.example.org]
  wup:
    name: Urząd wojewódzki
    kind: wup
    voivodeship: opolskie
    origins: [https://d.example.org]
"""


class Store:
    """Keeps events in memory."""

    def __init__(self) -> None:
        self.events: list[Facts] = []

    def add(self, batch: list[Facts]) -> None:
        self.events += batch

    def forget(self, conversation_id: str) -> None:
        self.events = [event for event in self.events if event.conversation != conversation_id]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    path = tmp_path / "partners.yml"
    path.write_text(PARTNERS, encoding="utf-8")
    return Places(load_offices(ContentPaths().offices), PartnerFile(path))


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def chat(store: Store, content: Content, places: Places) -> tuple[ChatEvents, Recorder]:
    recorder = Recorder(store, pause=0.01)
    return ChatEvents(recorder, content, places), recorder


def turn(**message: Any) -> Context:
    return Context(
        "c-1", "1", "Jak zarejestrować Jana Kowalskiego?", outcome=Outcome.ANSWERED, messages=[message],
        versions={"model": "m-1"}, timings={"start": 99999.0, "ask_bot": 30.4, "store_answer": 2.0},
    )  # fmt: skip


def test_a_turn_is_an_event_without_its_text(chat: tuple[ChatEvents, Recorder], store: Store) -> None:
    events, recorder = chat
    events.turn(turn(topic="rejestracja_jak", text="Tak.", trace={}))
    assert recorder.flush(20)
    [event] = store.events
    assert (event.kind, event.outcome, event.topic, event.model) == ("question", "answered", "rejestracja_jak", "m-1")
    assert event.milliseconds == 32
    assert "Kowalsk" not in repr(event)


def test_the_office_that_was_asked_for_is_the_place(chat: tuple[ChatEvents, Recorder], store: Store) -> None:
    events, recorder = chat
    events.turn(turn(topic="adres_urzedu", trace={"office": "pup_nowa_sol"}))
    events.turn(turn(topic="adres_urzedu", trace={"office": "wup_lubuskie"}))
    assert recorder.flush(20)
    assert [(event.voivodeship, event.county) for event in store.events] == [
        ("lubuskie", "nowosolski"),
        ("lubuskie", None),
    ]


def test_a_search_without_results_is_unknown(chat: tuple[ChatEvents, Recorder], store: Store) -> None:
    events, recorder = chat
    events.search({"decision": "answer", "results": [{}]}, audience="pracodawca")
    events.search({"decision": "answer", "results": []}, audience=None)
    assert recorder.flush(20)
    assert [event.outcome for event in store.events] == ["answered", "unknown"]


def test_every_turn_outcome_can_be_recorded(chat: tuple[ChatEvents, Recorder], store: Store) -> None:
    events, recorder = chat
    for outcome in Outcome:
        context = turn(topic=None)
        context.outcome = outcome
        events.turn(context)
    assert recorder.flush(20)
    assert {event.outcome for event in store.events} == {outcome.value for outcome in Outcome}


@pytest.mark.parametrize(
    ("partner", "place"),
    [
        ("lomza", ("podlaskie", "łomżyński")),
        # Two voivodeships have a powiat bielski; nothing is guessed.
        ("bielsk", (None, None)),
        ("bielsko", ("śląskie", "bielski")),
        ("wup", ("opolskie", None)),
        ("nieznany", (None, None)),
    ],
)
def test_the_place_of_a_partner_is_what_the_registry_says(
    places: Places, partner: str, place: tuple[str | None, str | None]
) -> None:
    assert places.of_partner(partner) == place
