"""A topic as a message of the public contract, for a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge_base.content.amounts import UnknownAmountError
from knowledge_base.content.comparisons import Comparison
from knowledge_base.content.sources import Source
from knowledge_base.content.store import Content
from knowledge_base.content.template import amounts_verified, render
from knowledge_base.content.topics import Topic

MAX_RELATED = 3
_MAX_COMPARISONS = 2


def answer_on(
    topic: Topic, content: Content, *, asked: dt.date | None, today: dt.date, constants: Mapping[str, str]
) -> dict[str, Any]:
    """The topic's answer for the day that was asked about; `asked` is None where that is today.

    Says which day it took. Where the rules were others on that day, says so, shows how they changed, and answers with
    those of today.
    """
    if asked is None:
        return topic_message(topic, content, day=today, constants=constants)
    held = asked >= rules_since(topic)
    message = topic_message(topic, content, day=asked if held else today, constants=constants)
    intro = line("as_of" if held else "newer_rules", content, day=asked, constants=constants)
    changes = [] if held else comparisons_of(topic.name, content, before=today, after=asked)
    message["text"] = "\n\n".join([comparison_text(item, content) for item in changes] + [intro, message["text"]])
    message["sources"] = [source for item in changes for source in comparison_sources(item, content)] + message[
        "sources"
    ]
    return message


def rules_since(topic: Topic) -> dt.date:
    """The day since which the topic's answer holds: that of its first source, which the answer stands on."""
    return topic.sources[0].valid_from if topic.sources else dt.date.min


def comparisons_of(topic: str, content: Content, *, after: dt.date, before: dt.date) -> list[Comparison]:
    """Rules of the topic that changed after one day and not later than the other."""
    return [
        item for item in content.comparisons.values() if topic in item.topics and after < item.changed_on <= before
    ][:_MAX_COMPARISONS]


def comparison_text(comparison: Comparison, content: Content) -> str:
    """„Dawniej … / Teraz …”, as Markdown."""
    last = (comparison.changed_on - dt.timedelta(days=1)).strftime("%d.%m.%Y")
    first = comparison.changed_on.strftime("%d.%m.%Y")
    return (
        f"**{comparison.title}**\n"
        f"- {content.messages['before']} (do {last}): {comparison.before.text}\n"
        f"- {content.messages['after']} (od {first}): {comparison.after.text}"
    )


def comparison_sources(comparison: Comparison, content: Content) -> list[dict[str, Any]]:
    """Both legal bases of a comparison, in the public form of a source."""
    last_day = comparison.changed_on - dt.timedelta(days=1)
    before = content.acts[comparison.before.act]
    sides = (
        (comparison.before, content.messages["before"], before.valid_from, last_day),
        (comparison.after, content.messages["after"], comparison.changed_on, None),
    )
    return [
        Source(
            act=side.act,
            article=side.article,
            title=f"{label}: {comparison.title}",
            url=content.acts[side.act].url,
            valid_from=start,
            valid_to=end,
            checked_on=comparison.checked_on,
            verified=comparison.verified,
        ).as_dict()
        for side, label, start, end in sides
    ]


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
        "buttons": [*dialogue_buttons([topic.dialog], content), *topic_buttons(topic.related, content)],
        "sources": [source.as_dict() for source in topic.sources if source.in_force(day)],
        "topic": topic.name,
        **({"effect": {"kind": topic.effect, "reason": topic.name, "topic": topic.name}} if topic.effect else {}),
    }


def topic_buttons(names: tuple[str, ...] | list[str], content: Content) -> list[dict[str, str]]:
    """Buttons that ask about other topics; unknown names are left out."""
    known = [content.topics[name] for name in names if name in content.topics]
    return [{"title": topic.title, "payload": f"/{topic.name}"} for topic in known[:MAX_RELATED]]


def dialogue_buttons(names: Iterable[str | None], content: Content) -> list[dict[str, str]]:
    """Buttons that begin guided dialogues."""
    known = [content.dialogues[name] for name in names if name in content.dialogues]
    return [{"title": dialogue.button, "payload": dialogue.start_payload} for dialogue in known]


def line(name: str, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> str:
    """One of the lines in `data/messages.yml`, filled in. Raises KeyError for an unknown name."""
    filled = {**constants, "day": day.strftime("%d.%m.%Y")}
    return render(content.messages[name], day=day, amounts=content.amounts, constants=filled)
