"""Topics: what the assistant answers by heart. One file is one intent with its answer, sources and examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.acts import Act
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import Record, read_yaml
from knowledge_base.content.sources import Source, source_from

AUDIENCES = ("bezrobotny", "poszukujacy_pracy", "pracownik", "pracodawca", "cudzoziemiec", "wszyscy")
MESSAGE_TYPES = ("answer", "choice", "search", "question", "unknown", "handover")
SMALL_TALK = "rozmowa"
# What a topic may do besides its answer: an action that answers in its stead, an effect that comes with it.
ACTIONS = ("action_find_office",)
EFFECTS = ("contact_form",)


@dataclass(frozen=True)
class Topic:
    """One intent: `group` is its folder, `kind` the type of message it is answered with.

    `dialog` names the guided dialogue that the answer offers. `out_of_scope` marks matters that are not ours, whose
    examples teach what to refuse. `action` answers in the bot's stead, `effect` is carried out by the widget with the
    answer.
    """

    name: str
    group: str
    title: str
    kind: str
    audience: tuple[str, ...]
    answer: str
    checked_on: dt.date
    verified: bool
    sources: tuple[Source, ...]
    related: tuple[str, ...]
    examples: tuple[str, ...]
    path: Path
    out_of_scope: bool = False
    action: str | None = None
    effect: str | None = None
    dialog: str | None = None

    @property
    def is_faq(self) -> bool:
        return self.group != SMALL_TALK


def load_topic(path: Path, acts: dict[str, Act]) -> Topic:
    """Read one topic file. Raises ContentError with everything found wrong."""
    record = read_yaml(path)
    topic = Topic(
        name=record.string("topic"),
        group=path.parent.name,
        title=record.string("title"),
        kind=record.string("type", default="answer"),
        audience=record.strings("audience"),
        answer=record.string("answer"),
        checked_on=record.date("checked_on"),
        verified=record.flag("verified"),
        sources=tuple(
            source_from(item, acts, title=item.string("title"), may_lack_article=True)
            for item in record.records("sources")
        ),
        related=record.strings("related"),
        examples=tuple(dict.fromkeys(record.strings("examples"))),
        path=path,
        out_of_scope=record.flag("out_of_scope") if "out_of_scope" in record.values else False,
        action=_one_of("action", ACTIONS, record),
        effect=_one_of("effect", EFFECTS, record),
        dialog=record.string("dialog") if "dialog" in record.values else None,
    )
    if topic.name != path.stem:
        record.report("topic", f"nazwa tematu „{topic.name}” różni się od nazwy pliku „{path.stem}”")
    if topic.kind not in MESSAGE_TYPES:
        record.report("type", f"nieznany rodzaj odpowiedzi „{topic.kind}”; dozwolone: {', '.join(MESSAGE_TYPES)}")
    for audience in set(topic.audience) - set(AUDIENCES):
        record.report("audience", f"nieznana grupa odbiorców „{audience}”; dozwolone: {', '.join(AUDIENCES)}")
    if record.findings:
        raise ContentError(record.findings)
    return topic


def _one_of(key: str, known: tuple[str, ...], record: Record) -> str | None:
    """An optional field that has one of a few values."""
    if key not in record.values:
        return None
    value = record.string(key)
    if value not in known:
        record.report(key, f"pole „{key}” ma nieznaną wartość „{value}”; dozwolone: {', '.join(known)}")
    return value


def load_topics(folder: Path, acts: dict[str, Act]) -> dict[str, Topic]:
    """Read all topics, ordered by group and name. Raises ContentError with the findings of all files."""
    topics: dict[str, Topic] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*/*.yml")):
        try:
            topic = load_topic(path, acts)
        except ContentError as error:
            findings.extend(error.findings)
            continue
        if topic.name in topics:
            findings.append(Finding(path, 1, f"temat „{topic.name}” jest też w {topics[topic.name].path}"))
        topics[topic.name] = topic
    if findings:
        raise ContentError(findings)
    return topics
