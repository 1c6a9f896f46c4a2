from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.widget.accounts.conftest import _quick_hashes  # noqa: F401 - a fixture for all tests here
from tests.widget.accounts.people import Browser, signed_in
from tests.widget.studio.content import make_content, studio_app
from widget.accounts.roles import Role


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_content(tmp_path / "content")


@pytest.fixture
def app(tmp_path: Path, folder: Path) -> Flask:
    return studio_app(tmp_path, folder)


@pytest.fixture
def editor(app: Flask) -> Browser:
    return signed_in(app, Role.EDITOR)
