"""What the desk shows of a topic or a passage on the day that the call is about, as data for its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_base.content.amounts import Period, UnknownAmountError
from knowledge_base.content.answers import answer_on, topic_message
from knowledge_base.content.passages import Passage
from knowledge_base.content.sources import source_name
from knowledge_base.content.store import Content
from knowledge_base.content.template import placeholders, render
from knowledge_base.content.topics import Topic
from widget.console.desk.search import PASSAGE, TOPIC
from widget.portal.text import blocks

NOT_YET, NO_MORE, IN_FORCE = "jeszcze nie obowiązuje", "już nie obowiązuje", "obowiązuje"
UNKNOWN_AMOUNT = "(kwota nieznana)"


def standing(valid_from: dt.date | None, valid_to: dt.date | None, day: dt.date) -> str:
    """Whether a rule is law on that day, in words."""
    if valid_from and day < valid_from:
        return NOT_YET
    return NO_MORE if valid_to and day > valid_to else IN_FORCE


def answer_of(
    kind: str, name: str, content: Content, *, day: dt.date, today: dt.date, constants: Mapping[str, str]
) -> dict[str, Any] | None:
    """Everything shown of what was found; None where there is no such thing any more."""
    if kind == TOPIC and name in content.topics:
        return _topic(content.topics[name], content, day=day, today=today, constants=constants)
    if kind == PASSAGE and name in content.passages:
        return _passage(content.passages[name], content, day=day)
    return None


def amounts_on(content: Content, day: dt.date, names: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Amounts of that day by title, all or those named; one without a value then says so."""
    wanted = content.amounts.parameters if names is None else sorted(set(names) & set(content.amounts.parameters))
    rows = [_amount(name, content, day) for name in wanted]
    return sorted(rows, key=lambda row: str(row["title"]))


def _topic(
    topic: Topic, content: Content, *, day: dt.date, today: dt.date, constants: Mapping[str, str]
) -> dict[str, Any]:
    asked = None if day == today else day
    message = answer_on(topic, content, asked=asked, today=today, constants=constants)
    related = topic_message(topic, content, day=today, constants=constants)["buttons"]
    return {
        "kind": TOPIC,
        "id": topic.name,
        "title": topic.title,
        "topic": topic.name,
        "standing": standing(topic.sources[0].valid_from, None, day) if topic.sources else IN_FORCE,
        "blocks": blocks_of(message["text"]),
        "amounts": amounts_on(content, day, placeholders(topic.answer)),
        "sources": [_source(source, content, day) for source in message["sources"]],
        "checked_on": topic.checked_on.isoformat(),
        "verified": topic.verified,
        "related": [{"id": button["payload"].lstrip("/"), "title": button["title"]} for button in related],
    }


def _passage(passage: Passage, content: Content, *, day: dt.date) -> dict[str, Any]:
    source = passage.source
    text = passage.text
    names = placeholders(text)
    return {
        "kind": PASSAGE,
        "id": passage.id,
        "title": passage.title,
        "topic": None,
        "standing": standing(source.valid_from, source.valid_to, day),
        "blocks": blocks_of(_filled(text, content, day)),
        "amounts": amounts_on(content, day, names),
        "sources": [_source(source.as_dict(), content, day)],
        "checked_on": source.checked_on.isoformat(),
        "verified": source.verified,
        "related": [
            {"id": name, "title": content.topics[name].title} for name in passage.related if name in content.topics
        ],
    }


def blocks_of(text: str) -> list[dict[str, Any]]:
    """Paragraphs and lists: `list`, and `lines` of pieces with `text`, `strong` and `href`."""
    return [
        {
            "list": block.is_list,
            "lines": [
                [{"text": piece.text, "strong": piece.is_strong, "href": piece.href} for piece in line]
                for line in block.lines
            ],
        }
        for block in blocks(text)
    ]


def _filled(text: str, content: Content, day: dt.date) -> str:
    """The passage with the amounts of the day; one that is not known says so instead of spoiling the rest."""
    known = {row["name"]: row["value"] or UNKNOWN_AMOUNT for row in amounts_on(content, day, placeholders(text))}
    return render(text, day=day, amounts=content.amounts, constants=known)


def _source(source: Mapping[str, Any], content: Content, day: dt.date) -> dict[str, Any]:
    act = content.acts.get(source["act"])
    verified = bool(source.get("verified", True))
    since, until = (dt.date.fromisoformat(source[key]) if source[key] else None for key in ("valid_from", "valid_to"))
    return {
        "name": source_name(source["article"], act.short if act else source["act"]),
        "url": source["url"],
        # Without an article the day would be that of a whole act, which says nothing of the answer.
        "valid_from": source["valid_from"] if verified or source["article"] else None,
        "valid_to": source["valid_to"],
        "checked_on": source["checked_on"],
        "standing": standing(since, until, day),
        "verified": verified,
    }


def _amount(name: str, content: Content, day: dt.date) -> dict[str, Any]:
    parameter = content.amounts.parameters[name]
    row: dict[str, Any] = {"name": name, "title": parameter.title, "value": None}
    try:
        period: Period = content.amounts.period_on(name, day)
        row["value"] = content.amounts.text_on(name, day)
    except UnknownAmountError:
        return row
    return row | {
        "valid_from": period.valid_from.isoformat(),
        "valid_to": period.valid_to.isoformat() if period.valid_to else None,
        "source": period.source,
        "verified": period.verified,
    }
