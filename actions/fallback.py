"""What to say when no intent is sure: ask which one, answer from a passage, offer choices, or say it is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.messages import Lines, message
from knowledge_base.content.answers import answer_on, dialogue_buttons, topic_buttons
from knowledge_base.content.store import Content
from knowledge_base.content.topics import Topic

MAX_CHOICES = 3
NOT_TOPICS = frozenset({"nlu_fallback", "dwa_pytania"})
# Two topics share the question when both are likely and together nearly certain.
_EACH_LIKELY = 0.25
_TOGETHER = 0.7
# From here on a topic answers where the best passage belongs to it: intent and search say the same, each its own way.
# Of 348 questions written to choose it, ten lay between this and the classifier's own threshold with the search at one,
# nine of them right, and of 160 out of scope none.
_AGREED = 0.5
# A topic may stand among choices from this probability.
_WORTH_OFFERING = 0.15


@dataclass(frozen=True)
class Ranked:
    """An intent with its probability."""

    name: str
    confidence: float


def ranking_of(parsed: Mapping[str, Any]) -> list[Ranked]:
    """The intents of a Rasa parse, best first, without the fallback itself."""
    return [
        Ranked(item["name"], float(item["confidence"]))
        for item in parsed.get("intent_ranking") or []
        if item.get("name") and item["name"] not in NOT_TOPICS
    ]


def short_ranking(parsed: Mapping[str, Any]) -> list[list[Any]]:
    return [[item.name, round(item.confidence, 4)] for item in ranking_of(parsed)[:3]]


def several(
    names: Sequence[str],
    content: Content,
    *,
    asked: dt.date | None,
    today: dt.date,
    constants: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The answers of several topics that one message asked about; what is not ours comes last.

    Where it also asked for a dialogue, a button to it stands at the end.
    """
    topics = [content.topics[name] for name in dict.fromkeys(names) if name in content.topics]
    messages = []
    for topic in sorted(topics, key=lambda topic: topic.out_of_scope):
        answer = answer_on(topic, content, asked=asked, today=today, constants=constants)
        answer["text"] = f"**{topic.title}**\n\n{answer['text']}" if topic.is_faq else answer["text"]
        # Following one of two answers is a new question anyway: a button for each would be too many.
        messages.append({**answer, "buttons": [], "trace": {"content": content.version, "intent": topic.name}})
    starts = [dialogue.name for dialogue in content.dialogues.values() if dialogue.intent in names]
    if starts:
        text = Lines(content, today, constants)("form_two")
        trace = {"content": content.version}
        messages.append(message("choice", text, buttons=dialogue_buttons(starts, content), trace=trace))
    return messages


def reply(
    ranking: Sequence[Ranked],
    found: Mapping[str, Any] | None,
    content: Content,
    *,
    day: dt.date,
    today: dt.date,
    constants: Mapping[str, str],
) -> dict[str, Any]:
    """Return one message of the public contract.

    `found` is the answer of the search service, None where it is away. Order: a likely topic that the search confirms →
    its answer; two likely topics → which one; a passage that is probably right → the passage; something near → choices;
    else an honest "nie wiem".
    """
    say = Lines(content, day, constants)
    topics = [item for item in ranking if item.name in content.topics and content.topics[item.name].is_faq]
    trace = {
        "content": content.version,
        "ranking": [[item.name, round(item.confidence, 4)] for item in ranking[:3]],
        "index": found["index"] if found else None,
        "probability": found["probability"] if found else None,
        "passages": [[item["id"], item["score"]] for item in found["results"][:3]] if found else [],
        "features": [item.get("features") for item in found["results"][:3]] if found else [],
    }
    agreed = _agreed(ranking, found, content)
    if agreed:
        asked = day if day != today else None
        answer = answer_on(agreed, content, asked=asked, today=today, constants=constants)
        return {**answer, "confidence": round(ranking[0].confidence, 4), "trace": {**trace, "intent": agreed.name}}
    if _share_the_question(topics):
        buttons = topic_buttons([item.name for item in topics[:2]], content)
        return message("choice", say("ambiguous"), buttons=buttons, trace=trace)
    if found is None:
        return message("unknown", say("unavailable"), trace=trace)
    if found["decision"] == "answer" and found["results"]:
        return passage_message(found["results"][0], content, day=day, today=today, constants=constants, trace=trace)
    if _out_of_scope(ranking, content) or found["decision"] == "unknown":
        if topics and topics[0].confidence >= _EACH_LIKELY and not _out_of_scope(ranking, content):
            return _choices(topics, [], content, say, trace)
        return message("unknown", say("unknown"), trace=trace)
    return _choices(topics, found["results"], content, say, trace)


def _agreed(ranking: Sequence[Ranked], found: Mapping[str, Any] | None, content: Content) -> Topic | None:
    """The first topic, where the search's first passage belongs to it; a topic that answers by an action never is."""
    topic = content.topics.get(ranking[0].name) if ranking else None
    if topic is None or not topic.is_faq or topic.action or ranking[0].confidence < _AGREED:
        return None
    results = found["results"] if found else []
    return topic if results and results[0]["related"][:1] == [topic.name] else None


def _share_the_question(topics: Sequence[Ranked]) -> bool:
    return (
        len(topics) > 1
        and topics[1].confidence >= _EACH_LIKELY
        and topics[0].confidence + topics[1].confidence >= _TOGETHER
    )


def _out_of_scope(ranking: Sequence[Ranked], content: Content) -> bool:
    topic = content.topics.get(ranking[0].name) if ranking else None
    return topic is not None and topic.out_of_scope


def _choices(
    topics: Sequence[Ranked],
    results: Sequence[Mapping[str, Any]],
    content: Content,
    say: Lines,
    trace: dict[str, Any],
) -> dict[str, Any]:
    likely = [item.name for item in topics if item.confidence >= _WORTH_OFFERING][:2]
    buttons = topic_buttons(likely, content)
    offered = set(likely)
    for result in results:
        if len(buttons) >= MAX_CHOICES:
            break
        # A passage whose topic is offered already would be the same choice twice.
        if offered.isdisjoint(result["related"]) and all(button["title"] != result["title"] for button in buttons):
            buttons.append(passage_button(result))
            offered.update(result["related"][:1])
    if not buttons:
        return message("unknown", say("unknown"), trace=trace)
    buttons.append({"title": say("none_of_these"), "payload": "/poza_zakresem"})
    return message("choice", say("choices"), buttons=buttons, trace=trace)


def passage_button(result: Mapping[str, Any]) -> dict[str, str]:
    return {"title": result["title"], "payload": f'/pokaz_fragment{{"fragment": "{result["id"]}"}}'}


def passage_message(
    passage: Mapping[str, Any],
    content: Content,
    *,
    day: dt.date,
    today: dt.date,
    constants: Mapping[str, str],
    trace: dict[str, Any],
) -> dict[str, Any]:
    """A passage as a message of type `search`; another day, former law and unverified facts are marked as such."""
    say = Lines(content, day, constants)
    intro = say("search_intro") if day == today else say("as_of")
    parts = [intro, f"**{passage['title']}**", passage["text"]]
    valid_to = passage["source"]["valid_to"]
    if valid_to:
        parts.append(content.messages["former_law"].replace("{{ valid_to }}", valid_to))
    if not passage["verified"]:
        parts.append(say("unverified"))
    return message(
        "search",
        "\n\n".join(parts),
        buttons=topic_buttons(passage["related"], content),
        sources=passage.get("sources") or [passage["source"]],
        confidence=trace.get("probability") or 0.0,
        trace=trace,
    )
