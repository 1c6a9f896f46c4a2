"""Where suggestions come from: the assistant's answer, passages, answers to similar questions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.content.answers import topic_message
from knowledge_base.content.store import Content
from widget.chat.clients import AwayError, BotClient, SearchClient
from widget.chat.inputs import without_command
from widget.chat.masking import mask
from widget.console.suggestions.models import ASSISTANT, PASSAGE, SIMILAR
from widget.console.suggestions.similar import Similar, SimilarAnswers
from zielona.clock import today

# A consultant waits two seconds, not ten.
_SECONDS = 2.0
_QUERY_LETTERS = 1000
_PASSAGES, _CHOICES, _SIMILAR = 4, 2, 2
_ANSWERING = {"answer", "handover"}


@dataclass(frozen=True)
class Draft:
    """A suggested answer that is not stored yet; see `models.Suggestion`."""

    kind: str
    origin: str
    title: str
    text: str
    sources: list[dict[str, Any]]
    topic: str | None
    probability: float


@dataclass
class Gathered:
    """Suggestions in the order in which they are shown, and which of the services did not answer."""

    drafts: list[Draft] = field(default_factory=list)
    away: list[str] = field(default_factory=list)


def readable(text: str) -> str:
    """The text without the marks of bold print, which an e-mail does not show."""
    return text.replace("**", "").strip()


class Gatherer:
    """Asks everybody who may know. Raises SQLAlchemyError for what was answered before."""

    def __init__(
        self,
        bot: BotClient,
        search: SearchClient,
        similar: SimilarAnswers,
        content: Content,
        constants: Mapping[str, str],
    ) -> None:
        self._bot = bot
        self._search = search
        self._similar = similar
        self._content = content
        self._constants = constants

    def gather(self, question: str, *, reference: str) -> Gathered:
        """Suggestions for a question, the likeliest first; the number of the ticket keeps it from finding itself."""
        text = mask(without_command(question))[:_QUERY_LETTERS]
        found = Gathered()
        for name, ask in (("asystent", self._ask_bot), ("wyszukiwarka", self._ask_search)):
            try:
                found.drafts += ask(text)
            except AwayError:
                found.away.append(name)
        found.drafts += [_of_similar(item) for item in self._similar.search(text, limit=_SIMILAR, without=reference)]
        found.drafts = sorted(_different(found.drafts), key=lambda draft: -draft.probability)[:9]
        return found

    def _ask_bot(self, text: str) -> list[Draft]:
        # A conversation of its own that is stored nowhere: no visitor asked, nobody counts it.
        messages, _ = self._bot.send(f"panel-{uuid.uuid4()}", text, staff=True, timeout=_SECONDS)
        drafts = [
            _of_answer(message, self._content) for message in messages if message.get("type", "answer") in _ANSWERING
        ]
        for message in messages:
            if message.get("type") == "choice":
                drafts += self._of_ranking(message)
        return drafts

    def _of_ranking(self, message: Mapping[str, Any]) -> list[Draft]:
        """The answers between which the assistant would let a visitor choose."""
        ranking = (message.get("trace") or {}).get("ranking") or []
        drafts = []
        for name, confidence in ranking[:_CHOICES]:
            topic = self._content.topics.get(name)
            if topic is not None and topic.is_faq and topic.answer:
                answer = topic_message(topic, self._content, day=today(), constants=self._constants)
                drafts.append(_of_answer({**answer, "confidence": confidence}, self._content))
        return drafts

    def _ask_search(self, text: str) -> list[Draft]:
        if not text:
            return []
        found = self._search.search({"q": text, "limit": _PASSAGES}, timeout=_SECONDS)
        return [
            _of_passage(result, probability)
            for result, probability in zip(found["results"], _shares(found["probability"], found["results"]))
        ]


def _shares(first: float, results: Sequence[Mapping[str, Any]]) -> list[float]:
    """The first passage is right with a calibrated probability; what is left goes to the others by their scores."""
    rest = sum(float(result["score"]) for result in results[1:]) or 1.0
    return [first, *(min(first, (1 - first) * float(result["score"]) / rest) for result in results[1:])]


def _of_answer(message: Mapping[str, Any], content: Content) -> Draft:
    name = message.get("topic")
    topic = content.topics.get(name or "")
    return Draft(
        kind=ASSISTANT,
        origin=f"temat: {topic.title}" if topic else "odpowiedź asystenta",
        title=topic.title if topic else "Odpowiedź asystenta",
        text=readable(str(message.get("text") or "")),
        sources=list(message.get("sources") or []),
        topic=name,
        probability=float(message.get("confidence") or 0.0),
    )


def _of_passage(result: Mapping[str, Any], probability: float) -> Draft:
    source = result["source"]
    related = list(result.get("related") or [])
    return Draft(
        kind=PASSAGE,
        origin=f"{source['article']}, {source['title']}"[:160],
        title=str(result["title"]),
        text=readable(str(result["text"])),
        sources=list(result.get("sources") or [source]),
        topic=related[0] if related else None,
        probability=round(probability, 4),
    )


def _of_similar(found: Similar) -> Draft:
    answered = found.answered
    return Draft(
        kind=SIMILAR,
        origin=f"zgłoszenie {answered.reference}, {answered.sent_at:%d.%m.%Y}",
        title=" ".join(answered.question.split())[:120],
        text=answered.answer,
        sources=answered.sources,
        topic=answered.topic,
        probability=found.probability,
    )


def _different(drafts: Sequence[Draft]) -> list[Draft]:
    """Each text once, as it came first."""
    return list({draft.text: draft for draft in reversed(drafts) if draft.text}.values())[::-1]
