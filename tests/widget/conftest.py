"""An empty database of each kind that is supported here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from widget.storage.engine import database_engine, migrate
from zielona.postgres import programs_folder, server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    programs = programs_folder()
    if programs is None:
        pytest.skip("PostgreSQL nie jest zainstalowany (Debian: apt-get install postgresql)")
    with server(programs) as url:
        migrate(url)
        yield url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over a migrated database that tests of one session share; they empty the tables they use."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'shared.db'}"
        migrate(url)
    made = database_engine(url)
    yield made
    made.dispose()
