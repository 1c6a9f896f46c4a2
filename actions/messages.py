"""Messages of the public contract, and the lines they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from knowledge_base.content.answers import line
from knowledge_base.content.store import Content


def message(
    kind: str,
    text: str,
    *,
    trace: dict[str, Any],
    topic: str | None = None,
    buttons: list[dict[str, str]] | None = None,
    sources: list[dict[str, Any]] | None = None,
    confidence: float = 0.0,
) -> dict[str, Any]:
    """One message; `kind` is one of `knowledge_base.content.topics.MESSAGE_TYPES`, `trace` is for staff only."""
    return {
        "type": kind,
        "text": text,
        "buttons": buttons or [],
        "sources": sources or [],
        "topic": topic,
        "confidence": confidence,
        "trace": trace,
    }


class Lines:
    """The lines of data/messages.yml for one day, by name."""

    def __init__(self, content: Content, day: dt.date, constants: Mapping[str, str]) -> None:
        self._content = content
        self._day = day
        self._constants = constants

    def __call__(self, name: str, /, **values: str) -> str:
        return line(name, self._content, day=self._day, constants={**self._constants, **values})
