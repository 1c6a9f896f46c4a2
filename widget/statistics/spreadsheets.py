"""Tables as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from widget.statistics.figures import FIGURES
from widget.statistics.proportions import Share
from widget.statistics.tables import Column, Table
from widget.statistics.writing import plain

_FORMATS = {"share": "0.0%", "interval": "0.0%", "change": "+0.0%;-0.0%", "count": "#,##0", "milliseconds": '0.00" s"',
            "decimal": "0.0", "date": "yyyy-mm-dd"}  # fmt: skip
# Excel runs a cell that begins so as a formula, whoever wrote the text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TITLE_LENGTH = 31


def csv_bytes(table: Table) -> bytes:
    """With a byte order mark, semicolons and decimal commas: opens in a Polish Excel by a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(label for label, _ in _columns(table.columns))
    for row in table.rows:
        writer.writerow(_csv(value) for value in _cells(row, table.columns))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_bytes(tables: Iterable[Table], *, heading: str, note: str = "") -> bytes:
    """A sheet for each table, and one with the definitions."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:_TITLE_LENGTH])
        sheet.freeze_panes = "A4"
        found = _columns(table.columns)
        for number, (label, unit) in enumerate(found, 1):
            width = 34 if unit == "text" and number == 1 else max(12, min(28, len(label) + 2))
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_bold(sheet, f"{table.title} – {heading}")])
        sheet.append([" ".join(part for part in (note, table.note) if part)])
        sheet.append([_bold(sheet, label) for label, _ in found])
        for row in table.rows:
            cells = zip(_cells(row, table.columns), found)
            sheet.append([_cell(sheet, value, unit) for value, (_, unit) in cells])
    _definitions(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _definitions(book: Workbook) -> None:
    sheet = book.create_sheet("Definicje")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 120
    sheet.append([_bold(sheet, "Miara"), _bold(sheet, "Co znaczy")])
    for figure in FIGURES.values():
        sheet.append([figure.name, figure.definition])


def _columns(columns: Iterable[Column]) -> list[tuple[str, str]]:
    """Labels and units; an interval takes three columns."""
    found = []
    for column in columns:
        found.append((column.label, column.unit))
        if column.unit == "interval":
            found += [(f"{column.label}: od", "share"), (f"{column.label}: do", "share")]
    return found


def _cells(row: Iterable[Any], columns: Iterable[Column]) -> list[Any]:
    found: list[Any] = []
    for value, column in zip(row, columns):
        found.append(plain(value, column.unit))
        if column.unit == "interval":
            found += [value.low, value.high] if isinstance(value, Share) else [None, None]
    return found


def _csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",")
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(sheet: Any, value: Any, unit: str) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # A text that looks like a formula stays a text.
        cell.data_type = "s"
    elif value is not None:
        cell.number_format = _FORMATS.get(unit, "General")
    return cell


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell
