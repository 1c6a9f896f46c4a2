"""Sign-in at the institution, against a provider that really signs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey

from tests.widget.accounts.people import Browser, actions, add_person, make_app
from tests.widget.accounts.provider import CLIENT, SECRET, Provider, running_provider
from widget.accounts.roles import Role

EWA = {"sub": "ewa-1", "email": "Redaktor@example.org", "email_verified": True}


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(shared: Provider) -> Provider:
    shared.person, shared.changes, shared.sign_with = dict(EWA), {}, None
    return shared


@pytest.fixture
def app(tmp_path: Path, provider: Provider) -> Flask:
    return make_app(
        tmp_path, OIDC_ISSUER=provider.address, OIDC_CLIENT_ID=CLIENT, OIDC_CLIENT_SECRET=SECRET,
        OIDC_LABEL="Zaloguj przez Urząd",
    )  # fmt: skip


def way_back(browser: Browser, target: str = "/panel/konto") -> str:
    """Go to the provider and agree; returns the address that leads back."""
    there = browser.get(f"/panel/logowanie/instytucja?dalej={target}")
    assert there.status_code == 302
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=10).headers["Location"]
    found = urlsplit(back)
    assert found.path == "/panel/logowanie/instytucja/powrot"
    return f"{found.path}?{found.query}"


def test_institution_signs_in_who_has_an_account(app: Flask) -> None:
    add_person(app, Role.EDITOR)
    browser = Browser(app)
    assert "Zaloguj przez Urząd" in browser.get("/panel/logowanie").text
    answer = browser.get(way_back(browser))
    assert answer.headers["Location"] == "/panel/konto"
    assert browser.is_in()
    assert actions(app) == [("konto.logowanie", "redaktor@example.org")]


def test_who_is_known_by_subject_may_change_the_address(app: Flask, provider: Provider) -> None:
    add_person(app, Role.EDITOR)
    first = Browser(app)
    first.get(way_back(first))
    provider.person["email"] = "nowe.nazwisko@example.org"
    second = Browser(app)
    second.get(way_back(second))
    assert second.is_in()
    provider.person = {**EWA, "sub": "kto-inny"}
    third = Browser(app)
    third.get(way_back(third))
    assert not third.is_in(), "the address belongs to another subject"


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "obcy@example.org"},
        {"email": None},
    ],
)
def test_others_are_not_let_in(app: Flask, provider: Provider, person: dict[str, Any]) -> None:
    add_person(app, Role.EDITOR)
    provider.person |= person
    browser = Browser(app)
    assert browser.get(way_back(browser)).headers["Location"] == "/panel/logowanie"
    assert "nie ma konta w panelu" in browser.get("/panel/logowanie").text
    assert actions(app)[-1][0] == "konto.logowanie_nieudane"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://obcy.example"},
        {"aud": "inny-klient"},
        {"aud": ["inny-klient"]},
        {"nonce": "inny"},
        {"exp": 1_000_000_000},
        {"sub": None},
    ],
)
def test_tokens_for_others_are_refused(app: Flask, provider: Provider, changes: dict[str, Any]) -> None:
    add_person(app, Role.EDITOR)
    provider.changes = changes
    browser = Browser(app)
    browser.get(way_back(browser))
    assert not browser.is_in()


def test_a_token_that_somebody_else_signed_is_refused(app: Flask, provider: Provider) -> None:
    add_person(app, Role.EDITOR)
    provider.sign_with = RSAKey.generate_key(2048, {"kid": "klucz"})
    browser = Browser(app)
    browser.get(way_back(browser))
    assert not browser.is_in()


def test_answer_belongs_to_the_browser_that_asked(app: Flask) -> None:
    add_person(app, Role.EDITOR)
    victim, attacker = Browser(app), Browser(app)
    back = way_back(attacker)
    assert victim.get(back).headers["Location"] == "/panel/logowanie"
    assert not victim.is_in()
    assert attacker.get(back).headers["Location"] == "/panel/konto"
    attacker.send("/panel/wyloguj")
    attacker.get(back)
    assert not attacker.is_in(), "an answer counts once"


def test_closed_account_stays_closed(app: Flask) -> None:
    user = add_person(app, Role.EDITOR)
    app.extensions["zielona_account_repository"].change_user(user.id, active=False)
    browser = Browser(app)
    browser.get(way_back(browser))
    assert not browser.is_in()


def test_provider_that_is_away_is_told(tmp_path: Path) -> None:
    app = make_app(tmp_path, OIDC_ISSUER="http://127.0.0.1:9", OIDC_CLIENT_ID=CLIENT, OIDC_CLIENT_SECRET=SECRET)
    browser = Browser(app)
    assert browser.get("/panel/logowanie/instytucja").headers["Location"] == "/panel/logowanie"
    assert "nie powiodło się" in browser.get("/panel/logowanie").text


def test_without_the_setting_there_is_no_such_way(tmp_path: Path) -> None:
    browser = Browser(make_app(tmp_path))
    assert browser.get("/panel/logowanie/instytucja").status_code == 404
    assert "instytucj" not in browser.get("/panel/logowanie").text
