"""`zielona admin`: the first administrator, and the way back in."""

from __future__ import annotations

import getpass
import re
from pathlib import Path

import pytest

from tests.widget.accounts.people import PASSWORD, Browser, actions
from widget.app import create_app
from zielona.cli import main
from zielona.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    values = {
        "ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": f"sqlite:///{tmp_path / 'panel.db'}", "ZL_VAR": str(tmp_path),
        "ZL_SIGN_IN_LIMIT": "1000 per minute",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return Settings(values)


def test_generated_password_is_shown_once_and_has_to_be_changed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["admin", "create", "--email", "szef@example.org", "--generate"]) == 0
    told = "".join(capsys.readouterr())
    password = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", told)
    assert password
    app = create_app(settings)
    browser = Browser(app)
    browser.sign_in("szef@example.org", password[0])
    assert browser.get("/panel/").headers["Location"] == "/panel/konto/haslo"
    assert actions(app)[0] == ("uzytkownik.dodany", "szef@example.org")


def test_password_is_asked_for_twice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PASSWORD, "inne", PASSWORD, PASSWORD])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert main(["admin", "create", "--email", "szef@example.org", "--name", "Ewa Lis"]) == 0
    browser = Browser(create_app(settings))
    browser.sign_in("szef@example.org")
    assert "Ewa Lis" in browser.get("/panel/").text


def test_mistakes_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "krótkie")
    assert main(["admin", "create", "--email", "nie-adres"]) == 1
    told = "".join(capsys.readouterr())
    assert "adres e-mail" in told
    assert "co najmniej 12 znaków" in told
    assert main(["admin", "reset", "--email", "nikt@example.org"]) == 1


def test_reset_opens_the_door_again(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    main(["admin", "create", "--email", "szef@example.org", "--generate"])
    browser = Browser(create_app(settings))
    for _ in range(6):
        browser.sign_in("szef@example.org", "złe hasło")
    capsys.readouterr()
    assert main(["admin", "reset", "--email", "szef@example.org"]) == 0
    password = re.search(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}", "".join(capsys.readouterr()))
    assert password
    assert browser.sign_in("szef@example.org", password[0]).status_code == 303
