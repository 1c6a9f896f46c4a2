"""Records of calls: begun, ended, corrected, told to the statistics."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.widget.accounts.people import add_person, make_app
from widget.accounts.roles import Role
from widget.chat.services import Services
from widget.console.desk.calls import CORRECTION, LONGEST, CallDesk
from widget.console.desk.repository import CallRepository
from widget.events.facts import make_facts
from widget.problems import ProblemError
from widget.tickets.counties import counties

NOW = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.timezone.utc)
MINUTE = dt.timedelta(minutes=1)
FORM = {
    "wynik": "answered",
    "temat": "odprawa",
    "grupa": "pracownik",
    "powiat": "podlaskie/Łomża",
    "zadowolenie": "tak",
}


class World:
    """The desk over a database of its own, with statistics that remember what they are told."""

    def __init__(self, app: Flask) -> None:
        services: Services = app.extensions["zielona"]
        self.told: list[dict[str, Any]] = []
        self.user = add_person(app, Role.CONSULTANT).id
        self.other = add_person(app, Role.CONSULTANT, email="inna@example.org").id
        self.listening = True
        self.desk = CallDesk(
            CallRepository(services.engine), services.content, counties(), lambda: self.tell if self.listening else None
        )

    def tell(self, kind: str, **facts: Any) -> None:
        # Raises where the event store would refuse it.
        make_facts(kind, **facts)
        self.told.append({"kind": kind, **facts})

    def form(self, **changes: str) -> dict[str, str]:
        return {**FORM, "klucz": str(uuid.uuid4()), **changes}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(make_app(tmp_path))


def test_the_length_counts_from_the_start(world: World) -> None:
    world.desk.begin(world.user, now=NOW)
    world.desk.end(world.user, world.form(), now=NOW + 3 * MINUTE)
    (call,) = world.desk.latest(world.user)
    assert (call.seconds, call.outcome, call.topic, call.satisfied) == (180, "answered", "odprawa", True)
    assert (call.voivodeship, call.county) == ("podlaskie", "podlaskie/Łomża")
    assert world.desk.going_on(world.user) is None


def test_a_second_start_goes_on_with_the_call(world: World) -> None:
    first = world.desk.begin(world.user, now=NOW)
    assert world.desk.begin(world.user, now=NOW + MINUTE).id == first.id
    assert world.desk.begin(world.other, now=NOW).id != first.id


def test_without_a_start_the_length_is_unknown_and_a_double_click_is_one_call(world: World) -> None:
    form = world.form()
    for _ in range(2):
        world.desk.end(world.user, form, now=NOW)
    (call,) = world.desk.latest(world.user)
    assert call.seconds is None


def test_a_forgotten_start_is_no_length(world: World) -> None:
    world.desk.begin(world.user, now=NOW - LONGEST)
    world.desk.end(world.user, world.form(), now=NOW)
    assert world.desk.latest(world.user)[0].seconds is None


def test_a_wrong_number_leaves_nothing(world: World) -> None:
    world.desk.begin(world.user, now=NOW)
    world.desk.drop(world.user)
    assert world.desk.latest(world.user) == []
    with pytest.raises(ProblemError) as caught:
        world.desk.drop(world.user)
    assert caught.value.status == 409


def test_a_record_is_corrected_within_a_quarter_only(world: World) -> None:
    world.desk.end(world.user, world.form(), now=NOW)
    (call,) = world.desk.latest(world.user)
    world.desk.correct(call, world.form(wynik="unknown", zadowolenie="", powiat=""), now=NOW + CORRECTION - MINUTE)
    (call,) = world.desk.latest(world.user)
    assert (call.outcome, call.satisfied, call.county, call.ended_at) == ("unknown", None, None, NOW)
    with pytest.raises(ProblemError) as caught:
        world.desk.correct(call, world.form(), now=NOW + CORRECTION)
    assert caught.value.status == 409


def test_others_have_no_access_to_a_call(world: World) -> None:
    call = world.desk.end(world.user, world.form(), now=NOW)
    with pytest.raises(ProblemError) as caught:
        world.desk.own(call.id, world.other)
    assert caught.value.status == 404


@pytest.mark.parametrize(
    "changes",
    [{"wynik": "super"}, {"wynik": ""}, {"temat": "horoskop"}, {"grupa": "x"}, {"powiat": "podlaskie/Atlantyda"},
     {"wojewodztwo": "mordor", "powiat": ""}, {"zadowolenie": "może"}, {"klucz": "1"}],
)  # fmt: skip
def test_what_is_on_no_list_is_refused(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(ProblemError) as caught:
        world.desk.end(world.user, world.form(**changes), now=NOW)
    assert caught.value.status == 422


def test_statistics_are_told_once_and_when_nothing_changes_any_more(world: World) -> None:
    world.desk.begin(world.user, now=NOW)
    world.desk.end(world.user, world.form(), now=NOW + 2 * MINUTE)
    assert world.desk.report(now=NOW + 2 * MINUTE + CORRECTION) == 0
    later = NOW + 3 * MINUTE + CORRECTION
    assert [world.desk.report(now=later) for _ in range(2)] == [1, 0]
    assert world.told == [
        {"kind": "call", "channel": "phone", "at": NOW + 2 * MINUTE, "outcome": "answered", "topic": "odprawa",
         "audience": "pracownik", "voivodeship": "podlaskie", "county": "Łomża", "helpful": True,
         "milliseconds": 120_000}
    ]  # fmt: skip
    with pytest.raises(ProblemError):
        world.desk.correct(world.desk.latest(world.user)[0], world.form(), now=later)


def test_without_statistics_calls_wait_for_them(world: World) -> None:
    world.desk.end(world.user, world.form(), now=NOW)
    world.listening = False
    assert world.desk.report(now=NOW + 2 * CORRECTION) == 0
    world.listening = True
    assert world.desk.report(now=NOW + 2 * CORRECTION) == 1
