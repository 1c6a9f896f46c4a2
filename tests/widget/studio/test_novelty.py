"""What is new in a content, out of two folders of files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge_base.content.store import ContentPaths
from tests.widget.studio.content import topic_path
from widget.studio.catalogue import Catalogue
from widget.studio.pieces.review import AMOUNT, TOPIC
from widget.studio.training.novelty import CHANGED, GONE, NEW, Novelty, Pieces, novelties, read, unmeasured


def pieces(folder: Path) -> Pieces:
    catalogue = Catalogue(ContentPaths(folder))
    content = catalogue.now()
    return Pieces.of(content.topics, catalogue.passages()[0], content.amounts)


@pytest.fixture
def after(folder: Path, tmp_path: Path) -> Path:
    """Another copy: where files lie is no difference."""
    return Path(shutil.copytree(folder, tmp_path / "after"))


@pytest.fixture
def found(folder: Path, after: Path) -> Callable[[], list[Novelty]]:
    return lambda: novelties(pieces(folder), pieces(after))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_same_content_elsewhere_has_nothing_new(found: Callable[[], list[Novelty]]) -> None:
    assert found() == []


def test_examples_are_counted_and_an_answer_is_told(after: Path, found: Callable[[], list[Novelty]]) -> None:
    path = topic_path(after)
    text = path.read_text(encoding="utf-8")
    first = text.split("examples:\n")[1].splitlines()[0]
    path.write_text(text.replace(first + "\n", "") + "  - nowe pytanie o kurs\n  - i drugie nowe\n", encoding="utf-8")
    assert [one.told for one in found()] == ["dodano 2 przykłady, usunięto 1 przykład"]
    replaced(path, "answer: |\n  ", "answer: |\n  Nowe zdanie. ")
    assert [(one.kind, one.name, one.change) for one in found()] == [(TOPIC, "szkolenia", CHANGED)]
    assert found()[0].told.startswith("zmieniona odpowiedź, dodano 2")


def test_new_and_removed_topics(after: Path, found: Callable[[], list[Novelty]]) -> None:
    path = topic_path(after)
    text = path.read_text(encoding="utf-8").replace("topic: szkolenia", "topic: bon")
    path.with_name("bon.yml").write_text(text, encoding="utf-8")
    topic_path(after, "kfs").unlink()
    new, gone = found()
    assert (new.name, new.change, new.has_page) == ("bon", NEW, True)
    assert new.told.startswith("nowy, ")
    assert (gone.name, gone.change, gone.told, gone.has_page) == ("kfs", GONE, "usunięty", False)


def test_amounts_that_differ(after: Path, found: Callable[[], list[Novelty]]) -> None:
    amounts = after / "data" / "amounts.yml"
    lines = amounts.read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if "value:" in line and "verified: true" in line)
    replaced(amounts, line, line.replace("verified: true", "verified: false"))
    assert [(one.kind, one.told) for one in found()] == [(AMOUNT, "zmieniona")]


def test_only_new_topics_that_nobody_asks_about_are_unmeasured() -> None:
    rows = [
        Novelty(TOPIC, "bon", "Bon na zasiedlenie", NEW, added=12), Novelty(TOPIC, "kfs", "KFS", NEW, added=20),
        Novelty(TOPIC, "urlop", "Urlop", CHANGED, answer=True), Novelty(AMOUNT, "bon", "Kwota bonu", NEW),
    ]  # fmt: skip
    assert unmeasured(rows, ["kfs"]) == ["Bon na zasiedlenie"]
    assert read([one.as_dict() for one in rows]) == rows
    assert read(None) is None
