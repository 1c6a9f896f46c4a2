"""A believable year that never happened, every event of it marked as made up."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from knowledge_base.content.offices import County
from widget.chat.ratings import REASONS
from widget.events.facts import Facts
from widget.events.repository import EventRepository
from widget.statistics.rollups import Rollups
from widget.storage.repository import Repository
from zielona.clock import WARSAW, utc_now

_QUESTIONS = Path(__file__).with_name("demo_questions.txt")
_BATCH = 5000
# No id of a real conversation begins so: those are UUIDs.
CONVERSATION_PREFIX = "demo-"
_STORED_QUESTIONS = 400

# Weight of each hour of a working day, of each weekday, and of each month (registrations in autumn and winter).
_HOURS = (2, 1, 1, 1, 1, 2, 5, 14, 30, 40, 42, 40, 37, 35, 32, 28, 24, 21, 20, 21, 20, 16, 10, 5)
_WEEKDAYS = (1.25, 1.15, 1.1, 1.05, 0.95, 0.35, 0.3)
_MONTHS = (1.25, 1.05, 1.05, 0.95, 0.9, 0.85, 0.9, 0.9, 1.15, 1.15, 1.05, 0.8)
_PEOPLE = {
    "dolnośląskie": 2.9, "kujawsko-pomorskie": 2.0, "lubelskie": 2.0, "lubuskie": 1.0, "łódzkie": 2.4,
    "małopolskie": 3.4, "mazowieckie": 5.5, "opolskie": 0.9, "podkarpackie": 2.1, "podlaskie": 1.1, "pomorskie": 2.4,
    "śląskie": 4.3, "świętokrzyskie": 1.2, "warmińsko-mazurskie": 1.4, "wielkopolskie": 3.5, "zachodniopomorskie": 1.6,
}  # fmt: skip
_KINDS = (("question", "chat", 62), ("search", "search", 12), ("call", "phone", 16), ("ticket", "form", 4),
          ("ticket", "e_mail", 2), ("suggestion", "form", 4))  # fmt: skip
_OUTCOMES = (("answered", 70), ("search", 5), ("choices", 8), ("question", 4), ("unknown", 7), ("handed_over", 5),
             ("unreadable", 1))  # fmt: skip
_RATED = 0.18
_HELPFUL = 0.93
_PLACED = 0.7
_TICKET_AFTER = 0.03
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class World:
    """What made-up events may be about."""

    topics: Sequence[tuple[str, str | None]]
    counties: Sequence[County]
    partners: int = 60

    def partner(self, number: int) -> tuple[str, County]:
        county = self.counties[number * 37 % len(self.counties)]
        return f"przyklad-{number:03}", county


class _Weighted(Generic[_Item]):
    """Draws items by weight, quickly."""

    def __init__(self, items: Sequence[_Item], weights: Sequence[float]) -> None:
        self.items = list(items)
        self.sums = list(accumulate(weights))

    def draw(self, chance: random.Random) -> _Item:
        return chance.choices(self.items, cum_weights=self.sums)[0]


class Inventor:
    """Invents events in order of days; the same seed gives the same year."""

    def __init__(self, world: World, *, seed: int = 20_26) -> None:
        self._world = world
        self._chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        self._topics = _Weighted(world.topics, [1 / (rank + 3) for rank in range(len(world.topics))])
        self._kinds = _Weighted([(kind, channel) for kind, channel, _ in _KINDS], [weight for _, _, weight in _KINDS])
        self._outcomes = _Weighted([name for name, _ in _OUTCOMES], [weight for _, weight in _OUTCOMES])
        self._counties = _Weighted(world.counties, [_PEOPLE[county.voivodeship] for county in world.counties])
        numbers = range(world.partners)
        self._partners = _Weighted(numbers, [1 / (number + 4) for number in numbers])

    def year(self, last: dt.date, *, days: int, events: int) -> Iterator[Facts]:
        """About so many events over the days up to the last one."""
        dates = [last - dt.timedelta(days=back) for back in range(days - 1, -1, -1)]
        weights = [_WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * (1 + index / days / 2)
                   for index, day in enumerate(dates)]  # fmt: skip
        scale = events / sum(weights)
        for index, (day, weight) in enumerate(zip(dates, weights)):
            model = f"demo-model-{1 + index * 4 // days}"
            yield from islice(self._endless(day, model, better=index / days), round(weight * scale))

    def _endless(self, day: dt.date, model: str, *, better: float) -> Iterator[Facts]:
        while True:
            kind, channel = self._kinds.draw(self._chance)
            at = self._moment(day)
            if kind == "question":
                yield from self._conversation(at, model, better=better)
                continue
            county = self._place()
            yield Facts(
                kind,
                channel,
                at=at,
                outcome=self._outcome_of(kind),
                voivodeship=county.voivodeship if county else None,
                county=county.name if county else None,
                made_up=True,
            )

    def _conversation(self, at: dt.datetime, model: str, *, better: float) -> Iterator[Facts]:
        chance = self._chance
        conversation, county = f"{CONVERSATION_PREFIX}{chance.getrandbits(64):x}", self._place()
        partner = None
        if chance.random() < _PLACED:
            partner, county = self._world.partner(self._partners.draw(chance))
        place: dict[str, Any] = {"voivodeship": county.voivodeship, "county": county.name} if county else {}
        for _ in range(1 + min(5, int(chance.expovariate(0.9)))):
            topic, audience = self._topics.draw(chance)
            outcome = self._outcomes.draw(chance)
            if outcome == "unknown" and chance.random() < better / 2:
                outcome = "answered"
            known = outcome in ("answered", "handed_over")
            yield Facts(
                "question", "chat", at=at, outcome=outcome, topic=topic if known else None,
                audience=audience if known else None, partner=partner, conversation=conversation, model=model,
                milliseconds=int(chance.lognormvariate(4.2, 0.7)), made_up=True, **place,
            )  # fmt: skip
            if chance.random() < _RATED:
                helpful = chance.random() < _HELPFUL + 0.04 * better
                yield Facts(
                    "rating", "chat", at=at, topic=topic if known else None, helpful=helpful,
                    reason=None if helpful else chance.choice(sorted(REASONS)), partner=partner, model=model,
                    conversation=conversation, message=f"{conversation}-{chance.getrandbits(48):x}", made_up=True,
                    **place,
                )  # fmt: skip
            at += dt.timedelta(seconds=chance.randrange(20, 240))
        if chance.random() < _TICKET_AFTER:
            yield Facts("ticket", "form", at=at, partner=partner, conversation=conversation, made_up=True, **place)

    def _outcome_of(self, kind: str) -> str | None:
        weights = {
            "search": (("answered", 80), ("choices", 12), ("unknown", 8)),
            "call": (("answered", 92), ("unknown", 3), ("handed_over", 5)),
            "suggestion": (("taken", 55), ("edited", 30), ("rejected", 15)),
        }.get(kind)
        if weights is None:
            return None
        return self._chance.choices([name for name, _ in weights], [weight for _, weight in weights])[0]

    def _moment(self, day: dt.date) -> dt.datetime:
        hour = self._chance.choices(range(24), _HOURS)[0]
        second = self._chance.randrange(3600)
        return dt.datetime.combine(day, dt.time(hour, second // 60, second % 60), WARSAW).astimezone(dt.timezone.utc)

    def _place(self) -> County | None:
        return self._counties.draw(self._chance) if self._chance.random() < _PLACED else None


def fill(events: EventRepository, rollups: Rollups, invented: Iterator[Facts]) -> int:
    """Store invented events and count them; return how many."""
    number = 0
    while batch := list(islice(invented, _BATCH)):
        events.add(batch)
        number += len(batch)
    rollups.refresh()
    return number


def invent_questions(repository: Repository, last: dt.date, *, days: int) -> int:
    """Store questions without an answer, for the pages that show masked messages; return how many."""
    chance = random.Random(last.toordinal())  # noqa: S311 - nothing secret is drawn
    texts = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    for number in range(_STORED_QUESTIONS):
        at = dt.datetime.combine(last - dt.timedelta(days=chance.randrange(days)), dt.time(9), WARSAW)
        at += dt.timedelta(minutes=chance.randrange(600))
        conversation = f"{CONVERSATION_PREFIX}{number:04}-{uuid.uuid4().hex[:20]}"
        repository.create_conversation(conversation, now=at)
        turn = repository.begin_turn(conversation, "demo", text=chance.choice(texts), payload=None, now=at)
        repository.finish_turn(turn, outcome="unknown", versions={}, milliseconds=60, messages=[])
    return _STORED_QUESTIONS


def remove(events: EventRepository, rollups: Rollups, repository: Repository) -> int:
    """Remove all that is made up; return how many events."""
    now = utc_now()
    for conversation in repository.conversations_like(CONVERSATION_PREFIX):
        repository.delete_conversation(conversation, now=now)
    gone = events.remove_made_up()
    rollups.refresh()
    return gone
