"""Tables of trainings and of the releases that come of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# What a release is: not yet published, the one that visitors talk to, one that they talked to, one that nobody wants.
RELEASE_STATES = {
    "kandydat": "czeka na decyzję", "obecne": "odpowiada teraz", "dawne": "odpowiadała dawniej",
    "odrzucone": "odrzucona",
}  # fmt: skip
CANDIDATE, CURRENT, FORMER, REJECTED = RELEASE_STATES
# What a training is: not begun, at work, and how it ended.
JOB_STATES = {
    "czeka": "czeka w kolejce", "trwa": "trwa", "gotowe": "gotowe", "nieudane": "nie powiodło się",
    "przerwane": "przerwane", "zatrzymane": "zatrzymane",
}  # fmt: skip
WAITING, RUNNING, DONE, FAILED, BROKEN, STOPPED = JOB_STATES
# Who orders the training that keeps the version which the assistant was started with.
SYSTEM = "system"


class Release(Base):
    """A version of the assistant: a content snapshot, the index and the dialogue model that were made of it.

    `commit` is that of the content repository; `content`, `model` and `index` are the names of the folder, the file and
    the version, see `zielona.releases.ReleaseFiles`; `figures` and `gates` are how it did on held-out sets, the
    comparison itself lies in `report`, a path below ZL_VAR. `reason` is why it was published or rejected.
    """

    __tablename__ = "releases"
    __table_args__ = (Index("ix_releases_state", "state"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    commit: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(120))
    index: Mapped[str] = mapped_column("index_version", String(64))
    state: Mapped[str] = mapped_column(String(16))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    gates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    report: Mapped[str] = mapped_column(String(255))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("training_jobs.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(36))
    published_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)

    @property
    def state_label(self) -> str:
        return RELEASE_STATES[self.state]

    @property
    def has_answered(self) -> bool:
        """Whether visitors talk to it, or did."""
        return self.state in (CURRENT, FORMER)

    @property
    def gates_hold(self) -> bool:
        """Whether it did well enough to be published without a written reason; False where nothing was measured."""
        return bool(self.gates) and all(gate["holds"] for gate in self.gates)


class TrainingJob(Base):
    """A training: `beat_at` is the last sign of life of its worker, `log` the end of what it said.

    `findings` are what its checks found: `{"text", "stops"}`.
    """

    __tablename__ = "training_jobs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    open: Mapped[int | None] = mapped_column(Integer, unique=True)
    step: Mapped[str] = mapped_column(String(32))
    progress: Mapped[float] = mapped_column(Float)
    log: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    commit: Mapped[str] = mapped_column(String(40))
    cancel: Mapped[bool] = mapped_column(Boolean)
    worker: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(36))
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    beat_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def state_label(self) -> str:
        return JOB_STATES[self.state]

    @property
    def keeps_start(self) -> bool:
        """Whether it only keeps what the assistant was started with."""
        return self.created_by == SYSTEM

    @property
    def is_open(self) -> bool:
        return self.open is not None
