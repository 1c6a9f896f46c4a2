"""A small content folder in a git repository of its own, and the application over it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from flask import Flask

from tests.widget.accounts.people import make_app
from zielona.settings import ROOT

TOPICS = ("pomoc/szkolenia", "pomoc/kfs", "czas_placa/nadgodziny")
FILES = ("acts.yml", "amounts.yml", "messages.yml", "style.yml", "comparisons.yml", "partners.yml")
_MENTIONS = re.compile(r"^( *(?:related|topics)): \[(.*)\]$", re.MULTILINE)
SUGGESTIONS = "suggestions:\n  default: [szkolenia, kfs, nadgodziny]\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Inżynier", "-c", "user.email=inz@example.org"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def make_content(folder: Path) -> Path:
    """Three topics and what they need, committed."""
    data = folder / "data"
    for name in TOPICS:
        target = data / "topics" / f"{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_narrowed(ROOT / "data" / "topics" / f"{name}.yml"), encoding="utf-8")
    for name in FILES:
        (data / name).write_text(_narrowed(ROOT / "data" / name), encoding="utf-8")
    (data / "dialogues").mkdir()
    for path in (ROOT / "data" / "dialogues").glob("*.yml"):
        (data / "dialogues" / path.name).write_text(_narrowed(path), encoding="utf-8")
    (data / "suggestions.yml").write_text(SUGGESTIONS, encoding="utf-8")
    for language in ("uk", "en", "ru"):
        (data / "translations" / language).mkdir(parents=True)
    (folder / "knowledge_base" / "passages").mkdir(parents=True)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Treść na początek")
    return folder


def _narrowed(path: Path) -> str:
    """The file without mentions of topics that are not here, which would be mistakes."""

    def kept(found: re.Match[str]) -> str:
        names = [name for name in re.split(r",\s*", found[2]) if name in {topic.split("/")[1] for topic in TOPICS}]
        return f"{found[1]}: [{', '.join(names)}]"

    return _MENTIONS.sub(kept, path.read_text(encoding="utf-8"))


def topic_path(folder: Path, name: str = "szkolenia") -> Path:
    return next((folder / "data" / "topics").glob(f"*/{name}.yml"))


def studio_app(folder: Path, content: Path) -> Flask:
    return make_app(folder, CONTENT=str(content), VAR=str(folder / "var"), RATE_LIMIT="10000 per minute")
