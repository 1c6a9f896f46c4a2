"""The statistics in a real Chromium: filled and empty, all sizes, with the keyboard, without colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.end_to_end.sites import serving
from tests.end_to_end.test_panel import APPEARANCES, enter, is_sound, opened
from tests.widget.accounts.people import add_person, make_app
from widget.accounts.roles import Role
from widget.events.repository import EventRepository
from widget.statistics.command import demo_world
from widget.statistics.demo import Inventor, fill, invent_questions
from widget.statistics.rollups import Rollups

pytestmark = pytest.mark.timeout(300)

LAST = dt.date(2026, 10, 31)
QUERY = "?od=2026-10-01&do=2026-10-31"
EMAIL = "redaktor@example.org"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = make_app(tmp_path_factory.mktemp("statistics"))
    services = made.extensions["zielona"]
    events = EventRepository(services.engine, services.secret)
    fill(events, Rollups(services.engine), Inventor(demo_world(30)).year(LAST, days=61, events=4000))
    invent_questions(services.repository, LAST, days=31)
    add_person(made, Role.EDITOR, email=EMAIL)
    return made


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_every_page_is_sound(address: str, browser: Browser, appearance: str) -> None:
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, EMAIL)
        for name, path in {
            "statystyki": f"/panel/statystyki{QUERY}",
            "statystyki-puste": "/panel/statystyki?od=2025-01-01&do=2025-01-31",
            "definicje": "/panel/statystyki/definicje",
            "pytania": f"/panel/statystyki/pytania{QUERY}",
            "pytania-puste": "/panel/statystyki/pytania?od=2025-01-01&do=2025-01-31",
            "bez-odpowiedzi": f"/panel/statystyki/bez-odpowiedzi{QUERY}",
        }.items():
            page.goto(path)
            is_sound(page, f"{name}-{appearance}")


def test_the_table_of_a_picture_opens_by_keyboard(address: str, browser: Browser) -> None:
    with opened(browser, address) as page:
        enter(page, EMAIL)
        page.goto(f"/panel/statystyki{QUERY}")
        table = page.get_by_role("region", name="Sprawy według województw")
        expect(table).to_be_hidden()
        page.get_by_text("Tabela: sprawy według województw").press("Enter")
        expect(table.get_by_role("row", name="świętokrzyskie")).to_be_visible()
        is_sound(page, "statystyki-tabela")


def test_series_and_levels_differ_by_pattern_and_not_by_colour_alone(address: str, browser: Browser) -> None:
    with opened(browser, address) as page:
        enter(page, EMAIL)
        page.goto(f"/panel/statystyki{QUERY}")
        used = page.eval_on_selector_all(".chart [fill^=url]", "nodes => nodes.map(node => node.getAttribute('fill'))")
        drawn = page.eval_on_selector_all("pattern", "nodes => nodes.map(node => [`url(#${node.id})`, node.innerHTML])")
        shapes = {name: shape for name, shape in drawn if name in set(used)}
        assert set(used) == shapes.keys()
        for kind in ("wzor", "poziom"):
            of_kind = [shape for name, shape in shapes.items() if kind in name]
            assert len(of_kind) == len(set(of_kind)) > 3


def test_a_period_is_chosen_and_kept_by_links(address: str, browser: Browser) -> None:
    with opened(browser, address) as page:
        enter(page, EMAIL)
        page.goto("/panel/statystyki")
        page.get_by_label("Od dnia").fill("2026-10-05")
        page.get_by_label("Do dnia").fill("2026-10-11")
        page.get_by_label("Kanał", exact=True).select_option("czat")
        page.get_by_role("button", name="Pokaż").click()
        expect(page.get_by_text("Porównanie z okresem 28.09.2026 – 04.10.2026.")).to_be_visible()
        page.get_by_role("link", name="Przejrzyj pytania").click()
        expect(page.get_by_text("Okres 05.10.2026 – 11.10.2026.")).to_be_visible()
