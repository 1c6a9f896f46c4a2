"""What of the content nobody has confirmed, or compared with the law for too long; noting that somebody has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.content.amounts import Amounts, Parameter
from knowledge_base.content.passages import Passage
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
NO_ARTICLE = "brak numeru artykułu"


@dataclass(frozen=True)
class Due:
    """Something to check: `id` is its name, `checked_on` the oldest day on which a part of it was checked.

    `confirmed_on` is the oldest of those that are told as checked, None where nobody has confirmed the thing.
    `unconfirmed` says what of it is not confirmed; `is_old` that it was checked too long ago.
    """

    kind: str
    id: str
    title: str
    checked_on: dt.date
    confirmed_on: dt.date | None
    unconfirmed: tuple[str, ...] = ()
    is_old: bool = False

    @property
    def lacks_article(self) -> bool:
        """Nobody has found the article yet: looking at it today does not mend that."""
        return NO_ARTICLE in self.unconfirmed

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def due(passages: Passages, *, before: dt.date, today: dt.date) -> list[Due]:
    """What is not confirmed, then what was checked before that day, the oldest first.

    What is not in force any more needs no check.
    """
    content = passages.content()
    found = [_topic_due(topic) for topic in content.topics]
    found += [_passage_due(one) for one in content.passages if _lasts(one.source.valid_to, today)]
    found += [_amount_due(one, content.amounts, today) for one in content.amounts.parameters.values()]
    marked = [replace(one, is_old=one.checked_on < before) for one in found if one]
    order = {TOPIC: 0, PASSAGE: 1, AMOUNT: 2}
    unconfirmed = sorted((one for one in marked if one.unconfirmed), key=lambda one: (order[one.kind], one.title))
    old = [one for one in marked if one.is_old and not one.unconfirmed]
    return unconfirmed + sorted(old, key=lambda one: (one.checked_on, one.kind, one.id))


def _topic_due(topic: Topic) -> Due | None:
    """Small talk follows no law, so only what it says is to be confirmed."""
    doubts = [] if topic.verified else ["odpowiedź"]
    doubts += [source.article or NO_ARTICLE for source in topic.sources if not source.verified]
    if not topic.is_faq and not doubts:
        return None
    sure = [topic.checked_on, *(source.checked_on for source in topic.sources if source.verified)]
    confirmed = min(sure) if topic.verified else None
    return Due(TOPIC, topic.name, topic.title, _oldest(topic), confirmed, tuple(dict.fromkeys(doubts)))


def _passage_due(passage: Passage) -> Due:
    source = passage.source
    doubts = () if source.verified else (source.article,)
    confirmed = source.checked_on if source.verified else None
    return Due(PASSAGE, passage.id, passage.title, source.checked_on, confirmed, doubts)


def _amount_due(parameter: Parameter, amounts: Amounts, today: dt.date) -> Due | None:
    """An amount that is worked out of another one is checked with that; only its rule may be in doubt."""
    own = [period for period in parameter.periods if _lasts(period.valid_to, today)]
    doubts = [f"od {period.valid_from:%d.%m.%Y}" for period in own if not period.verified]
    if parameter.of is not None and not parameter.verified and _lasts(parameter.valid_to, today):
        own = list(amounts.parameters[parameter.of].periods)
        doubts = ["sposób liczenia"]
    if not own or (parameter.of is not None and not doubts):
        return None
    checked = [one.checked_on for one in own if one.verified and parameter.of is None]
    oldest = min(one.checked_on for one in own)
    return Due(AMOUNT, parameter.name, parameter.title, oldest, min(checked, default=None), tuple(doubts))


def _lasts(end: dt.date | None, today: dt.date) -> bool:
    return end is None or end >= today


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
