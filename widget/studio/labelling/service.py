"""What editors do with messages: each is labelled once, by who has it on the screen, and becomes an example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.content.topics import Topic
from widget.accounts.models import User
from widget.chat.masking import without_hidden
from widget.studio.labelling.agreement import Agreement, agreement, is_due
from widget.studio.labelling.models import IGNORED, LABELLED, OUTSIDE, LabelItem
from widget.studio.labelling.repository import GroupRow, LabelRepository
from widget.studio.repository import Author, ConflictError
from widget.studio.service import NoTopicError, RefusedError, Studio, new_texts
from widget.studio.topic_file import clean
from zielona.clock import utc_now

# An open page says every minute that it is still there.
HOLD = dt.timedelta(minutes=5)
PAGE_SIZE = 50
_ATTEMPTS = 3
# Where what fits no other topic of that kind is taught.
_GENERAL = "poza_zakresem"
_LOST = (
    "Te wiadomości ma teraz ktoś inny albo zostały już oznaczone: strona była nieużywana dłużej niż "
    f"{HOLD.seconds // 60} minut. Poniżej jest aktualna lista."
)
Clock = Callable[[], dt.datetime]


class LostError(RuntimeError):
    """The messages are not this editor's to label any more; the text says so."""

    def __init__(self) -> None:
        super().__init__(_LOST)


@dataclass(frozen=True)
class Done:
    """What a bulk label did: messages labelled, and examples that are new in the topic."""

    labelled: int
    added: int


class Labelling:
    """Raises SQLAlchemyError where the database is away."""

    def __init__(self, repository: LabelRepository, studio: Studio, *, clock: Clock = utc_now) -> None:
        self.repository = repository
        self._studio = studio
        self._clock = clock

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
        added = self._add(topic, [example_of(item, texts) for item in items], author)
        self._decide(items, user, state=LABELLED, label=topic)
        return Done(len(items), added)

    def ignore(self, ids: Sequence[str], *, user: User) -> Done:
        """Raises LostError, RefusedError."""
        items = self._mine(ids, user)
        self._decide(items, user, state=IGNORED, label=IGNORED)
        return Done(len(items), 0)

    def outside(self, ids: Sequence[str], texts: Mapping[str, str], *, topic: str, user: User, author: Author) -> Done:
        """Not ours: examples of a topic that teaches what to refuse; without a topic only put aside.

        Raises as `assign`.
        """
        if topic and topic not in {found.name for found in self.outside_topics()}:
            raise NoTopicError(topic)
        items = self._mine(ids, user)
        added = self._add(topic, [example_of(item, texts) for item in items], author) if topic else 0
        self._decide(items, user, state=OUTSIDE, label=OUTSIDE)
        return Done(len(items), added)

    def outside_topics(self) -> list[Topic]:
        """Topics that teach what is not ours, the general one first."""
        topics = [topic for topic in self._studio.catalogue.now().topics if topic.out_of_scope]
        return sorted(topics, key=lambda topic: (topic.name != _GENERAL, topic.title))

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

    def _decide(self, items: Sequence[LabelItem], user: User, *, state: str, label: str) -> None:
        ids = [item.id for item in items]
        due = [name for name in ids if is_due(name)]
        self.repository.decide(ids, user.id, state=state, label=label, due=due, now=self._clock())

    def _add(self, topic: str, texts: Sequence[str], author: Author) -> int:
        """Add what the topic does not have yet. Adding is no edit of what others changed, so it is tried again."""
        if not all(texts):
            raise RefusedError(["Jedna z wiadomości jest po poprawce pusta. Można ją pominąć."])
        for attempt in range(_ATTEMPTS):
            opened = self._studio.open(topic)
            new = new_texts(texts, opened.topic.examples)
            if not new:
                return 0
            try:
                return self._studio.add_examples(topic, new, version=opened.stored.version, author=author)
            except ConflictError:
                if attempt + 1 == _ATTEMPTS:
                    raise
        return 0


def example_of(item: LabelItem, texts: Mapping[str, str]) -> str:
    """The example that a message would be: as rewritten, else without what only gave personal data."""
    return clean(texts[item.id]) if item.id in texts else clean(without_hidden(item.text))
