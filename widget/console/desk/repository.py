"""All SQL of calls."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import sessionmaker

from widget.console.desk.models import Call


class CallRepository:
    """Stores and reads calls; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def open_call(self, user_id: str) -> Call | None:
        """The call that the consultant has not ended yet."""
        with self._sessions() as session:
            return session.scalars(
                select(Call).where(Call.user_id == user_id, Call.ended_at.is_(None)).order_by(Call.started_at.desc())
            ).first()

    def call(self, call_id: str, user_id: str) -> Call | None:
        """The consultant's own call of that id."""
        with self._sessions() as session:
            return session.scalars(select(Call).where(Call.id == call_id, Call.user_id == user_id)).one_or_none()

    def begin(self, user_id: str, *, now: dt.datetime) -> Call:
        call = Call(id=str(uuid.uuid4()), user_id=user_id, started_at=now)
        with self._sessions.begin() as session:
            session.add(call)
        return call

    def add(self, call_id: str, user_id: str, values: dict[str, Any]) -> Call:
        """Store a call whose start nobody marked; the same id again changes nothing."""
        with self._sessions.begin() as session:
            known = session.get(Call, call_id)
            if known is None:
                known = Call(id=call_id, user_id=user_id, **values)
                session.add(known)
            return known

    def change(self, call_id: str, values: dict[str, Any]) -> bool:
        """Set values of a call that the statistics have not been told of; False where they have."""
        with self._sessions.begin() as session:
            done = session.execute(update(Call).where(Call.id == call_id, Call.reported_at.is_(None)).values(**values))
            return bool(done.rowcount)  # type: ignore[attr-defined]

    def drop(self, call_id: str) -> bool:
        """Forget a call that goes on; False where it has ended."""
        with self._sessions.begin() as session:
            gone = session.execute(delete(Call).where(Call.id == call_id, Call.ended_at.is_(None)))
            return bool(gone.rowcount)  # type: ignore[attr-defined]

    def latest(self, user_id: str, *, count: int) -> list[Call]:
        """The consultant's ended calls, newest first."""
        with self._sessions() as session:
            ended = select(Call).where(Call.user_id == user_id, Call.ended_at.is_not(None))
            return list(session.scalars(ended.order_by(Call.ended_at.desc()).limit(count)))

    def take_unreported(self, *, before: dt.datetime, now: dt.datetime, count: int) -> list[Call]:
        """Calls that ended before, each given out once: whoever gets it tells the statistics."""
        taken = []
        with self._sessions.begin() as session:
            due = select(Call).where(Call.reported_at.is_(None), Call.ended_at < before).limit(count)
            for call in session.scalars(due):
                mine = session.execute(
                    update(Call)
                    .where(Call.id == call.id, Call.reported_at.is_(None))
                    .values(reported_at=now)
                    .execution_options(synchronize_session=False)
                )
                if mine.rowcount:  # type: ignore[attr-defined]
                    taken.append(call)
        return taken
