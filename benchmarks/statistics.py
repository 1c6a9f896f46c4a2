"""The dashboard over a million events, with SQLite and, where it is installed, PostgreSQL."""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete

from benchmarks.staff import signed_in, text_of
from benchmarks.table import show, timed
from widget.accounts.models import User
from widget.accounts.roles import Role
from widget.app import create_app
from widget.events.repository import EventRepository
from widget.statistics.command import demo_world
from widget.statistics.demo import Inventor, fill
from widget.statistics.rollups import Rollups
from widget.storage.engine import database_engine, migrate
from zielona.clock import today
from zielona.postgres import programs_folder, server
from zielona.settings import Settings

_SECRET = "benchmark-" * 4
_DAYS = 365
_PARTNERS = 400
_REPEATS = 15
_FORMER = 5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=1_000_000)
    events = options.parse_args().events
    rows = [[name, *measure(url, events)] for name, url in databases()]
    head = ["database", "events", "stored and counted", "a marked day counted", "a year, median", "slowest",
            "30 days, median"]  # fmt: skip
    show("Dashboard of statistics", head, rows)


def databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{Path(folder) / 'statistics.db'}"
    programs = programs_folder()
    if programs is None:
        print("PostgreSQL is not installed, so it is not measured.")
        return
    with server(programs) as url:
        yield "PostgreSQL", url


def measure(url: str, events: int) -> list[str]:
    migrate(url)
    engine = database_engine(url)
    last = today() - dt.timedelta(days=1)
    rollups, store = Rollups(engine), EventRepository(engine, _SECRET)
    invented = Inventor(demo_world(_PARTNERS)).year(last, days=_DAYS, events=events)
    stored: list[int] = []
    filling = timed(lambda: stored.append(fill(store, rollups, invented)))
    store.add(list(Inventor(demo_world(_PARTNERS), seed=1).year(last, days=1, events=1)))
    counting = timed(rollups.refresh)
    engine.dispose()
    year = pages(url, last - dt.timedelta(days=_DAYS - 1), last)
    month = pages(url, last - dt.timedelta(days=29), last)
    return [
        f"{stored[0]:,}",
        f"{filling / 1000:.0f} s",
        f"{counting:.0f} ms",
        f"{statistics.median(year):.0f} ms",
        f"{max(year):.0f} ms",
        f"{statistics.median(month):.0f} ms",
    ]


def pages(url: str, first: dt.date, last: dt.date) -> list[float]:
    """Milliseconds for the whole request, read and drawn, with sign-in."""
    app = create_app(Settings({"ZL_SECRET": _SECRET, "ZL_DATABASE_URL": url}))
    with app.extensions["zielona"].engine.begin() as connection:
        connection.execute(delete(User))
    client, _ = signed_in(app, Role.ADMINISTRATOR)

    def page() -> None:
        # An empty page would be quick.
        assert "przyklad-001" in text_of(client, f"/panel/statystyki?od={first}&do={last}")  # noqa: S101

    times = [timed(page) for _ in range(_FORMER + _REPEATS)]
    app.extensions["zielona"].engine.dispose()
    return times[_FORMER:]


if __name__ == "__main__":
    main()
