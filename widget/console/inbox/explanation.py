"""The conversation behind a ticket as staff read it: what was understood, how surely, and why this answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.content.store import Content
from widget.chat.outcomes import Outcome
from widget.storage.models import Message, Turn

# Signs that the classifier weighs, in words; the others mean little to who does not know it.
_SIGNS = {
    "near_meaning": "podobieństwo znaczenia do najbliższego przykładu tego tematu",
    "rival_meaning": "podobieństwo znaczenia do najbliższego przykładu innego tematu",
    "near_letters": "podobieństwo zapisu do najbliższego przykładu tego tematu",
    "rival_letters": "podobieństwo zapisu do najbliższego przykładu innego tematu",
    "known": "znane słowa",
}
_INTENTS, _PASSAGES = 3, 3


@dataclass(frozen=True)
class Weighed:
    """A name with the probability or the share (0 to 1) behind it."""

    name: str
    share: float


@dataclass
class Why:
    """Why an answer was given; empty where the trace does not say."""

    topic: str = ""
    read_as: str = ""
    intents: list[Weighed] = field(default_factory=list)
    nearest: list[Weighed] = field(default_factory=list)
    signs: list[Weighed] = field(default_factory=list)
    passages: list[Weighed] = field(default_factory=list)
    parts: list[Weighed] = field(default_factory=list)
    probability: float | None = None
    bot_away: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.intents or self.passages or self.nearest or self.bot_away)


@dataclass(frozen=True)
class ExplainedTurn:
    """A turn with its messages, each with why it was given."""

    turn: Turn
    outcome: str
    messages: list[tuple[Message, Why]]


def explained_turn(turn: Turn, content: Content) -> ExplainedTurn:
    outcome = Outcome(turn.outcome).label if turn.outcome else "bez odpowiedzi"
    return ExplainedTurn(turn, outcome, [(message, why(message.trace or {}, content)) for message in turn.messages])


def why(trace: Mapping[str, Any], content: Content) -> Why:
    """The trace of a message in words; what it does not hold is left out."""
    reading = trace.get("reading") or {}
    features = reading.get("features") or {}
    return Why(
        topic=_title(str(trace.get("intent") or ""), content),
        read_as=str(reading.get("text") or "") if reading.get("follow_up") else "",
        intents=_pairs(trace.get("ranking"), content)[:_INTENTS],
        nearest=[Weighed(name, share) for name, share in _raw_pairs(reading.get("nearest"))],
        signs=[Weighed(name, float(features[key])) for key, name in _SIGNS.items() if key in features],
        passages=[Weighed(_passage(name, content), share) for name, share in _raw_pairs(trace.get("passages"))][
            :_PASSAGES
        ],
        parts=[
            Weighed(
                f"{part.get('text')} → {_title(str(part.get('topic')), content)}", float(part.get("probability") or 0)
            )
            for part in reading.get("parts") or []
            if isinstance(part, Mapping)
        ],
        probability=trace.get("probability"),
        bot_away=trace.get("bot") == "away",
    )


def _pairs(given: Any, content: Content) -> list[Weighed]:
    return [Weighed(_title(name, content), share) for name, share in _raw_pairs(given)]


def _raw_pairs(given: Any) -> list[tuple[str, float]]:
    return [(str(item[0]), float(item[1])) for item in given or [] if isinstance(item, list | tuple) and len(item) == 2]


def _title(name: str, content: Content) -> str:
    topic = content.topics.get(name)
    return topic.title if topic else name


def _passage(name: str, content: Content) -> str:
    passage = content.passages.get(name)
    return f"{passage.title} ({passage.source.article})" if passage else name
