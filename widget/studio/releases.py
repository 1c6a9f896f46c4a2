"""All SQL of releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import sessionmaker

from widget.studio.models import CANDIDATE, CURRENT, FORMER, REJECTED, Release


class Releases:
    """Stores and reads releases; every method is one transaction. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._sessions = sessionmaker(engine, expire_on_commit=False)

    def add(
        self,
        *,
        commit: str,
        content: str,
        model: str,
        index: str,
        figures: dict[str, Any],
        gates: Sequence[dict[str, Any]],
        report: str,
        job_id: int | None,
        by: str,
        now: dt.datetime,
    ) -> Release:
        """A new candidate."""
        release = Release(
            commit=commit, content=content, model=model, index=index, state=CANDIDATE, figures=figures, gates=[*gates],
            report=report, job_id=job_id, created_at=now, created_by=by, reason="",
        )  # fmt: skip
        with self._sessions.begin() as session:
            session.add(release)
        return release

    def get(self, release_id: int) -> Release | None:
        with self._sessions() as session:
            return session.get(Release, release_id)

    def list(self, *, limit: int = 100) -> Sequence[Release]:
        """The newest first."""
        with self._sessions() as session:
            return [*session.scalars(select(Release).order_by(Release.id.desc()).limit(limit))]

    def current(self) -> Release | None:
        """The one that is published; None where none ever was."""
        with self._sessions() as session:
            return session.scalars(select(Release).where(Release.state == CURRENT)).first()

    def of_job(self, job_id: int) -> Release | None:
        with self._sessions() as session:
            return session.scalars(select(Release).where(Release.job_id == job_id)).first()

    def mark_published(self, release_id: int, *, by: str, reason: str, now: dt.datetime) -> None:
        """This one answers from now on; the one before it becomes a former one."""
        published = {"state": CURRENT, "published_at": now, "published_by": by, "reason": reason}
        with self._sessions.begin() as session:
            before = (Release.state == CURRENT, Release.id != release_id)
            session.execute(update(Release).where(*before).values(state=FORMER))
            session.execute(update(Release).where(Release.id == release_id).values(**published))

    def of_start(self, commit: str) -> Release | None:
        """The release of the commit that the assistant was started with."""
        wanted = (Release.commit == commit, Release.state != REJECTED)
        with self._sessions() as session:
            found = [*session.scalars(select(Release).where(*wanted).order_by(Release.id))]
        return next((item for item in found if item.has_answered), found[0] if found else None)

    def mark_start(self, commit: str) -> Release | None:
        """The release of that commit has answered before, though nobody published it; None where there is none."""
        found = self.of_start(commit)
        if found is not None and found.state == CANDIDATE:
            with self._sessions.begin() as session:
                own = (Release.id == found.id, Release.state == CANDIDATE)
                session.execute(update(Release).where(*own).values(state=FORMER))
        return found

    def reject(self, release_id: int, *, reason: str) -> bool:
        """Put a candidate aside; False where it is none any more."""
        candidate = (Release.id == release_id, Release.state == CANDIDATE)
        with self._sessions.begin() as session:
            done = session.execute(update(Release).where(*candidate).values(state=REJECTED, reason=reason))
            return bool(done.rowcount)  # type: ignore[attr-defined]
