"""All SQL of publications and trials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

from widget.storage.models import Conversation, Message, Rating, Turn
from widget.studio.publishing.models import DONE, FAILED, PUBLISH, RUNNING, WAITING, Publication, TrialRecord


class BusyError(RuntimeError):
    """Another order has not ended yet."""


@dataclass(frozen=True)
class Talked:
    """What came of one conversation: questions by outcome, and how many answers were rated and helped."""

    outcomes: dict[str, int]
    rated: int = 0
    helpful: int = 0


class Publications:
    """Stores and reads orders and trials; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def order(
        self, kind: str, release_id: int, *, by: str, reason: str, now: dt.datetime, share: float | None = None
    ) -> Publication:
        """Raises BusyError while another order is open."""
        order = Publication(
            kind=kind, release_id=release_id, share=share, at=now, by=by, reason=reason, state=WAITING, open=1, step="",
            failure="",
        )  # fmt: skip
        try:
            with self._sessions.begin() as session:
                session.add(order)
        except IntegrityError as error:
            raise BusyError from error
        return order

    def opened(self) -> Publication | None:
        """The order that waits or is carried out."""
        with self._sessions() as session:
            return session.scalars(select(Publication).where(Publication.open == 1)).first()

    def get(self, order_id: int) -> Publication | None:
        with self._sessions() as session:
            return session.get(Publication, order_id)

    def list(self, *, limit: int = 50) -> Sequence[Publication]:
        """The newest first."""
        with self._sessions() as session:
            return [*session.scalars(select(Publication).order_by(Publication.id.desc()).limit(limit))]

    def published(self) -> dict[int, int]:
        """Publications that came true: which release, by the id of the order."""
        asked = select(Publication.id, Publication.release_id).where(
            Publication.kind == PUBLISH, Publication.state == DONE
        )
        with self._sessions() as session:
            return {row.id: row.release_id for row in session.execute(asked)}

    def of_release(self, release_id: int) -> Sequence[Publication]:
        """The newest first."""
        asked = select(Publication).where(Publication.release_id == release_id).order_by(Publication.id.desc())
        with self._sessions() as session:
            return [*session.scalars(asked)]

    def step(self, order_id: int, step: str) -> None:
        """It is being carried out and has come this far."""
        with self._sessions.begin() as session:
            where = Publication.id == order_id
            session.execute(update(Publication).where(where).values(state=RUNNING, step=step))

    def end(self, order_id: int, *, now: dt.datetime, failure: str = "", replaced: int | None = None) -> None:
        ended = {"state": FAILED if failure else DONE, "open": None, "failure": failure, "ended_at": now}
        with self._sessions.begin() as session:
            where = Publication.id == order_id
            session.execute(update(Publication).where(where).values(replaced=replaced, **ended))

    def begin_trial(
        self, release_id: int, *, beside: int | None, share: float, by: str, now: dt.datetime
    ) -> TrialRecord:
        trial = TrialRecord(release_id=release_id, beside=beside, share=share, started_at=now, by=by)
        with self._sessions.begin() as session:
            session.add(trial)
        return trial

    def end_trials(self, *, now: dt.datetime, but: int | None = None) -> None:
        """No trial goes on any more, except the one with the id `but`."""
        going = update(TrialRecord).where(TrialRecord.stopped_at.is_(None))
        if but is not None:
            going = going.where(TrialRecord.id != but)
        with self._sessions.begin() as session:
            session.execute(going.values(stopped_at=now))

    def trial(self) -> TrialRecord | None:
        """The trial that goes on."""
        with self._sessions() as session:
            return session.scalars(select(TrialRecord).where(TrialRecord.stopped_at.is_(None))).first()

    def trials(self, *, limit: int = 20) -> Sequence[TrialRecord]:
        """The newest first."""
        with self._sessions() as session:
            return [*session.scalars(select(TrialRecord).order_by(TrialRecord.id.desc()).limit(limit))]

    def talked(self, trial: TrialRecord) -> dict[str, Talked]:
        """What came of each conversation that began during the trial, by conversation."""
        began = [Conversation.created_at >= trial.started_at]
        if trial.stopped_at is not None:
            began.append(Conversation.created_at < trial.stopped_at)
        asked = (
            select(Turn.conversation_id, Turn.outcome, func.count())
            .join(Conversation)
            .where(*began, Turn.outcome.is_not(None))
            .group_by(Turn.conversation_id, Turn.outcome)
        )
        rated = (
            select(Turn.conversation_id, Rating.helpful, func.count())
            .select_from(Rating)
            .join(Message, Message.id == Rating.message_id)
            .join(Turn)
            .join(Conversation)
            .where(*began)
            .group_by(Turn.conversation_id, Rating.helpful)
        )
        found: dict[str, dict[str, int]] = {}
        helpful: dict[tuple[str, bool], int] = {}
        with self._sessions() as session:
            for conversation, outcome, count in session.execute(asked):
                found.setdefault(conversation, {})[str(outcome)] = count
            for conversation, good, count in session.execute(rated):
                helpful[conversation, good] = count
        return {
            name: Talked(outcomes, helpful.get((name, True), 0) + helpful.get((name, False), 0),
                         helpful.get((name, True), 0))
            for name, outcomes in found.items()
        }  # fmt: skip
