"""Topic files changed from forms: comments and order stay, whatever is typed is read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.acts import load_acts
from knowledge_base.content.topics import load_topic
from widget.studio.topic_file import (
    SourceEdit,
    TopicEdit,
    clean,
    clean_block,
    edit_of,
    new_file,
    with_edit,
    with_examples,
)  # fmt: skip
from zielona.settings import ROOT

PATH = ROOT / "data" / "topics" / "pomoc" / "szkolenia.yml"
COMMENTED = """# Uwaga na początku.
topic: proba
title: "Próba"   # tytuł
audience: [wszyscy]
answer: |
  Odpowiedź.
checked_on: 2026-01-02
verified: true
sources:
  # pierwsze źródło
  - act: DU/2025/620
    article: art. 1
    title: Pierwsze
    url: https://example.org
    valid_from: 2025-06-01
    valid_to:
    checked_on: 2026-01-02
    verified: true
  - {act: DU/2025/620, article: art. 2, title: Drugie, valid_from: 2025-06-01, valid_to: null, checked_on: 2026-01-02, verified: false}
related: [a, b]
examples:
  - 'pierwszy'  # dobry
  - drugi
"""  # noqa: E501
NEW_SOURCE = SourceEdit(
    None, "DU/2025/620", "art. 3", "Trzecie", dt.date(2025, 6, 1), None, dt.date(2026, 1, 2), verified=True
)


def edit(text: str, folder: Path) -> TopicEdit:
    path = folder / "grupa" / "proba.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return edit_of(load_topic(path, load_acts(ROOT / "data" / "acts.yml")))


def test_a_form_sent_unchanged_changes_no_byte_of_a_shipped_topic() -> None:
    acts = load_acts(ROOT / "data" / "acts.yml")
    for path in sorted((ROOT / "data" / "topics").glob("*/*.yml"))[::12]:
        text = path.read_text(encoding="utf-8")
        assert with_edit(text, edit_of(load_topic(path, acts))) == text, path.name
        assert with_examples(text) == text


def test_only_the_changed_field_changes(tmp_path: Path) -> None:
    before = edit(COMMENTED, tmp_path)
    after = with_edit(COMMENTED, replace(before, answer="Nowa.\n\n- a: b", effect="contact_form"))
    assert after.replace("  Nowa.\n\n  - a: b\n", "  Odpowiedź.\n").replace("effect: contact_form\n", "") == COMMENTED
    assert edit(after, tmp_path).answer == "Nowa.\n\n- a: b"
    assert with_edit(after, before) == COMMENTED


def test_sources_come_and_go_and_the_others_keep_what_the_form_does_not_show(tmp_path: Path) -> None:
    before = edit(COMMENTED, tmp_path)
    more = with_edit(COMMENTED, replace(before, sources=(*before.sources, NEW_SOURCE)))
    assert [source.title for source in edit(more, tmp_path).sources] == ["Pierwsze", "Drugie", "Trzecie"]
    less = with_edit(more, replace(before, sources=before.sources[:1]))
    (kept,) = yaml.safe_load(less)["sources"]
    assert (kept["title"], kept["url"]) == ("Pierwsze", "https://example.org")
    assert yaml.safe_load(with_edit(more, replace(before, sources=())))["sources"] == []


def test_examples_are_added_at_the_end_and_taken_out() -> None:
    text = with_examples(COMMENTED, added=["- nowy: „a” # b", "yes"], removed=["drugi"])
    assert yaml.safe_load(text)["examples"] == ["pierwszy", "- nowy: „a” # b", "yes"]
    assert "# dobry" in text
    assert text.startswith("# Uwaga na początku.")


@given(st.lists(st.text(min_size=1), max_size=5), st.text(min_size=1), st.text(min_size=1))
def test_whatever_is_typed_is_read_back(texts: list[str], title: str, answer: str) -> None:
    examples = [cleaned for text in texts if (cleaned := clean(text))]
    title, answer = clean(title) or "x", clean_block(answer) or "x"
    made = TopicEdit(title, ("wszyscy",), answer, dt.date(2026, 1, 2), True, (NEW_SOURCE,), ("a",), None, None)
    read = yaml.safe_load(new_file("proba", made, examples, today=dt.date(2026, 1, 3)))
    assert (read["title"], read["answer"].strip(), read["examples"]) == (title, answer, examples)
    assert read["sources"][0]["valid_to"] is None
    assert read["checked_on"] == dt.date(2026, 1, 2)


def test_answer_that_nobody_has_checked_keeps_its_day_or_gets_that_of_its_writing() -> None:
    made = TopicEdit("Bon", ("wszyscy",), "Tak.", None, False, (NEW_SOURCE,), (), None, None)
    new = new_file("bon", made, [], today=dt.date(2026, 1, 3))
    assert yaml.safe_load(new)["checked_on"] == dt.date(2026, 1, 3)
    assert with_edit(new, made) == new


def test_cleaning_takes_what_no_example_needs() -> None:
    assert clean(" a\t\u200bb\u0000\n[Łomża](miasto) [x]{'entity': 'y'} ") == "a b Łomża x"
    assert clean("umowa [na próbę]") == "umowa [na próbę]"
    assert clean_block(" a  \r\n\r\n- b\t\n\n") == "a\n\n- b"


@pytest.mark.parametrize("text", ["- a", "a: [", ""])
def test_what_is_no_topic_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="plik"):
        with_examples(text, added=["x"])
