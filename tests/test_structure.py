"""Rules of the house, written as tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from knowledge_base.check.style import CONSTANTS
from knowledge_base.content.store import ROOT
from widget.chat.openapi import document
from zielona.cli import parser
from zielona.settings import SETTINGS, Settings, current_settings, settings_table


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / line for line in listed.splitlines()]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def test_readme_has_the_table_of_settings() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert settings_table() in readme


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for action in parser()._actions:
        for command in getattr(action, "choices", None) or {}:
            assert f"zielona {command}" in readme, command


def test_every_setting_that_code_asks_for_is_listed() -> None:
    known = {setting.name for setting in SETTINGS}
    asked = set()
    for path in tracked(".py"):
        asked |= set(re.findall(r"\.(?:text|number|port)\(\"([A-Z_]+)\"\)", path.read_text(encoding="utf-8")))
    assert asked <= known


def test_constants_of_answers_are_settings() -> None:
    assert set(current_settings().constants) == CONSTANTS


def test_settings_fall_back_to_their_defaults() -> None:
    assert Settings({}).port("PORT") == 8000
    assert Settings({"ZL_PORT": "9000"}).port("PORT") == 9000


def test_every_route_of_the_api_is_described() -> None:
    from widget.app import create_app

    app = create_app(Settings({"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"}))
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    described = {
        (path, method)
        for path, operations in document()["paths"].items()
        for method in operations
        if method != "parameters"
    }
    assert routes == described


def test_widget_never_parses_markup() -> None:
    scripts = [path for path in tracked(".js") if (ROOT / "widget") in path.parents]
    assert len(scripts) > 5
    for script in scripts:
        for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert forbidden not in script.read_text(encoding="utf-8"), script


def test_no_large_files_are_tracked() -> None:
    assert [path for path in tracked() if path.stat().st_size > 5_000_000] == []


def test_nobody_further_right_calls_anybody_further_left() -> None:
    """The arrows of DESIGN: the knowledge base knows neither bot, actions nor widget, and so on."""
    forbidden = {
        "knowledge_base": ("bot", "actions", "widget"),
        "actions": ("bot", "widget"),
        "bot": ("widget", "actions"),
        "widget": ("bot", "actions"),
    }
    for folder, others in forbidden.items():
        for path in (ROOT / folder).rglob("*.py"):
            for name in others:
                found = re.search(rf"^\s*(?:from|import) {name}\b", path.read_text(encoding="utf-8"), re.MULTILINE)
                assert not found, f"{path}: {name}"
