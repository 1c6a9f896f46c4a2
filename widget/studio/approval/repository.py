"""All SQL of proposals."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import aliased, sessionmaker

from widget.accounts.models import User
from widget.studio.approval.models import WAITING, Proposal


@dataclass(frozen=True)
class Listed:
    """A proposal with the people of it."""

    proposal: Proposal
    author: User
    decider: User | None


class ProposalRepository:
    """Every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def add(
        self, *, title: str, subject: str, changes: Sequence[dict[str, Any]], author_id: str, now: dt.datetime
    ) -> Proposal:
        made = Proposal(
            id=str(uuid.uuid4()), path=changes[0]["path"], title=title, subject=subject, changes=list(changes),
            author_id=author_id, created_at=now, state=WAITING, note="",
        )  # fmt: skip
        with self._sessions.begin() as session:
            session.add(made)
        return made

    def get(self, proposal_id: str) -> Listed | None:
        with self._sessions() as session:
            row = session.execute(_listed().where(Proposal.id == proposal_id)).one_or_none()
            return Listed(*row) if row else None

    def waiting(self) -> list[Listed]:
        """The oldest first."""
        query = _listed().where(Proposal.state == WAITING).order_by(Proposal.created_at)
        with self._sessions() as session:
            return [Listed(*row) for row in session.execute(query)]

    def decided(self, *, limit: int) -> list[Listed]:
        """The newest decision first."""
        query = _listed().where(Proposal.state != WAITING).order_by(Proposal.decided_at.desc()).limit(limit)
        with self._sessions() as session:
            return [Listed(*row) for row in session.execute(query)]

    def waiting_for(self, path: str) -> list[Listed]:
        """Proposals that change the file first of all."""
        query = _listed().where(Proposal.state == WAITING, Proposal.path == path).order_by(Proposal.created_at)
        with self._sessions() as session:
            return [Listed(*row) for row in session.execute(query)]

    def count(self) -> int:
        with self._sessions() as session:
            return session.scalar(select(func.count()).where(Proposal.state == WAITING)) or 0

    def decide(self, proposal_id: str, *, state: str, by: str, note: str, now: dt.datetime) -> bool:
        """False where somebody decided before."""
        values = {"state": state, "decided_by": by, "decided_at": now, "note": note}
        with self._sessions.begin() as session:
            open_ = (Proposal.id == proposal_id, Proposal.state == WAITING)
            done = session.execute(update(Proposal).where(*open_).values(**values))
            return bool(done.rowcount)  # type: ignore[attr-defined]


def _listed() -> Any:
    author, decider = aliased(User), aliased(User)
    return (
        select(Proposal, author, decider)
        .join(author, author.id == Proposal.author_id)
        .outerjoin(decider, decider.id == Proposal.decided_by)
    )
