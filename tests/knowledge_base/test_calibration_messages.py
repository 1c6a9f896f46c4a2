"""Messages that confidence is measured on."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.content.calibration import load_calibration
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import Content, ContentPaths
from zielona.settings import ROOT


def written(folder: Path, text: str) -> Path:
    path = folder / "calibration.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_messages_come_with_their_topics(tmp_path: Path) -> None:
    path = written(tmp_path, 'questions:\n  a:\n    - "ile?"\n    - "kiedy"\n  b:\n    - "gdzie"\n')
    assert load_calibration(path) == [("ile?", "a"), ("kiedy", "a"), ("gdzie", "b")]


def test_content_without_the_file_has_none(tmp_path: Path) -> None:
    assert load_calibration(tmp_path / "calibration.yml") == []


def test_a_message_that_is_no_text_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as raised:
        load_calibration(written(tmp_path, "questions:\n  a:\n    - ile\n  b:\n    - 12\n"))
    [finding] = raised.value.findings
    assert "„b”" in finding.message
    assert finding.line == 4


def test_every_topic_is_asked_for(content: Content) -> None:
    asked = [topic for _, topic in load_calibration(ContentPaths(ROOT).calibration)]
    assert set(asked) == set(content.topics)
    assert min(asked.count(topic) for topic in content.topics) >= 3
