"""Answers of topics as of today, with sources, in the shape of the public contract.

They are rendered inside the bot, so curated answers need neither the action server nor the knowledge base.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from knowledge_base.content.answers import answer_on
from knowledge_base.content.store import load_content
from knowledge_base.language.days import assumed_day
from zielona.clock import today
from zielona.settings import current_settings


def explanation(message: UserUttered | None) -> dict[str, Any]:
    """Why the message was taken for what it was: the ranking of intents and the classifier's reading."""
    parsed: Mapping[str, Any] = (message.parse_data if message else None) or {}
    ranking = [[item["name"], round(item["confidence"], 4)] for item in parsed.get("intent_ranking") or []][:3]
    return {"ranking": ranking, "reading": parsed.get("reading")}


class DatedAnswers(TemplatedNaturalLanguageGenerator):
    """Rasa's generator of templates, with the text of a topic rendered for the day it is asked."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._content = load_content()
        self._constants = current_settings().constants

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        draft = await super().generate(utter_action, tracker, output_channel, **kwargs)
        name = ((draft or {}).get("metadata") or {}).get("topic")
        topic = self._content.topics.get(name or "")
        if draft is None or topic is None:
            return dict(draft) if draft else None
        message = tracker.latest_message
        confidence = float(((message.intent if message else None) or {}).get("confidence") or 0.0)
        asked = assumed_day((message.text if message else None) or "", today=today())
        reply = answer_on(topic, self._content, asked=asked, today=today(), constants=self._constants)
        reply["confidence"] = round(confidence, 4)
        reply["trace"] = {"content": self._content.version, "intent": topic.name, **explanation(message)}
        if asked is not None:
            reply["trace"]["on"] = asked.isoformat()
        return reply
