"""A member of staff in front of the panel, for what is measured with sign-in."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from widget.accounts.roles import Role

_EMAIL, _PASSWORD = "anna@example.org", "siedem zielonych rowerów jedzie"


def signed_in(app: Flask, role: Role) -> tuple[FlaskClient, str]:
    """A browser that is signed in, and the account's id."""
    user, _ = app.extensions["zielona_accounts"].create(
        email=_EMAIL, name="Anna Nowak", role=role.value, password=_PASSWORD
    )
    client = app.test_client()
    token = re.search(r'name="csrf-token" content="(\w+)"', client.get("/panel/logowanie").text)
    assert token is not None  # noqa: S101 - a benchmark
    client.post("/panel/logowanie", data={"email": _EMAIL, "password": _PASSWORD, "csrf_token": token[1]})
    return client, user.id


def text_of(client: FlaskClient, address: str) -> str:
    """The page. Raises RuntimeError where it is refused."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return str(answer.text)
