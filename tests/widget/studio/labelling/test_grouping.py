"""Messages in groups, and what becomes of a run that dies."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser
from tests.widget.studio.labelling.written import CATS, DRONES, WordEncoder, group, queue, repository_of, write
from widget.studio.labelling.models import DEAD, FAILED, LABELLED, READY, RUNNING
from widget.studio.labelling.process import GroupingProcess
from zielona.clock import utc_now

PAGE = "/panel/studio/wiadomosci"


@pytest.fixture
def written(app: Flask) -> Flask:
    for text in DRONES + CATS:
        write(app, text)
    return app


def test_groups_are_named_and_lead_to_the_nearest_topic(written: Flask, tmp_path: Path, editor: Browser) -> None:
    assert group(written, tmp_path) == 2
    first, second = [row for row in repository_of(written).groups() if row.id]
    assert "dron" in first.name
    assert "kot" in second.name
    assert first.topic in {"szkolenia", "kfs"}, "both have examples about courses of drones"
    assert (first.count, second.count) == (len(DRONES), len(CATS))
    page = editor.get(PAGE).text
    assert "Do oznaczenia: 20" in page
    assert "Ostatnie grupowanie" in page


def test_only_new_messages_are_read_again(written: Flask, tmp_path: Path) -> None:
    encoder = WordEncoder()
    group(written, tmp_path, encoder)
    seen = encoder.seen
    write(written, "jeszcze jeden kurs drona")
    group(written, tmp_path, encoder)
    assert encoder.seen == seen + 1


def test_labelled_messages_are_in_no_group(written: Flask, tmp_path: Path) -> None:
    group(written, tmp_path)
    item = queue(written)[DRONES[0]]
    repository_of(written).decide([item.id], "u", state=LABELLED, label="szkolenia", due=[], now=utc_now())
    group(written, tmp_path)
    assert sum(row.count for row in repository_of(written).groups()) == 19
    assert queue(written)[DRONES[0]].group_id is None


def test_one_run_at_a_time_and_a_dead_one_is_replaced(app: Flask) -> None:
    repository, now = repository_of(app), utc_now()
    assert repository.begin_grouping("a", now=now, dead_before=now - DEAD)
    assert not repository.begin_grouping("b", now=now, dead_before=now - DEAD)
    later = now + DEAD + dt.timedelta(seconds=1)
    assert repository.begin_grouping("b", now=later, dead_before=later - DEAD)
    assert not repository.tell_grouping("a", now=later, step="x")
    assert not repository.store_groups([("obca", None)], [], holder="a")
    assert repository.groups() == []


def test_failure_is_told_and_the_old_groups_stay(written: Flask, tmp_path: Path, editor: Browser) -> None:
    class Broken(WordEncoder):
        def queries(self, texts):  # type: ignore[no-untyped-def]
            raise OSError("no model")

    group(written, tmp_path)
    write(written, "kurs drona jeszcze raz")
    with pytest.raises(OSError, match="no model"):
        group(written, tmp_path, Broken())
    assert repository_of(written).grouping().state == FAILED
    assert "nie udało się" in editor.get(PAGE).text
    assert len(repository_of(written).groups()) == 3
    group(written, tmp_path)
    assert repository_of(written).grouping().state == READY


def test_page_tells_how_far_it_is_and_when_a_run_died(app: Flask, editor: Browser) -> None:
    repository, now = repository_of(app), utc_now()
    repository.begin_grouping("a", now=now, dead_before=now - DEAD)
    repository.tell_grouping("a", now=now, step="Czytanie wiadomości", done=256, total=1000)
    assert "Czytanie wiadomości: 256 z 1000" in editor.get(PAGE).text
    told = editor.get(f"{PAGE}/postep").json
    assert (told["state"], told["done"], told["total"]) == (RUNNING, 256, 1000)
    repository.tell_grouping("a", now=now - DEAD * 2)
    assert editor.get(f"{PAGE}/postep").json["state"] == FAILED


def test_button_starts_a_process_and_another_click_does_not(
    app: Flask, editor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands, ended = [], threading.Event()

    class Process:
        def __init__(self, command: list[str], **_: object) -> None:
            commands.append(command)

        def wait(self) -> int:
            ended.wait(5)
            return 1

    monkeypatch.setattr("widget.studio.labelling.process.subprocess.Popen", Process)
    watched = threading.Event()
    watch = GroupingProcess._watch

    def watching(self: GroupingProcess, process: object, holder: str) -> None:
        watch(self, process, holder)  # type: ignore[arg-type]
        watched.set()

    monkeypatch.setattr(GroupingProcess, "_watch", watching)
    assert editor.send(f"{PAGE}/pogrupuj").status_code == 303
    assert editor.send(f"{PAGE}/pogrupuj").status_code == 303
    assert [command[3] for command in commands] == ["group-messages"]
    assert "Grupowanie już trwa" in editor.get(PAGE).text
    ended.set()
    assert watched.wait(5)
    assert repository_of(app).grouping().step == "proces przerwany"
