"""A made-up season in a database, and its report."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from knowledge_base.content.store import Content
from widget.events.repository import EventRepository
from widget.partners.registry import load_partners
from widget.statistics.command import demo_world
from widget.statistics.demo import Inventor, fill
from widget.statistics.periods import Period
from widget.statistics.report import Names, Report
from widget.statistics.rollups import Rollups
from widget.statistics.service import Statistics, make_statistics
from widget.storage.engine import database_engine, migrate
from zielona.settings import current_settings, partners_file

LAST = dt.date(2026, 10, 31)
OCTOBER = Period(dt.date(2026, 10, 1), LAST)


@pytest.fixture(scope="session")
def season_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two months of made-up events."""
    url = f"sqlite:///{tmp_path_factory.mktemp('season') / 'season.db'}"
    migrate(url)
    engine = database_engine(url)
    fill(EventRepository(engine, "s" * 32), Rollups(engine), Inventor(demo_world(8)).year(LAST, days=61, events=4000))
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def season(season_url: str) -> Engine:
    return database_engine(season_url)


@pytest.fixture(scope="session")
def statistics(season: Engine, content: Content) -> Statistics:
    return make_statistics(season, Names(content.topics, load_partners(partners_file(current_settings()))))


@pytest.fixture(scope="session")
def october(statistics: Statistics) -> Report:
    return statistics.report(OCTOBER)
