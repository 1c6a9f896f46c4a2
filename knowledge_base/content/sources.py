"""The legal basis that an answer or a passage stands on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from knowledge_base.content.acts import Act
from knowledge_base.content.files import Record


@dataclass(frozen=True)
class Source:
    """An article of an act with the time it is in force and the day it was last checked.

    `article` is empty where only the act is known yet; nobody has checked such a source. Without `verified`,
    `checked_on` is the day on which somebody last looked at it.
    """

    act: str
    article: str
    title: str
    url: str
    valid_from: dt.date
    valid_to: dt.date | None
    checked_on: dt.date
    verified: bool

    def in_force(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def as_dict(self) -> dict[str, Any]:
        """The public form of DESIGN.md, dates as `YYYY-MM-DD`."""
        return {
            "act": self.act,
            "article": self.article,
            "title": self.title,
            "url": self.url,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "checked_on": self.checked_on.isoformat(),
            "verified": self.verified,
        }


def source_name(article: str, act: str) -> str:
    """How a source is called.

    >>> source_name("art. 55", "Kodeks pracy"), source_name("", "Kodeks pracy")
    ('art. 55 – Kodeks pracy', 'Kodeks pracy')
    """
    return f"{article} – {act}" if article else act


def source_from(record: Record, acts: dict[str, Act], *, title: str, may_lack_article: bool = False) -> Source:
    """Read the fields that topics and passages share; `title` is shown on the link.

    With `may_lack_article` a source that is not verified may name its act only.
    """
    eli = record.string("act")
    act = acts.get(eli)
    if eli and act is None:
        record.report("act", f"nieznany akt „{eli}” – dopisz go do data/acts.yml")
    verified = record.flag("verified")
    lacks_article = may_lack_article and not verified and not record.values.get("article")
    return Source(
        act=eli,
        article="" if lacks_article else record.string("article"),
        title=title,
        url=record.values.get("url") or (act.url if act else ""),
        valid_from=record.date("valid_from"),
        valid_to=record.optional_date("valid_to"),
        checked_on=record.date("checked_on"),
        verified=verified,
    )
