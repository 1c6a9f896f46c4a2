"""Conversations of the night that ended badly become tickets, each once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from tests.widget.console.site import Console
from widget.console.inbox.command import collect_night, collector
from widget.tickets.models import Ticket
from zielona.clock import WARSAW
from zielona.settings import Settings

NIGHT = dt.datetime(2026, 11, 25, 22, 0, tzinfo=WARSAW)
NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=WARSAW)
MORNING = dt.datetime(2026, 11, 26, 7, 30, tzinfo=WARSAW)


def talk(console: Console, *turns: tuple[str, str], at: dt.datetime = NIGHT, helpful: bool | None = None) -> str:
    """A conversation of texts with their outcomes; the last answer is rated."""
    repository, conversation_id = console.services.repository, str(uuid.uuid4())
    repository.create_conversation(conversation_id, now=at)
    for number, (text, outcome) in enumerate(turns):
        moment = at + dt.timedelta(minutes=number)
        turn = repository.begin_turn(conversation_id, f"wiadomosc-{number}", text=text, payload=None, now=moment)
        message: dict[str, Any] = {
            "id": str(uuid.uuid4()), "type": "unknown", "text": "Nie wiem.", "buttons": [], "sources": [],
            "topic": None, "confidence": 0.1, "trace": {}, "extra": {},
        }  # fmt: skip
        repository.finish_turn(turn, outcome=outcome, versions={}, milliseconds=5, messages=[message])
        if helpful is not None and number == len(turns) - 1:
            repository.rate(conversation_id, message["id"], helpful=helpful, reason=None, now=moment)
    return conversation_id


@pytest.fixture
def collect(console: Console) -> Any:
    job = collector(console.services)

    def run(now: dt.datetime = MORNING) -> list[Ticket]:
        return job.collect(now)

    return run


def test_unanswered_night_with_a_contact_becomes_a_ticket_once(console: Console, collect: Any) -> None:
    conversation = talk(console, ("mam pytanie", "answered"), ("proszę o telefon [telefon]", "unknown"))
    [ticket] = collect()
    assert (ticket.kind, ticket.state, ticket.conversation_id) == ("rozmowa", "nowe", conversation)
    assert ticket.text == "proszę o telefon [telefon]"
    assert ticket.due_at == dt.datetime(2026, 11, 27, 18, 0, tzinfo=WARSAW)
    assert [line["who"] for line in ticket.summary][:2] == ["visitor", "assistant"]
    assert collect() == []
    assert collect(MORNING + dt.timedelta(hours=20)) == []


def test_answer_that_did_not_help_becomes_a_ticket(console: Console, collect: Any) -> None:
    talk(console, ("ile wynosi zasiłek", "answered"), helpful=False)
    [ticket] = collect()
    [entry] = console.desk.inbox.repository.history(ticket.id)
    assert (entry.kind, entry.text, entry.user_id) == ("noc", "ocena: nie pomogło", None)


@pytest.mark.parametrize(
    ("turns", "options"),
    [
        ([("a co z tym", "unknown")], {}),
        ([("dziękuję [e-mail]", "answered")], {}),
        ([("dziękuję", "answered")], {"helpful": True}),
        ([("mój numer [telefon]", "unknown")], {"at": NOON}),
        ([("mój numer [telefon]", "unknown"), ("już wiem", "answered")], {}),
        ([("mój numer [telefon]", "unknown")], {"at": MORNING - dt.timedelta(minutes=5)}),
        ([("mój numer [telefon]", "unknown")], {"at": NIGHT - dt.timedelta(days=9)}),
    ],
    ids=["no contact", "answered", "helped", "in hours", "went on", "still writing", "long ago"],
)
def test_other_conversations_stay_conversations(
    console: Console, collect: Any, turns: list[tuple[str, str]], options: dict[str, Any]
) -> None:
    talk(console, *turns, **options)
    assert collect() == []


def test_conversation_with_a_ticket_gets_no_second_one(console: Console, collect: Any) -> None:
    conversation = talk(console, ("mój numer [telefon]", "unknown"))
    console.ticket(conversation_id=conversation)
    assert collect() == []


def test_command_says_how_many(console: Console) -> None:
    said: list[str] = []
    settings = Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": str(console.services.engine.url)})
    assert collect_night(settings, said.append) == 0
    assert said == ["Nowe zgłoszenia z rozmów poza godzinami: 0"]
