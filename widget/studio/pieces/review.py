"""What of the content nobody has compared with the law for too long, and noting that somebody has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.content.topics import Topic
from widget.studio.pieces.amount_file import PeriodEdit, edits_of, with_periods
from widget.studio.pieces.faults import AMOUNTS, PASSAGES
from widget.studio.pieces.passage_file import edit_of as passage_edit
from widget.studio.pieces.passage_file import with_edit as with_passage
from widget.studio.pieces.passages import Passages
from widget.studio.repository import Author, Change, Stored
from widget.studio.service import RefusedError, Saves
from widget.studio.topic_file import edit_of as topic_edit
from widget.studio.topic_file import with_edit as with_topic

TOPIC, PASSAGE, AMOUNT = "temat", "fragment", "kwota"


@dataclass(frozen=True)
class Due:
    """Something to check: `id` is its name, `checked_on` the oldest day on which a part of it was checked.

    `lacks_article` is a topic with a source whose article nobody has found yet: looking at it today does not mend that.
    """

    kind: str
    id: str
    title: str
    checked_on: dt.date
    lacks_article: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def due(passages: Passages, *, before: dt.date, today: dt.date) -> list[Due]:
    """What was checked before that day or names no article, the oldest first. What is not in force needs no check."""
    content = passages.content()
    found = [
        Due(TOPIC, topic.name, topic.title, _oldest(topic), not all(source.article for source in topic.sources))
        for topic in content.topics
        if topic.is_faq
    ]
    found += [
        Due(PASSAGE, one.id, one.title, one.source.checked_on)
        for one in content.passages
        if one.source.valid_to is None or one.source.valid_to >= today
    ]
    for parameter in content.amounts.parameters.values():
        days = [
            period.checked_on for period in parameter.periods if period.valid_to is None or period.valid_to >= today
        ]
        if days:
            found.append(Due(AMOUNT, parameter.name, parameter.title, min(days)))
    listed = [one for one in found if one.checked_on < before or one.lacks_article]
    return sorted(listed, key=lambda one: (one.checked_on, one.kind, one.id))


def note_checked(passages: Passages, keys: Sequence[str], *, today: dt.date, author: Author, to: Saves) -> int:
    """Say that these were compared with the law today, in one change. Returns how many. Raises RefusedError."""
    content = passages.content()
    topics = {topic.name: topic for topic in content.topics}
    known = {one.id: one for one in content.passages}
    changes: list[Change] = []
    amounts: Stored | None = None
    table = ""
    for key in dict.fromkeys(keys):
        kind, _, name = key.partition(":")
        if kind == TOPIC and name in topics:
            changes.append(_topic_change(passages, topics[name], today))
        elif kind == PASSAGE and name in known:
            path = f"{PASSAGES}/{name}.md"
            stored = passages.repository.read(path)
            edit = replace(passage_edit(known[name]), checked_on=today)
            changes.append(Change(path, with_passage(stored.text, edit), stored.version))
        elif kind == AMOUNT and name in content.amounts:
            amounts = amounts or passages.repository.read(AMOUNTS)
            periods = [_checked(one, today) for one in edits_of(content.amounts.parameters[name])]
            table = with_periods(table or amounts.text, name, periods)
    if amounts:
        changes.append(Change(AMOUNTS, table, amounts.version))
    if not changes:
        raise RefusedError(["Nie zaznaczono niczego."])
    to.save(changes, author=author, subject=f"Sprawdzone z przepisami {today:%d.%m.%Y} ({len(set(keys))})")
    return len(set(keys))


def _oldest(topic: Topic) -> dt.date:
    return min([topic.checked_on, *(source.checked_on for source in topic.sources)])


def _topic_change(passages: Passages, topic: Topic, today: dt.date) -> Change:
    path = topic.path.relative_to(passages.repository.root).as_posix()
    stored = passages.repository.read(path)
    edit = topic_edit(topic)
    sources = tuple(replace(source, checked_on=today) for source in edit.sources)
    text = with_topic(stored.text, replace(edit, checked_on=today, sources=sources))
    return Change(path, text, stored.version)


def _checked(period: PeriodEdit, today: dt.date) -> PeriodEdit:
    """Periods that are over stay as they were checked."""
    over = period.valid_to is not None and period.valid_to < today
    return period if over else replace(period, checked_on=today)
