"""All SQL of live chats. Every change of state names the state it expects, so of two that come at once one wins."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Engine, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from widget.accounts.models import User
from widget.console.live.models import ACTIVE, EXPIRED, NOTICE, WAITING, LiveMessage, Presence, Takeover

_OPEN = (WAITING, ACTIVE)


class LiveRepository:
    """Stores and reads live chats; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def latest(self, conversation_id: str) -> Takeover | None:
        """The conversation's takeover that is open, else the last one."""
        with self._sessions() as session:
            own = select(Takeover).where(Takeover.conversation_id == conversation_id)
            return session.scalars(own.order_by(Takeover.open_for.is_(None), Takeover.queued_at.desc())).first()

    def leads(self, conversation_id: str) -> str | None:
        """Id of the takeover in which a consultant leads the conversation now."""
        with self._sessions() as session:
            return session.scalar(
                select(Takeover.id).where(Takeover.open_for == conversation_id, Takeover.state == ACTIVE)
            )

    def get(self, takeover_id: str) -> Takeover | None:
        with self._sessions() as session:
            return session.get(Takeover, takeover_id)

    def queue(self, conversation_id: str, *, question: str, now: dt.datetime) -> Takeover | None:
        """Let the conversation wait; one that waits or is led already stays. None where there is no conversation."""
        takeover = Takeover(
            id=str(uuid.uuid4()), conversation_id=conversation_id, state=WAITING, open_for=conversation_id,
            question=question, queued_at=now, visitor_seen_at=now, note="", updated_at=now,
        )  # fmt: skip
        try:
            with self._sessions.begin() as session:
                session.add(takeover)
        except IntegrityError:
            found = self.latest(conversation_id)
            return found if found is not None and found.open_for else None
        return takeover

    def move(self, takeover_id: str, states: tuple[str, ...], *, by: str | None = None, **values: Any) -> bool:
        """Set values if the state is one of `states` (and the consultant `by`, where given); tell whether so."""
        own = [Takeover.user_id == by] if by else []
        with self._sessions.begin() as session:
            done = session.execute(
                update(Takeover).where(Takeover.id == takeover_id, Takeover.state.in_(states), *own).values(**values)
                .execution_options(synchronize_session=False)
            )  # fmt: skip
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def say(
        self, takeover: Takeover, text: str, *, who: str = NOTICE, name: str = "", client_id: str = "", now: dt.datetime
    ) -> None:
        """Add a message or a notice; the same client id again adds nothing."""
        message = LiveMessage(
            takeover_id=takeover.id, conversation_id=takeover.conversation_id, who=who, name=name, text=text,
            client_id=client_id or str(uuid.uuid4()), created_at=now,
        )  # fmt: skip
        try:
            with self._sessions.begin() as session:
                session.add(message)
                _touch(session, takeover.id, now)
        except IntegrityError:
            if not client_id:
                raise

    def touch(self, takeover_id: str, *, now: dt.datetime) -> None:
        """Something was said in it."""
        with self._sessions.begin() as session:
            _touch(session, takeover_id, now)

    def messages(self, conversation_id: str, *, after: int = 0) -> list[LiveMessage]:
        """Messages of consultants and notices in the conversation, oldest first."""
        own = select(LiveMessage).where(LiveMessage.conversation_id == conversation_id, LiveMessage.id > after)
        with self._sessions() as session:
            return list(session.scalars(own.order_by(LiveMessage.id)))

    def waiting(self) -> list[Takeover]:
        """Those who wait, the first first."""
        with self._sessions() as session:
            return list(
                session.scalars(
                    select(Takeover).where(Takeover.state == WAITING).order_by(Takeover.queued_at, Takeover.id)
                )
            )

    def ahead(self, takeover: Takeover) -> int:
        """How many wait longer."""
        with self._sessions() as session:
            longer = select(func.count()).where(Takeover.state == WAITING, Takeover.queued_at < takeover.queued_at)
            return int(session.scalar(longer) or 0)

    def led(self) -> list[tuple[Takeover, str]]:
        """Chats that consultants lead now, with their names."""
        rows = select(Takeover, User.name).join(User, Takeover.user_id == User.id).where(Takeover.state == ACTIVE)
        with self._sessions() as session:
            return [(takeover, name) for takeover, name in session.execute(rows.order_by(Takeover.taken_at))]

    def ended_of(self, user_id: str, *, count: int) -> list[Takeover]:
        """Chats that the consultant led, the last first."""
        own = select(Takeover).where(Takeover.user_id == user_id, Takeover.ended_at.is_not(None))
        with self._sessions() as session:
            return list(session.scalars(own.order_by(Takeover.ended_at.desc()).limit(count)))

    def name_of(self, user_id: str | None) -> str:
        with self._sessions() as session:
            user = session.get(User, user_id) if user_id else None
            return user.name if user else ""

    def expire(self, *, unseen_since: dt.datetime, now: dt.datetime) -> None:
        """End the waiting of visitors whose page is gone, and chats that both sides have left."""
        left_by_both = and_(Takeover.state == ACTIVE, Takeover.consultant_seen_at < unseen_since)
        with self._sessions.begin() as session:
            session.execute(
                update(Takeover)
                .where(or_(Takeover.state == WAITING, left_by_both), Takeover.visitor_seen_at < unseen_since)
                .values(state=EXPIRED, open_for=None, ended_at=now, updated_at=now)
                .execution_options(synchronize_session=False)
            )

    def present(self, user_id: str, *, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.merge(Presence(user_id=user_id, seen_at=now))

    def count_present(self, *, since: dt.datetime) -> int:
        with self._sessions() as session:
            return int(session.scalar(select(func.count()).where(Presence.seen_at >= since)) or 0)

    def mark(self) -> str:
        """Changes whenever the queue does."""
        with self._sessions() as session:
            last, waiting = session.execute(
                select(func.max(Takeover.updated_at), func.count()).where(Takeover.state.in_(_OPEN))
            ).one()
            ended = session.scalar(select(func.max(Takeover.ended_at)))
            return f"{last}|{waiting}|{ended}"


def _touch(session: Session, takeover_id: str, now: dt.datetime) -> None:
    session.execute(
        update(Takeover).where(Takeover.id == takeover_id).values(updated_at=now)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
