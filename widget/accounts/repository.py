"""All SQL of accounts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from widget.accounts.models import AuditEntry, RecoveryCode, SignInAttempts, StaffSession, User
from widget.accounts.roles import Role


class TakenError(Exception):
    """Another account has this e-mail address."""


@dataclass(frozen=True)
class AuditFilter:
    """What of the audit log is asked for; empty fields ask for everything."""

    user_id: str = ""
    action: str = ""
    text: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


class AccountRepository:
    """Stores and reads accounts; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    # Users

    def add_user(
        self, *, email: str, name: str, role: Role, password_hash: str, must_change: bool, publishes: bool,
        now: dt.datetime,
    ) -> User:  # fmt: skip
        """Raises TakenError where the address has an account."""
        user = User(
            id=str(uuid.uuid4()), email=email, name=name, role=role.value, password_hash=password_hash,
            must_change=must_change, active=True, publishes=publishes, created_at=now,
        )  # fmt: skip
        try:
            with self._sessions.begin() as session:
                session.add(user)
        except IntegrityError as error:
            raise TakenError(email) from error
        return user

    def user(self, user_id: str) -> User | None:
        with self._sessions() as session:
            return session.get(User, user_id)

    def user_by_email(self, email: str) -> User | None:
        with self._sessions() as session:
            return session.scalars(select(User).where(User.email == email)).one_or_none()

    def user_by_subject(self, subject: str) -> User | None:
        with self._sessions() as session:
            return session.scalars(select(User).where(User.oidc_subject == subject)).one_or_none()

    def users(self) -> list[User]:
        """All accounts, those in use first."""
        with self._sessions() as session:
            return list(session.scalars(select(User).order_by(User.active.desc(), User.name)))

    def change_user(self, user_id: str, **values: Any) -> None:
        with self._sessions.begin() as session:
            session.execute(update(User).where(User.id == user_id).values(**values))

    def change_unless_last(self, user_id: str, **values: Any) -> bool:
        """Change an account, unless then nobody in use would be an administrator; False if so."""
        with self._sessions.begin() as session:
            session.execute(update(User).where(User.id == user_id).values(**values))
            left = session.scalar(
                select(func.count()).where(User.role == Role.ADMINISTRATOR.value, User.active.is_(True))
            )
            if not left:
                session.rollback()
            return bool(left)

    def take_totp_step(self, user_id: str, step: int) -> bool:
        """Note that the code of a time step was used; False if it, or a later one, was used before."""
        unused = or_(User.totp_step.is_(None), User.totp_step < step)
        with self._sessions.begin() as session:
            return _changed(session, update(User).where(User.id == user_id, unused).values(totp_step=step))

    def set_recovery_codes(self, user_id: str, hashes: Iterable[str]) -> None:
        with self._sessions.begin() as session:
            session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
            session.add_all(RecoveryCode(user_id=user_id, code=code) for code in hashes)

    def take_recovery_code(self, user_id: str, code: str) -> bool:
        """Use up a code; False where there is none such."""
        with self._sessions.begin() as session:
            return _changed(
                session, delete(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.code == code)
            )

    def recovery_codes_left(self, user_id: str) -> int:
        with self._sessions() as session:
            return session.scalar(select(func.count()).where(RecoveryCode.user_id == user_id)) or 0

    # Attempts to sign in

    def locked_until(self, key: str, *, now: dt.datetime) -> dt.datetime | None:
        with self._sessions() as session:
            found = session.get(SignInAttempts, key)
            return found.locked_until if found and found.locked_until and found.locked_until > now else None

    def count_attempt(self, key: str, *, now: dt.datetime, limit: int, lock: dt.timedelta, forget: dt.timedelta) -> int:
        """Count an attempt as failed before it is looked at, so that many at once do not pass the limit.

        The `limit`-th one locks. Failures before an ended lock, or older than `forget`, are forgotten.
        """
        stale = or_(SignInAttempts.last_at < now - forget, SignInAttempts.locked_until < now)
        count = case((stale, 1), else_=SignInAttempts.failures + 1)
        locked = case((and_(~func.coalesce(stale, False), SignInAttempts.failures + 1 >= limit), now + lock))
        known = update(SignInAttempts).where(SignInAttempts.key == key)
        counted = known.values(failures=count, locked_until=locked, last_at=now).returning(SignInAttempts.failures)
        with self._sessions.begin() as session:
            failures = session.scalar(counted.execution_options(synchronize_session=False))
        if failures is None:
            try:
                with self._sessions.begin() as session:
                    session.execute(insert(SignInAttempts).values(key=key, failures=1, last_at=now))
            except IntegrityError:
                # Another attempt was the first in the same moment.
                return self.count_attempt(key, now=now, limit=limit, lock=lock, forget=forget)
        return failures or 1

    def forgive_attempt(self, key: str) -> None:
        """Take back the attempt just counted: it was right, but the second factor is still due."""
        with self._sessions.begin() as session:
            session.execute(
                update(SignInAttempts)
                .where(SignInAttempts.key == key)
                .values(failures=SignInAttempts.failures - 1, locked_until=None)
            )

    def clear_attempts(self, key: str) -> int:
        """Forget failures; returns how many there were."""
        with self._sessions.begin() as session:
            failures = session.scalar(select(SignInAttempts.failures).where(SignInAttempts.key == key)) or 0
            session.execute(delete(SignInAttempts).where(SignInAttempts.key == key))
            return failures

    # Sessions

    def add_session(
        self, session_id: str, user_id: str, *, pending: bool, device: str, now: dt.datetime, expires_at: dt.datetime
    ) -> None:
        """Store a session, and clear away those that ended."""
        with self._sessions.begin() as session:
            session.execute(delete(StaffSession).where(StaffSession.expires_at < now))
            session.add(
                StaffSession(
                    id=session_id, user_id=user_id, pending=pending, device=device, created_at=now, seen_at=now,
                    expires_at=expires_at,
                )
            )  # fmt: skip

    def session(self, session_id: str) -> tuple[StaffSession, User] | None:
        with self._sessions() as session:
            row = session.execute(
                select(StaffSession, User)
                .join(User, StaffSession.user_id == User.id)
                .where(StaffSession.id == session_id, User.active.is_(True))
            ).one_or_none()
            return (row[0], row[1]) if row else None

    def sessions(self, user_id: str, *, seen_since: dt.datetime, now: dt.datetime) -> list[StaffSession]:
        """Sessions in use, newest first."""
        with self._sessions() as session:
            return list(
                session.scalars(
                    select(StaffSession)
                    .where(
                        StaffSession.user_id == user_id, StaffSession.pending.is_(False),
                        StaffSession.seen_at > seen_since, StaffSession.expires_at > now,
                    )
                    .order_by(StaffSession.seen_at.desc())
                )
            )  # fmt: skip

    def touch_session(self, session_id: str, now: dt.datetime) -> None:
        with self._sessions.begin() as session:
            session.execute(update(StaffSession).where(StaffSession.id == session_id).values(seen_at=now))

    def end_session(self, session_id: str, user_id: str) -> bool:
        with self._sessions.begin() as session:
            return _changed(
                session, delete(StaffSession).where(StaffSession.id == session_id, StaffSession.user_id == user_id)
            )

    def end_sessions(self, user_id: str, *, but: str = "") -> None:
        with self._sessions.begin() as session:
            session.execute(delete(StaffSession).where(StaffSession.user_id == user_id, StaffSession.id != but))

    # Audit

    def append_audit(self, entry: AuditEntry) -> None:
        with self._sessions.begin() as session:
            session.add(entry)

    def audit(
        self, wanted: AuditFilter, *, offset: int, limit: int
    ) -> tuple[list[tuple[AuditEntry, User | None]], int]:
        """Entries with who made them, newest first, and how many there are in all."""
        rows = _filtered(select(AuditEntry, User).outerjoin(User, User.id == AuditEntry.user_id), wanted)
        count = _filtered(select(func.count(AuditEntry.id)), wanted)
        with self._sessions() as session:
            found = session.execute(rows.order_by(AuditEntry.id.desc()).offset(offset).limit(limit))
            return [(entry, user) for entry, user in found], session.scalar(count) or 0


def _filtered(query: Any, wanted: AuditFilter) -> Any:
    if wanted.user_id:
        query = query.where(AuditEntry.user_id == wanted.user_id)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.text:
        query = query.where(AuditEntry.object.icontains(wanted.text, autoescape=True))
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query


def _changed(session: Session, statement: Any) -> bool:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)  # type: ignore[attr-defined]
