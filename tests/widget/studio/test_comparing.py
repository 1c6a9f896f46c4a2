"""Two versions of a file, as an editor reads their difference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.studio.comparing import Difference, FieldChange, Line, difference, words_between
from widget.studio.fields import Names
from zielona.settings import ROOT

NAMES = Names(acts={"DU/1974/141": "Kodeks pracy"}, topics={"czas_pracy": "Czas pracy", "kfs": "Fundusz"})
AMOUNTS = "data/amounts.yml"


def of_topic(before: str, after: str) -> Difference:
    return difference("data/topics/czas_placa/nadgodziny.yml", before, after, NAMES)


def by_label(found: Difference) -> dict[str, FieldChange]:
    assert found.fields is not None
    return {f"{change.part}|{change.label}": change for change in found.fields}


@pytest.fixture
def text() -> str:
    return (ROOT / "data" / "topics" / "czas_placa" / "nadgodziny.yml").read_text(encoding="utf-8")


def test_only_changed_fields_with_polish_names_and_the_words_that_changed(text: str) -> None:
    after = text.replace("Za nadgodziny przysługuje", "Za nadgodziny należy się").replace("[czas_pracy,", "[kfs,")
    after = after.replace("audience: [pracownik, pracodawca]", "audience: [pracownik]")
    found = by_label(of_topic(text, after))
    assert set(found) == {"|Treść odpowiedzi", "|Dla kogo", "|Pokrewne tematy"}
    assert found["|Treść odpowiedzi"].words[:3] == (
        Line("same", "Za nadgodziny "), Line("removed", "przysługuje"), Line("added", "należy się"),
    )  # fmt: skip
    assert found["|Dla kogo"].removed == ("pracodawcy",)
    assert (found["|Pokrewne tematy"].added, found["|Pokrewne tematy"].removed) == (("Fundusz",), ("Czas pracy",))


def test_legal_basis_by_act_and_article(text: str) -> None:
    after = re.sub(r"(article: art\. 151\n(?:.*\n){3})    checked_on: .*", r"\1    checked_on: 2026-12-01", text)
    found = by_label(of_topic(text, after.replace("art. 131 § 1", "art. 132")))
    assert found["Kodeks pracy, art. 151|Sprawdzono"].words[-1] == Line("added", "01.12.2026")
    moved = found["|Podstawa prawna"].words
    assert moved == (Line("removed", "Kodeks pracy, art. 131 § 1"), Line("added", "Kodeks pracy, art. 132"))
    source = re.search(r"  - act: DU/1974/141\n    article: art\. 151\(2\)\n(?:    .*\n)*", text)
    assert source
    [gone] = by_label(of_topic(text, text.replace(source[0], "")))["|Podstawa prawna"].removed
    assert gone.startswith("Kodeks pracy, art. 151(2); ")
    assert "obowiązuje od: 27.01.2026" in gone


def test_law_that_nobody_has_checked_and_whose_article_is_not_known(text: str) -> None:
    new = (
        "sources:\n  - act: DU/1974/141\n    article: ''\n    title: Dodatek\n    valid_from: 2026-01-01\n"
        "    checked_on: 2026-11-26\n    verified: false\n"
    )
    found = by_label(of_topic(text, text.replace("sources:\n", new)))
    [added] = found["|Podstawa prawna"].added
    assert added.startswith("Kodeks pracy; ")
    assert "sprawdzono: niesprawdzone" in added
    assert "26.11.2026" not in added
    known = new.replace("''", "art. 3")
    before, after = (text.replace("sources:\n", one) for one in (known, known.replace("false", "true")))
    assert by_label(of_topic(before, after))["Kodeks pracy, art. 3|Sprawdzono"].words == (
        Line("removed", "niesprawdzone"), Line("added", "26.11.2026"),
    )  # fmt: skip


def test_examples_come_go_and_change_places() -> None:
    found = by_label(of_topic("title: X\nexamples: [a, b, c]\n", "title: X\nexamples: [a, c, d]\n"))["|Przykłady"]
    assert (found.added, found.removed, found.moved) == (("d",), ("b",), False)
    assert by_label(of_topic("examples: [a, b]\n", "examples: [b, a]\n"))["|Przykłady"].moved


def test_amount_by_its_title_and_its_days() -> None:
    before = (ROOT / AMOUNTS).read_text(encoding="utf-8")
    found = by_label(difference(AMOUNTS, before, before.replace("value: 4950.00", "value: 4990.00"), NAMES))
    [(head, change)] = found.items()
    assert head == "Minimalne wynagrodzenie za pracę (miesięcznie, brutto), od 01.01.2027|Kwota"
    assert change.words == (Line("removed", "4950\u00a0zł"), Line("added", "4990\u00a0zł"))


def test_passage_by_fields() -> None:
    path = next((ROOT / "knowledge_base" / "passages" / "kodeks-pracy").glob("*.md"))
    before = path.read_text(encoding="utf-8")
    found = by_label(difference("a/b.md", before, before.rstrip() + " Nic więcej.\n", NAMES))
    assert list(found) == ["|Treść"]
    assert found["|Treść"].words[-1].text.endswith("Nic więcej.")


def test_what_is_no_change_of_content_and_what_cannot_be_read() -> None:
    same = of_topic("title: X\n", "# uwaga\ntitle: X\n")
    assert same.fields == ()
    assert same.lines
    assert of_topic("title: [", "title: X\n").fields is None
    assert of_topic("title: X\n", "- lista\n").fields is None
    assert of_topic("sources: 5\n", "title: X\n").fields is None
    new = of_topic("", "title: X\n")
    assert new.is_new
    assert by_label(new)["|Tytuł"].words == (Line("added", "X"),)


WORDS = st.text(alphabet="ab .\n", max_size=30)


@given(WORDS, WORDS)
def test_words_give_both_texts_back(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(one.text for one in pieces if one.kind != "added") == before
    assert "".join(one.text for one in pieces if one.kind != "removed") == after
