"""The rules of live chats, with a clock of the test."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from tests.widget.accounts.people import add_person, make_app
from widget.accounts.models import User
from widget.accounts.roles import Role
from widget.chat.services import Services
from widget.console.live.models import ACTIVE, CANCELLED, EXPIRED, LEFT, RETURNED, WAITING, Presence, Takeover
from widget.console.live.repository import LiveRepository
from widget.console.live.service import AWAY, GONE, LOST, LiveDesk, first_name
from widget.problems import ProblemError
from zielona.clock import WARSAW

NOW = dt.datetime(2026, 11, 26, 10, 0, tzinfo=WARSAW)
NIGHT = dt.datetime(2026, 11, 26, 22, 0, tzinfo=WARSAW)
SECOND = dt.timedelta(seconds=1)


class World:
    """Consultants, an administrator, and visitors with conversations."""

    def __init__(self, folder: Path) -> None:
        app = make_app(folder)
        self.services: Services = app.extensions["zielona"]
        self.live: LiveDesk = self.services.live
        self.anna = add_person(app, Role.CONSULTANT, name="Anna Żółć", email="anna@example.org")
        self.jan = add_person(app, Role.CONSULTANT, name="Jan Kos", email="jan@example.org")
        self.boss = add_person(app, Role.ADMINISTRATOR)

    def visitor(self, question: str = "Czy dostanę zasiłek?") -> str:
        """A conversation in which something was asked."""
        name = str(uuid.uuid4())
        repository = self.services.repository
        repository.create_conversation(name, now=NOW)
        turn = repository.begin_turn(name, uuid.uuid4().hex, text=question, payload=None, now=NOW)
        repository.finish_turn(turn, outcome="handed_over", versions={}, milliseconds=1, messages=[])
        return name

    def waiting(self, at: dt.datetime = NOW, person: User | None = None) -> tuple[str, Takeover]:
        """A visitor who waits, with a consultant at the page."""
        self.live.overview(person or self.anna, now=at)
        name = self.visitor()
        return name, self.live.wait(name, now=at)

    def led(self, at: dt.datetime = NOW) -> tuple[str, Takeover]:
        name, takeover = self.waiting(at)
        return name, self.live.take(takeover.id, self.anna, now=at)

    def said(self, name: str) -> list[tuple[str, str]]:
        return [(item.who, item.text) for item in self.live.messages(name)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("live"))


@pytest.fixture
def world(made: World) -> World:
    """The same people, with nobody waiting and nobody there."""
    with made.services.engine.begin() as connection:
        for table in (Takeover, Presence):
            connection.execute(delete(table))
    return made


def refused(action: Callable[[], Any]) -> int:
    with pytest.raises(ProblemError) as caught:
        action()
    return caught.value.status


def test_waiting_is_told_as_it_is(world: World) -> None:
    first, _ = world.waiting()
    second, _ = world.waiting(NOW + 30 * SECOND)
    told = world.live.standing(second, now=NOW + 90 * SECOND)
    assert (told["state"], told["position"], told["waited_seconds"], told["consultants"]) == (WAITING, 2, 60, 1)
    world.live.stop(first, now=NOW + 91 * SECOND)
    assert world.live.standing(second, now=NOW + 92 * SECOND)["position"] == 1
    assert world.live.standing(first, now=NOW + 92 * SECOND)["state"] == CANCELLED


def test_nobody_is_queued_where_nobody_is_there(world: World) -> None:
    name = world.visitor()
    assert not world.live.is_offered(NOW)
    assert refused(lambda: world.live.wait(name, now=NOW)) == 409
    world.live.overview(world.anna, now=NOW)
    assert world.live.is_offered(NOW + AWAY)
    assert not world.live.is_offered(NOW + AWAY + SECOND)


def test_at_night_nobody_is_queued_and_the_hours_are_told(world: World) -> None:
    world.live.overview(world.anna, now=NIGHT)
    with pytest.raises(ProblemError, match=r"piątek, 27 listopada 2026, godz\. 8\.00"):
        world.live.wait(world.visitor(), now=NIGHT)


def test_asking_twice_is_waiting_once(world: World) -> None:
    name, takeover = world.waiting()
    assert world.live.wait(name, now=NOW + SECOND).id == takeover.id
    assert len(world.live.overview(world.anna, now=NOW)["waiting"]) == 1
    assert refused(lambda: world.live.wait(str(uuid.uuid4()), now=NOW)) == 404


def test_of_two_consultants_one_leads(world: World) -> None:
    name, takeover = world.waiting()
    world.live.take(takeover.id, world.anna, now=NOW)
    assert refused(lambda: world.live.take(takeover.id, world.jan, now=NOW)) == 404
    assert refused(lambda: world.live.take(takeover.id, world.boss, now=NOW)) == 409
    assert world.live.take(takeover.id, world.anna, now=NOW).id == takeover.id
    told = world.live.standing(name, now=NOW)
    assert (told["state"], told["consultant"]) == (ACTIVE, "Anna")
    assert world.said(name) == [("zdarzenie", "taken")]


def test_what_is_said_is_masked_and_said_once(world: World) -> None:
    name, takeover = world.led()
    for _ in range(2):
        world.live.write(takeover.id, world.anna, "Mój numer to 600 700 800", "klucz-1-2-3", now=NOW)
    assert world.said(name)[1:] == [("konsultant", "Mój numer to [telefon]")]
    assert [item.name for item in world.live.messages(name)] == ["Anna", "Anna"]


@pytest.mark.parametrize("state", [WAITING, ACTIVE, RETURNED])
def test_who_may_read_a_chat(world: World, state: str) -> None:
    name, takeover = world.waiting()
    if state != WAITING:
        world.live.take(takeover.id, world.anna, now=NOW)
    if state == RETURNED:
        world.live.give_back(takeover.id, world.anna, "", now=NOW)
    assert world.live.readable(takeover.id, world.anna)[1] is False
    assert world.live.readable(takeover.id, world.boss)[1] is (state != WAITING)
    if state == WAITING:
        assert world.live.readable(takeover.id, world.jan)[0].conversation_id == name
    else:
        assert refused(lambda: world.live.readable(takeover.id, world.jan)) == 404


@pytest.mark.parametrize("action", ["write", "give_back"])
def test_only_who_leads_speaks_and_gives_back(world: World, action: str) -> None:
    _, takeover = world.led()
    given = ("Dzień dobry", "klucz-1-2-3") if action == "write" else ("Koniec",)
    act = getattr(world.live, action)
    assert refused(lambda: act(takeover.id, world.jan, *given, now=NOW)) == 404
    assert refused(lambda: act(takeover.id, world.boss, *given, now=NOW)) == 404


def test_given_back_the_assistant_answers_again(world: World) -> None:
    name, takeover = world.led()
    assert world.live.leads(name) == takeover.id
    world.live.give_back(takeover.id, world.anna, "Wniosek do 30.11. PESEL 44051401359", now=NOW + SECOND)
    assert world.live.leads(name) is None
    assert world.said(name)[1:] == [("konsultant", "Wniosek do 30.11. PESEL [PESEL]"), ("zdarzenie", "returned")]
    assert world.live.standing(name, now=NOW + SECOND)["state"] == RETURNED
    assert refused(lambda: world.live.write(takeover.id, world.anna, "Jeszcze", "klucz-9-9-9", now=NOW)) == 409


def test_a_visitor_may_always_go_back_to_the_assistant(world: World) -> None:
    name, takeover = world.led()
    world.live.stop(name, now=NOW)
    assert world.live.leads(name) is None
    assert world.live.standing(name, now=NOW)["state"] == LEFT
    assert refused(lambda: world.live.write(takeover.id, world.anna, "Halo?", "klucz-1-2-3", now=NOW)) == 409
    world.live.stop(name, now=NOW)
    assert world.said(name)[1:] == [("zdarzenie", "left")]


def test_a_lost_consultant_is_told_and_waiting_goes_on_from_the_old_place(world: World) -> None:
    name, takeover = world.led()
    later, _ = world.waiting(NOW + 5 * SECOND)
    assert world.live.standing(name, now=NOW + LOST)["state"] == ACTIVE
    gone = NOW + LOST + SECOND
    assert world.live.standing(name, now=gone)["state"] == "lost"
    assert world.live.leads(name)
    world.live.wait(name, now=gone)
    assert world.live.standing(name, now=gone)["position"] == 1
    assert world.live.standing(later, now=gone)["position"] == 2
    assert refused(lambda: world.live.write(takeover.id, world.anna, "Jestem", "klucz-1-2-3", now=gone)) == 409
    world.live.take(takeover.id, world.jan, now=gone)
    assert world.live.standing(name, now=gone)["consultant"] == "Jan"


def test_a_consultant_who_comes_back_in_time_goes_on(world: World) -> None:
    name, takeover = world.led()
    late = NOW + LOST + 20 * SECOND
    found, _ = world.live.readable(takeover.id, world.anna)
    world.live.heard(found, world.anna, now=late)
    assert world.live.standing(name, now=late)["state"] == ACTIVE


def test_others_looking_on_are_no_sign_of_life(world: World) -> None:
    name, takeover = world.led()
    late = NOW + LOST + SECOND
    found, _ = world.live.readable(takeover.id, world.boss)
    world.live.heard(found, world.boss, now=late)
    assert world.live.standing(name, now=late)["state"] == "lost"


def test_who_closed_the_page_waits_no_more(world: World) -> None:
    name, _ = world.waiting()
    stays, _ = world.waiting(NOW + SECOND)
    world.live.standing(stays, now=NOW + GONE)
    waiting = world.live.overview(world.anna, now=NOW + GONE + SECOND)["waiting"]
    assert [chat.conversation_id for chat in waiting] == [stays]
    assert world.live.standing(name, now=NOW + GONE + SECOND)["state"] == EXPIRED


def test_the_transcript_has_all_sides_in_order_and_ends_with_the_chat(world: World) -> None:
    name, takeover = world.led(NOW + SECOND)
    world.live.write(takeover.id, world.anna, "Dzień dobry", "klucz-1-2-3", now=NOW + 2 * SECOND)
    world.services.repository.begin_turn(name, uuid.uuid4().hex, text="Witam", payload=None, now=NOW + 3 * SECOND)
    world.live.give_back(takeover.id, world.anna, "", now=NOW + 4 * SECOND)
    world.services.repository.begin_turn(name, uuid.uuid4().hex, text="Tajne", payload=None, now=NOW + 9 * SECOND)
    found, _ = world.live.readable(takeover.id, world.anna)
    said = [(line["who"], line["text"]) for line in world.live.transcript(found)]
    assert said == [
        ("osoba", "Czy dostanę zasiłek?"), ("zdarzenie", "taken"), ("konsultant", "Dzień dobry"), ("osoba", "Witam"),
        ("zdarzenie", "returned"),
    ]  # fmt: skip


def test_erasing_the_conversation_erases_the_chat(world: World) -> None:
    name, takeover = world.led()
    world.live.write(takeover.id, world.anna, "Dzień dobry", "klucz-1-2-3", now=NOW)
    world.services.repository.delete_conversation(name, now=NOW)
    assert LiveRepository(world.services.engine).get(takeover.id) is None
    assert world.live.messages(name) == []
    assert world.live.leads(name) is None


def test_the_mark_changes_with_every_step(world: World) -> None:
    marks = [world.live.mark()]
    name, takeover = world.waiting()
    marks.append(world.live.mark())
    world.live.take(takeover.id, world.anna, now=NOW + SECOND)
    marks.append(world.live.mark())
    world.live.spoken_in(takeover.id, now=NOW + 2 * SECOND)
    marks.append(world.live.mark())
    world.live.stop(name, now=NOW + 3 * SECOND)
    marks.append(world.live.mark())
    assert len(set(marks)) == len(marks)
    assert world.live.mark() == marks[-1]


def test_visitors_learn_the_first_name_only() -> None:
    assert first_name("Anna Żółć") == "Anna"
    assert first_name(" ") == "konsultant"
