"""A topic as a message of the public contract, for a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from knowledge_base.content.amounts import UnknownAmountError
from knowledge_base.content.store import Content
from knowledge_base.content.template import amounts_verified, render
from knowledge_base.content.topics import Topic

_MAX_RELATED = 3


def topic_message(topic: Topic, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> dict[str, Any]:
    """Return `type`, `text`, `buttons`, `sources`, `topic` of the topic's answer on `day`.

    An amount without a value on that day is never guessed: the message then says so and hands over.
    """
    kind = topic.kind
    try:
        text = render(topic.answer, day=day, amounts=content.amounts, constants=constants)
        sure = topic.verified and amounts_verified(topic.answer, day=day, amounts=content.amounts)
    except UnknownAmountError:
        text, sure, kind = line("no_amount", content, day=day, constants=constants), True, "unknown"
    if not sure:
        text = f"{text}\n\n{line('unverified', content, day=day, constants=constants)}"
    return {
        "type": kind,
        "text": text,
        "buttons": topic_buttons(topic.related, content),
        "sources": [source.as_dict() for source in topic.sources if source.in_force(day)],
        "topic": topic.name,
    }


def topic_buttons(names: tuple[str, ...] | list[str], content: Content) -> list[dict[str, str]]:
    """Buttons that ask about other topics; unknown names are left out."""
    known = [content.topics[name] for name in names if name in content.topics]
    return [{"title": topic.title, "payload": f"/{topic.name}"} for topic in known[:_MAX_RELATED]]


def line(name: str, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> str:
    """One of the lines in `data/messages.yml`, filled in. Raises KeyError for an unknown name."""
    return render(content.messages[name], day=day, amounts=content.amounts, constants=constants)
