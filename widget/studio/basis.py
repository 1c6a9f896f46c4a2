"""The legal basis of a previewed answer in the words that visitors read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge_base.content.acts import Act
from knowledge_base.content.sources import source_name

_UNCHECKED = "przepis jeszcze niesprawdzony"


def basis_lines(sources: Sequence[Mapping[str, Any]], acts: Mapping[str, Act]) -> list[str]:
    """One line for each source of an answer, as the chat window writes it."""
    return [f"{_name(source, acts)}, {_validity(source)}" for source in sources]


def _name(source: Mapping[str, Any], acts: Mapping[str, Act]) -> str:
    eli = source["act"]
    return source_name(source["article"], acts[eli].short if eli in acts else eli)


def _validity(source: Mapping[str, Any]) -> str:
    if not source["verified"] and not source["article"]:
        # The days are those of the whole act then.
        return _UNCHECKED
    start, end = _day(source["valid_from"]), source["valid_to"]
    period = f"obowiązywało od {start} do {_day(end)}" if end else f"obowiązuje od {start}"
    checked = f"sprawdzono {_day(source['checked_on'])}" if source["verified"] else _UNCHECKED
    return f"{period}, {checked}"


def _day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d.%m.%Y}"
