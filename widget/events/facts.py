"""The facts of an event, checked before they are queued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Any

from knowledge_base.content.offices import VOIVODESHIPS
from knowledge_base.content.topics import AUDIENCES
from widget.chat.ratings import REASONS
from widget.events.kinds import CHANNELS, KINDS
from zielona.clock import utc_now

_LENGTHS = {"topic": 64, "partner": 40, "county": 48, "model": 64}


class FactError(ValueError):
    """A fact that no event of this kind may have; the mistake of a programmer."""


@dataclass(frozen=True)
class Facts:
    """One event before it is stored.

    `conversation` and `message` are ids: stored are keyed hashes of them, `conversation` for figures per conversation,
    `message` so that a changed rating replaces the earlier one. `voivodeship` and `county` are what the person chose;
    left empty, they are those of the partner on whose page the conversation began.
    """

    kind: str
    channel: str
    at: dt.datetime = field(default_factory=utc_now)
    outcome: str | None = None
    topic: str | None = None
    partner: str | None = None
    voivodeship: str | None = None
    county: str | None = None
    audience: str | None = None
    helpful: bool | None = None
    reason: str | None = None
    milliseconds: int | None = None
    model: str | None = None
    conversation: str | None = None
    message: str | None = None
    made_up: bool = False


_NAMES = {item.name for item in fields(Facts)}


def make_facts(kind: str, **facts: Any) -> Facts:
    """Check and return the facts. Raises FactError."""
    unknown = set(facts) - _NAMES
    if kind not in KINDS or unknown:
        raise FactError(f"unknown kind {kind!r} or facts {sorted(unknown)}")
    if facts.get("channel") not in KINDS[kind].channels:
        raise FactError(f"{kind}: no channel {facts.get('channel')!r}, known: {', '.join(CHANNELS)}")
    found = Facts(kind, **facts)
    listed = {
        "outcome": KINDS[kind].outcomes,
        "voivodeship": VOIVODESHIPS,
        "audience": AUDIENCES,
        "reason": tuple(REASONS),
    }
    for name, allowed in listed.items():
        value = getattr(found, name)
        if value is not None and value not in allowed:
            raise FactError(f"{kind}: {name} cannot be {value!r}")
    for name, length in _LENGTHS.items():
        value = getattr(found, name)
        if value is not None and (not isinstance(value, str) or len(value) > length):
            raise FactError(f"{kind}: {name} is no text of at most {length} characters")
    if found.county and not found.voivodeship:
        raise FactError(f"{kind}: several voivodeships may have a county of that name")
    if found.at.tzinfo is None:
        raise FactError(f"{kind}: a moment needs a zone")
    return found
