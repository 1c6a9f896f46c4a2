"""How a topic does, from stored conversations. All SQL of the studio."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from widget.storage.models import Message, Rating, Turn

DAYS = 30
# Newest answers whose ranking is looked at.
_LOOKED_AT = 500
# A second topic that is less likely than this was no rival.
_RIVAL = 0.15
_MOST_RIVALS = 3


@dataclass(frozen=True)
class Figures:
    """Answers of the last DAYS days, their ratings, and the topics that nearly won: name and number of times."""

    answers: int = 0
    rated: int = 0
    helpful: int = 0
    rivals: tuple[tuple[str, int], ...] = ()


class TopicFigures:
    """Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def volumes(self, *, now: dt.datetime) -> dict[str, int]:
        """Number of answers by topic."""
        asked = (
            select(Message.topic, func.count())
            .join(Turn)
            .where(Turn.created_at >= now - dt.timedelta(days=DAYS), Message.topic.is_not(None))
            .group_by(Message.topic)
        )
        with self._engine.connect() as connection:
            return {str(topic): int(count) for topic, count in connection.execute(asked)}

    def of(self, topic: str, *, now: dt.datetime) -> Figures:
        within = (Message.topic == topic, Turn.created_at >= now - dt.timedelta(days=DAYS))
        counted = (
            select(Rating.helpful, func.count())
            .select_from(Message)
            .join(Turn)
            .outerjoin(Rating, Rating.message_id == Message.id)
            .where(*within)
            .group_by(Rating.helpful)
        )
        traces = select(Message.trace).join(Turn).where(*within).order_by(Turn.created_at.desc()).limit(_LOOKED_AT)
        with self._engine.connect() as connection:
            counts: dict[bool | None, int] = {row[0]: row[1] for row in connection.execute(counted)}
            rivals = _rivals(topic, connection.scalars(traces))
        helpful, unhelpful = counts.get(True, 0), counts.get(False, 0)
        return Figures(sum(counts.values()), helpful + unhelpful, helpful, rivals)


def _rivals(topic: str, traces: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    """Topics that stood beside this one in the ranking with a real probability."""
    counts: dict[str, int] = defaultdict(int)
    for trace in traces:
        for name, probability in (trace or {}).get("ranking") or []:
            if name != topic and probability >= _RIVAL:
                counts[name] += 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_RIVALS])
