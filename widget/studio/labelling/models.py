"""Tables of what editors should look at, and of what they said of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime
from widget.studio.words import NOT_OURS

# Why a message is here; what consultants reject comes with a reason of its own, see `widget.console.suggestions`.
REASONS = {
    "nie_wiem": "asystent nie wiedział",
    "niepomocna": "odpowiedź nie pomogła",
    "na_granicy": "asystent nie był pewny",
    "poprawiona": "konsultant poprawił",
}
UNKNOWN, UNHELPFUL, UNSURE, CORRECTED = REASONS
STATES = {
    "nowe": "czeka",
    "oznaczone": "dodane do tematu",
    "pominiete": "pominięte",
    "poza_zakresem": NOT_OURS,
}
NEW, LABELLED, IGNORED, OUTSIDE = STATES
# A second look by another editor.
DUE, AGREED, DIFFERENT = "czeka", "zgodne", "rozne"
# What a person has looked at and found wrong tells more than any doubt of the classifier (0 to 1).
SCORE_BY_PERSON = 1.5
# Where a message comes from.
VISITOR, CONSULTANT = "rozmowa", "odrzucona_sugestia"


class LabelItem(Base):
    """A visitor's message that the studio should look at; its text is masked.

    `score` is how much a label would teach, `group_id` the group by meaning it was put into, `place` its place there,
    the most typical first. No `group_id`: no grouping has seen it; 0: like no others; below 0: near that group, but not
    of it. `held_by` is the editor who has it on the screen, until `held_until`. A message out of a
    conversation goes with it.
    """

    __tablename__ = "label_queue"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    turn_id: Mapped[str | None] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), unique=True)
    score: Mapped[float] = mapped_column(Float, default=SCORE_BY_PERSON)
    group_id: Mapped[int | None] = mapped_column(Integer)
    place: Mapped[int] = mapped_column(Integer, default=0)
    control: Mapped[str | None] = mapped_column(String(16))
    held_by: Mapped[str | None] = mapped_column(String(36))
    held_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class LabelGroup(Base):
    """Messages of one matter, with a proposed name and the topic whose examples are nearest."""

    __tablename__ = "label_groups"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    topic: Mapped[str | None] = mapped_column(String(64))


class LabelDecision(Base):
    """What an editor said of a message: the name of a topic, or a state. No text, so it may outlive the message."""

    __tablename__ = "label_decisions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    item_id: Mapped[str] = mapped_column(String(36))
    control: Mapped[bool] = mapped_column(Boolean)
    user_id: Mapped[str] = mapped_column(String(36))
    label: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


# States of the grouping.
NEVER, RUNNING, READY, FAILED = "nigdy", "trwa", "gotowe", "nieudane"
# A run that gave no sign of life for so long has died.
DEAD = dt.timedelta(minutes=3)


class Grouping(Base):
    """The one row about the grouping: who does it, how far it is, when it was finished last."""

    __tablename__ = "label_grouping"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str] = mapped_column(String(36))
    step: Mapped[str] = mapped_column(String(80))
    done: Mapped[int] = mapped_column(Integer)
    total: Mapped[int] = mapped_column(Integer)
    beat_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
