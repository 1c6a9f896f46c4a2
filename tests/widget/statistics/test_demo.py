"""The made-up year: marked, repeatable, and gone without a trace when it is removed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from widget.events.models import Event
from widget.events.repository import EventRepository
from widget.statistics.command import demo_data, demo_world
from widget.statistics.demo import Inventor
from widget.statistics.models import HOURS, VALUES
from widget.statistics.periods import Period
from widget.statistics.repository import StatisticsRepository
from widget.statistics.rollups import Rollups
from widget.storage.engine import database_engine
from widget.storage.models import Conversation
from zielona.clock import WARSAW
from zielona.settings import Settings

LAST = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def invented() -> list[object]:
    return list(Inventor(demo_world()).year(LAST, days=120, events=5000))


def test_every_event_is_marked_and_the_year_is_the_same_each_time(invented: list[object]) -> None:
    assert invented == list(Inventor(demo_world()).year(LAST, days=120, events=5000))
    assert all(getattr(facts, "made_up", False) for facts in invented)
    assert len(invented) == pytest.approx(5000, rel=0.02)


def test_the_year_is_believable(invented: list[object]) -> None:
    """Less at night and on Sundays, mostly answered, and mostly content."""
    moments = [getattr(facts, "at").astimezone(WARSAW) for facts in invented]  # noqa: B009 - facts of any kind
    night, noon = (sum(moment.hour in hours for moment in moments) for hours in ({2, 3}, {11, 12}))
    assert noon > 10 * night
    assert sum(moment.weekday() == 0 for moment in moments) > 2 * sum(moment.weekday() == 6 for moment in moments)
    outcomes = [getattr(facts, "outcome") for facts in invented if getattr(facts, "kind") == "question"]  # noqa: B009
    assert 0.6 < outcomes.count("answered") / len(outcomes) < 0.9
    assert 0.02 < outcomes.count("unknown") / len(outcomes) < 0.15


def test_removing_leaves_what_is_real_and_nothing_else(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    settings = Settings({"ZL_DATABASE_URL": url, "ZL_VAR": str(tmp_path), "ZL_SECRET": "s" * 32})
    said: list[str] = []
    demo_data(settings, events=600, days=20, only_remove=False, say=said.append)
    assert any("zmyślone" in line for line in said)
    engine = database_engine(url)
    EventRepository(engine, "s" * 32).add([_real()])
    Rollups(engine).refresh()
    day = Period(_real().at.date(), _real().at.date())
    assert StatisticsRepository(engine).totals(day)["calls"] >= 1
    demo_data(settings, events=0, days=0, only_remove=True, say=said.append)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Event)) == 1
        assert connection.scalar(select(func.count()).select_from(Conversation)) == 0
        assert connection.scalar(select(func.count()).select_from(HOURS)) == 1
        assert connection.scalar(select(func.sum(VALUES.c.made_up))) == 0
    engine.dispose()


def _real() -> object:
    from widget.events.facts import Facts

    return Facts("call", "phone", at=dt.datetime(2026, 10, 5, 10, 0, tzinfo=dt.timezone.utc), outcome="answered")
