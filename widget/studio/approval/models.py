"""The table of changes that wait for a second person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

STATES = {"czeka": "czeka", "zatwierdzona": "zatwierdzona", "zwrocona": "zwrócona", "wycofana": "wycofana"}
WAITING, APPROVED, RETURNED, WITHDRAWN = STATES


class Proposal(Base):
    """A change of content that waits. `changes`: path, `version` and text `base` that it began with, new `text`.

    `path` is the first of its files; `note` is why it was returned.
    """

    __tablename__ = "content_proposals"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    path: Mapped[str] = mapped_column(String(255), index=True)
    title: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(100))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)
