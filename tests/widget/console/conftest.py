"""A console over a database of its own: bot and search answer as they are told, the mail server is real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from knowledge_base.content.store import Content
from tests.widget.accounts.people import Browser, add_person, make_app
from tests.widget.console.site import Console, Mailbox, Post
from widget.accounts.roles import Role
from zielona.sandbox import free_ports


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on this machine."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_ports(1)[0])
    controller.start()
    yield Post(f"smtp://127.0.0.1:{controller.port}", mailbox.messages)
    controller.stop()


@pytest.fixture
def make_console(tmp_path: Path, post: Post, content: Content, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    # Reading the content takes longer than most of these tests.
    monkeypatch.setattr("widget.chat.editions.load_content", lambda *_: content)
    made: list[Console] = []

    def make(**settings: str) -> Console:
        values = {
            "SMTP_URL": post.url, "MAIL_FROM": "Zielona Linia <linia@example.org>", "TICKET_LIMIT": "1000 per hour",
            "PUBLIC_URL": "http://localhost", **settings,
        }  # fmt: skip
        app = make_app(tmp_path, **values)
        made.append(Console(app, add_person(app, Role.CONSULTANT, name="Anna Nowak"), post.messages))
        return made[-1]

    yield make
    for console in made:
        console.services.engine.dispose()


@pytest.fixture
def console(make_console: Any) -> Console:
    found: Console = make_console()
    return found


@pytest.fixture
def anna(console: Console) -> Browser:
    return console.browser_of(console.anna)


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime.now(tz=dt.timezone.utc)
