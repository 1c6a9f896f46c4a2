"""Messages that the model's confidence is measured on, `data/calibration.yml`."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.content.errors import ContentError
from knowledge_base.content.files import Record, read_yaml


def load_calibration(path: Path) -> list[tuple[str, str]]:
    """Read the messages, each with the name of the topic that answers it; none where there is no file.

    Raises ContentError.
    """
    if not path.exists():
        return []
    root = read_yaml(path)
    record = Record(path, root.values.get("questions") or {}, root.text)
    found = [(text, topic) for topic in record.values for text in record.strings(topic)]
    if record.findings:
        raise ContentError(record.findings)
    return found
