"""Questions to begin with, `data/suggestions.yml`."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml
from knowledge_base.content.topics import Topic

DEFAULT = "default"


def load_suggestions(path: Path, topics: dict[str, Topic]) -> dict[str, list[str]]:
    """Names of topics by what a page is about. Raises ContentError, also where a topic is unknown."""
    root = read_yaml(path)
    values = root.values.get("suggestions") or {}
    record = Record(path, values if isinstance(values, dict) else {}, root.text)
    names = {page: record.strings(page) for page in record.values}
    for page, listed in names.items():
        for name in listed:
            if name not in topics:
                record.report(page, f"nieznany temat „{name}”")
    if DEFAULT not in names:
        record.report("suggestions", f"brakuje listy „{DEFAULT}”")
    if record.findings:
        raise ContentError(record.findings)
    return {page: list(listed) for page, listed in names.items()}
