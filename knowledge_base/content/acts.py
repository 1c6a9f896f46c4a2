"""The acts that may be cited, and their public addresses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml


@dataclass(frozen=True)
class Act:
    """An act of law by its ELI (European Legislation Identifier), e.g. `DU/2025/620`.

    `last_article` is the number of its last article, where it is known: no higher one can be cited.
    """

    eli: str
    title: str
    short: str
    folder: str
    valid_from: dt.date
    valid_to: dt.date | None
    replaced_by: str | None
    url: str
    last_article: int | None = None


def public_url(eli: str) -> str:
    """Address of the act in the official register (https://eli.gov.pl)."""
    return f"https://eli.gov.pl/eli/{eli}/ogl"


def load_acts(path: Path) -> dict[str, Act]:
    """Read `data/acts.yml`. Raises ContentError."""
    root = read_yaml(path)
    acts: dict[str, Act] = {}
    for eli, values in (root.values.get("acts") or {}).items():
        record = Record(path, values, root.text, root.line_of(eli), root.findings)
        acts[eli] = Act(
            eli=eli,
            title=record.string("title"),
            short=record.string("short"),
            folder=record.string("folder"),
            valid_from=record.date("valid_from"),
            valid_to=record.optional_date("valid_to"),
            replaced_by=values.get("replaced_by"),
            url=values.get("url") or public_url(eli),
            last_article=values.get("last_article"),
        )
    if root.findings:
        raise ContentError(root.findings)
    return acts
