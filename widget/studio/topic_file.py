"""A topic's file changed from a form: only what was changed, so that comments and the order of fields stay."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml as reader
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import LiteralScalarString, SingleQuotedScalarString

from knowledge_base.content.topics import Topic

_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")
SOURCE_FIELDS = ("act", "article", "title", "valid_from", "valid_to", "checked_on", "verified")


@dataclass(frozen=True)
class SourceEdit:
    """A legal basis; `was` is its place in the file, None for a new one.

    `article` is empty where it is not known yet. `checked_on` is None where nobody has checked it: the file keeps the
    day that it has, a new entry takes the topic's.
    """

    was: int | None
    act: str
    article: str
    title: str
    valid_from: dt.date
    valid_to: dt.date | None
    checked_on: dt.date | None
    verified: bool


@dataclass(frozen=True)
class TopicEdit:
    """All of a topic that its form shows; examples are changed on their own page.

    `checked_on` is None where nobody has checked the answer: the file keeps the day that it has.
    """

    title: str
    audience: tuple[str, ...]
    answer: str
    checked_on: dt.date | None
    verified: bool
    sources: tuple[SourceEdit, ...]
    related: tuple[str, ...]
    effect: str | None
    dialog: str | None


def edit_of(topic: Topic) -> TopicEdit:
    sources = [
        SourceEdit(
            number, source.act, source.article, source.title, source.valid_from, source.valid_to, source.checked_on,
            source.verified,
        )
        for number, source in enumerate(topic.sources)
    ]  # fmt: skip
    return TopicEdit(
        topic.title, topic.audience, topic.answer, topic.checked_on, topic.verified, tuple(sources), topic.related,
        topic.effect, topic.dialog,
    )  # fmt: skip


def clean(text: str) -> str:
    """An example on one line, without control characters and without the marks of Rasa's entities.

    >>> clean("  kurs w [Łomży](miasto)\\n za darmo ")
    'kurs w Łomży za darmo'
    """
    plain = " ".join(_printable(text).split())
    while (stripped := _ANNOTATION.sub(r"\1", plain)) != plain:
        plain = " ".join(stripped.split())
    return plain


def clean_block(text: str) -> str:
    """An answer: lines without spaces at their ends, no empty ones around."""
    lines = [_printable(line).rstrip() for line in text.replace("\t", "  ").splitlines()]
    return "\n".join(lines).strip()


def _printable(text: str) -> str:
    """Without what YAML cannot hold; any kind of space and end of line becomes a space."""
    return "".join(
        " " if letter.isspace() else letter for letter in text if unicodedata.category(letter) not in {"Cs", "Co", "Cn"}
        and (letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf"})
    )  # fmt: skip


def with_edit(text: str, edit: TopicEdit) -> str:
    """The file with the fields of the form. Raises ValueError for a file that is no topic."""
    record = read_mapping(text)
    set_field(record, "title", edit.title)
    set_list(record, "audience", edit.audience)
    if clean_block(str(record.get("answer", ""))) != edit.answer:
        record["answer"] = LiteralScalarString(f"{edit.answer}\n")
    set_field(record, "checked_on", edit.checked_on or record.get("checked_on"))
    set_field(record, "verified", edit.verified)
    _set_sources(record, edit.sources, looked_at=record["checked_on"])
    set_list(record, "related", edit.related)
    for key, value in (("effect", edit.effect), ("dialog", edit.dialog)):
        if value:
            set_field(record, key, value)
        else:
            record.pop(key, None)
    return written(record)


def with_examples(text: str, *, added: Sequence[str] = (), removed: Iterable[str] = ()) -> str:
    """The file with examples added at the end and others taken out. Raises ValueError."""
    record = read_mapping(text)
    examples = record.get("examples")
    if not isinstance(examples, CommentedSeq):
        examples = record["examples"] = CommentedSeq()
    gone = set(removed)
    for place in reversed(range(len(examples))):
        if str(examples[place]).strip() in gone:
            del examples[place]
    examples.extend(map(_text, added))
    return written(record)


def new_file(name: str, edit: TopicEdit, examples: Sequence[str], *, today: dt.date) -> str:
    """The file of a new topic, its fields in the usual order.

    The format wants a day also where nobody has checked the answer: then it is the day on which it was written.
    """
    record = CommentedMap({"topic": _text(name), "title": ""})
    for key in ("audience", "answer", "checked_on", "verified", "sources", "related"):
        record[key] = CommentedSeq() if key in {"audience", "sources", "related"} else None
    for key in ("audience", "related"):
        record[key].fa.set_flow_style()
    record["checked_on"] = today
    record["examples"] = CommentedSeq(map(_text, examples))
    return with_edit(written(record), edit)


def fields_of(text: str) -> Mapping[str, Any]:
    """The file as plain values. Raises ValueError."""
    return read_mapping(text)


def read_mapping(text: str) -> CommentedMap:
    """The file with its comments and order. Raises ValueError."""
    try:
        record = _yaml().load(text)
    except (YAMLError, ValueError) as error:
        raise ValueError("plik nie jest poprawnym YAML") from error
    if not isinstance(record, CommentedMap):
        raise ValueError("plik musi zawierać pola „nazwa: wartość”")
    return record


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    # Long questions stay on their line.
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    # One day in two fields is no reference from one to the other.
    usual = yaml.representer.ignore_aliases
    yaml.representer.ignore_aliases = lambda data: isinstance(data, dt.date) or usual(data)
    return yaml


def written(record: CommentedMap) -> str:
    """The text of a file that was read so."""
    out = io.StringIO()
    _yaml().dump(record, out)
    return out.getvalue()


def set_field(record: Any, key: str, value: Any) -> None:
    """Leave what is the same as it was written."""
    if record.get(key) != value or key not in record:
        record[key] = _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """A text that YAML 1.1, which the assistant reads, would take for a flag or a number ("tak" is none, "no" is)."""
    plain = reader.resolver.Resolver().resolve(reader.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return value if plain == "tag:yaml.org,2002:str" else SingleQuotedScalarString(value)


def set_list(record: CommentedMap, key: str, values: Sequence[str], *, flow: bool = True) -> None:
    """Leave what is the same; `flow` writes a new list on one line."""
    if list(record.get(key) or []) == list(values):
        return
    made = CommentedSeq(map(_text, values))
    if flow:
        made.fa.set_flow_style()
    record[key] = made


def _set_sources(record: CommentedMap, sources: Sequence[SourceEdit], *, looked_at: Any) -> None:
    before = record.get("sources") or CommentedSeq()
    kept = [source.was for source in sources if source.was is not None]
    if len(kept) != len(before) or kept != sorted(kept) or len(sources) != len(kept):
        made = CommentedSeq(
            before[source.was] if source.was is not None and source.was < len(before) else CommentedMap()
            for source in sources
        )
        record["sources"] = made
    for item, source in zip(record.get("sources") or [], sources):
        fields = {key: getattr(source, key) for key in SOURCE_FIELDS}
        fields["checked_on"] = source.checked_on or item.get("checked_on") or looked_at
        for key, value in fields.items():
            set_field(item, key, value)
