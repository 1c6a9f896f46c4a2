"""The phone desk over HTTP."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser, actions, add_person, make_app, signed_in
from widget.accounts.roles import Role
from widget.chat.clients import AwayError

OFFICES = {"offices": [{"name": "Powiatowy Urząd Pracy w Łomży", "facts": []}], "more": 0}


class Actions:
    """The action server: it answers as it is told, or is away."""

    away = False

    def _check(self) -> None:
        if self.away:
            raise AwayError("away")

    def calculators(self) -> list[dict[str, Any]]:
        self._check()
        return [{"$id": "odprawa"}]

    def calculate(self, name: str, values: Any) -> tuple[dict[str, Any], bool]:
        self._check()
        if name != "odprawa":
            raise LookupError(name)
        if values != {"lata": 3}:
            return {"field": "lata", "message": "To pole trzeba wypełnić."}, False
        return {"facts": []}, True

    def offices(self, text: str) -> dict[str, Any]:
        self._check()
        return OFFICES


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = make_app(tmp_path)
    made.extensions["zielona_desk"].actions = Actions()
    return made


@pytest.fixture
def browser(app: Flask) -> Browser:
    return signed_in(app, Role.CONSULTANT)


def calculate(browser: Browser, name: str, values: Any) -> Any:
    headers = {"X-CSRF-Token": browser.token(), "Accept": "application/json"}
    return browser.client.post(f"/panel/telefon/kalkulatory/{name}", json=values, headers=headers)


def record(browser: Browser, **changes: str) -> Any:
    form = {"klucz": str(uuid.uuid4()), "wynik": "answered", "temat": "odprawa", **changes}
    return browser.send("/panel/telefon/rozmowa/zapis", **form)


def test_typing_finds_and_opens_an_answer(browser: Browser) -> None:
    hits = browser.get("/panel/telefon/szukaj?q=ile+wynosi+zasi&dzien=2026-11-26").get_json()["hits"]
    first = next(hit for hit in hits if hit["kind"] == "temat")
    found = browser.get(f"/panel/telefon/odpowiedz?rodzaj=temat&id={first['id']}").get_json()
    assert found["title"] == first["title"]
    assert found["blocks"]
    assert found["sources"]


@pytest.mark.parametrize("path", ["szukaj?q=zasilek&dzien=jutro", "kwoty?dzien=2026-13-01"])
def test_a_day_that_is_none_is_refused(browser: Browser, path: str) -> None:
    assert browser.get(f"/panel/telefon/{path}").status_code == 422


def test_what_is_gone_is_said_to_be_gone(browser: Browser) -> None:
    assert browser.get("/panel/telefon/odpowiedz?rodzaj=temat&id=nie_ma").status_code == 404


def test_amounts_of_a_day(browser: Browser) -> None:
    rows = browser.get("/panel/telefon/kwoty?dzien=2026-11-26").get_json()["amounts"]
    assert {row["name"] for row in rows} >= {"minimalne_wynagrodzenie"}


def test_calculators_and_offices_come_from_the_action_server(app: Flask, browser: Browser) -> None:
    assert browser.get("/panel/telefon/kalkulatory").get_json() == {"calculators": [{"$id": "odprawa"}]}
    assert browser.get("/panel/telefon/urzedy?q=Łomża").get_json() == OFFICES
    assert browser.get("/panel/telefon/urzedy?q=").get_json()["offices"] == []
    assert calculate(browser, "odprawa", {"lata": 3}).status_code == 200
    refused = calculate(browser, "odprawa", {})
    assert (refused.status_code, refused.get_json()["errors"]) == (422, {"lata": "To pole trzeba wypełnić."})
    assert calculate(browser, "horoskop", {}).status_code == 404
    assert ("telefon.obliczenie", "odprawa") in actions(app)


def test_without_the_action_server_the_rest_goes_on(app: Flask, browser: Browser) -> None:
    app.extensions["zielona_desk"].actions.away = True
    for path in ("kalkulatory", "urzedy?q=Łomża"):
        answer = browser.get(f"/panel/telefon/{path}", headers={"Accept": "application/json"})
        assert answer.status_code == 503
        assert "niedostępne" in answer.get_json()["detail"]
    assert browser.get("/panel/telefon").status_code == 200


def test_a_call_from_start_to_correction(app: Flask, browser: Browser) -> None:
    assert 'data-started=""' in browser.get("/panel/telefon").text
    browser.send("/panel/telefon/rozmowa")
    assert re.search(r'data-started="20\d\d-', browser.get("/panel/telefon").text)
    assert record(browser).status_code == 303
    page = browser.get("/panel/telefon").text
    link = re.search(r'href="(/panel/telefon/rozmowa/[\w-]+)"', page)
    assert link
    assert "· rozwiązana" in page
    assert browser.send(link[1], wynik="unknown", temat="odprawa").status_code == 303
    assert "· nierozwiązana" in browser.get("/panel/telefon").text
    done = [action for action, _ in actions(app) if action.startswith("telefon.")]
    assert done == ["telefon.rozmowa", "telefon.zapis", "telefon.poprawka"]


def test_a_script_is_told_when_the_call_began(browser: Browser) -> None:
    headers = {"X-CSRF-Token": browser.token(), "Sec-Fetch-Mode": "cors"}
    answer = browser.client.post("/panel/telefon/rozmowa", json={}, headers=headers)
    assert answer.get_json()["started_at"].endswith("+00:00")
    assert browser.send("/panel/telefon/rozmowa/odrzuc").status_code == 303
    assert browser.send("/panel/telefon/rozmowa/odrzuc").status_code == 409


def test_the_record_of_another_consultant_cannot_be_opened(app: Flask, browser: Browser) -> None:
    record(browser)
    link = re.search(r'href="(/panel/telefon/rozmowa/[\w-]+)"', browser.get("/panel/telefon").text)
    assert link
    other = Browser(app)
    other.sign_in(add_person(app, Role.CONSULTANT, email="inna@example.org").email)
    assert other.get(link[1]).status_code == 404
    assert other.send(link[1], wynik="unknown").status_code == 404
