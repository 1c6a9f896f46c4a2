"""Messages in groups, and what becomes of a run that dies."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from tests.widget.accounts.people import Browser
from tests.widget.studio.content import topic_path
from tests.widget.studio.labelling.written import CATS, DRONES, WordEncoder, group, queue, repository_of, write
from widget.studio.clusters import Cluster
from widget.studio.labelling import grouping
from widget.studio.labelling.models import DEAD, FAILED, LABELLED, READY, RUNNING
from widget.studio.labelling.process import GroupingProcess
from widget.studio.labelling.wording import fresh_messages, group_title, waiting_messages
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
    assert first.typical in DRONES
    assert "kot" in second.name
    assert first.topic is None, "two topics have examples about courses of drones"
    assert (first.count, second.count) == (len(DRONES), len(CATS))
    page = editor.get(PAGE).text
    assert "Do oznaczenia: 20" in page
    assert "Ostatnie grupowanie" in page
    assert "żaden nie jest bliski" in page
    titles = [node.text() for node in LexborHTMLParser(page).css("#grupy-lista th a")]
    assert titles == [first.typical, second.typical]


def test_a_group_is_named_by_a_message_only_as_long_as_that_is_kept(written: Flask, tmp_path: Path) -> None:
    group(written, tmp_path)
    repository = repository_of(written)
    typical = repository.typical(1)
    written.extensions["zielona"].repository.delete_conversation(str(queue(written)[typical].turn_id), now=utc_now())
    assert repository.typical(1) not in {"", typical}
    assert typical not in {row.typical for row in repository.groups()}


def test_strong_match_is_proposed_and_chosen(written: Flask, tmp_path: Path, folder: Path, editor: Browser) -> None:
    path = topic_path(folder, "nadgodziny")
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n  - kot\n", encoding="utf-8")
    group(written, tmp_path)
    assert [row.topic for row in repository_of(written).groups()] == [None, "nadgodziny"]
    chosen = "#pole-topic option[selected]"
    assert LexborHTMLParser(editor.get(f"{PAGE}/1").text).css(chosen) == []
    page = LexborHTMLParser(editor.get(f"{PAGE}/2").text)
    assert [node.attributes["value"] for node in page.css(chosen)] == ["nadgodziny"]


def test_new_messages_wait_to_be_grouped(written: Flask, tmp_path: Path, editor: Browser) -> None:
    page = editor.get(PAGE).text
    assert "20 nowych wiadomości czeka na pogrupowanie" in page
    assert "Nie ma nic do oznaczenia" not in page
    assert "Do oznaczenia: 20" in page
    group(written, tmp_path)
    assert "czeka na pogrupowanie" not in editor.get(PAGE).text
    write(written, "kurs drona znowu")
    assert "1 nowa wiadomość czeka na pogrupowanie" in editor.get(PAGE).text


def test_messages_near_a_group_join_it(
    written: Flask, tmp_path: Path, editor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = Cluster(tuple(range(10)), "kurs drona")
    monkeypatch.setattr(grouping, "clusters", lambda *_: [inside])
    group(written, tmp_path)
    found = {text: item.group_id for text, item in queue(written).items()}
    assert {found[text] for text in DRONES[10:]} == {-1}
    assert {found[text] for text in CATS} == {0}
    assert "Podobne bez grupy (4)" in editor.get(f"{PAGE}/1").text
    page = editor.get(f"{PAGE}/0").text
    assert all(text in page for text in DRONES[10:] + CATS)
    assert "Podobne bez grupy" not in page
    answer = editor.send(f"{PAGE}/1/dolacz")
    assert "Nie zaznaczono żadnej z podobnych" in editor.get(answer.headers["Location"]).text
    # A message that is not near this group stays where it is.
    editor.send(f"{PAGE}/1/dolacz", near=[queue(written)[text].id for text in (*DRONES[11:], CATS[0])])
    found = {text: item.group_id for text, item in queue(written).items()}
    assert [found[text] for text in (*DRONES[10:], CATS[0])] == [-1, 1, 1, 1, 0]
    page = editor.get(f"{PAGE}/1").text
    assert "dołączone do grupy: 3" in page
    assert "Podobne bez grupy (1)" in page


def test_numbers_agree_with_their_words() -> None:
    assert fresh_messages(1) == "1 nowa wiadomość czeka na pogrupowanie"
    assert fresh_messages(22) == "22 nowe wiadomości czekają na pogrupowanie"
    assert fresh_messages(12) == "12 nowych wiadomości czeka na pogrupowanie"
    assert waiting_messages(1) == "1 wiadomość czeka na oznaczenie"
    assert waiting_messages(5) == "5 wiadomości czeka na oznaczenie"


def test_long_message_is_shortened_after_the_key_words() -> None:
    assert group_title("", "kurs drona") == "kurs drona"
    title = group_title("dzień dobry " * 10, "kurs drona")
    assert title.startswith("kurs drona: dzień dobry")
    assert title.endswith("…")
    assert len(title) < 90


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
