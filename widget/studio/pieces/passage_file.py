"""A passage's file changed from a form: only what was changed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from knowledge_base.content.passages import Passage
from widget.studio.topic_file import clean_block, read_mapping, set_field, set_list, written

_PARTS = re.compile(r"---\n(.*?\n)---\n(.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class PassageEdit:
    """All of a passage that its form shows."""

    title: str
    article: str
    text: str
    audience: tuple[str, ...]
    questions: tuple[str, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    checked_on: dt.date
    verified: bool


def edit_of(passage: Passage) -> PassageEdit:
    source = passage.source
    return PassageEdit(
        passage.title, source.article, passage.text, passage.audience, passage.questions, source.valid_from,
        source.valid_to, source.checked_on, source.verified,
    )  # fmt: skip


def with_edit(text: str, edit: PassageEdit) -> str:
    """The file with the fields of the form. Raises ValueError for a file that is no passage."""
    found = _PARTS.match(text.replace("\r\n", "\n"))
    if not found:
        raise ValueError("plik nie ma nagłówka między liniami „---”")
    record = read_mapping(found[1])
    for name in ("article", "title", "valid_from", "checked_on", "verified"):
        set_field(record, name, getattr(edit, name))
    if record.get("valid_to") != edit.valid_to:
        record["valid_to"] = edit.valid_to
    set_list(record, "audience", edit.audience)
    set_list(record, "questions", edit.questions, flow=False)
    body = found[2] if clean_block(found[2]) == edit.text else f"{edit.text}\n"
    return f"---\n{written(record)}---\n{body}"


def ending(text: str, edit: PassageEdit, day: dt.date) -> str:
    """The file of what is in force until the day before `day`. Raises ValueError where that is none of its days."""
    if day <= edit.valid_from:
        raise ValueError(f"Zmiana musi być po {edit.valid_from:%d.%m.%Y}, od kiedy obowiązuje obecna treść.")
    return with_edit(text, replace(edit, valid_to=day - dt.timedelta(days=1)))
