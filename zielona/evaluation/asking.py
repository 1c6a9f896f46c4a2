"""Asking the assistant the whole way, over its public API, with the explanations of its answers."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tqdm import tqdm

from zielona.client import ServiceClient
from zielona.evaluation.sets import Asked

# As many as the cores that the evaluation is made for: more would only wait for each other.
_AT_ONCE = 2


@dataclass(frozen=True)
class Said:
    """One message of the assistant; `offered` are topics and fragments on its buttons, `sources` acts and articles."""

    kind: str
    topic: str | None
    confidence: float
    offered: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True)
class Reply:
    """What the assistant made of a message.

    `ranking` are the first topics with their probabilities; `found` is the probability that the first passage is right,
    None where nothing was searched.
    """

    said: tuple[Said, ...]
    ranking: tuple[tuple[str, float], ...]
    found: float | None
    versions: dict[str, str]


def reply_of(answer: dict[str, Any]) -> Reply:
    """Read an answer of the API that came with its traces."""
    traces = [message.get("trace") or {} for message in answer["messages"]]
    ranking: list[list[Any]] = next((trace["ranking"] for trace in traces if trace.get("ranking")), [])
    found = next((trace["probability"] for trace in traces if trace.get("probability") is not None), None)
    versions = {name: trace[name] for trace in traces for name in ("content", "index") if trace.get(name)}
    return Reply(
        said=tuple(_said(message) for message in answer["messages"]),
        ranking=tuple((name, float(chance)) for name, chance in ranking),
        found=found,
        versions=versions,
    )


def _said(message: dict[str, Any]) -> Said:
    return Said(
        kind=message["type"],
        topic=message["topic"],
        confidence=float(message["confidence"]),
        offered=tuple(button["payload"].lstrip("/").split("{")[0] for button in message["buttons"]),
        sources=tuple((source["act"], source["article"]) for source in message["sources"]),
        text=message["text"],
    )


def ask(client: ServiceClient, item: Asked) -> Reply:
    """Ask in a conversation of its own, after the question before it if there is one."""
    conversation = client.start()
    if item.before is not None:
        client.say(conversation, item.before)
    return reply_of(client.say(conversation, item.text))


def ask_all(
    make_client: Callable[[], ServiceClient], items: Sequence[Asked], tell: Callable[[int], None] | None = None
) -> list[Reply]:
    """Ask everything. A client belongs to one thread.

    `tell` hears how many are answered; without it there is a bar that shows the time left.
    """
    local = threading.local()

    def one(item: Asked) -> Reply:
        if not hasattr(local, "client"):
            local.client = make_client()
        return ask(local.client, item)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        if tell is None:
            return list(tqdm(pool.map(one, items), total=len(items), desc="Pytania", unit="", file=sys.stdout))
        replies = []
        for reply in pool.map(one, items):
            replies.append(reply)
            tell(len(replies))
        return replies
