from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.acts.errors import ActError
from knowledge_base.acts.pdf import Line, read_lines, split_lines, split_pdf
from knowledge_base.acts.tree import Unit
from tests.knowledge_base.acts.invented import ELI, pdf

PAGES = [
    [
        "Dziennik Ustaw – 1 – Poz. 7",
        "USTAWA",
        "o hodowli chmur domowych",
        "Rozdział 1",
        "Zasady hodowli",
        "Art. 1. 1. Ustawa określa zasady hodowli i żywie-",
        "nia chmur, w tym:",
        "1) małych;",
        "2) dużych:",
        "a) białych,",
        "b) szarych.",
        "2. Chmury z roku",
        "2025. liczy się osobno.",
        ("1) Zmyślony przypis o dyrektywie.", 8.0),
        ("ciągnie się dalej", 8.0),
    ],
    [
        "©Kancelaria Sejmu",
        "s. 2/2",
        "2099-04-01",
        [("Art. 25", 12.0, 0.0), ("1", 7.0, 4.0), (". § 1. Deszcz pada.", 12.0, 0.0)],
        "§ 2. Deszcz nie pada.",
        "Art. 26. (uchylony)",
        "Art. 27. W ustawie o wietrze:",
        "1) art. 4 otrzymuje brzmienie:",
        "„Art. 4. 1. Wiatr wieje.",
        "2. Dwa razy.”;",
        "2) uchyla się art. 5.",
    ],
]


@pytest.fixture(scope="module")
def units() -> dict[str, Unit]:
    return {unit.id: unit for unit in split_pdf(pdf(PAGES), ELI)}


def test_units_of_a_pdf(units: dict[str, Unit]) -> None:
    assert list(units) == [
        ELI,
        f"{ELI}/rozdzial_1",
        f"{ELI}/art_1",
        f"{ELI}/art_1/ust_1",
        f"{ELI}/art_1/ust_1/pkt_1",
        f"{ELI}/art_1/ust_1/pkt_2",
        f"{ELI}/art_1/ust_1/pkt_2/lit_a",
        f"{ELI}/art_1/ust_1/pkt_2/lit_b",
        f"{ELI}/art_1/ust_2",
        f"{ELI}/art_25_1",
        f"{ELI}/art_25_1/par_1",
        f"{ELI}/art_25_1/par_2",
        f"{ELI}/art_26",
        f"{ELI}/art_27",
        f"{ELI}/art_27/pkt_1",
        f"{ELI}/art_27/pkt_2",
    ]


def test_broken_words_are_mended(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_1/ust_1"].text == "1. Ustawa określa zasady hodowli i żywienia chmur, w tym:"


def test_a_line_that_begins_with_a_number_out_of_turn_stays_text(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_1/ust_2"].text == "2. Chmury z roku 2025. liczy się osobno."


def test_small_raised_digits_belong_to_the_number(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_25_1/par_1"].label == "art. 25(1) § 1"


def test_the_mark_of_a_footnote_is_no_part_of_a_number() -> None:
    marked = [("Art. 1. Zob. poz. 620", 12.0, 0.0), ("1)", 7.0, 4.0), (" i dalej.", 12.0, 0.0)]
    found = split_pdf(pdf([[marked, "Art. 2. Drugi."]]), ELI)
    assert found[1].text == "Art. 1. Zob. poz. 620 1) i dalej."


def test_a_quotation_left_open_ends_with_the_next_article_in_turn() -> None:
    printed = ["Art. 1. Dodaje się: „słowa", "Art. 9. cytowany", "Art. 2. 1. Pierwszy.", "2. Drugi."]
    ids = [unit.id for unit in split_lines([Line(text) for text in printed], ELI)]
    assert ids == [ELI, f"{ELI}/art_1", f"{ELI}/art_2", f"{ELI}/art_2/ust_1", f"{ELI}/art_2/ust_2"]


def test_footnotes_headers_and_headings(units: dict[str, Unit]) -> None:
    assert [note for unit in units.values() for note in unit.notes] == [
        "1) Zmyślony przypis o dyrektywie. ciągnie się dalej"
    ]
    assert not any("Poz. 7" in unit.text or "Kancelaria" in unit.text for unit in units.values())
    assert units[f"{ELI}/art_1"].headings == ("Rozdział 1 Zasady hodowli",)


def test_quoted_wording_is_text(units: dict[str, Unit]) -> None:
    assert units[f"{ELI}/art_27/pkt_1"].text.endswith("„Art. 4. 1. Wiatr wieje.\n2. Dwa razy.”;")
    assert units[f"{ELI}/art_26"].repealed


def test_a_scan_is_refused_in_polish() -> None:
    with pytest.raises(ActError, match="warstwy tekstowej"):
        read_lines(pdf([[], []]))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\n" + bytes(range(256)) * 20, pdf(PAGES)[:900]])
def test_a_damaged_pdf_is_refused_in_polish(data: bytes) -> None:
    with pytest.raises(ActError, match="PDF"):
        split_pdf(data, ELI)


starts = st.sampled_from(
    "Art. 1. ~Art. 2. ~Art. 2a. ~§ 1. ~§ 2. ~1. ~2. ~1) ~2) ~3) ~a) ~b) ~Rozdział 1 ~DZIAŁ II ~„~”~~".split("~")
)
lines = st.lists(
    st.builds(
        lambda start, number, small: Line(f"{start}słowo{number}", small=small),
        starts,
        st.integers(0, 10**9),
        st.booleans(),
    ),
    max_size=40,
)


@given(lines)
@settings(max_examples=200, deadline=None)
def test_every_word_is_in_exactly_one_unit(printed: list[Line]) -> None:
    found = split_lines(printed, ELI)
    told = "\n".join("\n".join((unit.text, *unit.notes)) for unit in found)
    given_words = Counter(word for line in printed for word in re.findall(r"\w+", line.text))
    assert Counter(re.findall(r"\w+", told)) == given_words
    assert len({unit.id for unit in found}) == len(found)
    assert split_lines(printed, ELI) == found


@given(st.lists(st.builds(Line, st.text(max_size=30), st.booleans()), max_size=20))
@settings(max_examples=200, deadline=None)
def test_arbitrary_lines_end_in_no_traceback(printed: list[Line]) -> None:
    found = split_lines(printed, ELI)
    assert len({unit.id for unit in found}) == len(found)
