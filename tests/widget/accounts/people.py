"""Members of staff for tests: accounts of each role, and browsers that are signed in."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from widget.accounts.models import User
from widget.accounts.repository import AuditFilter
from widget.accounts.roles import Role
from widget.app import create_app
from widget.storage.engine import migrate
from zielona.settings import Settings

PASSWORD = "siedem zielonych rowerów jedzie"


@lru_cache(maxsize=1)
def _empty_database() -> bytes:
    """The file of a database in its newest shape: the migrations run once, not for every test."""
    with tempfile.TemporaryDirectory() as folder:
        migrate(f"sqlite:///{folder}/migrated.db")
        # What is still in the write-ahead log belongs to it, too.
        with closing(sqlite3.connect(f"{folder}/migrated.db")) as connection:
            connection.execute("VACUUM INTO ?", [f"{folder}/empty.db"])
        return Path(folder, "empty.db").read_bytes()


def make_app(folder: Path, **settings: str) -> Flask:
    """The application with an empty database in `folder`."""
    url = f"sqlite:///{folder / 'panel.db'}"
    (folder / "panel.db").write_bytes(_empty_database())
    values = {"SECRET": "x" * 32, "DATABASE_URL": url, "SIGN_IN_LIMIT": "1000 per minute", **settings}
    return create_app(Settings({f"ZL_{name}": value for name, value in values.items()}))


def add_person(
    app: Flask, role: Role, *, email: str = "", name: str = "", password: str = PASSWORD, publishes: bool = True
) -> User:
    user, _ = app.extensions["zielona_accounts"].create(
        email=email or f"{role.value}@example.org", name=name or f"Osoba {role.label}", role=role.value,
        password=password, publishes=publishes,
    )  # fmt: skip
    return user  # type: ignore[no-any-return]


class Browser:
    """A browser that sends the form token of its last page, as a person's would."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        # Where the settings name an https address, cookies are kept for https only.
        scheme = "https" if app.extensions["zielona_sessions"].secure_only else "http"
        self.client.environ_base["wsgi.url_scheme"] = scheme

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def token(self) -> str:
        page = self.client.get("/panel/konto", follow_redirects=True).text
        found = re.search(r'name="csrf-token" content="(\w+)"', page)
        assert found
        return found[1]

    def send(self, path: str, *, method: str = "POST", **data: Any) -> TestResponse:
        headers = {"X-CSRF-Token": self.token()}
        return self.client.open(path, method=method, data=data, headers=headers)

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.send("/panel/logowanie", email=email, password=password, **more)

    def is_in(self) -> bool:
        return self.client.get("/panel/").status_code == 200


def signed_in(app: Flask, role: Role, **values: Any) -> Browser:
    """The browser of a new member of staff."""
    user = add_person(app, role, **values)
    browser = Browser(app)
    assert browser.sign_in(user.email).status_code == 303
    return browser


def actions(app: Flask) -> list[tuple[str, str]]:
    """What the audit log holds, oldest first: action and object."""
    rows, _ = app.extensions["zielona_account_repository"].audit(AuditFilter(), offset=0, limit=1000)
    return [(entry.action, entry.object) for entry, _ in reversed(rows)]
