"""Every address × everybody, made from the URL map: a new address has to be thought about in two places."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.widget.accounts.people import Browser, make_app, signed_in
from widget.accounts.access import PUBLIC, allow, public, rule_of
from widget.accounts.navigation import ENTRIES
from widget.accounts.roles import EVERYBODY, Role

CONSULTANT, EDITOR, ADMINISTRATOR = Role
# Who may use what stands below an address; the longest one that fits counts.
TABLE: dict[str, set[Role]] = {
    "/panel/": set(EVERYBODY),
    "/panel/konto": set(EVERYBODY),
    "/panel/zgloszenia": {CONSULTANT, ADMINISTRATOR},
    "/panel/uzytkownicy": {ADMINISTRATOR},
    "/panel/dziennik": {ADMINISTRATOR},
    "/panel/partnerzy": {ADMINISTRATOR},
    "/panel/statystyki": set(EVERYBODY),
    "/panel/statystyki/pytania": {EDITOR, ADMINISTRATOR},
    "/panel/statystyki/bez-odpowiedzi": {EDITOR, ADMINISTRATOR},
    "/panel/telefon": {CONSULTANT, ADMINISTRATOR},
    "/panel/rozmowy": {CONSULTANT, ADMINISTRATOR},
    "/panel/studio": {EDITOR, ADMINISTRATOR},
}
# What everybody may use. Nothing of the panel but the way in and out, and its style sheets.
OPEN = re.compile(
    r"/|/demo|/favicon\.ico|/deklaracja-dostepnosci|/(czat|okno|pytanie|wiadomosc|motyw|baner|qr)(/.*)?|/widget/.*|/api/v1/.*"
    r"|/healthz|/readyz|/metrics|/administracja/partnerzy(/.*)?"
    r"|/ocena/.*|/panel/(logowanie(/kod|/instytucja(/powrot)?)?|wyloguj|static/.*)"
)
PEOPLE = ("nikt", *(role.value for role in Role))


def roles_in_table(path: str) -> set[Role] | None:
    fitting = [prefix for prefix in TABLE if path == prefix or path.startswith(prefix.rstrip("/") + "/")]
    exact = [prefix for prefix in fitting if prefix != "/panel/" or path == "/panel/"]
    return TABLE[max(exact, key=len)] if exact else None


def address(rule: Rule) -> str:
    filled = re.sub(r"<uuid:\w+>", str(uuid.uuid4()), rule.rule)
    return re.sub(r"<int:\w+>", "1", re.sub(r"<(?:string:|path:)?\w+>", "nieznane", filled))


def refused(answer: TestResponse) -> bool:
    to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/panel/logowanie?")
    return to_sign_in or answer.status_code in {401, 403}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("access"), RATE_LIMIT="10000 per minute")


@pytest.fixture(scope="module")
def browsers(app: Flask) -> dict[str, Browser]:
    return {"nikt": Browser(app)} | {role.value: signed_in(app, role) for role in Role}


def routes(app: Flask) -> list[tuple[str, str, Rule]]:
    return [
        (rule.rule, method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_address_has_a_rule_and_it_is_the_one_of_the_table(app: Flask) -> None:
    for path, _, rule in routes(app):
        roles = rule_of(app, rule.endpoint)
        assert roles is not None, f"{path} ({rule.endpoint}) needs @allow(...) or @public"
        if roles == PUBLIC:
            assert OPEN.fullmatch(path), f"{path} is public, but not in the list of what may be"
        else:
            assert not OPEN.fullmatch(path), path
            assert roles == roles_in_table(path), f"{path}: the table of this test says otherwise"


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_opens_for_its_roles_only(app: Flask, browsers: dict[str, Browser], person: str) -> None:
    browser = browsers[person]
    token = browser.token()
    for path, method, rule in routes(app):
        roles = rule_of(app, rule.endpoint)
        if roles == PUBLIC:
            continue
        answer = browser.client.open(address(rule), method=method, headers={"X-CSRF-Token": token})
        may = person in {role.value for role in roles or ()}
        assert refused(answer) is not may, f"{method} {path} as {person}: {answer.status_code}"


def test_public_addresses_ask_nobody_to_sign_in(app: Flask) -> None:
    client = app.test_client()
    for path, method, rule in routes(app):
        if rule_of(app, rule.endpoint) == PUBLIC and method == "GET":
            location = client.get(address(rule)).headers.get("Location", "")
            assert "dalej=" not in location, path


def test_forms_without_their_token_are_refused(app: Flask, browsers: dict[str, Browser]) -> None:
    client = browsers[ADMINISTRATOR.value].client
    for path, method, rule in routes(app):
        if method != "GET" and path.startswith("/panel"):
            assert client.open(address(rule), method=method).status_code == 403, path
            assert client.open(address(rule), method=method, data={"csrf_token": "0" * 64}).status_code == 403, path


def test_forms_of_other_sites_are_refused_even_with_a_token(browsers: dict[str, Browser]) -> None:
    browser = browsers[CONSULTANT.value]
    headers = {"X-CSRF-Token": browser.token(), "Sec-Fetch-Site": "cross-site"}
    assert browser.client.post("/panel/konto/sesje/zakoncz", headers=headers).status_code == 403


def test_an_address_without_a_rule_is_closed(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    app.add_url_rule("/nowe", "new", lambda: "treść")
    app.add_url_rule("/jawne", "open", public(lambda: "treść"))
    assert rule_of(app, "new") is None
    assert app.test_client().get("/nowe").status_code == 403
    assert app.test_client().get("/jawne").text == "treść"


def test_a_rule_names_roles() -> None:
    with pytest.raises(ValueError, match="public"):
        allow()


def test_navigation_shows_what_is_open(browsers: dict[str, Browser]) -> None:
    for role in Role:
        shown = re.findall(r'<li><a href="(/panel/[^"]*)"', browsers[role.value].get("/panel/").text)
        known = {entry.path for entry in ENTRIES if role in (roles_in_table(entry.path) or set())}
        assert set(shown) == known


def test_scripts_are_told_instead_of_led_to_the_sign_in_page(app: Flask) -> None:
    answer = app.test_client().get("/panel/", headers={"Sec-Fetch-Mode": "cors", "Accept": "*/*"})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_without_the_database_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    browser = signed_in(app, CONSULTANT)
    with app.extensions["zielona"].engine.begin() as connection:
        connection.execute(text("DROP TABLE staff_sessions"))
    answer = browser.get("/panel/")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "Po naszej stronie wystąpił błąd" in answer.text
    assert browser.get("/healthz").status_code == 200


def test_pages_of_the_panel_are_not_kept_and_have_a_strict_policy(browsers: dict[str, Browser]) -> None:
    headers = browsers[ADMINISTRATOR.value].get("/panel/uzytkownicy").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
