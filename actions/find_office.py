"""Which labour office: shown where the message names a place, asked for where it does not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from actions.messages import Lines, message
from actions.office_messages import TOPIC, found_message, place_payload
from actions.offices import Found, find
from knowledge_base.content.answers import topic_message
from knowledge_base.content.offices import Office
from knowledge_base.content.store import Content
from knowledge_base.content.text import fold, words

PLACE = "miejsce"
ASKED = "office_ask"
# Longer texts name a place in passing.
_SHORT = 4
_OFFICE_WORDS = re.compile(r"\b(?:pup\w{0,3}|wup\w{0,3}|posrednia\w+|urz\w+ pracy)\b")


def place_chosen(parsed: Mapping[str, Any]) -> str | None:
    """The place on the button that was pressed, if any."""
    entities = parsed.get("entities") or []
    return next((str(item["value"]) for item in entities if item.get("entity") == PLACE), None)


def partners_office(parsed: Mapping[str, Any]) -> Office | None:
    """The office of the partner on whose page the visitor writes; the widget names it in the message's metadata."""
    name = (parsed.get("metadata") or {}).get("office")
    found = find(name) if isinstance(name, str) else Found()
    return found.offices[0] if found.matches and not found.ambiguous else None


def was_asked(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the assistant's last words asked for a place; `events` are those of the conversation, oldest first."""
    said = [event for event in events if event.get("event") == "bot"]
    trace = (said[-1].get("metadata") or {}).get("trace") if said else None
    return (trace or {}).get("line") == ASKED


def office_answer(
    parsed: Mapping[str, Any], content: Content, *, asked: bool, day: dt.date, constants: Mapping[str, str]
) -> dict[str, Any]:
    """The office or the question which one; where no place is named, the question where.

    On a partner's page the question comes with a button of the partner's office. `asked` says that the place was asked
    for already: then an unknown one is said to be unknown.
    """
    found = find(place_chosen(parsed) or str(parsed.get("text") or ""))
    if found.matches or asked:
        return found_message(found, content, day=day, constants=constants)
    general = topic_message(content.topics[TOPIC], content, day=day, constants=constants)
    trace = {"content": content.version, "line": ASKED}
    say, buttons, own = Lines(content, day, constants), general["buttons"], partners_office(parsed)
    question = say("office_partner", office=own.name) if own else say(ASKED)
    if own:
        buttons = [{"title": own.name, "payload": place_payload(own.name)}, *buttons]
    text = f"{general['text']}\n\n{question}"
    return message("question", text, topic=TOPIC, buttons=buttons, confidence=1.0, trace=trace)


def short_office_question(text: str) -> Found | None:
    """Offices that a few words ask for ("pup z Ełku"), which are too few for the classifier to be sure of."""
    if len(words(text)) > _SHORT or not _OFFICE_WORDS.search(fold(text)):
        return None
    found = find(text)
    return found if found.matches else None
