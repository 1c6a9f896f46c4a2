"""Tables say the same in every form: page, CSV, XLSX and PDF are read back."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from widget.events.kinds import CHANNELS
from widget.statistics.figures import FIGURES
from widget.statistics.monthly import monthly_pdf
from widget.statistics.proportions import Share
from widget.statistics.report import Report
from widget.statistics.spreadsheets import csv_bytes, xlsx_bytes
from widget.statistics.tables import TABLES, UNITS, Column, Table, all_tables
from widget.statistics.writing import written


def numbers(table: Table, label: str) -> list[Any]:
    position = [column.label for column in table.columns].index(label)
    return [row[position] for row in table.rows]


def test_all_tables_are_whole(october: Report) -> None:
    found = all_tables(october)
    assert found.keys() == TABLES.keys()
    for key, table in found.items():
        assert table.key == key
        assert table.rows, key
        assert all(len(row) == len(table.columns) for row in table.rows), key
        assert all(column.unit in UNITS for column in table.columns), key
        assert all(column.figure in FIGURES for column in table.columns if column.figure), key


@pytest.mark.parametrize("key", ["dni", "miesiace", "godziny", "kanaly", "wojewodztwa", "partnerzy"])
def test_rows_add_up_to_the_whole(october: Report, key: str) -> None:
    assert sum(numbers(TABLES[key](october), "Sprawy")) == october.now.totals["contacts"] > 500


@pytest.mark.parametrize("key", ["wyniki", "modele", "odbiorcy"])
def test_rows_of_questions_add_up_to_all_questions(october: Report, key: str) -> None:
    assert sum(numbers(TABLES[key](october), "Pytania na czacie")) == october.now.totals["questions"]


def test_topics_come_with_their_titles_most_asked_first(october: Report) -> None:
    table = TABLES["tematy"](october)
    asked = numbers(table, "Pytania na czacie")
    assert asked == sorted(asked, reverse=True)
    titles = {topic.title for topic in october.names.topics.values()}
    assert set(numbers(table, "Temat")) <= titles


def test_csv_opens_in_a_polish_excel(october: Report) -> None:
    content = csv_bytes(TABLES["wojewodztwa"](october))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {"łódzkie", "świętokrzyskie"} <= {row["Województwo"] for row in rows}
    assert sum(int(row["Sprawy"]) for row in rows) == october.now.totals["contacts"]
    shares = [row["Załatwione bez człowieka"] for row in rows if row["Załatwione bez człowieka"]]
    assert all("," in text and "." not in text for text in shares)
    assert {"Zadowolenie: od", "Zadowolenie: do"} <= rows[0].keys()


@pytest.mark.parametrize("text", ["=1+1", "+48 123", "-5", "@SUM(A1)"])
def test_no_text_becomes_a_formula(text: str) -> None:
    table = Table("x", "Próba", (Column("Temat", "text"),), ((text,),))
    [_, row] = csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig")), delimiter=";")
    assert row == [f"'{text}"]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([table], heading=""))).worksheets[0]
    assert (sheet["A4"].value, sheet["A4"].data_type) == (text, "s")


def test_workbook_has_every_table_as_numbers_and_the_definitions(october: Report) -> None:
    found = all_tables(october)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(found.values(), heading="październik", note="DANE ZMYŚLONE.")))
    assert len(book.worksheets) == len(found) + 1
    for sheet, table in zip(book.worksheets, found.values()):
        assert sheet["A2"].value.startswith("DANE ZMYŚLONE.")
        assert sheet.max_row == len(table.rows) + 3
    sheet = book[found["kanaly"].title[:31]]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert sum(row[0] for row in rows.values()) == october.now.totals["contacts"]
    assert sum(row[1] for row in rows.values()) == pytest.approx(1)
    definitions = {row[0]: row[1] for row in book["Definicje"].iter_rows(min_row=2, values_only=True)}
    assert definitions == {figure.name: figure.definition for figure in FIGURES.values()}


def test_pdf_has_figures_tables_polish_letters_and_definitions(october: Report) -> None:
    reader = PdfReader(io.BytesIO(monthly_pdf(october)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "październik 2026" in text
    assert "dane zmyślone" in text
    for headline in october.headlines():
        unit = "interval" if isinstance(headline.now, Share) else headline.figure.unit
        assert " ".join(written(headline.now, unit).split()) in text, headline.figure.name
    assert "świętokrzyskie" in text
    assert all(label in text for label in CHANNELS.values())
    assert " ".join(FIGURES["satisfaction"].definition.split()[:6]) in text


def test_a_report_of_nothing_is_a_report(statistics: Any) -> None:
    import datetime as dt

    from widget.statistics.periods import Period

    empty = statistics.report(Period(dt.date(2001, 1, 1), dt.date(2001, 1, 31)))
    assert not empty.made_up
    assert {headline.now for headline in empty.headlines()} == {0, None}
    assert PdfReader(io.BytesIO(monthly_pdf(empty))).pages
