"""Events of the public chat and search."""

from __future__ import annotations

from typing import Any

from knowledge_base.content.store import Content
from knowledge_base.content.topics import Topic
from widget.chat.turn import Context
from widget.events.places import NOWHERE, Places
from widget.events.recorder import Recorder

_DECISIONS = {"answer": "answered", "choices": "choices", "unknown": "unknown"}
_EVERYBODY = "wszyscy"


def audience_of(topic: Topic | None) -> str | None:
    """Whom the topic is for, if for one group alone."""
    if topic is None or len(topic.audience) != 1 or topic.audience[0] == _EVERYBODY:
        return None
    return topic.audience[0]


class ChatEvents:
    """Turns what happened in the chat into events."""

    def __init__(self, recorder: Recorder, content: Content, places: Places) -> None:
        self._recorder = recorder
        self._content = content
        self._places = places

    def turn(self, context: Context) -> None:
        """A question was answered, in one way or another."""
        last = context.messages[-1] if context.messages else {}
        voivodeship, county = self._chosen(context)
        self._recorder.record(
            "question",
            channel="chat",
            outcome=context.outcome.value if context.outcome else None,
            topic=last.get("topic"),
            audience=audience_of(self._content.topics.get(last.get("topic") or "")),
            voivodeship=voivodeship,
            county=county,
            milliseconds=round(sum(spent for step, spent in context.timings.items() if step != "start")),
            model=context.versions.get("model"),
            conversation=context.conversation_id,
        )

    def rating(self, conversation: str, message: str, *, helpful: bool, reason: str | None) -> None:
        self._recorder.record(
            "rating", channel="chat", helpful=helpful, reason=reason, conversation=conversation, message=message
        )

    def search(self, found: dict[str, Any], *, audience: str | None) -> None:
        """Somebody asked the search box of a portal."""
        results = found.get("results") or []
        self._recorder.record(
            "search",
            channel="search",
            outcome=_DECISIONS.get(str(found.get("decision"))) if results else "unknown",
            audience=audience,
        )

    def erased(self, conversation: str) -> None:
        self._recorder.forget(conversation)

    def _chosen(self, context: Context) -> tuple[str | None, str | None]:
        """The place whose office the person asked for."""
        for message in context.messages:
            office = (message.get("trace") or {}).get("office")
            if office:
                return self._places.of_office(office)
        return NOWHERE
