"""`zielona statistics` and `zielona demo-data`."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable
from pathlib import Path

from knowledge_base.content.offices import load_offices
from knowledge_base.content.store import ContentPaths, load_content
from knowledge_base.content.topics import Topic
from widget.events.chat import audience_of
from widget.events.repository import EventRepository
from widget.partners.registry import load_partners
from widget.statistics.demo import Inventor, World, fill, invent_questions, remove
from widget.statistics.monthly import monthly_pdf
from widget.statistics.periods import PeriodError, read_month
from widget.statistics.report import Names
from widget.statistics.rollups import Rollups
from widget.statistics.service import make_statistics
from widget.storage.engine import database_engine, migrate
from widget.storage.repository import Repository
from zielona.clock import today
from zielona.environments import secret
from zielona.settings import Settings, partners_file

Say = Callable[[str], None]


def rebuild(settings: Settings, say: Say) -> int:
    """Count all roll-ups again."""
    migrate(settings.database_url)
    engine = database_engine(settings.database_url)
    say(f"Przeliczono dni: {Rollups(engine).rebuild()}")
    engine.dispose()
    return 0


def report(settings: Settings, month: str | None, target: Path, say: Say) -> int:
    """Write the report of a month as PDF."""
    try:
        period = read_month(month, today=today())
    except PeriodError:
        say("BŁĄD: miesiąc musi mieć postać rrrr-mm")
        return 2
    engine = database_engine(settings.database_url)
    names = Names(load_content().topics, load_partners(partners_file(settings)))
    target.write_bytes(monthly_pdf(make_statistics(engine, names).report(period)))
    engine.dispose()
    say(f"Zapisano: {target}")
    return 0


def demo_data(settings: Settings, *, events: int, days: int, only_remove: bool, say: Say) -> int:
    """Replace what was made up before by a new year of it, or just remove it."""
    settings.var.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    engine = database_engine(settings.database_url)
    store, rollups, repository = EventRepository(engine, secret(settings)), Rollups(engine), Repository(engine)
    gone = remove(store, rollups, repository)
    if gone:
        say(f"Usunięto zmyślone zdarzenia: {gone}")
    if not only_remove:
        last = today() - dt.timedelta(days=1)
        number = fill(store, rollups, Inventor(demo_world()).year(last, days=days, events=events))
        asked = invent_questions(repository, last, days=min(days, 90))
        say(f"Założono zmyślone zdarzenia: {number}, pytania bez odpowiedzi: {asked}. Statystyki pokażą to wyraźnie.")
        say("Usuwa je polecenie: zielona demo-data --remove")
    engine.dispose()
    return 0


# What people ask about most comes first.
_GROUPS = ("rejestracja", "zasilek", "status", "urlopy", "umowy", "ubezpieczenie", "czas_placa", "pracodawca")


def _rank(topic: Topic) -> tuple[int, int]:
    """Groups in turn, the order within one made up but always the same."""
    group = _GROUPS.index(topic.group) if topic.group in _GROUPS else len(_GROUPS)
    return zlib.crc32(topic.name.encode()) % 7 + group, zlib.crc32(topic.name.encode())


def demo_world(partners: int = 60) -> World:
    """Topics and counties of the content; partners that do not exist."""
    asked = sorted((topic for topic in load_content().topics.values() if topic.is_faq), key=_rank)
    topics = [(topic.name, audience_of(topic)) for topic in asked]
    counties = sorted(load_offices(ContentPaths().offices).counties.values())
    return World(topics, counties, partners)
