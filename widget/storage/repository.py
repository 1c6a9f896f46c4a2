"""All SQL of conversations."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectinload, sessionmaker

from widget.storage.models import Conversation, ConversationRating, Erasure, Message, Rating, Turn


class Repository:
    """Stores and reads conversations; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def ping(self) -> None:
        with self._engine.connect() as connection:
            connection.execute(select(1))

    def create_conversation(self, conversation_id: str, *, now: dt.datetime, partner: str | None = None) -> None:
        with self._sessions.begin() as session:
            session.add(Conversation(id=conversation_id, created_at=now, updated_at=now, partner=partner))

    def partner_of(self, conversation_id: str) -> str | None:
        """Key of the partner on whose page the conversation began."""
        with self._sessions() as session:
            return session.scalar(select(Conversation.partner).where(Conversation.id == conversation_id))

    def delete_conversation(self, conversation_id: str, *, now: dt.datetime) -> bool:
        """Erase the conversation with all that hangs on it, and note that Rasa has to forget it; False: no such one."""
        with self._sessions.begin() as session:
            return _erase(session, [conversation_id], now) > 0

    def older_than(self, limit: dt.datetime, *, count: int = 500) -> list[str]:
        """Up to `count` conversations in which nothing happened since `limit`."""
        with self._sessions() as session:
            old = select(Conversation.id).where(Conversation.updated_at < limit).limit(count)
            return list(session.scalars(old))

    def settle(self) -> None:
        """SQLite keeps what was erased in its write-ahead log until that is written back: do it now."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def erasures(self) -> list[str]:
        """Conversations that Rasa still has to forget."""
        with self._sessions() as session:
            return list(session.scalars(select(Erasure.conversation_id).order_by(Erasure.asked_at)))

    def forgotten(self, conversation_id: str) -> None:
        """Rasa has forgotten it: nothing is left to be done."""
        with self._sessions.begin() as session:
            session.execute(delete(Erasure).where(Erasure.conversation_id == conversation_id))

    def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation without its turns: partner and times."""
        with self._sessions() as session:
            return session.get(Conversation, conversation_id)

    def rate_conversation(self, conversation_id: str, result: str, *, now: dt.datetime) -> None:
        """Store what the visitor thinks of the conversation, the last word counts. It has to exist."""
        with self._sessions.begin() as session:
            session.merge(ConversationRating(conversation_id=conversation_id, result=result, created_at=now))

    def own_ratings(self, conversation_id: str) -> tuple[str | None, dict[str, Rating]]:
        """The visitor's rating of the conversation, and those of its answers by message."""
        rows = select(Rating).join(Message).join(Turn).where(Turn.conversation_id == conversation_id)
        with self._sessions() as session:
            whole = session.get(ConversationRating, conversation_id)
            return whole.result if whole else None, {item.message_id: item for item in session.scalars(rows)}

    def conversation_ratings(self, since: dt.datetime) -> dict[str | None, dict[str, int]]:
        """How many conversations begun since then were rated with each result, by partner."""
        rows = (
            select(Conversation.partner, ConversationRating.result, func.count())
            .join(Conversation, ConversationRating.conversation_id == Conversation.id)
            .where(Conversation.created_at >= since)
            .group_by(Conversation.partner, ConversationRating.result)
        )
        found: dict[str | None, dict[str, int]] = {}
        with self._sessions() as session:
            for partner, result, count in session.execute(rows):
                found.setdefault(partner, {})[result] = count
        return found

    def conversations_like(self, prefix: str) -> list[str]:
        """Ids of conversations that begin so; ids of visitors' conversations are UUIDs."""
        with self._sessions() as session:
            return list(session.scalars(select(Conversation.id).where(Conversation.id.startswith(prefix))))

    def rate(
        self, conversation_id: str, message_id: str, *, helpful: bool, reason: str | None, now: dt.datetime
    ) -> bool:
        """Store what the visitor thinks of an answer, the last word counts; False where the answer is not theirs."""
        with self._sessions.begin() as session:
            theirs = session.scalar(
                select(Message.id).join(Turn).where(Message.id == message_id, Turn.conversation_id == conversation_id)
            )
            if theirs is None:
                return False
            session.merge(Rating(message_id=message_id, helpful=helpful, reason=reason, created_at=now))
            return True

    def ratings(self, since: dt.datetime) -> dict[str | None, dict[bool, int]]:
        """How many answers helped and how many did not, by partner, in conversations begun since then."""
        rows = (
            select(Conversation.partner, Rating.helpful, func.count())
            .join(Message, Rating.message_id == Message.id)
            .join(Turn, Message.turn_id == Turn.id)
            .join(Conversation, Turn.conversation_id == Conversation.id)
            .where(Conversation.created_at >= since)
            .group_by(Conversation.partner, Rating.helpful)
        )
        found: dict[str | None, dict[bool, int]] = {}
        with self._sessions() as session:
            for partner, helpful, count in session.execute(rows):
                found.setdefault(partner, {})[helpful] = count
        return found

    def statistics(self, since: dt.datetime) -> dict[str | None, dict[str, int]]:
        """By partner: `conversations` begun since then, and their turns by outcome."""
        begun = (
            select(Conversation.partner, func.count())
            .where(Conversation.created_at >= since)
            .group_by(Conversation.partner)
        )
        ended = (
            select(Conversation.partner, Turn.outcome, func.count())
            .join(Turn.conversation)
            .where(Conversation.created_at >= since, Turn.outcome.is_not(None))
            .group_by(Conversation.partner, Turn.outcome)
        )
        with self._sessions() as session:
            found: dict[str | None, dict[str, int]] = {
                partner: {"conversations": count} for partner, count in session.execute(begun)
            }
            for partner, outcome, count in session.execute(ended):
                found[partner][str(outcome)] = count
        return found

    def exists(self, conversation_id: str) -> bool:
        with self._sessions() as session:
            return session.get(Conversation, conversation_id) is not None

    def acquire(self, conversation_id: str, *, now: dt.datetime, lease: dt.timedelta) -> bool:
        """Take the conversation for one turn; False while another turn holds it.

        The lease ends by itself, so a process that died does not close a conversation for good.
        """
        free = or_(Conversation.busy_until.is_(None), Conversation.busy_until < now)
        with self._sessions.begin() as session:
            taken = session.execute(
                update(Conversation)
                .where(Conversation.id == conversation_id, free)
                .values(busy_until=now + lease)
                .execution_options(synchronize_session=False)
            )
            return bool(taken.rowcount)  # type: ignore[attr-defined]

    def release(self, conversation_id: str, *, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.execute(
                update(Conversation)
                .where(Conversation.id == conversation_id)
                .values(busy_until=None, updated_at=now)
                .execution_options(synchronize_session=False)
            )

    def turn_by_client_id(self, conversation_id: str, client_id: str) -> Turn | None:
        with self._sessions() as session:
            return session.scalars(
                select(Turn)
                .where(Turn.conversation_id == conversation_id, Turn.client_id == client_id)
                .options(selectinload(Turn.messages))
            ).one_or_none()

    def offered_buttons(self, conversation_id: str) -> dict[str, str]:
        """Payloads of all buttons that the assistant offered in the conversation, with their titles."""
        with self._sessions() as session:
            rows = session.scalars(select(Message.buttons).join(Turn).where(Turn.conversation_id == conversation_id))
            return {button["payload"]: button["title"] for buttons in rows for button in buttons}

    def latest_turns(self, conversation_id: str, *, count: int, answered: bool = True) -> list[Turn]:
        """The newest turns with their messages, newest first; only `answered` ones unless said otherwise."""
        conditions = [Turn.conversation_id == conversation_id, *([Turn.outcome.is_not(None)] if answered else [])]
        with self._sessions() as session:
            return list(
                session.scalars(
                    select(Turn)
                    .where(*conditions)
                    .order_by(Turn.number.desc())
                    .limit(count)
                    .options(selectinload(Turn.messages))
                )
            )

    def begin_turn(
        self, conversation_id: str, client_id: str, *, text: str, payload: str | None, now: dt.datetime
    ) -> str:
        """Store the question before it is answered; an unanswered one sent again keeps its place."""
        with self._sessions.begin() as session:
            unfinished = session.scalars(
                select(Turn).where(Turn.conversation_id == conversation_id, Turn.client_id == client_id)
            ).one_or_none()
            if unfinished is not None:
                return unfinished.id
            last = session.scalar(
                select(func.coalesce(func.max(Turn.number), 0)).where(Turn.conversation_id == conversation_id)
            )
            turn = Turn(
                id=str(uuid.uuid4()),
                conversation_id=conversation_id,
                number=(last or 0) + 1,
                client_id=client_id,
                text=text,
                payload=payload,
                created_at=now,
            )
            session.add(turn)
            return turn.id

    def finish_turn(
        self,
        turn_id: str,
        *,
        outcome: str,
        versions: dict[str, str | None],
        milliseconds: int,
        messages: list[dict[str, Any]],
    ) -> None:
        """Store the answer together with its one outcome."""
        with self._sessions.begin() as session:
            turn = session.get_one(Turn, turn_id)
            turn.outcome = outcome
            turn.model = versions.get("model")
            turn.index = versions.get("index")
            turn.content = versions.get("content")
            turn.milliseconds = milliseconds
            for position, message in enumerate(messages):
                session.add(Message(turn_id=turn_id, position=position, **message))

    def history(self, conversation_id: str) -> list[Turn]:
        with self._sessions() as session:
            return _ordered(session, conversation_id)


def _ordered(session: Session, conversation_id: str) -> list[Turn]:
    return list(
        session.scalars(
            select(Turn)
            .where(Turn.conversation_id == conversation_id)
            .order_by(Turn.number)
            .options(selectinload(Turn.messages))
        )
    )


def _erase(session: Session, conversations: list[str], now: dt.datetime) -> int:
    """Delete by hand, children first: a database that does not cascade must not keep anything."""
    turns = select(Turn.id).where(Turn.conversation_id.in_(conversations))
    messages = select(Message.id).where(Message.turn_id.in_(turns))
    session.execute(delete(Rating).where(Rating.message_id.in_(messages)))
    session.execute(delete(Message).where(Message.turn_id.in_(turns)))
    session.execute(delete(Turn).where(Turn.conversation_id.in_(conversations)))
    session.execute(delete(ConversationRating).where(ConversationRating.conversation_id.in_(conversations)))
    gone = session.execute(delete(Conversation).where(Conversation.id.in_(conversations)))
    count = int(gone.rowcount)  # type: ignore[attr-defined]
    if count:
        for conversation_id in conversations:
            session.merge(Erasure(conversation_id=conversation_id, asked_at=now))
    return count
