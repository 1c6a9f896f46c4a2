from __future__ import annotations

import socket
from pathlib import Path

import pytest

import bootstrap
from zielona.artifacts import Artifacts, code_hash, model_key
from zielona.cli import main
from zielona.processes import Stack, StartError
from zielona.sandbox import free_ports, settings_with
from zielona.settings import SettingError, Settings


def test_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = free_ports(3)
        settings = settings_with(
            PORT=str(taken.getsockname()[1]),
            BOT_PORT=str(ports[0]),
            ACTIONS_PORT=str(ports[1]),
            SEARCH_PORT=str(ports[2]),
        )
        with pytest.raises(StartError, match=r"jest zajęty.*ZL_PORT="):
            Stack(settings, tmp_path / "model", tmp_path).start()


def test_bad_port_names_its_setting() -> None:
    with pytest.raises(SettingError, match="ZL_PORT"):
        Settings({"ZL_PORT": "abc"}).port("PORT")


def test_nothing_is_built_again_that_has_not_changed(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Artifacts(settings, tmp_path).build_all()
    capsys.readouterr()
    Artifacts(settings, tmp_path).build_all()
    assert "…" not in capsys.readouterr().out


def test_model_is_keyed_by_content_and_code() -> None:
    assert model_key() == model_key()
    assert code_hash("bot/**/*.py") != code_hash("bot/**/*.yml")


def test_missing_python_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "candidates", lambda version: iter(()))
    with pytest.raises(bootstrap.SetupError, match=r"Brakuje Pythona 3\.98.*uv python install"):
        bootstrap.find_python("false", [(3, 98)])


def test_interpreter_that_does_not_run_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shim = tmp_path / "python3.98"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setattr(bootstrap, "candidates", lambda version: iter([str(shim)]))
    with pytest.raises(bootstrap.SetupError):
        bootstrap.find_python("false", [(3, 98)])


def test_asking_without_a_service_says_what_to_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZL_PORT", str(free_ports(1)[0]))
    assert main(["ask", "ile wynosi zasiłek"]) == 1
    assert "make run" in capsys.readouterr().out
