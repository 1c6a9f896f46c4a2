"""All SQL of labelling."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, sessionmaker

from widget.accounts.models import User
from widget.chat.outcomes import Outcome
from widget.storage.models import Message, Rating, Turn
from widget.studio.labelling.models import (
    AGREED,
    CORRECTED,
    DIFFERENT,
    DUE,
    FAILED,
    IGNORED,
    LABELLED,
    NEW,
    OUTSIDE,
    READY,
    REASONS,
    RUNNING,
    Grouping,
    LabelDecision,
    LabelGroup,
    LabelItem,
)

_SAMPLES = 3
_BATCH = 500


@dataclass(frozen=True)
class Candidate:
    """A turn that may belong into the queue: its first message's probability and trace."""

    turn_id: str
    text: str
    at: dt.datetime
    unknown: bool
    unhelpful: bool
    confidence: float
    topic: str | None
    trace: Mapping[str, Any]


@dataclass(frozen=True)
class GroupRow:
    """A group with what is still open in it: number of messages by reason, sum of scores. `id` 0 is no group.

    `name` is made of key words, `typical` is the message that stands nearest to all others.
    """

    id: int
    name: str
    typical: str
    topic: str | None
    count: int
    score: float
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class Difference:
    """A message that two editors labelled differently: labels of the first and the second."""

    text: str
    first: str
    second: str


@dataclass(frozen=True)
class Settled:
    """A message with its first label: what was said of it, by whom and when."""

    id: str
    text: str
    state: str
    label: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class Decided:
    """A bulk label: what it says, and of how many messages."""

    label: str
    count: int


class LabelRepository:
    """Every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    # Filling

    def candidates(self, *, low: float, high: float) -> list[Candidate]:
        """Typed messages that are not in the queue: unknown, rated unhelpful, or with a probability in the band."""
        unhelpful = (
            select(Message.turn_id)
            .join(Rating, Rating.message_id == Message.id)
            .where(Message.turn_id == Turn.id, Rating.helpful.is_(False))
            .exists()
        )
        unknown = Turn.outcome == Outcome.UNKNOWN.value
        unsure = Turn.outcome.in_([Outcome.ANSWERED.value, Outcome.CHOICES.value, Outcome.SEARCH.value])
        query = (
            select(
                Turn.id, Turn.text, Turn.created_at, unknown, unhelpful.label("unhelpful"),
                Message.confidence, Message.topic, Message.trace,
            )
            .join(Message, and_(Message.turn_id == Turn.id, Message.position == 0))
            .where(
                Turn.payload.is_(None),
                ~exists().where(LabelItem.turn_id == Turn.id),
                or_(unknown, unhelpful, and_(unsure, Message.confidence.between(low, high))),
            )
        )  # fmt: skip
        with self._sessions() as session:
            return [_candidate(*row) for row in session.execute(query)]

    def put_aside(self) -> list[str]:
        """Texts that editors labelled as not ours, or as nothing to learn from."""
        query = select(LabelItem.text).where(LabelItem.state.in_([OUTSIDE, IGNORED])).distinct()
        with self._sessions() as session:
            return list(session.scalars(query))

    def add(self, items: Sequence[Mapping[str, Any]]) -> int:
        """Put messages into the queue; those that somebody else put there in this moment are left out."""
        added = 0
        for start in range(0, len(items), _BATCH):
            batch = [{"id": str(uuid.uuid4()), "state": NEW, **item} for item in items[start : start + _BATCH]]
            try:
                with self._sessions.begin() as session:
                    session.execute(insert(LabelItem), batch)
                added += len(batch)
            except IntegrityError:
                added += sum(self._add_one(item) for item in batch)
        return added

    def _add_one(self, item: Mapping[str, Any]) -> bool:
        try:
            with self._sessions.begin() as session:
                session.execute(insert(LabelItem).values(**item))
        except IntegrityError:
            return False
        return True

    # Groups

    def open_texts(self) -> list[tuple[str, str]]:
        """Id and text of all messages that nobody labelled yet, the oldest first."""
        query = select(LabelItem.id, LabelItem.text).where(LabelItem.state == NEW)
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(query.order_by(LabelItem.created_at, LabelItem.id))]

    def written(self, *, limit: int) -> list[tuple[str, str]]:
        """Id and text of the newest messages that were grouped or labelled, without those that editors left out."""
        seen = or_(LabelItem.group_id.is_not(None), LabelItem.state.in_([LABELLED, OUTSIDE]))
        query = select(LabelItem.id, LabelItem.text).where(seen, LabelItem.state != IGNORED)
        with self._sessions() as session:
            found = session.execute(query.order_by(LabelItem.created_at.desc(), LabelItem.id).limit(limit))
            return [(row[0], row[1]) for row in found]

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """Texts of messages by id; one whose conversation was erased is missing."""
        query = select(LabelItem.id, LabelItem.text).where(LabelItem.id.in_(list(ids)))
        with self._sessions() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def outside(self, ids: Iterable[str]) -> set[str]:
        """Those of the messages that editors labelled as not ours."""
        query = select(LabelItem.id).where(LabelItem.id.in_(list(ids)), LabelItem.state == OUTSIDE)
        with self._sessions() as session:
            return set(session.scalars(query))

    def store_groups(
        self, groups: Sequence[tuple[str, str | None]], places: Sequence[tuple[str, int, int]], *, holder: str
    ) -> bool:
        """Replace all groups (name, topic; the first has id 1); `places`: item, group, place. False if taken over.

        The group of a message that is in none: see `LabelItem`.
        """
        with self._sessions.begin() as session:
            mine = session.scalar(select(Grouping.id).where(Grouping.holder == holder, Grouping.state == RUNNING))
            if mine is None:
                return False
            session.execute(delete(LabelGroup))
            session.execute(update(LabelItem).where(LabelItem.group_id.is_not(None)).values(group_id=None))
            if groups:
                rows = [{"id": number, "name": name, "topic": topic} for number, (name, topic) in enumerate(groups, 1)]
                session.execute(insert(LabelGroup), rows)
            if places:
                session.execute(
                    update(LabelItem),
                    [{"id": item, "group_id": group, "place": place} for item, group, place in places],
                )
        return True

    def begin_grouping(self, holder: str, *, now: dt.datetime, dead_before: dt.datetime) -> bool:
        """Take the grouping; False while another run gives signs of life."""
        free = or_(Grouping.state != RUNNING, Grouping.beat_at < dead_before)
        values = {"state": RUNNING, "holder": holder, "step": "Rozpoczynanie", "done": 0, "total": 0, "beat_at": now}
        with self._sessions.begin() as session:
            return _changed(session, update(Grouping).where(free).values(**values))

    def tell_grouping(self, holder: str, *, now: dt.datetime, **values: Any) -> bool:
        """Note how far it is, or that it ended; False where another run has taken over."""
        mine = and_(Grouping.holder == holder, Grouping.state == RUNNING)
        with self._sessions.begin() as session:
            return _changed(session, update(Grouping).where(mine).values(beat_at=now, **values))

    def end_grouping(self, holder: str, *, now: dt.datetime, failed: bool, step: str = "") -> None:
        ended = {"state": FAILED, "step": step} if failed else {"state": READY, "step": step, "finished_at": now}
        self.tell_grouping(holder, now=now, **ended)

    def grouping(self) -> Grouping:
        with self._sessions() as session:
            return session.scalars(select(Grouping)).one()

    def groups(self) -> list[GroupRow]:
        """Groups with open messages, the most informative first; messages without a group come last."""
        counts = (
            select(LabelItem.group_id, LabelItem.reason, func.count(), func.sum(LabelItem.score))
            .where(LabelItem.state == NEW)
            .group_by(LabelItem.group_id, LabelItem.reason)
        )
        reasons: dict[int, dict[str, int]] = {}
        scores: dict[int, float] = {}
        with self._sessions() as session:
            known = {group.id: group for group in session.scalars(select(LabelGroup))}
            typical = _typical(session)
            for group_id, reason, count, score in session.execute(counts):
                number = group_id if group_id in known else 0
                held = reasons.setdefault(number, {})
                # Consultants say why in words of their own.
                kind = reason if reason in REASONS else CORRECTED
                held[kind] = held.get(kind, 0) + count
                scores[number] = scores.get(number, 0.0) + score
        rows = [
            GroupRow(
                number, known[number].name if number else "", typical.get(number, ""),
                known[number].topic if number else None, sum(held.values()), scores[number], held,
            )
            for number, held in reasons.items()
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row.id == 0, -row.score, row.id))

    def group(self, group_id: int) -> LabelGroup | None:
        with self._sessions() as session:
            return session.get(LabelGroup, group_id)

    def typical(self, group_id: int) -> str:
        with self._sessions() as session:
            return _typical(session, group_id).get(group_id, "")

    def fresh(self) -> int:
        """Number of open messages that no grouping has seen."""
        return self._number(LabelItem.state == NEW, LabelItem.group_id.is_(None))

    def waiting(self) -> int:
        """Number of open messages."""
        return self._number(LabelItem.state == NEW)

    def _number(self, *wanted: ColumnElement[bool]) -> int:
        with self._sessions() as session:
            return session.scalar(select(func.count()).select_from(LabelItem).where(*wanted)) or 0

    def near(self, group_id: int) -> list[LabelItem]:
        """Open messages of no group that are near this one."""
        query = select(LabelItem).where(LabelItem.state == NEW, LabelItem.group_id == -group_id)
        with self._sessions() as session:
            return list(session.scalars(query.order_by(LabelItem.created_at, LabelItem.id)))

    def join(self, group_id: int, ids: Sequence[str]) -> int:
        """Put messages that are near a group into it, behind its own; returns how many."""
        here = and_(LabelItem.id.in_(ids), LabelItem.state == NEW, LabelItem.group_id == -group_id)
        with self._sessions.begin() as session:
            last = session.scalar(select(func.max(LabelItem.place)).where(LabelItem.group_id == group_id)) or 0
            done = session.execute(update(LabelItem).where(here).values(group_id=group_id, place=last + 1))
            return int(done.rowcount)  # type: ignore[attr-defined]

    def samples(self, group_ids: Iterable[int]) -> dict[int, list[str]]:
        """The most typical open messages of each group."""
        found: dict[int, list[str]] = {}
        with self._sessions() as session:
            for group_id in group_ids:
                query = select(LabelItem.text).where(LabelItem.state == NEW, _in_group(group_id))
                found[group_id] = list(session.scalars(query.order_by(LabelItem.place).limit(_SAMPLES)))
        return found

    # One group and its lease

    def hold(self, group_id: int, user_id: str, *, limit: int, now: dt.datetime, until: dt.datetime) -> list[LabelItem]:
        """Hold messages of a group for an editor, at most `limit`, and let go of all others of theirs."""
        wanted = select(LabelItem.id).where(LabelItem.state == NEW, _in_group(group_id), _free(user_id, now))
        return self._hold(
            wanted.order_by(LabelItem.score.desc(), LabelItem.place, LabelItem.id), user_id, limit, now, until
        )

    def hold_controls(self, user_id: str, *, limit: int, now: dt.datetime, until: dt.datetime) -> list[LabelItem]:
        """The same of messages that another editor labelled and that wait for a second look."""
        wanted = select(LabelItem.id).where(_control_for(user_id), _free(user_id, now)).order_by(LabelItem.created_at)
        return self._hold(wanted, user_id, limit, now, until)

    def _hold(self, wanted: Any, user_id: str, limit: int, now: dt.datetime, until: dt.datetime) -> list[LabelItem]:
        with self._sessions.begin() as session:
            session.execute(update(LabelItem).where(LabelItem.held_by == user_id).values(held_by=None, held_until=None))
            ids = list(session.scalars(wanted.limit(limit)))
            taken = update(LabelItem).where(LabelItem.id.in_(ids), _free(user_id, now))
            session.execute(taken.values(held_by=user_id, held_until=until))
        order = {name: place for place, name in enumerate(ids)}
        with self._sessions() as session:
            held = session.scalars(select(LabelItem).where(LabelItem.id.in_(ids), LabelItem.held_by == user_id))
            return sorted(held, key=lambda item: order[item.id])

    def keep(self, user_id: str, *, now: dt.datetime, until: dt.datetime) -> int:
        """Go on holding what one has; returns how many those are."""
        mine = and_(LabelItem.held_by == user_id, LabelItem.held_until > now)
        with self._sessions.begin() as session:
            done = session.execute(update(LabelItem).where(mine).values(held_until=until))
            return int(done.rowcount)  # type: ignore[attr-defined]

    def others(self, group_id: int, user_id: str, *, now: dt.datetime) -> dict[str, int]:
        """How many messages of the group other editors have on their screens, by name."""
        held = and_(LabelItem.held_by != user_id, LabelItem.held_until > now)
        query = (
            select(User.name, func.count())
            .join(LabelItem, LabelItem.held_by == User.id)
            .where(LabelItem.state == NEW, _in_group(group_id), held)
            .group_by(User.name)
        )
        with self._sessions() as session:
            return {row[0]: row[1] for row in session.execute(query)}

    def held(
        self, ids: Sequence[str], user_id: str, *, control: bool, now: dt.datetime, until: dt.datetime
    ) -> list[LabelItem]:
        """Those of the messages that the editor still holds and that wait for this look, held on until `until`."""
        mine = and_(LabelItem.id.in_(ids), LabelItem.held_by == user_id, LabelItem.held_until > now)
        waiting = _control_for(user_id) if control else LabelItem.state == NEW
        with self._sessions.begin() as session:
            session.execute(update(LabelItem).where(mine, waiting).values(held_until=until))
            return list(session.scalars(select(LabelItem).where(mine, waiting)))

    # Decisions

    def decide(
        self, ids: Sequence[str], user_id: str, *, state: str, label: str, due: Iterable[str], now: dt.datetime
    ) -> None:
        """Note the first label of messages; those in `due` wait for a second look."""
        again = set(due)
        with self._sessions.begin() as session:
            values: dict[str, Any] = {"state": state, "held_by": None, "held_until": None}
            if state == LABELLED:
                values["topic"] = label
            session.execute(update(LabelItem).where(LabelItem.id.in_(ids), LabelItem.state == NEW).values(**values))
            session.execute(update(LabelItem).where(LabelItem.id.in_(again)).values(control=DUE))
            session.execute(insert(LabelDecision), [_decision(name, user_id, label, False, now) for name in ids])

    def decided(self, user_id: str, *, at: dt.datetime) -> Decided | None:
        """The bulk label that an editor gave at that moment; None where another followed."""
        newer = exists().where(LabelDecision.user_id == user_id, LabelDecision.created_at > at)
        query = select(LabelDecision.label, func.count()).where(_given(user_id, at)).group_by(LabelDecision.label)
        query = query.where(~newer.correlate(None))
        with self._sessions() as session:
            row = session.execute(query).first()
            return Decided(row[0], row[1]) if row else None

    def take_back(self, user_id: str, *, at: dt.datetime) -> int:
        """Forget a bulk label and what others said of it afterwards; its messages are new again. Returns how many."""
        with self._sessions.begin() as session:
            ids = list(session.scalars(select(LabelDecision.item_id).where(_given(user_id, at))))
            _forget(session, ids)
        return len(ids)

    def settled(self, state: str, *, limit: int, offset: int) -> list[Settled]:
        """Labelled messages of that state, of any where it is empty, the newest label first."""
        first = and_(LabelDecision.item_id == LabelItem.id, LabelDecision.control.is_(False))
        query = (
            select(
                LabelItem.id, LabelItem.text, LabelItem.state, LabelDecision.label, User.name, LabelDecision.created_at
            )
            .join(LabelDecision, first)
            .outerjoin(User, User.id == LabelDecision.user_id)
            .where(_in_state(state))
            .order_by(LabelDecision.created_at.desc(), LabelDecision.id.desc())
        )
        with self._sessions() as session:
            rows = session.execute(query.limit(limit).offset(offset))
            return [Settled(*row[:4], row[4] or "–", row[5]) for row in rows]

    def count_settled(self, state: str) -> int:
        first = and_(LabelDecision.item_id == LabelItem.id, LabelDecision.control.is_(False))
        query = select(func.count()).select_from(LabelItem).join(LabelDecision, first).where(_in_state(state))
        with self._sessions() as session:
            return session.scalar(query) or 0

    def item(self, item_id: str) -> LabelItem | None:
        with self._sessions() as session:
            return session.get(LabelItem, item_id)

    def take_back_one(self, item_id: str) -> None:
        """Forget what was said of the message; it is new again."""
        with self._sessions.begin() as session:
            _forget(session, [item_id])

    def decide_again(self, ids: Sequence[str], user_id: str, *, label: str, now: dt.datetime) -> int:
        """Note the second label of messages; returns on how many the editors agree."""
        agreed = 0
        with self._sessions.begin() as session:
            firsts = dict(
                session.execute(
                    select(LabelDecision.item_id, LabelDecision.label).where(
                        LabelDecision.item_id.in_(ids), LabelDecision.control.is_(False)
                    )
                ).all()
            )
            for name in ids:
                same = firsts.get(name) == label
                agreed += same
                values = {"control": AGREED if same else DIFFERENT, "held_by": None, "held_until": None}
                session.execute(update(LabelItem).where(LabelItem.id == name).values(**values))
            session.execute(insert(LabelDecision), [_decision(name, user_id, label, True, now) for name in ids])
        return agreed

    def controls_due(self, user_id: str) -> int:
        with self._sessions() as session:
            return session.scalar(select(func.count()).select_from(LabelItem).where(_control_for(user_id))) or 0

    def pairs(self) -> list[tuple[str, str]]:
        """First and second label of each message that was labelled twice."""
        first, second = aliased(LabelDecision), aliased(LabelDecision)
        query = select(first.label, second.label).join(
            second, and_(second.item_id == first.item_id, first.control.is_(False), second.control.is_(True))
        )
        with self._sessions() as session:
            return [(row[0], row[1]) for row in session.execute(query)]

    def differences(self, *, limit: int) -> list[Difference]:
        """The newest messages that two editors labelled differently."""
        first, second = aliased(LabelDecision), aliased(LabelDecision)
        query = (
            select(LabelItem.text, first.label, second.label)
            .join(first, and_(first.item_id == LabelItem.id, first.control.is_(False)))
            .join(second, and_(second.item_id == LabelItem.id, second.control.is_(True)))
            .where(LabelItem.control == DIFFERENT)
            .order_by(second.id.desc())
            .limit(limit)
        )
        with self._sessions() as session:
            return [Difference(*row) for row in session.execute(query)]

    def labelled(self) -> int:
        """Number of messages that were labelled in all."""
        with self._sessions() as session:
            query = select(func.count()).select_from(LabelDecision).where(LabelDecision.control.is_(False))
            return session.scalar(query) or 0


def _candidate(
    turn_id: str, text: str, at: dt.datetime, unknown: bool, unhelpful: bool, confidence: float, topic: str | None,
    trace: Mapping[str, Any] | None,
) -> Candidate:  # fmt: skip
    return Candidate(turn_id, text, at, bool(unknown), bool(unhelpful), confidence, topic, trace or {})


def _in_group(group_id: int) -> ColumnElement[bool]:
    return LabelItem.group_id == group_id if group_id else or_(LabelItem.group_id.is_(None), LabelItem.group_id <= 0)


def _typical(session: Session, group_id: int | None = None) -> dict[int, str]:
    """The most typical message of each group, labelled or not, so that the name stays while one works."""
    here = LabelItem.group_id == group_id if group_id else LabelItem.group_id > 0
    first = select(LabelItem.group_id, func.min(LabelItem.place).label("place")).where(here)
    firsts = first.group_by(LabelItem.group_id).subquery()
    same = and_(LabelItem.group_id == firsts.c.group_id, LabelItem.place == firsts.c.place)
    found = select(LabelItem.group_id, LabelItem.text).join(firsts, same)
    return {group or 0: text for group, text in session.execute(found)}


def _forget(session: Session, ids: Sequence[str]) -> None:
    answered = select(Message.topic).where(Message.turn_id == LabelItem.turn_id, Message.position == 0)
    values = {
        "state": NEW, "topic": answered.scalar_subquery(), "control": None, "held_by": None, "held_until": None,
    }  # fmt: skip
    session.execute(delete(LabelDecision).where(LabelDecision.item_id.in_(ids)))
    again = update(LabelItem).where(LabelItem.id.in_(ids)).values(**values)
    session.execute(again.execution_options(synchronize_session=False))


def _in_state(state: str) -> ColumnElement[bool]:
    return LabelItem.state == state if state else LabelItem.state != NEW


def _free(user_id: str, now: dt.datetime) -> ColumnElement[bool]:
    return or_(LabelItem.held_by.is_(None), LabelItem.held_by == user_id, LabelItem.held_until <= now)


def _control_for(user_id: str) -> ColumnElement[bool]:
    """A second look is another editor's."""
    own = exists().where(
        LabelDecision.item_id == LabelItem.id, LabelDecision.user_id == user_id, LabelDecision.control.is_(False)
    )
    return and_(LabelItem.control == DUE, ~own)


def _given(user_id: str, at: dt.datetime) -> ColumnElement[bool]:
    return and_(LabelDecision.user_id == user_id, LabelDecision.created_at == at, LabelDecision.control.is_(False))


def _decision(item_id: str, user_id: str, label: str, control: bool, now: dt.datetime) -> dict[str, Any]:
    return {"item_id": item_id, "user_id": user_id, "label": label, "control": control, "created_at": now}


def _changed(session: Session, statement: Any) -> bool:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]
