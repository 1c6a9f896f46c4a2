"""What editors do with messages: each is labelled once, by who has it on the screen, and becomes an example."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from knowledge_base.content.topics import Topic
from widget.accounts.models import User
from widget.chat.masking import without_hidden
from widget.studio.labelling.agreement import Agreement, agreement, is_due
from widget.studio.labelling.models import IGNORED, LABELLED, NEW, OUTSIDE, LabelItem
from widget.studio.labelling.repository import Decided, GroupRow, LabelRepository
from widget.studio.repository import Author, ConflictError, blob_hash
from widget.studio.service import NoTopicError, RefusedError, Studio, new_texts
from widget.studio.topic_file import clean
from widget.studio.words import GENERAL
from zielona.clock import utc_now

# An open page says every minute that it is still there.
HOLD = dt.timedelta(minutes=5)
PAGE_SIZE = 50
_ATTEMPTS = 3
# Seconds after which pages look for new messages again.
_STALE = 60.0
_LOST = (
    "Te wiadomości ma teraz ktoś inny albo zostały już oznaczone: strona była nieużywana dłużej niż "
    f"{HOLD.seconds // 60} minut. Poniżej jest aktualna lista."
)
Clock = Callable[[], dt.datetime]
Result = TypeVar("Result")
log = logging.getLogger(__name__)


class LostError(RuntimeError):
    """The messages are not this editor's to label any more; the text says so."""

    def __init__(self) -> None:
        super().__init__(_LOST)


@dataclass(frozen=True)
class Undo:
    """What is needed to take a bulk label back: when it was, and the topic's file before and after it, if it changed.

    Small, since a browser keeps it, and without any text of a visitor.
    """

    at: str
    topic: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Done:
    """What a bulk label did: messages labelled, examples that are new in the topic, and what takes it back."""

    labelled: int
    added: int
    undo: Undo


_UNCHANGED = Undo("")


class Labelling:
    """Raises SQLAlchemyError where the database is away."""

    def __init__(
        self, repository: LabelRepository, studio: Studio, collect: Callable[[], object], *, clock: Clock = utc_now
    ) -> None:
        self._collect = collect
        self._collected: float | None = None
        self.repository = repository
        self._studio = studio
        self._clock = clock

    def refresh(self) -> None:
        """Bring what was written since into the queue."""
        self._collected = time.monotonic()
        try:
            self._collect()
        except SQLAlchemyError:
            # What is in the queue can be shown all the same.
            log.exception("new messages not collected")

    def waiting(self) -> int:
        """Number of messages to label; new ones are looked for now and then, since other pages ask for this too."""
        if self._collected is None or time.monotonic() - self._collected > _STALE:
            self.refresh()
        return self.repository.waiting()

    def near(self, group_id: int) -> list[LabelItem]:
        """Messages of no group that are near this one."""
        return self.repository.near(group_id) if group_id else []

    def join(self, group_id: int, ids: Sequence[str]) -> int:
        """Messages that are near a group become part of it. Raises RefusedError."""
        count = self.repository.join(group_id, ids) if ids and group_id else 0
        if not count:
            raise RefusedError(["Nie zaznaczono żadnej z podobnych wiadomości."])
        return count

    def groups(self) -> list[GroupRow]:
        return self.repository.groups()

    def open(self, group_id: int, user: User) -> list[LabelItem]:
        """Messages of a group, the most informative first, that are now this editor's for a while."""
        now = self._clock()
        return self.repository.hold(group_id, user.id, limit=PAGE_SIZE, now=now, until=now + HOLD)

    def open_controls(self, user: User) -> list[LabelItem]:
        """Messages that another editor labelled, for a second look."""
        now = self._clock()
        return self.repository.hold_controls(user.id, limit=PAGE_SIZE, now=now, until=now + HOLD)

    def keep(self, user: User) -> bool:
        """The page is still open; False where its messages were lost."""
        now = self._clock()
        return bool(self.repository.keep(user.id, now=now, until=now + HOLD))

    def others(self, group_id: int, user: User) -> dict[str, int]:
        return self.repository.others(group_id, user.id, now=self._clock())

    def assign(self, ids: Sequence[str], texts: Mapping[str, str], *, topic: str, user: User, author: Author) -> Done:
        """Messages become examples of a topic, in one commit. `texts`: those that the editor has rewritten, by id.

        Raises LostError, RefusedError (also where nothing is chosen), NoTopicError, ConflictError, RepositoryError.
        """
        items = self._mine(ids, user)
        count, written = self._add(topic, [example_of(item, texts) for item in items], author)
        at = self._decide(items, user, state=LABELLED, label=topic)
        return Done(len(items), count, replace(written, at=at))

    def ignore(self, ids: Sequence[str], *, user: User) -> Done:
        """Raises LostError, RefusedError."""
        items = self._mine(ids, user)
        return Done(len(items), 0, Undo(self._decide(items, user, state=IGNORED, label=IGNORED)))

    def outside(self, ids: Sequence[str], texts: Mapping[str, str], *, topic: str, user: User, author: Author) -> Done:
        """Not ours: examples of a topic that teaches what to refuse; without a topic only put aside.

        Raises as `assign`.
        """
        if topic and topic not in {found.name for found in self.outside_topics()}:
            raise NoTopicError(topic)
        items = self._mine(ids, user)
        examples = [example_of(item, texts) for item in items]
        count, written = self._add(topic, examples, author) if topic else (0, _UNCHANGED)
        at = self._decide(items, user, state=OUTSIDE, label=OUTSIDE)
        return Done(len(items), count, replace(written, at=at))

    def last(self, undo: Undo, user: User) -> Decided | None:
        """What can be taken back; None where it was already."""
        return self.repository.decided(user.id, at=dt.datetime.fromisoformat(undo.at))

    def take_back(self, undo: Undo, *, user: User, author: Author) -> int:
        """Messages return to the queue, their examples leave the topic in one commit. Returns how many messages.

        Labels of the second editor go too: the message is to be labelled anew. Raises as `assign`.
        """
        if self.last(undo, user) is None:
            raise RefusedError(["To już nie jest ostatnie oznaczenie."])
        if undo.topic:
            self._patiently(
                lambda: self._studio.take_back_examples(undo.topic, before=undo.before, after=undo.after, author=author)
            )
        return self.repository.take_back(user.id, at=dt.datetime.fromisoformat(undo.at))

    def take_back_one(self, item_id: str, *, author: Author) -> bool:
        """A message returns to the queue, and an example of just its text leaves the topic; returns whether one did.

        Which example came of a rewritten message is not kept, so that one stays. Raises as `assign`.
        """
        item = self.repository.item(item_id)
        if item is None or item.state == NEW:
            raise RefusedError(["Ta wiadomość nie jest już oznaczona."])
        names = [found.name for found in self.outside_topics()] if item.state == OUTSIDE else []
        if item.state == LABELLED and item.topic:
            names = [item.topic]
        example = example_of(item, {})
        gone = [self._patiently(partial(self._drop, name, example, author)) for name in names]
        self.repository.take_back_one(item_id)
        return any(gone)

    def _drop(self, topic: str, example: str, author: Author) -> bool:
        try:
            opened = self._studio.open(topic)
        except NoTopicError:
            return False
        same = [text for text in opened.topic.examples if not new_texts([example], [text])]
        if same:
            self._studio.remove_examples(topic, same, version=opened.stored.version, author=author)
        return bool(same)

    def outside_topics(self) -> list[Topic]:
        """Topics that teach what is not ours, the general one first."""
        topics = [topic for topic in self._studio.catalogue.now().topics if topic.out_of_scope]
        return sorted(topics, key=lambda topic: (topic.name != GENERAL, topic.title))

    def chosen(self, ids: Sequence[str], user: User) -> list[LabelItem]:
        """Messages for a new topic, held on. Raises LostError, RefusedError."""
        return self._mine(ids, user)

    def founded(self, items: Sequence[LabelItem], *, topic: str, user: User) -> None:
        """The messages are examples of a topic that was just made."""
        self._decide(items, user, state=LABELLED, label=topic)

    def check_again(self, ids: Sequence[str], *, label: str, user: User) -> int:
        """The second look: no example comes of it. Returns on how many the editors agree. Raises as `ignore`."""
        items = self._mine(ids, user, control=True)
        return self.repository.decide_again([item.id for item in items], user.id, label=label, now=self._clock())

    def agreement(self) -> Agreement:
        return agreement(self.repository.pairs())

    def _mine(self, ids: Sequence[str], user: User, *, control: bool = False) -> list[LabelItem]:
        if not ids:
            raise RefusedError(["Nie zaznaczono żadnej wiadomości."])
        now = self._clock()
        found = self.repository.held(ids, user.id, control=control, now=now, until=now + HOLD)
        held = {item.id: item for item in found}
        if len(held) < len(set(ids)):
            raise LostError
        return [held[name] for name in dict.fromkeys(ids)]

    def _decide(self, items: Sequence[LabelItem], user: User, *, state: str, label: str) -> str:
        """Returns the moment, by which the label can be found again."""
        ids, now = [item.id for item in items], self._clock()
        due = [name for name in ids if is_due(name)]
        self.repository.decide(ids, user.id, state=state, label=label, due=due, now=now)
        return now.isoformat()

    def _add(self, topic: str, texts: Sequence[str], author: Author) -> tuple[int, Undo]:
        """Add what the topic does not have yet; returns how many, and what takes them back."""
        if not all(texts):
            raise RefusedError(["Jedna z wiadomości jest po poprawce pusta. Można ją pominąć."])
        return self._patiently(lambda: self._add_once(topic, texts, author))

    def _add_once(self, topic: str, texts: Sequence[str], author: Author) -> tuple[int, Undo]:
        opened = self._studio.open(topic)
        new = new_texts(texts, opened.topic.examples)
        if not new:
            return 0, _UNCHANGED
        version = opened.stored.version
        after = blob_hash(self._studio.with_changed_examples(opened, added=new, removed=()).encode())
        count = self._studio.add_examples(topic, new, version=version, author=author)
        return count, Undo("", topic, version, after)

    def _patiently(self, change: Callable[[], Result]) -> Result:
        """Examples come and go beside what others change, so such a change is tried again."""
        for _ in range(_ATTEMPTS - 1):
            with suppress(ConflictError):
                return change()
        return change()


def example_of(item: LabelItem, texts: Mapping[str, str]) -> str:
    """The example that a message would be: as rewritten, else without what only gave personal data."""
    return clean(texts[item.id]) if item.id in texts else clean(without_hidden(item.text))
