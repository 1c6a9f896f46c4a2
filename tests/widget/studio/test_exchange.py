"""Examples out and in again are the same, in both formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.studio.exchange import ExchangeError, read, write
from widget.studio.topic_file import clean

EXAMPLE = st.text(min_size=1).map(clean).filter(bool)
TOPICS = st.from_regex(r"[a-z][a-z0-9_]{2,9}", fullmatch=True)
EXAMPLES = st.dictionaries(TOPICS, st.lists(EXAMPLE, min_size=1, max_size=6, unique=True), min_size=1, max_size=4)


@pytest.mark.parametrize("kind", ["yml", "csv"])
@given(examples=EXAMPLES)
def test_round_trip(kind: str, examples: dict[str, list[str]]) -> None:
    assert read(write(examples, kind)) == examples


@pytest.mark.parametrize("text", ["- a", "=1+1", "'=x", 'a;b,c"d', "''-", "'cytat'", "#", "null", "a: b"])
@pytest.mark.parametrize("kind", ["yml", "csv"])
def test_texts_that_formats_could_take_for_their_own(kind: str, text: str) -> None:
    assert read(write({"temat": [text]}, kind)) == {"temat": [text]}


def test_spreadsheets_get_no_formula() -> None:
    assert "\r\nt,'=cmd()" in write({"t": ["=cmd()"]}, "csv")


def test_rasa_file_with_entities_synonyms_and_metadata() -> None:
    text = """version: "3.1"
nlu:
- intent: kurs
  examples: |
    - kurs w [Łomży](miasto)
    - kurs w [Łomży](miasto)
- synonym: a
  examples: |
    - b
- intent: zwrot
  examples:
    - text: |
        muszę oddać [kasę]{"entity": "kwota"}?
"""
    assert read(text) == {"kurs": ["kurs w Łomży"], "zwrot": ["muszę oddać kasę?"]}


def test_spreadsheet_with_semicolons_and_a_mark() -> None:
    assert read("\ufefftemat;przyklad\r\nkurs;a, b\r\n;\r\n") == {"kurs": ["a, b"]}


def test_columns_have_polish_names_and_older_sheets_still_come_in() -> None:
    assert write({"kurs": ["a"]}, "csv").startswith("temat,przykład\r\n")
    for header in ("temat,przykład", "temat,przyklad", "Temat;Przykład"):
        separator = ";" if ";" in header else ","
        assert read(f"{header}\nkurs{separator}a\n") == {"kurs": ["a"]}


@pytest.mark.parametrize("text", ["", "a,b\nc,d", "nlu: x", "version: [", "temat,przyklad\n", 'temat,przyklad\nx,"'])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ExchangeError):
        read(text)
