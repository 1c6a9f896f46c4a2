from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser, add_person
from tests.widget.studio.content import git
from widget.accounts.roles import Role
from zielona.settings import ROOT


def passage_file(folder: Path) -> Path:
    """The file of the passage that these tests are about."""
    return next((folder / "knowledge_base" / "passages").glob("*/*.md"))


def add_passage(folder: Path) -> Path:
    """Put one passage into the small content folder."""
    source = sorted((ROOT / "knowledge_base" / "passages" / "kodeks-pracy").glob("*.md"))[0]
    target = folder / "knowledge_base" / "passages" / "kodeks-pracy" / source.name
    target.parent.mkdir()
    shutil.copy(source, target)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Fragment")
    return folder


@pytest.fixture
def folder(folder: Path) -> Path:
    return add_passage(folder)


@pytest.fixture
def learner(app: Flask) -> Browser:
    """An editor who may not publish."""
    user = add_person(app, Role.EDITOR, email="ola@example.org", name="Ola Mała", publishes=False)
    browser = Browser(app)
    assert browser.sign_in(user.email).status_code == 303
    return browser
