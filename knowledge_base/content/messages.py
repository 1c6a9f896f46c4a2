"""Lines the assistant says besides answers, `data/messages.yml`."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml


def load_messages(path: Path) -> dict[str, str]:
    """Read the lines by name. Raises ContentError."""
    root = read_yaml(path)
    values = root.values.get("messages") or {}
    record = Record(path, values, root.text)
    messages = {name: record.string(name) for name in values}
    if record.findings:
        raise ContentError(record.findings)
    return messages
