from __future__ import annotations

import datetime as dt

import pytest

from tests.zielona.publishing.test_state import files_of
from tests.zielona.publishing.test_state import settings as settings
from widget.studio.models import Release
from zielona.publishing.keeping import clear_away
from zielona.publishing.state import Slot, State
from zielona.settings import Settings

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)


def release(settings: Settings, number: int, *, content: str = "", published: int | None = None) -> Release:
    """A release with its files; `published` is the day of its publication."""
    name = content or f"c{number}"
    files_of(settings, Slot(f"models/release-{number}.tar.gz", {}, number, name))
    at = FIRST + dt.timedelta(days=published) if published is not None else None
    return Release(id=number, content=name, model=f"release-{number}.tar.gz", published_at=at)


def left(settings: Settings) -> tuple[set[str], set[str]]:
    models = {
        path.name.removeprefix("release-").removesuffix(".tar.gz") for path in (settings.var / "models").iterdir()
    }
    return models, {path.name for path in (settings.var / "content").iterdir()}


@pytest.fixture
def few(settings: Settings) -> Settings:
    return Settings({**settings.values, "ZL_KEEP_RELEASES": "2"})


def test_newest_last_published_and_running_stay(few: Settings) -> None:
    releases = [release(few, number) for number in (9, 8, 7)]
    releases += [
        release(few, 6, published=1),
        release(few, 5, published=9),
        release(few, 4, published=8),
        release(few, 3),
    ]
    state = State("a", {"a": Slot("models/release-3.tar.gz", {}, 3, "c3")})
    assert clear_away(few, releases, state) == [7, 6]
    assert left(few) == ({"9", "8", "5", "4", "3"}, {"c9", "c8", "c5", "c4", "c3"})
    assert clear_away(few, releases, state) == []


def test_folder_that_a_kept_release_shares_stays(few: Settings) -> None:
    releases = [release(few, 4, content="same"), release(few, 3), release(few, 2, content="same")]
    assert clear_away(few, releases, State("a", {"a": Slot("m", {})})) == [2]
    assert left(few) == ({"4", "3"}, {"same", "c3"})
