"""Passages: what the law says, in our own words, one Markdown file per article or tight group of paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.acts import Act
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import read_front_matter
from knowledge_base.content.sources import Source, source_from
from knowledge_base.content.topics import AUDIENCES

# Lay questions of a passage: fewer leave it unfound, more would outweigh its text.
FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 8


@dataclass(frozen=True)
class Passage:
    """A passage; `id` is its path below the passages folder without the suffix."""

    id: str
    title: str
    text: str
    source: Source
    audience: tuple[str, ...]
    questions: tuple[str, ...]
    related: tuple[str, ...]
    replaced_by: str | None
    path: Path


def load_passage(path: Path, root: Path, acts: dict[str, Act]) -> Passage:
    """Read one passage file. Raises ContentError with everything found wrong."""
    record, body = read_front_matter(path)
    title = record.string("title")
    passage = Passage(
        id=path.relative_to(root).with_suffix("").as_posix(),
        title=title,
        text=body,
        source=source_from(record, acts, title=title),
        audience=record.strings("audience"),
        questions=record.strings("questions"),
        related=record.strings("related"),
        replaced_by=record.values.get("replaced_by"),
        path=path,
    )
    if not body:
        record.report("title", "fragment nie ma treści")
    for audience in set(passage.audience) - set(AUDIENCES):
        record.report("audience", f"nieznana grupa odbiorców „{audience}”; dozwolone: {', '.join(AUDIENCES)}")
    act = acts.get(passage.source.act)
    if act and act.folder != path.parent.name:
        record.report("act", f"fragment aktu {act.eli} powinien leżeć w folderze „{act.folder}”")
    if record.findings:
        raise ContentError(record.findings)
    return passage


def load_passages(root: Path, acts: dict[str, Act]) -> dict[str, Passage]:
    """Read all passages by id. Raises ContentError with the findings of all files."""
    passages: dict[str, Passage] = {}
    findings: list[Finding] = []
    for path in sorted(root.glob("*/*.md")):
        try:
            passage = load_passage(path, root, acts)
        except ContentError as error:
            findings.extend(error.findings)
        else:
            passages[passage.id] = passage
    if findings:
        raise ContentError(findings)
    return passages
