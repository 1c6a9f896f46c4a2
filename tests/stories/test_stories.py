"""Stories of dialogues, said to the running bot as the widget says them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stories.days import filled
from widget.chat.clients import BotClient
from zielona.environments import secret
from zielona.sandbox import Running, settings_with

STORIES = [
    pytest.param(story, id=f"{path.stem.removeprefix('test_')}: {story['story']}")
    for path in sorted(Path(__file__).parent.glob("test_*.yml"))
    for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
]


@pytest.fixture(scope="session")
def bot(running: Running) -> Iterator[BotClient]:
    values = {"BOT_PORT": str(running.settings.port("BOT_PORT")), "SECRET": secret(running.settings)}
    return BotClient(settings_with(**values))


@pytest.mark.parametrize("story", STORIES)
def test_story(bot: BotClient, story: dict[str, Any]) -> None:
    conversation = str(uuid.uuid4())
    messages: list[dict[str, Any]] = []
    for step in story["steps"]:
        said = filled(step["user"]) if "user" in step else _payload(step["button"], messages)
        messages, _ = bot.send(conversation, said, previous=step.get("previous"))
        _check(step, messages)


def _payload(title: str, messages: list[dict[str, Any]]) -> str:
    buttons = {button["title"]: button["payload"] for message in messages for button in message.get("buttons", [])}
    return str(buttons[title])


def _check(step: dict[str, Any], messages: list[dict[str, Any]]) -> None:
    assert messages, step
    last = messages[-1]
    shown = f"{step}: {last['text']}"
    assert last["type"] == step.get("type", last["type"]), shown
    if "types" in step:
        assert [message["type"] for message in messages] == step["types"], shown
    for words in step.get("says", []):
        assert filled(words) in last["text"], shown
    articles = {source["article"] for source in last.get("sources", [])}
    assert set(step.get("sources", [])) <= articles, shown
    if "effect" in step:
        assert last["effect"]["kind"] == step["effect"], shown


def test_short_answers_do_not_become_follow_ups_of_a_question_in_between(bot: BotClient) -> None:
    conversation = str(uuid.uuid4())
    bot.send(conversation, "policz mi zasiłek")
    bot.send(conversation, filled("{+19}"))
    bot.send(conversation, "ile wynosi zasiłek?")
    messages, _ = bot.send(conversation, "a 14 miesięcy", previous="ile wynosi zasiłek?")
    assert [message["type"] for message in messages] == ["question"]
    assert "Pytanie 3" in messages[-1]["text"]
