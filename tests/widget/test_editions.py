"""The widget follows the release that answers, without a restart: its words, its content, the slot that it asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.widget.accounts.people import make_app
from tests.widget.studio.content import make_content
from widget.chat.clients import BotClient
from zielona.publishing.state import Slot, State, Trial, write_state
from zielona.settings import Settings

LIVE, SPARE = ({"search": 1, "actions": 2, "bot": port} for port in (3001, 3002))
BOTH = State("a", {"a": Slot("m", LIVE), "b": Slot("n", SPARE, 2, "second")})


@dataclass
class Place:
    """An application whose bots are pretended; `asked` are the addresses that were."""

    app: Flask
    run: Path
    asked: list[str]

    def write(self, state: State) -> None:
        write_state(self.run, state)

    def begin(self) -> dict[str, Any]:
        found: dict[str, Any] = self.app.test_client().post("/api/v1/conversations", json={}).get_json()
        return found

    def greeting(self) -> str:
        return str(self.begin()["messages"][0]["text"])

    def ask(self, conversation: dict[str, Any]) -> str:
        """The address of the bot that answered."""
        answer = self.app.test_client().post(
            f"/api/v1/conversations/{conversation['id']}/messages", json={"text": "czy jest kurs?"},
            headers={"Authorization": f"Bearer {conversation['token']}"},
        )  # fmt: skip
        assert answer.status_code == 200
        return self.asked[-1]


def words(folder: Path, before: str, after: str, *, file: str) -> None:
    path = folder / "data" / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    content, second = make_content(tmp_path / "content"), tmp_path / "var" / "content" / "second"
    shutil.copytree(content, second)
    words(second, "Dzień dobry!", "Druga wersja, dzień dobry!", file="messages.yml")
    words(second, "title: Szkolenia", "title: Kursy, szkolenia", file="topics/pomoc/szkolenia.yml")
    asked: list[str] = []

    def send(self: BotClient, *_: Any, **__: Any) -> tuple[list[dict[str, Any]], str]:
        asked.append(self._addresses.of("bot").rsplit(":", 1)[-1])
        return [{"type": "answer", "text": "Tak."}], "model"

    monkeypatch.setattr(BotClient, "send", send)
    run = tmp_path / "run"
    app = make_app(
        tmp_path, CONTENT=str(content), VAR=str(tmp_path / "var"), RUN=str(run), RATE_LIMIT="1000 per minute"
    )
    return Place(app, run, asked)


def test_without_a_state_the_settings_hold(place: Place) -> None:
    assert place.greeting().startswith("Dzień dobry!")
    assert place.ask(place.begin()) == "5005"


def test_words_content_and_addresses_follow_the_switch_and_the_way_back(place: Place) -> None:
    place.write(BOTH)
    conversation, content = place.begin(), place.app.extensions["zielona"].content
    version = content.version
    assert place.ask(conversation) == "3001"
    place.write(replace(BOTH, live="b"))
    assert place.greeting().startswith("Druga wersja")
    assert place.ask(conversation) == "3002"
    assert content.topics["szkolenia"].title.startswith("Kursy, szkolenia")
    assert content.version != version
    assert place.app.extensions["zielona"].suggestions("")[0]["title"].startswith("Kursy, szkolenia")
    place.write(replace(BOTH, live="a"))
    assert place.greeting().startswith("Dzień dobry!")
    assert place.ask(conversation) == "3001"
    assert content.version == version


def test_a_trial_is_for_new_conversations(place: Place) -> None:
    place.write(BOTH)
    old = place.begin()
    begun = place.app.extensions["zielona"].repository.conversation(old["id"]).created_at.timestamp()
    place.write(replace(BOTH, trial=Trial(1, "b", 1.0, begun + 0.001)))
    new = place.begin()
    assert [place.ask(old), place.ask(new), place.ask(new)] == ["3001", "3002", "3002"]
    # What is no conversation is that of the release which answers at large.
    assert place.greeting().startswith("Dzień dobry!")
    place.write(BOTH)
    assert place.ask(new) == "3001"


def test_with_the_database_away_nothing_is_tried_out(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    place.write(replace(BOTH, trial=Trial(1, "b", 1.0, 0.0)))
    conversation = place.begin()

    def away(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(type(place.app.extensions["zielona"].repository), "conversation", away)
    assert place.ask(conversation) == "3001"


@pytest.mark.parametrize("harm", [lambda folder: shutil.rmtree(folder), lambda folder: words(
    folder, "topic: szkolenia", "topic: [", file="topics/pomoc/szkolenia.yml")])  # fmt: skip
def test_content_that_cannot_be_read_leaves_the_former_words(
    place: Place, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    place.write(BOTH)
    assert place.greeting().startswith("Dzień dobry!")
    harm(tmp_path / "var" / "content" / "second")
    place.write(replace(BOTH, live="b", slots={**BOTH.slots, "b": replace(BOTH.slots["b"], release=3)}))
    assert place.greeting().startswith("Dzień dobry!")


def test_clients_of_one_slot_and_of_the_live_one(place: Place, tmp_path: Path) -> None:
    settings = Settings({"ZL_RUN": str(place.run), "ZL_VAR": str(tmp_path / "var")})
    place.write(replace(BOTH, live="b"))
    BotClient(settings).send("c", "x")
    BotClient(settings, "a").send("c", "x")
    assert place.asked == ["3002", "3001"]
