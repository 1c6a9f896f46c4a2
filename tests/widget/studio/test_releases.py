from __future__ import annotations

from pathlib import Path

import pytest

from widget.storage.engine import database_engine, migrate
from widget.studio.models import CANDIDATE, CURRENT, FORMER, REJECTED, Release
from widget.studio.releases import Releases
from zielona.clock import utc_now
from zielona.releases import ReleaseFiles
from zielona.sandbox import settings_with


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    url = f"sqlite:///{tmp_path / 'zielona.db'}"
    migrate(url)
    return Releases(database_engine(url))


def add(releases: Releases, *, holds: bool = True) -> Release:
    return releases.add(
        commit="a" * 40, content="a" * 12, model="release-x.tar.gz", index="1" * 12, figures={"answer": {}},
        gates=[{"name": "accuracy", "holds": holds}], report="", job_id=None, by="u1", now=utc_now(),
    )  # fmt: skip


def test_one_release_is_current(releases: Releases) -> None:
    assert releases.current() is None
    first, second = add(releases), add(releases)
    assert [item.id for item in releases.list()] == [second.id, first.id]
    assert {item.state for item in releases.list()} == {CANDIDATE}
    releases.mark_published(first.id, by="u1", reason="", now=utc_now())
    releases.mark_published(second.id, by="u2", reason="lepsza odpowiedź", now=utc_now())
    found = releases.current()
    assert found is not None
    assert (found.id, found.published_by, found.reason) == (second.id, "u2", "lepsza odpowiedź")
    releases.mark_published(first.id, by="u1", reason="powrót", now=utc_now())
    assert {item.id: item.state for item in releases.list()} == {first.id: CURRENT, second.id: FORMER}


def test_only_a_candidate_is_rejected(releases: Releases) -> None:
    release = add(releases)
    assert releases.reject(release.id, reason="gorsza")
    assert not releases.reject(release.id, reason="gorsza")
    stored = releases.get(release.id)
    assert stored is not None
    assert stored.state == REJECTED


def test_gates_hold_only_when_something_was_measured() -> None:
    assert Release(gates=[{"holds": True}]).gates_hold
    assert not Release(gates=[{"holds": True}, {"holds": False}]).gates_hold
    assert not Release(gates=[]).gates_hold


def test_processes_of_a_release_are_told_its_own_files(tmp_path: Path) -> None:
    files = ReleaseFiles(settings_with(VAR=str(tmp_path)), "abc")
    serving = files.serving
    assert serving.content_root == tmp_path / "content" / "abc"
    assert serving.index_root == tmp_path / "content" / "abc" / "index"
    assert serving.text("LANGUAGE_MODEL") == str(tmp_path / "content" / "abc" / "language" / "app")
    assert serving.var == tmp_path
    assert files.model("m.tar.gz") == tmp_path / "models" / "m.tar.gz"
