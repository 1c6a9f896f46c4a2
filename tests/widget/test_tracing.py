"""One id follows a message through all four services; no text of a visitor is ever logged; erasing erases."""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
import requests

from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(300)
SAID = "kajmak Eulalii a trójkąt wiśniowy na rowerze"
# So vague that no topic is sure; one of them at least goes all the way to the search, whatever the model learned.
VAGUE = (
    "a co jeśli sąsiad chce, żebym mu pomagał w sadzie",
    "czy to samo dotyczy brata, gdy jest w tym roku inaczej",
    "mam pismo i nie wiem, co z nim dalej",
    "kolega mówi jedno, a kadry drugie",
)
METRICS = {
    "widget": ("PORT", "/metrics", "zielona_turns_total{outcome="),
    "search": ("SEARCH_PORT", "/metrics", 'zielona_search_decisions_total{decision="'),
    "actions": ("ACTIONS_PORT", "/metrics", 'zielona_actions_total{action="action_search"'),
    "bot": ("BOT_PORT", "/webhooks/portal/metrics", "zielona_bot_messages_total{type="),
}


class Talk:
    """A conversation over HTTP."""

    def __init__(self, running: Running) -> None:
        begun = requests.post(f"{running.address}/api/v1/conversations", json={}, timeout=120).json()
        self.url = f"{running.address}/api/v1/conversations/{begun['id']}"
        self.headers = {"Authorization": f"Bearer {begun['token']}"}

    def say(self, text: str, request_id: str) -> requests.Response:
        headers = {**self.headers, "X-Request-Id": request_id}
        return requests.post(f"{self.url}/messages", json={"text": text}, headers=headers, timeout=120)


@pytest.fixture(scope="module")
def searched(running: Running) -> str:
    """A text about which the bot asks the search."""
    for text in VAGUE:
        message = Talk(running).say(text, uuid.uuid4().hex).json()["messages"][0]
        if message["type"] in {"choice", "search"}:
            return text
    raise AssertionError("none of the vague texts reached the search")


def log_lines(path: Path) -> list[dict[str, Any]]:
    """The lines that are JSON; a service prints others while it starts."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def within(seconds: float, found: Any) -> bool:
    """Wait until something is so; logs and events are written a moment later."""
    deadline = time.monotonic() + seconds
    while not found():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("service", sorted(METRICS))
def test_the_id_of_a_message_stands_in_the_log_of_each_service(running: Running, searched: str, service: str) -> None:
    request_id = uuid.uuid4().hex
    answer = Talk(running).say(searched, request_id)
    assert answer.headers["X-Request-Id"] == request_id
    path = running.stack.log(service)
    assert within(60, lambda: request_id in {line.get("request_id") for line in log_lines(path)})


@pytest.mark.parametrize("service", sorted(METRICS))
def test_every_service_has_metrics(running: Running, searched: str, service: str) -> None:
    Talk(running).say(searched, uuid.uuid4().hex)
    port, path, name = METRICS[service]
    answer = requests.get(f"http://127.0.0.1:{running.settings.port(port)}{path}", timeout=10)
    assert answer.status_code == 200
    assert name in answer.text


def bytes_of(folder: Path, pattern: str) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob(pattern)))


def test_an_erased_conversation_is_found_in_neither_database_nor_logs(running: Running) -> None:
    """The text of the conversation and its id, in the bytes of the files."""
    talk = Talk(running)
    mark = f"Kunegunda{uuid.uuid4().hex[:8]}"
    talk.say(f"{SAID} {mark}", uuid.uuid4().hex)
    folder = running.stack.logs.parent
    assert mark.encode() in bytes_of(folder, "sandbox.db*")
    assert requests.delete(talk.url, headers=talk.headers, timeout=120).status_code == 204
    database_url = running.settings.database_url
    vacuum(database_url)
    stored = bytes_of(folder, "sandbox.db*")
    assert mark.encode() not in stored
    assert talk.url.rsplit("/", 1)[-1].encode() not in stored
    assert mark.encode() not in bytes_of(running.stack.logs, "*.log*")


def vacuum(database_url: str) -> None:
    """Give up the pages that deleted rows stood on, as SQLite does by itself only later."""
    import sqlite3

    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=120)
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_events_of_the_chat_are_counted(running: Running) -> None:
    """From a message over the recorder to the metric of stored events."""

    def stored() -> float:
        text = requests.get(f"{running.address}/metrics", timeout=10).text
        return float(next(line for line in text.splitlines() if line.startswith("zielona_events_total")).split()[1])

    before = stored()
    Talk(running).say(SAID, uuid.uuid4().hex)
    assert within(60, lambda: stored() > before)
