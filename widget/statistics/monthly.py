"""The monthly report as PDF, and by e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import font_lato
from fpdf import FPDF
from fpdf.enums import TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace

from widget.mail import Attachment, Mailer
from widget.statistics import tables
from widget.statistics.charts import Columns, volume
from widget.statistics.figures import FIGURES
from widget.statistics.periods import month_label
from widget.statistics.report import Report
from widget.statistics.spreadsheets import xlsx_bytes
from widget.statistics.tables import Table
from widget.statistics.writing import written

_ROWS = 25
_INK = (23, 33, 27)
_SHADES = ((27, 107, 58), (150, 190, 165), (220, 232, 224), (90, 105, 95), (190, 190, 190))
_HEAD = FontFace(emphasis="BOLD", fill_color=(226, 241, 231))
_MADE_UP = "Uwaga: to są dane zmyślone, założone poleceniem „zielona demo-data”."
# Tables of the report, in their order; days are left to the workbook.
_SHOWN = ("podsumowanie", "kanaly", "godziny", "wyniki", "tematy", "wzrosty", "wojewodztwa", "partnerzy", "odbiorcy",
          "powody", "podpowiedzi", "modele")  # fmt: skip


class _Document(FPDF):
    """A4 with page numbers, in a font that has all Polish letters."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.add_font("Lato", "", font_lato.font_files["Lato"])
        self.add_font("Lato", "B", font_lato.font_files["LatoBold"])
        self.set_title(title)
        self.set_lang("pl-PL")
        self.set_creator("Zielona Linia")
        self.set_auto_page_break(True, margin=18)
        self.set_text_color(*_INK)

    def footer(self) -> None:
        self.set_y(-13)
        self.set_font("Lato", "", 8)
        self.cell(0, 6, f"Zielona Linia – strona {self.page_no()} z {{nb}}", align="C")

    def heading(self, text: str, size: float) -> None:
        self.set_font("Lato", "B", size)
        self.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def paragraph(self, text: str, size: float = 9.5) -> None:
        self.set_font("Lato", "", size)
        self.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)


def monthly_pdf(report: Report) -> bytes:
    """The report of a month, or of any period, with its definitions at the end."""
    title = f"Zielona Linia: {_span(report)}"
    document = _Document(title)
    document.add_page()
    document.heading(title, 18)
    document.paragraph(f"Okres {report.period.label}, porównanie z okresem {report.before.period.label}.")
    if report.made_up:
        document.set_text_color(155, 28, 28)
        document.paragraph(_MADE_UP, 11)
        document.set_text_color(*_INK)
    chart = volume(report)
    document.heading(chart.title, 12)
    _draw(document, chart)
    found = tables.all_tables(report)
    for key in _SHOWN:
        _add_table(document, found[key])
    _add_definitions(document)
    return bytes(document.output())


def send_monthly(report: Report, mailer: Mailer, to: Sequence[str]) -> None:
    """Raises MailError."""
    name = f"raport-{report.period.first:%Y-%m}"
    note = f"{_MADE_UP}\n\n" if report.made_up else ""
    lines = [f"{item.figure.name}: {written(item.now, item.figure.unit)} (poprzednio "
             f"{written(item.before, item.figure.unit)})" for item in report.headlines()]  # fmt: skip
    text = (
        f"{note}Raport Zielonej Linii: {_span(report)}.\n\n" + "\n".join(lines) + "\n\nSzczegóły są w załącznikach.\n"
    )
    book = xlsx_bytes(tables.all_tables(report).values(), heading=report.period.label, note=note.strip())
    mailer.send(
        list(to),
        f"Zielona Linia: raport, {_span(report)}",
        text,
        (
            Attachment(f"{name}.pdf", monthly_pdf(report), "application/pdf"),
            Attachment(f"{name}.xlsx", book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
    )


def _span(report: Report) -> str:
    first, last = report.period.first, report.period.last
    whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1 and last - first < dt.timedelta(days=31)
    return month_label(first) if whole else report.period.label


def _draw(document: FPDF, chart: Columns) -> None:
    """The columns of the dashboard, scaled to the page; shades from dark to light with the names below."""
    scale = document.epw / chart.width
    left, top = document.l_margin, document.get_y()
    document.set_font("Lato", "", 7)
    document.set_draw_color(200, 208, 203)
    for tick in chart.up:
        y = top + tick.at * scale
        document.line(left + chart.left * scale, y, left + document.epw, y)
        document.text(left, y + 1, tick.text)
    for box in chart.boxes:
        document.set_fill_color(*_SHADES[box.series])
        document.set_draw_color(*_INK)
        document.rect(left + box.x * scale, top + box.y * scale, box.width * scale, box.height * scale, style="DF")
    for tick in chart.across:
        width = document.get_string_width(tick.text)
        document.text(left + tick.at * scale - width / 2, top + (chart.bottom + 18) * scale, tick.text)
    document.set_y(top + chart.height * scale + 1)
    for number, name in enumerate(chart.series):
        document.set_fill_color(*_SHADES[number])
        document.rect(document.get_x() + 1, document.get_y() + 0.8, 4, 3, style="DF")
        document.set_x(document.get_x() + 6)
        document.cell(document.get_string_width(name) + 5, 5, name)
    document.ln(9)


def _add_table(document: _Document, table: Table) -> None:
    document.ln(3)
    document.heading(table.title, 12)
    if table.note:
        document.paragraph(table.note, 8.5)
    if not table.rows:
        document.paragraph("Brak danych w tym okresie.")
        return
    document.set_font("Lato", "", 8)
    widths = (2.2, *[1.0] * (len(table.columns) - 1)) if len(table.columns) > 1 else (1.0,)
    align = tuple("LEFT" if column.unit in ("text", "date") else "RIGHT" for column in table.columns)
    with document.table(
        col_widths=widths,
        text_align=align,
        headings_style=_HEAD,
        line_height=4.4,
        cell_fill_color=(246, 249, 247),
        cell_fill_mode=TableCellFillMode.ROWS,
        borders_layout="HORIZONTAL_LINES",
    ) as drawn:
        drawn.row([column.label for column in table.columns])
        for row in table.rows[:_ROWS]:
            drawn.row([written(value, column.unit) for value, column in zip(row, table.columns)])
    if len(table.rows) > _ROWS:
        document.ln(1)
        document.paragraph(f"Pierwsze {_ROWS} z {len(table.rows)}. Wszystkie są w pliku XLSX.", 8.5)


def _add_definitions(document: _Document) -> None:
    document.add_page()
    document.heading("Definicje miar", 14)
    for figure in FIGURES.values():
        document.set_font("Lato", "B", 9.5)
        document.multi_cell(0, 5, figure.name, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        document.paragraph(figure.definition, 9)
