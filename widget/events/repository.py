"""All SQL of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select, update

from widget.events.facts import Facts
from widget.events.links import LOOSE, link_of, loose_link
from widget.events.models import Event, Mark
from widget.storage.models import Conversation, Message, Turn
from zielona.clock import WARSAW

_CHUNK = 500
_Item = TypeVar("_Item")
Place = tuple[str | None, str | None]


def day_of(moment: dt.datetime) -> dt.date:
    """The day in Warsaw."""
    return moment.astimezone(WARSAW).date()


def hour_of(moment: dt.datetime) -> dt.datetime:
    """Beginning of the hour; offsets of Warsaw are whole hours, so it begins an hour there too."""
    return moment.astimezone(dt.timezone.utc).replace(minute=0, second=0, microsecond=0)


class EventRepository:
    """Stores events; every method is one transaction. Raises SQLAlchemyError.

    `place` tells voivodeship and county of a partner.
    """

    def __init__(
        self, engine: Engine, secret: str, place: Callable[[str], Place] = lambda partner: (None, None)
    ) -> None:
        self._engine = engine
        self._secret = secret
        self._place = place

    def add(self, batch: Sequence[Facts]) -> None:
        """Store events, each with what the database knows of its conversation and message, and mark their days."""
        with self._engine.begin() as connection:
            partners, messages = self._known(connection, batch)
            rows = {position: self._row(facts, partners, messages) for position, facts in enumerate(batch)}
            # Of several ratings of one message in a batch the last counts.
            last = {row["ref"]: position for position, row in rows.items() if row["ref"]}
            kept = [row for position, row in rows.items() if not row["ref"] or last[row["ref"]] == position]
            days = {row["day"] for row in kept}
            for refs in _chunks(last):
                days.update(connection.scalars(select(Event.day).where(Event.ref.in_(refs))))
                connection.execute(delete(Event).where(Event.ref.in_(refs)))
            # A conversation is counted where it began; what comes later may change how it is counted there.
            for links in _chunks({row["link"] for row in kept if row["link"]}):
                days.update(connection.scalars(select(Event.day).where(Event.link.in_(links)).distinct()))
            connection.execute(insert(Event), kept)
            _mark(connection, days)

    def forget(self, conversation_id: str) -> None:
        """Cut what leads from a conversation to its events; the counts stay."""
        self._loosen([link_of(conversation_id, self._secret)])

    def sweep(self, *, before: dt.datetime) -> int:
        """Cut the links of conversations that are gone, whoever removed them; events after `before` may still wait."""
        with self._engine.connect() as connection:
            links = select(Event.link).where(Event.link.is_not(None), Event.link.not_like(f"{LOOSE}%"))
            found = set(connection.scalars(links.where(Event.at < before, Event.made_up.is_(False)).distinct()))
            if not found:
                return 0
            kept = {link_of(conversation, self._secret) for conversation in connection.scalars(select(Conversation.id))}
        gone = sorted(link for link in found - kept if link)
        self._loosen(gone)
        return len(gone)

    def remove_made_up(self) -> int:
        """Remove the events of `zielona demo-data`."""
        with self._engine.begin() as connection:
            days = set(connection.scalars(select(Event.day).where(Event.made_up.is_(True)).distinct()))
            gone = connection.execute(delete(Event).where(Event.made_up.is_(True))).rowcount
            _mark(connection, days)
        return gone

    def _loosen(self, links: Sequence[str]) -> None:
        with self._engine.begin() as connection:
            for link in links:
                change = update(Event).where(Event.link == link).values(link=loose_link(), ref=None)
                connection.execute(change)

    def _known(
        self, connection: Connection, batch: Sequence[Facts]
    ) -> tuple[dict[str, str | None], dict[str, tuple[str | None, str | None]]]:
        """Partner by conversation; topic and model by message."""
        partners: dict[str, str | None] = {}
        for ids in _chunks({facts.conversation for facts in batch if facts.conversation and not facts.partner}):
            for row in connection.execute(
                select(Conversation.id, Conversation.partner).where(Conversation.id.in_(ids))
            ):
                partners[row.id] = row.partner
        messages: dict[str, tuple[str | None, str | None]] = {}
        for ids in _chunks({facts.message for facts in batch if facts.message}):
            rated = select(Message.id, Message.topic, Turn.model).join(Turn, Message.turn_id == Turn.id)
            found = connection.execute(rated.where(Message.id.in_(ids)))
            messages.update((key, (topic, model)) for key, topic, model in found)
        return partners, messages

    def _row(
        self,
        facts: Facts,
        partners: dict[str, str | None],
        messages: dict[str, tuple[str | None, str | None]],
    ) -> dict[str, Any]:
        partner = facts.partner or partners.get(facts.conversation or "")
        topic, model = messages.get(facts.message or "", (None, None))
        place: Place = (facts.voivodeship, facts.county)
        if not facts.voivodeship and partner:
            place = self._place(partner)
        return {
            "at": facts.at,
            "hour": hour_of(facts.at),
            "day": day_of(facts.at),
            **{name: getattr(facts, name) for name in _COPIED},
            "topic": facts.topic or topic,
            "partner": partner,
            "voivodeship": place[0],
            "county": place[1],
            "model": facts.model or model,
            "link": link_of(facts.conversation, self._secret) if facts.conversation else None,
            "ref": link_of(facts.message, self._secret) if facts.message and facts.kind == "rating" else None,
        }


_COPIED = ("kind", "channel", "outcome", "audience", "helpful", "reason", "milliseconds", "made_up")


def _mark(connection: Connection, days: Iterable[dt.date]) -> None:
    marks = [{"day": day} for day in sorted(days)]
    if marks:
        connection.execute(insert(Mark), marks)


def _chunks(items: Iterable[_Item]) -> Iterable[list[_Item]]:
    """Parts of a size that every database takes in one statement."""
    listed = list(items)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
