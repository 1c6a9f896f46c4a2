"""The application over a database of its own, with a bot that answers as it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from widget.app import create_app
from widget.chat.services import Services
from widget.storage.engine import database_engine, migrate
from widget.tickets.models import Ticket
from zielona.settings import Settings

FORM = {"question": "Czy dostanę zasiłek?", "email": "anna@poczta.pl", "consent": True, "client_id": "formularz-1"}
# What the form of an offer asks besides.
CONTACT = {"contact_name": "Anna Źdźbło", "nip": "526-025-02-74"}
OFFER = {
    "employer": "Piekarnia Źdźbło",
    "title": "Piekarz / piekarka",
    "vacancies": 2,
    "workplace": "Łomża",
    "tasks": "Wyrabianie ciasta\nobsługa pieca, żeby chleb był świeży",
    "contract": "umowa_o_prace",
    "pay_from": "5200.00",
    "pay_per": "miesiac",
    "start": "2027-01-04",
}


@dataclass
class Site:
    """A running application, and what a visitor does in it."""

    client: FlaskClient
    services: Services
    engine: Engine

    def begin(self) -> tuple[str, dict[str, str]]:
        """A new conversation: its id, and the header that opens it."""
        body = self.client.post("/api/v1/conversations", json={}).get_json()
        return body["id"], {"Authorization": f"Bearer {body['token']}"}

    def send(self, conversation: tuple[str, dict[str, str]], **changes: Any) -> TestResponse:
        url = f"/api/v1/conversations/{conversation[0]}/tickets"
        contact = CONTACT if "draft" in changes else {}
        return self.client.post(url, json={**FORM, **contact, **changes}, headers=conversation[1])

    def read(self, conversation: tuple[str, dict[str, str]], reference: str) -> TestResponse:
        return self.client.get(f"/api/v1/conversations/{conversation[0]}/tickets/{reference}", headers=conversation[1])

    def draft(self, conversation_id: str, offer: dict[str, Any], **place: str) -> str:
        now = dt.datetime.now(tz=dt.timezone.utc)
        return self.services.tickets.draft_offer(conversation_id, offer, **place, now=now)


Maker = Callable[..., Site]


@contextmanager
def _sites(folder: Path) -> Iterator[Maker]:
    engines = []

    def make(**values: str) -> Site:
        url = f"sqlite:///{folder / 'tickets.db'}"
        migrate(url)
        engines.append(database_engine(url))
        settings = {"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": url, "ZL_TICKET_LIMIT": "1000 per hour"}
        app = create_app(Settings({**settings, **{f"ZL_{name}": value for name, value in values.items()}}))
        return Site(app.test_client(), app.extensions["zielona"], engines[-1])

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Maker]:
    """Makes a site with settings of its own."""
    with _sites(tmp_path) as make:
        yield make


@pytest.fixture(scope="session")
def common_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with _sites(tmp_path_factory.mktemp("site")) as make:
        yield make(RATE_LIMIT="1000 per minute")


@pytest.fixture
def site(common_site: Site) -> Site:
    """A site without tickets; starting one takes a second, so tests share it."""
    with Session(common_site.engine) as session:
        session.execute(delete(Ticket))
        session.commit()
    return common_site
