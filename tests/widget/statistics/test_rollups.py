"""Roll-ups always equal a naive recount: random events, late ones, changed ratings, erasures, clock changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Table, delete, insert, select

from tests.widget.statistics import recount
from widget.events.facts import Facts
from widget.events.kinds import KINDS
from widget.events.models import Event, Mark
from widget.events.repository import EventRepository
from widget.statistics.measures import MEASURES
from widget.statistics.models import HOURS, VALUES
from widget.statistics.rollups import Rollups

pytestmark = pytest.mark.timeout(300)
SECRET = "s" * 32

# Around midnight and the end of a month, and around both changes of the clock of 2026 in Warsaw.
BEGINNINGS = [dt.datetime(2026, *rest, tzinfo=dt.timezone.utc)
              for rest in ((1, 31, 21, 0), (3, 28, 23, 0), (10, 24, 22, 0), (12, 31, 22, 0))]  # fmt: skip
moments = st.builds(
    lambda beginning, seconds: beginning + dt.timedelta(seconds=seconds),
    st.sampled_from(BEGINNINGS),
    st.integers(0, 6 * 3600),
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    kind = draw(st.sampled_from(sorted(KINDS)))
    outcomes = KINDS[kind].outcomes
    voivodeship = draw(st.sampled_from([None, "mazowieckie", "śląskie"]))
    return Facts(
        kind=kind,
        channel=draw(st.sampled_from(KINDS[kind].channels)),
        at=draw(moments),
        outcome=draw(st.sampled_from(outcomes)) if outcomes else None,
        topic=draw(st.sampled_from([None, "urlop_wymiar", "staz_warunki"])),
        partner=draw(st.sampled_from([None, "przyklad-urzad", "przyklad-kariera"])),
        voivodeship=voivodeship,
        county=draw(st.sampled_from([None, "bielski"])) if voivodeship else None,
        audience=draw(st.sampled_from([None, "pracodawca"])),
        helpful=draw(st.booleans()) if kind == "rating" else None,
        reason=draw(st.sampled_from([None, "unclear"])) if kind == "rating" else None,
        milliseconds=draw(st.sampled_from([None, 0, 999, 1000, 5000])),
        model=draw(st.sampled_from([None, "model-1", "model-2"])),
        conversation=draw(st.sampled_from([None, "a", "b", "c"])),
        message=draw(st.sampled_from(["m1", "m2", "m3"])) if kind == "rating" else None,
        made_up=draw(st.booleans()),
    )


steps = st.lists(
    st.one_of(
        st.lists(facts(), min_size=1, max_size=8),
        st.sampled_from(["refresh", "forget a", "forget b", "remove made up"]),
    ),
    max_size=8,
)


class Expected:
    """The facts that ought to be stored, kept in a list."""

    def __init__(self) -> None:
        self.events: list[Facts] = []
        self._erased = 0

    def add(self, batch: list[Facts]) -> None:
        for facts_ in batch:
            if facts_.message:
                self.events = [event for event in self.events if event.message != facts_.message]
            self.events.append(facts_)

    def forget(self, conversation: str) -> None:
        """What comes later under this id would be another conversation; its ratings can be changed no more."""
        self._erased += 1
        for position, event in enumerate(self.events):
            if event.conversation == conversation:
                changed = {**vars(event), "conversation": f"erased-{self._erased}", "message": None}
                self.events[position] = Facts(**changed)

    def remove_made_up(self) -> None:
        self.events = [event for event in self.events if not event.made_up]


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (Event.__table__, Mark.__table__, HOURS, VALUES):
            assert isinstance(table, Table)
            connection.execute(delete(table))


def stored(engine: Engine, table: Table, *keys: str) -> dict[tuple[Any, ...], dict[str, int]]:
    with engine.connect() as connection:
        rows = connection.execute(select(table)).mappings().all()
    return {tuple(row[key] for key in keys): {name: row[name] for name in MEASURES if row[name]} for row in rows}


def check(engine: Engine, events: list[Facts]) -> None:
    assert stored(engine, HOURS, "hour", "day", "local_hour", "channel") == recount.hours(events)
    assert stored(engine, VALUES, "dimension", "span", "day", "value", "channel") == recount.values(events)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(todo=steps)
def test_rollups_equal_a_recount(database: Engine, todo: list[list[Facts] | str]) -> None:
    empty(database)
    repository, rollups, expected = EventRepository(database, SECRET), Rollups(database), Expected()
    for step in todo:
        if isinstance(step, list):
            repository.add(step)
            expected.add(step)
        elif step == "refresh":
            rollups.refresh()
            check(database, expected.events)
        elif step == "remove made up":
            repository.remove_made_up()
            expected.remove_made_up()
        else:
            repository.forget(step.removeprefix("forget "))
            expected.forget(step.removeprefix("forget "))
    rollups.refresh()
    check(database, expected.events)
    rollups.rebuild()
    check(database, expected.events)
    assert rollups.refresh() == 0


def test_the_hour_that_comes_twice_is_kept_apart_and_summed_by_the_clock(database: Engine) -> None:
    empty(database)
    summer = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.timezone.utc)
    batch = [Facts("search", "search", at=summer + dt.timedelta(hours=later), outcome="answered") for later in (0, 1)]
    EventRepository(database, SECRET).add(batch)
    Rollups(database).refresh()
    found = stored(database, HOURS, "hour", "local_hour")
    assert [local for _, local in sorted(found)] == [2, 2]


def test_what_comes_while_a_day_is_counted_is_not_missed(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event is stored between counting and writing; its mark is still there for the next time."""
    empty(database)
    repository, rollups = EventRepository(database, SECRET), Rollups(database)
    event = Facts("call", "phone", at=BEGINNINGS[0], outcome="answered")
    repository.add([event])
    from widget.statistics import rollups as module

    def late(connection: Any, days: Any, talks: Any, *, genuine: Any = module._hour_rows) -> Any:
        rows = genuine(connection, days, talks)
        monkeypatch.undo()
        repository.add([event])
        return rows

    monkeypatch.setattr(module, "_hour_rows", late)
    rollups.refresh()
    rollups.refresh()
    check(database, [event, event])


def test_rebuild_repairs_rows_that_nothing_stands_behind(database: Engine) -> None:
    empty(database)
    with database.begin() as connection:
        wrong = dict.fromkeys(MEASURES, 7)
        row = {"hour": BEGINNINGS[0], "channel": "chat", "day": BEGINNINGS[0].date(), "local_hour": 22, **wrong}
        connection.execute(insert(HOURS), [row])
    Rollups(database).rebuild()
    check(database, [])
