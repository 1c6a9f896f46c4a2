"""The addresses of the desk: who is let in, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from actions.desk.endpoints import SECRET_HEADER, add_desk
from knowledge_base.content.store import Content

SECRET = "tajemnica"


class Server:
    """Keeps routes as the action server does."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[Any], Any]] = {}

    def add_route(self, view: Callable[[Any], Any], path: str, methods: list[str]) -> None:
        self.routes[path] = view

    def call(self, path: str, body: Any = None, secret: str = SECRET) -> tuple[Any, int]:
        request = SimpleNamespace(json=body, headers={SECRET_HEADER: secret})
        answer: tuple[Any, int] = asyncio.run(self.routes[path](request))
        return answer


@pytest.fixture
def server(content: Content) -> Server:
    made = Server()
    add_desk(made, lambda body, status: (body, status), secret=SECRET, content=lambda: content)
    return made


@pytest.mark.parametrize("secret", ["", "inna", "tajemnicą"])
def test_only_who_knows_the_secret_is_answered(server: Server, secret: str) -> None:
    for path in server.routes:
        assert server.call(path, {"text": "Łomża"}, secret)[1] == 403


def test_without_a_secret_nobody_is(content: Content) -> None:
    server = Server()
    add_desk(server, lambda body, status: (body, status), secret="", content=lambda: content)
    assert server.call("/desk/calculators", secret="")[1] == 403


def test_a_calculation(server: Server) -> None:
    body, status = server.call(
        "/desk/calculate", {"calculator": "part_time_minimum", "values": {"fraction": "1/2", "day": "2026-11-26"}}
    )
    assert status == 200
    assert body["facts"][0]["lines"] == ["2403\xa0zł"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (None, 400),
        ([], 400),
        ({"calculator": 7}, 400),
        ({"calculator": "horoskop", "values": {}}, 404),
        ({"calculator": "overtime"}, 422),
        ({"calculator": "overtime", "values": {"monthly_pay": "x"}}, 422),
    ],
)
def test_what_cannot_be_reckoned(server: Server, body: Any, status: int) -> None:
    answer, given = server.call("/desk/calculate", body)
    assert given == status
    assert status != 422 or answer["message"]


def test_offices_with_their_contacts(server: Server) -> None:
    body, status = server.call("/desk/offices", {"text": "w Łomży"})
    assert status == 200
    assert "Łomż" in body["offices"][0]["name"]
    assert body["offices"][0]["facts"][0]["label"] == "obsługuje"
    assert "łomżyński" in body["offices"][0]["facts"][0]["value"]
    assert server.call("/desk/offices", {"text": " "})[1] == 400


def test_a_name_that_fits_nowhere_gives_nothing(server: Server) -> None:
    assert server.call("/desk/offices", {"text": "xyzzy"})[0] == {"offices": [], "more": 0}
