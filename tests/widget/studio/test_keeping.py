from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from widget.storage.engine import database_engine, migrate
from widget.studio.models import CANDIDATE, FORMER, REJECTED, Release
from widget.studio.releases import Releases
from widget.studio.training import keeping
from zielona.clock import utc_now
from zielona.releases import ReleaseFiles
from zielona.sandbox import settings_with
from zielona.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_with(VAR=str(tmp_path / "var"))


@pytest.fixture
def releases(settings: Settings) -> Releases:
    settings.var.mkdir()
    migrate(settings.database_url)
    return Releases(database_engine(settings.database_url))


def add(settings: Settings, releases: Releases, name: str) -> Release:
    files, model = ReleaseFiles(settings, name), f"release-{name}.tar.gz"
    (files.folder / "data").mkdir(parents=True, exist_ok=True)
    files.model(model).parent.mkdir(exist_ok=True)
    files.model(model).write_text("model", encoding="utf-8")
    return releases.add(
        commit="a" * 40, content=name, model=model, index="1", figures={}, gates=[], report="", job_id=None, by="u1",
        now=utc_now(),
    )  # fmt: skip


def there(settings: Settings, release: Release) -> tuple[bool, bool]:
    files = ReleaseFiles(settings, release.content)
    return files.folder.exists(), files.model(release.model).exists()


def test_published_releases_stay_and_surplus_candidates_go(
    settings: Settings, releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "CANDIDATES", 2)
    made = [add(settings, releases, f"c{number}") for number in range(5)]
    for release in made[:2]:
        releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    keeping.clear(settings, releases, now=utc_now())
    states = [found.state for release in made if (found := releases.get(release.id))]
    assert states == [FORMER, "obecne", REJECTED, CANDIDATE, CANDIDATE]
    assert [there(settings, release) for release in made] == [
        (True, True), (True, True), (False, False), (True, True), (True, True),
    ]  # fmt: skip


def test_files_that_two_releases_share_stay(settings: Settings, releases: Releases) -> None:
    one, other = add(settings, releases, "same"), add(settings, releases, "same")
    releases.reject(one.id, reason="gorsza")
    keeping.clear(settings, releases, now=utc_now())
    assert there(settings, other) == (True, True)
    releases.reject(other.id, reason="gorsza")
    keeping.clear(settings, releases, now=utc_now())
    assert there(settings, other) == (False, False)


def test_answers_of_last_week_go(settings: Settings, releases: Releases) -> None:
    folder = settings.var / "evaluation" / "answers"
    folder.mkdir(parents=True)
    old, new = folder / "old.json", folder / "new.json"
    for path in (old, new):
        path.write_text("[]", encoding="utf-8")
    moment = (utc_now() - dt.timedelta(days=8)).timestamp()
    os.utime(old, (moment, moment))
    keeping.clear(settings, releases, now=utc_now())
    assert [path.name for path in folder.iterdir()] == ["new.json"]
