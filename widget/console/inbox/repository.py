"""All SQL of the inbox."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, load_only, sessionmaker

from widget.accounts.models import User
from widget.accounts.roles import Role
from widget.console.inbox.filters import Cursor, InboxFilter
from widget.console.inbox.models import HistoryEntry, Note, ReadyText, Tag
from widget.storage.models import Conversation, Message, Rating, Turn
from widget.tickets.models import CLOSED, DRAFT, IN_PROGRESS, NEW, Ticket

# The list needs neither the question's whole text nor the conversation.
_LISTED = (
    Ticket.reference, Ticket.kind, Ticket.state, Ticket.priority, Ticket.subject, Ticket.email, Ticket.phone,
    Ticket.county, Ticket.topic, Ticket.created_at, Ticket.due_at, Ticket.updated_at, Ticket.assigned_to,
    Ticket.held_by, Ticket.held_until,
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A ticket that changed."""

    id: str
    reference: str
    updated_at: dt.datetime


@dataclass(frozen=True)
class NightTurn:
    """The last answered turn of a conversation that ended badly."""

    conversation_id: str
    text: str
    topic: str | None
    ended_at: dt.datetime
    outcome: str
    unhelpful: bool


class InboxRepository:
    """Reads tickets for staff and stores what they do with them; every method is one transaction.

    Raises SQLAlchemyError.
    """

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    # The list

    def page(self, wanted: InboxFilter, *, after: Cursor | None, limit: int, now: dt.datetime) -> list[Ticket]:
        """At most `limit` tickets behind `after`, the most urgent first, or, of what is done, the newest."""
        query = select(Ticket).where(*_conditions(wanted, now)).options(load_only(*_LISTED)).limit(limit)
        if wanted.by_due_time:
            query = query.order_by(Ticket.priority.desc(), Ticket.due_at, Ticket.id)
            behind = and_(Ticket.due_at == after.moment, Ticket.id > after.id) if after else None
            if after is not None and behind is not None:
                later = and_(Ticket.priority == after.priority, or_(Ticket.due_at > after.moment, behind))
                query = query.where(or_(Ticket.priority < after.priority, later))
        else:
            query = query.order_by(Ticket.updated_at.desc(), Ticket.id.desc())
            if after is not None:
                behind = and_(Ticket.updated_at == after.moment, Ticket.id < after.id)
                query = query.where(or_(Ticket.updated_at < after.moment, behind))
        with self._sessions() as session:
            return list(session.scalars(query))

    def counts(self, *, me: str, now: dt.datetime) -> dict[str, int]:
        """How many tickets there are by state, and of the open ones: `moje`, `po_terminie`."""
        open_ = Ticket.state.in_((NEW, IN_PROGRESS))
        mine = func.count().filter(open_, Ticket.assigned_to == me)
        overdue = func.count().filter(open_, Ticket.due_at < now)
        with self._sessions() as session:
            rows = session.execute(
                select(Ticket.state, func.count(), mine, overdue).where(Ticket.state != DRAFT).group_by(Ticket.state)
            ).all()
        found: dict[str, int] = {state: count for state, count, _, _ in rows}
        return found | {"moje": sum(row[2] for row in rows), "po_terminie": sum(row[3] for row in rows)}

    def tags_of(self, ticket_ids: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        with self._sessions() as session:
            for row in session.scalars(select(Tag).where(Tag.ticket_id.in_(list(ticket_ids))).order_by(Tag.tag)):
                found.setdefault(row.ticket_id, []).append(row.tag)
        return found

    def tags(self) -> list[str]:
        """All tags in use."""
        with self._sessions() as session:
            return list(session.scalars(select(Tag.tag).distinct().order_by(Tag.tag)))

    def counties_and_topics(self) -> tuple[list[str], list[str]]:
        """Counties and topics that open tickets have, for the filters."""
        open_ = Ticket.state.in_((NEW, IN_PROGRESS))
        with self._sessions() as session:
            counties = session.scalars(select(Ticket.county).where(open_, Ticket.county.is_not(None)).distinct())
            topics = session.scalars(select(Ticket.topic).where(open_, Ticket.topic.is_not(None)).distinct())
            return [str(name) for name in counties], [str(name) for name in topics]

    def changes(self, since: dt.datetime) -> list[Change]:
        """Tickets that changed at `since` or later, the oldest change first."""
        with self._sessions() as session:
            rows = session.execute(
                select(Ticket.id, Ticket.reference, Ticket.updated_at)
                .where(Ticket.updated_at >= since, Ticket.reference.is_not(None))
                .order_by(Ticket.updated_at)
                .limit(200)
            )
            return [Change(row[0], str(row[1]), row[2]) for row in rows]

    # One ticket

    def ticket(self, reference: str) -> Ticket | None:
        """A ticket that was sent; drafts have no reference."""
        with self._sessions() as session:
            return session.scalars(select(Ticket).where(Ticket.reference == reference)).one_or_none()

    def staff(self) -> list[User]:
        """Who can be given a ticket."""
        roles = (Role.CONSULTANT.value, Role.ADMINISTRATOR.value)
        with self._sessions() as session:
            return list(
                session.scalars(select(User).where(User.active.is_(True), User.role.in_(roles)).order_by(User.name))
            )

    def names(self) -> dict[str, str]:
        """Names of all staff by id."""
        with self._sessions() as session:
            return {row[0]: row[1] for row in session.execute(select(User.id, User.name))}

    def hold(self, ticket_id: str, user_id: str, *, now: dt.datetime, until: dt.datetime) -> bool:
        """Take the ticket for a while; False while somebody else has it."""
        free = or_(Ticket.held_by.is_(None), Ticket.held_by == user_id, Ticket.held_until <= now)
        with self._sessions.begin() as session:
            return _changed(session, Ticket.id == ticket_id, free, held_by=user_id, held_until=until)

    def keep(self, ticket_id: str, user_id: str, *, now: dt.datetime, until: dt.datetime) -> bool:
        """Hold on to a ticket that one has; False where one has it no more."""
        with self._sessions.begin() as session:
            mine = (Ticket.id == ticket_id, Ticket.held_by == user_id, Ticket.held_until > now)
            return _changed(session, *mine, held_until=until)

    def release(self, ticket_id: str, user_id: str) -> None:
        """Let go of a ticket that turned out not to be one's own."""
        with self._sessions.begin() as session:
            _changed(session, Ticket.id == ticket_id, Ticket.held_by == user_id, held_by=None, held_until=None)

    def change(
        self, ticket_id: str, *, user_id: str | None, kind: str, text: str, now: dt.datetime, **values: Any
    ) -> None:
        """Change a ticket and say so in its history."""
        with self._sessions.begin() as session:
            _changed(session, Ticket.id == ticket_id, updated_at=now, **values)
            session.add(HistoryEntry(ticket_id=ticket_id, at=now, user_id=user_id, kind=kind, text=text))

    def set_topic(self, ticket_id: str, topic: str) -> None:
        """What the assistant takes the ticket to be about, where nobody said."""
        with self._sessions.begin() as session:
            _changed(session, Ticket.id == ticket_id, Ticket.topic.is_(None), topic=topic)

    def history(self, ticket_id: str) -> list[HistoryEntry]:
        """The newest first."""
        query = select(HistoryEntry).where(HistoryEntry.ticket_id == ticket_id).order_by(HistoryEntry.id.desc())
        with self._sessions() as session:
            return list(session.scalars(query))

    def add_note(self, ticket_id: str, user_id: str, text: str, *, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.add(Note(id=str(uuid.uuid4()), ticket_id=ticket_id, user_id=user_id, text=text, created_at=now))
            _changed(session, Ticket.id == ticket_id, updated_at=now)

    def notes(self, ticket_id: str) -> list[Note]:
        query = select(Note).where(Note.ticket_id == ticket_id).order_by(Note.created_at)
        with self._sessions() as session:
            return list(session.scalars(query))

    def add_tag(self, ticket_id: str, tag: str, *, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.merge(Tag(ticket_id=ticket_id, tag=tag))
            _changed(session, Ticket.id == ticket_id, updated_at=now)

    def remove_tag(self, ticket_id: str, tag: str, *, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.execute(delete(Tag).where(Tag.ticket_id == ticket_id, Tag.tag == tag))
            _changed(session, Ticket.id == ticket_id, updated_at=now)

    def merge(self, ticket: Ticket, into: Ticket, user_id: str, *, now: dt.datetime) -> None:
        """Close a ticket whose matter another one goes on with; both say so."""
        with self._sessions.begin() as session:
            values = {"merged_into": into.id, "state": CLOSED, "held_by": None, "held_until": None}
            _changed(session, Ticket.id == ticket.id, updated_at=now, **values)
            _changed(session, Ticket.merged_into == ticket.id, merged_into=into.id)
            _changed(session, Ticket.id == into.id, updated_at=now)
            for one, other, text in ((ticket, into, "Dalej w zgłoszeniu"), (into, ticket, "Dołączono zgłoszenie")):
                session.add(
                    HistoryEntry(
                        ticket_id=one.id, at=now, user_id=user_id, kind="polaczone", text=f"{text} {other.reference}"
                    )
                )

    def merged(self, ticket_id: str) -> list[Ticket]:
        """Tickets whose matter this one goes on with."""
        query = select(Ticket).where(Ticket.merged_into == ticket_id).order_by(Ticket.created_at)
        with self._sessions() as session:
            return list(session.scalars(query))

    def by_id(self, ticket_id: str) -> Ticket | None:
        with self._sessions() as session:
            return session.get(Ticket, ticket_id)

    def neighbours(self, ticket: Ticket, *, limit: int) -> list[Ticket]:
        """Other open tickets of the same sender, for merging."""
        contacts = [
            column == value for column, value in ((Ticket.email, ticket.email), (Ticket.phone, ticket.phone)) if value
        ]
        if not contacts:
            return []
        query = (
            select(Ticket)
            .where(or_(*contacts), Ticket.id != ticket.id, Ticket.state.in_((NEW, IN_PROGRESS)))
            .order_by(Ticket.created_at)
            .limit(limit)
        )
        with self._sessions() as session:
            return list(session.scalars(query))

    # Ready texts

    def ready_texts(self, user_id: str) -> list[ReadyText]:
        """The user's own and the shared ones, by title."""
        mine = or_(ReadyText.user_id == user_id, ReadyText.user_id.is_(None))
        with self._sessions() as session:
            return list(session.scalars(select(ReadyText).where(mine).order_by(ReadyText.title)))

    def ready_text(self, text_id: str, user_id: str) -> ReadyText | None:
        """One that the user may use: another's own texts are nobody else's."""
        mine = or_(ReadyText.user_id == user_id, ReadyText.user_id.is_(None))
        with self._sessions() as session:
            return session.scalars(select(ReadyText).where(ReadyText.id == text_id, mine)).one_or_none()

    def save_ready_text(
        self, text_id: str | None, *, owner: str | None, title: str, text: str, now: dt.datetime
    ) -> str:
        made = text_id or str(uuid.uuid4())
        with self._sessions.begin() as session:
            session.merge(ReadyText(id=made, user_id=owner, title=title, text=text, updated_at=now))
        return made

    def delete_ready_text(self, text_id: str) -> None:
        with self._sessions.begin() as session:
            session.execute(delete(ReadyText).where(ReadyText.id == text_id))

    # Conversations of the night

    def ended_badly(self, since: dt.datetime, outcomes: Iterable[str]) -> list[NightTurn]:
        """Last answered turns since then whose outcome is one of `outcomes`, or with an answer rated unhelpful.

        Conversations that have a ticket already are left out.
        """
        last = (
            select(Turn.conversation_id, func.max(Turn.number).label("number"))
            .where(Turn.created_at >= since, Turn.outcome.is_not(None))
            .group_by(Turn.conversation_id)
            .subquery()
        )
        unhelpful = (
            select(Rating.message_id)
            .join(Message, Rating.message_id == Message.id)
            .join(Turn, Message.turn_id == Turn.id)
            .where(Turn.conversation_id == Conversation.id, Rating.helpful.is_(False))
            .exists()
        )
        has_ticket = select(Ticket.id).where(Ticket.conversation_id == Conversation.id, Ticket.state != DRAFT).exists()
        query = (
            select(Turn, unhelpful)
            .join(last, and_(Turn.conversation_id == last.c.conversation_id, Turn.number == last.c.number))
            .join(Conversation, Conversation.id == Turn.conversation_id)
            .where(~has_ticket, or_(Turn.outcome.in_(list(outcomes)), unhelpful))
            .order_by(Turn.created_at)
        )
        with self._sessions() as session:
            return [
                NightTurn(
                    turn.conversation_id, turn.text, next((item.topic for item in turn.messages if item.topic), None),
                    turn.created_at, str(turn.outcome), bool(rated),
                )
                for turn, rated in session.execute(query)
            ]  # fmt: skip


def _changed(session: Session, *conditions: ColumnElement[bool], **values: Any) -> bool:
    done = session.execute(
        update(Ticket).where(*conditions).values(**values).execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _conditions(wanted: InboxFilter, now: dt.datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Ticket.state.in_(wanted.states)]
    for column, value in (
        (Ticket.kind, wanted.kind), (Ticket.county, wanted.county), (Ticket.topic, wanted.topic),
        (Ticket.assigned_to, wanted.person),
    ):  # fmt: skip
        if value:
            found.append(column == value)
    if wanted.overdue:
        found.append(Ticket.due_at < now)
    if wanted.tag:
        tagged = select(Tag.ticket_id).where(Tag.tag == wanted.tag)
        found.append(Ticket.id.in_(tagged))
    found += [Ticket.search_text.contains(word, autoescape=True) for word in wanted.words]
    return found
