"""Remarks on a draft, and what may never become an example."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from knowledge_base.check.rules import Loadable
from knowledge_base.content.store import ContentPaths
from tests.widget.studio.content import topic_path
from widget.studio.catalogue import Catalogue
from widget.studio.checks import notes_on, refusals
from widget.studio.held_out import HeldOut
from widget.studio.topic_file import with_examples

TODAY = dt.date(2026, 11, 26)
QUESTION = "Czy mogę odebrać zaległe dni urlopu po zmianie pracodawcy?"


@pytest.fixture
def content(folder: Path) -> Loadable:
    return Catalogue(ContentPaths(folder)).now()


def remarks(folder: Path, content: Loadable, old: str, new: str) -> list[str]:
    text = topic_path(folder).read_text(encoding="utf-8")
    assert old in text
    draft = notes_on(text.replace(old, new, 1), group="pomoc", name="szkolenia", content=content, today=TODAY)
    return [note.text for note in draft.notes]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Urząd pracy może opłacić", "Urząd wypłaca 1500 zł i może opłacić", "kwota wpisana liczbą"),
        ("Urząd pracy może opłacić", "Urząd daje {{ nie_ma }} i może opłacić", "nie ma parametru „nie_ma”"),
        ("Urząd pracy może", "Zobacz www.urzad.pl. Urząd może", "Pełny adres zaczyna się od https://"),
        ("related: [", "related: [nie_ma_takiego, ", "nieznany temat „nie_ma_takiego”"),
        ("verified: true", "verified: moze", "true albo false"),
        ("act: DU/2025/620", "act: DU/1900/1", "nieznany akt"),
    ],
)
def test_mistakes_in_a_draft(folder: Path, content: Loadable, old: str, new: str, told: str) -> None:
    assert any(told in text for text in remarks(folder, content, old, new))


def test_answer_without_a_basis(folder: Path, content: Loadable) -> None:
    text = topic_path(folder).read_text(encoding="utf-8")
    bare = text[: text.index("sources:")] + "sources: []\n" + text[text.index("related:") :]
    draft = notes_on(bare, group="pomoc", name="szkolenia", content=content, today=TODAY)
    assert "odpowiedź nie ma podstawy prawnej" in [note.text for note in draft.notes]


def test_example_like_one_of_another_topic_says_which(folder: Path, content: Loadable) -> None:
    other = next(topic for topic in content.topics if topic.name == "nadgodziny")
    text = topic_path(folder).read_text(encoding="utf-8")
    near = with_examples(text, added=[other.examples[0].upper() + "!!"])
    draft = notes_on(near, group="pomoc", name="szkolenia", content=content, today=TODAY)
    (note,) = [note for note in draft.notes if "prawie taki sam" in note.text]
    assert note.warning
    assert other.title in note.text
    assert other.examples[0] in note.text


def test_topic_with_far_too_many_examples(folder: Path, content: Loadable) -> None:
    text = topic_path(folder).read_text(encoding="utf-8")
    many = with_examples(text, added=[f"pytanie numer {number} o kurs {number * 7}" for number in range(400)])
    draft = notes_on(many, group="pomoc", name="szkolenia", content=content, today=TODAY)
    assert any("za często" in note.text for note in draft.notes)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("mój PESEL to 44051401359", "PESEL"),
        ("proszę dzwonić 600 700 800", "telefon"),
        ("nazywam się Jan Kowalski, co dalej", "imię i nazwisko"),
    ],
)
def test_personal_data_are_no_example(tmp_path: Path, text: str, label: str) -> None:
    (reason,) = refusals([text], HeldOut(tmp_path))
    assert label in reason
    assert "Kowalski" not in reason
    assert "44051401359" not in reason


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "czy moge odebrac zalegle dni urlopu po zmianie pracodawcy",
        "Czy mogę odebrać zaległy dzień urlopu po zmianach pracodawców",
    ],
)
def test_questions_that_measure_are_no_examples_in_any_form(tmp_path: Path, text: str) -> None:
    records = [{"text": QUESTION}, {"text": "dzień dobry"}]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    held_out = HeldOut(tmp_path)
    assert text in held_out
    assert "służy do mierzenia" in refusals([text], held_out)[0]
    assert refusals(["ile mam urlopu w nowej firmie", "dzień dobry"], held_out) == []


def test_new_sets_are_seen_and_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    held_out = HeldOut(tmp_path / "sets")
    assert QUESTION not in held_out
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "a.jsonl").write_text(json.dumps({"text": QUESTION}), encoding="utf-8")
    assert QUESTION in held_out
