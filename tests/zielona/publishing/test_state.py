from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.widget.studio.content import git, make_content, topic_path
from zielona.publishing.beginning import first_state
from zielona.publishing.slots import Addresses, environment
from zielona.publishing.state import FILE, Beginning, Slot, State, Trial, Watched, read_state, write_state
from zielona.sandbox import settings_with
from zielona.settings import Settings

PORTS_A = {"search": 1, "actions": 2, "bot": 3}
PORTS_B = {"search": 4, "actions": 5, "bot": 6}
PLAIN = Slot("models/m.tar.gz", PORTS_A)
RELEASE = Slot("models/release-x.tar.gz", PORTS_B, 7, "x", "i1")
TRIED = State("a", {"a": PLAIN, "b": RELEASE}, Trial(1, "b", 0.2, 100.0))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_with(
        VAR=str(tmp_path / "var"), RUN=str(tmp_path / "run"), BOT_PORT="3", ACTIONS_PORT="2", SEARCH_PORT="1",
        SECOND_BOT_PORT="6", SECOND_ACTIONS_PORT="5", SECOND_SEARCH_PORT="4", BOT_URL="", ACTIONS_URL="", SEARCH_URL="",
    )  # fmt: skip


def files_of(settings: Settings, slot: Slot) -> None:
    model, folder = settings.var / slot.model, settings.var / "content" / slot.content
    model.parent.mkdir(parents=True, exist_ok=True)
    model.write_bytes(b"")
    (folder / "index").mkdir(parents=True, exist_ok=True)


def test_what_was_written_is_read(settings: Settings) -> None:
    write_state(settings.run_folder, TRIED)
    assert read_state(settings.run_folder) == TRIED
    assert [path.name for path in settings.run_folder.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "text", ["", "{}", '{"live": "a", "slots": {}, "trial": null}', '{"live": "b", "slots": {"a": {"x": 1}}}']
)
def test_file_that_makes_no_sense_is_none(settings: Settings, text: str) -> None:
    settings.run_folder.mkdir(parents=True)
    (settings.run_folder / FILE).write_text(text, encoding="utf-8")
    assert read_state(settings.run_folder) is None


def test_state_is_followed_and_kept_where_the_file_is_broken_for_a_moment(settings: Settings) -> None:
    watched = Watched(settings)
    assert watched.now() is None
    write_state(settings.run_folder, TRIED)
    assert watched.now() == TRIED
    switched = replace(TRIED, live="b", trial=None)
    write_state(settings.run_folder, switched)
    assert watched.now() == switched
    broken = settings.run_folder / "broken"
    broken.write_text("{", encoding="utf-8")
    os.replace(broken, settings.run_folder / FILE)
    assert watched.now() == switched


def test_nobody_follows_a_state_whose_folder_the_settings_do_not_name(settings: Settings) -> None:
    write_state(settings.run_folder, TRIED)
    assert Watched(Settings({**settings.values, "ZL_RUN": ""})).now() is None


def test_readers_see_whole_states_only(settings: Settings) -> None:
    seen: set[str] = set()
    done = threading.Event()
    write_state(settings.run_folder, TRIED)

    def read() -> None:
        while not done.is_set():
            found = read_state(settings.run_folder)
            seen.add(found.live if found else "nothing")

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        write_state(settings.run_folder, replace(TRIED, live="ab"[number % 2]))
    done.set()
    reader.join()
    assert seen <= {"a", "b"}


def test_addresses_follow_the_slot_that_answers(settings: Settings) -> None:
    live, second = Addresses(settings), Addresses(settings, "b")
    assert live.of("bot") == "http://127.0.0.1:3"
    assert second.of("bot") == "http://127.0.0.1:6"
    write_state(settings.run_folder, replace(TRIED, live="b", trial=None))
    assert live.of("search") == "http://127.0.0.1:4"
    elsewhere = Addresses(Settings({**settings.values, "ZL_BOT_URL": "http://bot:5005"}))
    assert elsewhere.of("bot") == "http://bot:5005"


def test_a_slot_is_told_of_its_own_services_and_content(settings: Settings) -> None:
    told = environment(RELEASE, settings)
    assert told["ZL_ACTIONS_URL"] == "http://127.0.0.1:5"
    assert told["ZL_SEARCH_PORT"] == "4"
    assert told["ZL_CONTENT"] == str(settings.var / "content" / "x")
    assert "ZL_CONTENT" not in environment(PLAIN, settings)


def test_services_elsewhere_belong_to_the_first_slot(settings: Settings) -> None:
    away = Settings({**settings.values, "ZL_SEARCH_URL": "http://search:8010"})
    assert environment(PLAIN, away)["ZL_SEARCH_URL"] == "http://search:8010"
    assert environment(RELEASE, away)["ZL_SEARCH_URL"] == "http://127.0.0.1:4"


def test_first_start_runs_what_was_built(settings: Settings, tmp_path: Path) -> None:
    state = first_state(None, tmp_path / "m.tar.gz", settings)
    assert (state.live, state.slots) == ("a", {"a": Slot(str(tmp_path / "m.tar.gz"), PORTS_A)})


def test_start_keeps_from_which_commit_it_was_built(settings: Settings, tmp_path: Path) -> None:
    folder = make_content(tmp_path / "content")
    settings = Settings({**settings.values, "ZL_CONTENT": str(folder)})
    commit = git(folder, "rev-parse", "HEAD").strip()
    (folder / "README.md").write_text("nie treść", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Opis")
    (folder / "notes.txt").write_text("nie treść", encoding="utf-8")
    state = first_state(None, tmp_path / "m.tar.gz", settings)
    assert state.beginning == Beginning(commit, "")
    write_state(settings.run_folder, state)
    assert read_state(settings.run_folder) == state
    # It is what answered at the start, whatever is published later, and what is edited meanwhile.
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - nowy przykład\n", encoding="utf-8")
    files_of(settings, RELEASE)
    published = replace(state.with_slot("b", RELEASE), live="b").tidied()
    assert first_state(published, tmp_path / "m.tar.gz", settings).beginning == Beginning(commit, "")
    # Where nothing was published, the next start builds of what lies there then.
    assert first_state(state, tmp_path / "m.tar.gz", settings).beginning == Beginning(
        "", "przy uruchomieniu w folderze z treścią były zmiany niezapisane w historii"
    )


def test_start_without_history_says_why_it_cannot_be_built_again(settings: Settings, tmp_path: Path) -> None:
    settings = Settings({**settings.values, "ZL_CONTENT": str(tmp_path)})
    assert first_state(None, tmp_path / "m.tar.gz", settings).beginning == Beginning(
        "", "folder z treścią nie ma historii zmian"
    )


def test_state_of_an_older_program_is_read(settings: Settings) -> None:
    write_state(settings.run_folder, TRIED)
    path = settings.run_folder / FILE
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["beginning"]
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read_state(settings.run_folder)
    assert found == TRIED
    assert found.beginning.why


def test_a_published_release_is_started_again_without_what_was_half_done(settings: Settings) -> None:
    files_of(settings, RELEASE)
    former = State("b", {"a": PLAIN, "b": replace(RELEASE, ports={"search": 9, "actions": 9, "bot": 9})})
    state = first_state(former, settings.var / "new.tar.gz", settings)
    assert state == State("b", {"b": RELEASE})


def test_a_release_whose_files_are_gone_gives_way_to_what_was_built(settings: Settings) -> None:
    state = first_state(State("b", {"b": RELEASE}), settings.var / "new.tar.gz", settings)
    assert state.live == "a"
    assert state.slots["a"].release is None


def test_a_trial_goes_on_after_a_restart_if_its_release_is_there(settings: Settings) -> None:
    live = Slot("models/release-y.tar.gz", PORTS_A, 8, "y", "i2")
    former = replace(TRIED, slots={"a": live, "b": RELEASE})
    files_of(settings, live)
    assert first_state(former, settings.var / "new.tar.gz", settings).trial is None
    files_of(settings, RELEASE)
    assert first_state(former, settings.var / "new.tar.gz", settings) == former
