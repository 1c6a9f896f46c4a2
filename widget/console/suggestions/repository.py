"""All SQL of suggestions and replies."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, case, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from widget.console.suggestions.gather import Draft
from widget.console.suggestions.models import (
    EDITED,
    EMAIL,
    FAILED,
    REJECTED,
    SENDING,
    SENT,
    SHOWN,
    TAKEN,
    Reply,
    Suggestion,
)  # fmt: skip
from widget.console.suggestions.similar import Answered
from widget.studio.labelling.models import CONSULTANT, NEW, LabelItem
from widget.tickets.models import Ticket

_REMEMBERED = 5000


@dataclass(frozen=True)
class TopicAcceptance:
    """Of answers sent about a topic with suggestions on the page: how many were made of one, as it was or edited."""

    topic: str | None
    answers: int
    as_it_was: int
    edited: int
    rejected: int

    @property
    def share(self) -> float:
        return (self.as_it_was + self.edited) / self.answers if self.answers else 0.0


class SuggestionRepository:
    """Stores what was suggested and what was sent; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    # Suggestions

    def add_round(self, ticket_id: str, query: str, drafts: Sequence[Draft], *, now: dt.datetime) -> list[Suggestion]:
        """Store what was found for a ticket; where another page was quicker, what that one found."""
        with self._sessions() as session:
            last = session.scalar(select(func.max(Suggestion.round)).where(Suggestion.ticket_id == ticket_id)) or 0
        try:
            with self._sessions.begin() as session:
                session.add_all(
                    Suggestion(
                        id=str(uuid.uuid4()), ticket_id=ticket_id, round=last + 1, position=position, query=query,
                        kind=draft.kind, origin=draft.origin, title=draft.title[:255], text=draft.text,
                        sources=draft.sources, topic=draft.topic, probability=draft.probability, state=SHOWN,
                        created_at=now,
                    )
                    for position, draft in enumerate(drafts, 1)
                )  # fmt: skip
        except IntegrityError:
            pass
        return self.latest_round(ticket_id)

    def latest_round(self, ticket_id: str) -> list[Suggestion]:
        last = select(func.max(Suggestion.round)).where(Suggestion.ticket_id == ticket_id).scalar_subquery()
        query = (
            select(Suggestion)
            .where(Suggestion.ticket_id == ticket_id, Suggestion.round == last)
            .order_by(Suggestion.position)
        )
        with self._sessions() as session:
            return list(session.scalars(query))

    def of_ticket(self, ticket_id: str, ids: Sequence[str]) -> list[Suggestion]:
        """Suggestions of the ticket by id, in the order of the ids; another ticket's are left out."""
        query = select(Suggestion).where(Suggestion.ticket_id == ticket_id, Suggestion.id.in_(list(ids)))
        with self._sessions() as session:
            found = {item.id: item for item in session.scalars(query)}
        return [found[name] for name in dict.fromkeys(ids) if name in found]

    def reject(self, suggestion: Suggestion, *, reason: str, user_id: str, question: str, now: dt.datetime) -> bool:
        """Note the rejection, and put the question where editors find it; False where it was decided before."""
        with self._sessions.begin() as session:
            open_ = (Suggestion.id == suggestion.id, Suggestion.state == SHOWN)
            values = {"state": REJECTED, "reason": reason, "user_id": user_id, "decided_at": now}
            if not _changed(session, update(Suggestion).where(*open_).values(**values)):
                return False
            session.add(
                LabelItem(
                    id=str(uuid.uuid4()), text=question, source=CONSULTANT, reason=reason,
                    topic=suggestion.topic, created_at=now, state=NEW,
                )
            )  # fmt: skip
            return True

    # Replies

    def begin_reply(self, values: dict[str, Any], *, now: dt.datetime) -> bool:
        """Store an answer before it is sent; False where it was sent, or is being sent, already.

        One that failed may be sent again under the same id.
        """
        try:
            with self._sessions.begin() as session:
                session.add(Reply(state=SENDING, created_at=now, **values))
            return True
        except IntegrityError:
            with self._sessions.begin() as session:
                failed = (Reply.id == values["id"], Reply.ticket_id == values["ticket_id"], Reply.state == FAILED)
                return _changed(session, update(Reply).where(*failed).values(**{**values, "state": SENDING}))

    def finish_reply(
        self, reply_id: str, *, used: Sequence[tuple[str, str, float]], user_id: str, now: dt.datetime, ticket_id: str
    ) -> None:
        """The answer is sent; `used` is what became of suggestions: id, state, share. Those shown keep its id, too."""
        with self._sessions.begin() as session:
            session.execute(update(Reply).where(Reply.id == reply_id).values(state=SENT, sent_at=now))
            last = select(func.max(Suggestion.round)).where(Suggestion.ticket_id == ticket_id).scalar_subquery()
            shown = and_(Suggestion.ticket_id == ticket_id, Suggestion.round == last, Suggestion.reply_id.is_(None))
            session.execute(
                update(Suggestion).where(shown).values(reply_id=reply_id).execution_options(synchronize_session=False)
            )
            for suggestion_id, state, share in used:
                session.execute(
                    update(Suggestion)
                    .where(Suggestion.id == suggestion_id)
                    .values(state=state, used_share=share, user_id=user_id, decided_at=now, reply_id=reply_id)
                )

    def fail_reply(self, reply_id: str) -> None:
        with self._sessions.begin() as session:
            session.execute(update(Reply).where(Reply.id == reply_id).values(state=FAILED))

    def reply(self, reply_id: str) -> Reply | None:
        with self._sessions() as session:
            return session.get(Reply, reply_id)

    def replies(self, ticket_id: str) -> list[Reply]:
        query = select(Reply).where(Reply.ticket_id == ticket_id).order_by(Reply.created_at)
        with self._sessions() as session:
            return list(session.scalars(query))

    def rate(self, reply_id: str, *, helpful: bool, reason: str | None, now: dt.datetime) -> bool:
        """Store what the visitor says of an answer; the last word counts. False where there is no such answer."""
        with self._sessions.begin() as session:
            sent = (Reply.id == reply_id, Reply.state == SENT)
            return _changed(session, update(Reply).where(*sent).values(helpful=helpful, reason=reason, rated_at=now))

    # What was answered before

    def answered(self) -> list[Answered]:
        """The newest answers that were sent by e-mail and not rated unhelpful."""
        query = (
            select(Ticket.reference, Ticket.text, Reply)
            .join(Ticket, Reply.ticket_id == Ticket.id)
            .where(Reply.state == SENT, Reply.channel == EMAIL, Reply.helpful.is_not(False))
            .order_by(Reply.sent_at.desc())
            .limit(_REMEMBERED)
        )
        with self._sessions() as session:
            return [
                Answered(
                    str(reference), text, reply.text, reply.sources, reply.topic, reply.sent_at or reply.created_at
                )
                for reference, text, reply in session.execute(query)
            ]

    def answered_mark(self) -> tuple[int, dt.datetime | None]:
        """Changes whenever `answered` does."""
        query = select(func.count(), func.max(func.coalesce(Reply.rated_at, Reply.sent_at))).where(Reply.state == SENT)
        with self._sessions() as session:
            row = session.execute(query).one()
            return row[0], row[1]

    def acceptance(self, since: dt.datetime) -> list[TopicAcceptance]:
        """By topic, the most answers first; only answers with suggestions on the page count."""
        by_reply = (
            select(
                Reply.id,
                Reply.topic,
                func.max(case((Suggestion.state == TAKEN, 1), else_=0)).label("taken"),
                func.max(case((Suggestion.state == EDITED, 1), else_=0)).label("edited"),
                func.sum(case((Suggestion.state == REJECTED, 1), else_=0)).label("rejected"),
            )
            .join(Suggestion, Suggestion.reply_id == Reply.id)
            .where(Reply.state == SENT, Reply.sent_at >= since)
            .group_by(Reply.id, Reply.topic)
            .subquery()
        )
        edited = case((by_reply.c.edited == 1, 1), else_=0)
        as_it_was = case((and_(by_reply.c.taken == 1, by_reply.c.edited == 0), 1), else_=0)
        query = (
            select(by_reply.c.topic, func.count(), func.sum(as_it_was), func.sum(edited), func.sum(by_reply.c.rejected))
            .group_by(by_reply.c.topic)
            .order_by(func.count().desc(), by_reply.c.topic)
        )
        with self._sessions() as session:
            return [TopicAcceptance(*row) for row in session.execute(query)]


def _changed(session: Session, statement: Any) -> bool:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]
