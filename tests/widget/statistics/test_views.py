"""Pages of the statistics, as members of staff get them."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from flask import Flask, get_template_attribute
from pypdf import PdfReader
from sqlalchemy import Engine, event

from tests.widget.accounts.people import Browser, actions, make_app, signed_in
from widget.accounts.roles import Role
from widget.events.repository import EventRepository
from widget.statistics.command import demo_world
from widget.statistics.demo import Inventor, fill, invent_questions
from widget.statistics.figures import FIGURES
from widget.statistics.report import HEADLINES
from widget.statistics.rollups import Rollups
from widget.statistics.tables import TABLES

LAST = dt.date(2026, 10, 31)
OCTOBER = "od=2026-10-01&do=2026-10-31"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = make_app(tmp_path_factory.mktemp("statistics"))
    services = made.extensions["zielona"]
    events = EventRepository(services.engine, services.secret)
    fill(events, Rollups(services.engine), Inventor(demo_world(8)).year(LAST, days=61, events=3000))
    invent_questions(services.repository, LAST, days=31)
    return made


@pytest.fixture(scope="module")
def editor(app: Flask) -> Browser:
    return signed_in(app, Role.EDITOR)


@pytest.fixture(scope="module")
def consultant(app: Flask) -> Browser:
    return signed_in(app, Role.CONSULTANT)


def test_dashboard_shows_every_headline_and_table_with_its_definition(editor: Browser) -> None:
    page = editor.get(f"/panel/statystyki?{OCTOBER}").text
    for key in HEADLINES:
        assert f'/panel/statystyki/definicje#{key}"' in page
    for key in TABLES:
        assert key == "podsumowanie" or f"/panel/statystyki/{key}.csv?od=2026-10-01" in page
    assert "dane zmyślone" in page
    assert "Porównanie z okresem 01.09.2026 – 30.09.2026" in page


def test_long_names_of_versions_are_folded(app: Flask) -> None:
    with app.test_request_context():
        cell = get_template_attribute("panel/statistics_parts.html", "first_cell")
        version = "0123456789abcdef" * 2
        assert f'<summary><code>01234567…</code></summary><code class="wrap">{version}</code>' in cell(version)
        assert cell("Zasiłek dla bezrobotnych: ile wynosi") == "Zasiłek dla bezrobotnych: ile wynosi"


def test_every_picture_has_a_title_and_its_table(editor: Browser) -> None:
    page = editor.get(f"/panel/statystyki?{OCTOBER}").text
    pictures = re.findall(r'<svg class="chart[^>]*role="img" aria-labelledby="([\w-]+)"', page)
    assert len(pictures) == 3
    assert all(f'<title id="{name}">' in page for name in pictures)
    assert page.count("<details") == len(pictures)


def test_nothing_is_styled_or_scripted_inline(editor: Browser) -> None:
    page = editor.get(f"/panel/statystyki?{OCTOBER}").text
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)", page)


def test_dashboard_asks_the_database_a_fixed_number_of_times(app: Flask, editor: Browser) -> None:
    """However many topics or partners there are."""
    engine: Engine = app.extensions["zielona"].engine
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        editor.get(f"/panel/statystyki?{OCTOBER}")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([sql for sql in asked if "rollup" in sql or "event_marks" in sql]) <= 15
    assert not any("FROM events" in sql for sql in asked), "the dashboard never counts single events"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("od=2026-10-01&do=2026-10-31&kanal=phone", 200),
        ("od=2026-10-31&do=2026-10-01", 422),
        ("od=wczoraj", 422),
        ("od=1999-01-01&do=1999-01-02", 422),
        ("kanal=golab", 404),
    ],
)
def test_what_may_be_asked_for(editor: Browser, query: str, status: int) -> None:
    assert editor.get(f"/panel/statystyki?{query}").status_code == status


def test_a_channel_narrows_the_figures(editor: Browser) -> None:
    page = editor.get(f"/panel/statystyki?{OCTOBER}&kanal=phone").text
    whole = editor.get(f"/panel/statystyki?{OCTOBER}").text
    first = re.compile(r'class="big">([^<]+)<')
    one, other = first.search(page), first.search(whole)
    assert one is not None
    assert other is not None
    assert int(re.sub(r"\D", "", one[1])) < int(re.sub(r"\D", "", other[1]))


@pytest.mark.parametrize("key", sorted(TABLES))
def test_each_table_is_a_file(editor: Browser, key: str) -> None:
    answer = editor.get(f"/panel/statystyki/{key}.csv?{OCTOBER}")
    assert answer.mimetype == "text/csv"
    assert f"{key}-2026-10-01_2026-10-31.csv" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert editor.get("/panel/statystyki/nieznana.csv").status_code == 404


def test_reports_of_a_month_are_files(editor: Browser) -> None:
    pdf = editor.get("/panel/statystyki/raport.pdf?miesiac=2026-10")
    assert "październik 2026" in PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text()
    book = openpyxl.load_workbook(io.BytesIO(editor.get("/panel/statystyki/raport.xlsx?miesiac=2026-10").data))
    assert "DANE ZMYŚLONE" in book.worksheets[0]["A2"].value
    assert editor.get("/panel/statystyki/raport.pdf?miesiac=luty").status_code == 422


def test_definitions_are_all_on_one_page(consultant: Browser) -> None:
    page = consultant.get("/panel/statystyki/definicje").text
    assert all(f'id="{key}"' in page for key in FIGURES)


def test_masked_questions_are_for_editors_and_reading_them_is_logged(
    app: Flask, editor: Browser, consultant: Browser
) -> None:
    assert consultant.get("/panel/statystyki/pytania").status_code == 403
    assert "Przejrzyj pytania" not in consultant.get("/panel/statystyki").text
    first = editor.get(f"/panel/statystyki/pytania?{OCTOBER}")
    second = editor.get(f"/panel/statystyki/pytania?{OCTOBER}&strona=2")
    asked = re.compile(r'<th scope="row" class="wrap">([^<]+)</th>')
    assert len(asked.findall(first.text)) == len(asked.findall(second.text)) == 50
    assert "Starsze" in first.text
    assert ("statystyki.pytania", "01.10.2026 – 31.10.2026") in actions(app)


def test_questions_of_other_outcomes_and_of_nothing(editor: Browser) -> None:
    assert "Nie ma takich pytań" in editor.get(f"/panel/statystyki/pytania?{OCTOBER}&wynik=answered").text
    assert editor.get("/panel/statystyki/pytania?wynik=cud").status_code == 404


def test_unanswered_questions_come_by_theme(editor: Browser) -> None:
    page = editor.get(f"/panel/statystyki/bez-odpowiedzi?{OCTOBER}").text
    assert page.count("<details") > 5
    assert "dofinansowanie" in page
    assert (
        "Nie ma pytań bez odpowiedzi" in editor.get("/panel/statystyki/bez-odpowiedzi?od=2025-01-01&do=2025-01-02").text
    )


def test_statistics_of_an_empty_database_are_shown(tmp_path: Path) -> None:
    browser = signed_in(make_app(tmp_path), Role.CONSULTANT)
    page = browser.get("/panel/statystyki").text
    assert "Brak danych w tym okresie" in page
    assert "brak danych" in page
    assert "dane zmyślone" not in page
