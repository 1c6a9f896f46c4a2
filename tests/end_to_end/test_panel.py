"""The panel in a real Chromium: two roles, every page in light, dark and small, keyboard, dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.end_to_end.chat import SCREENSHOTS, violations
from tests.end_to_end.sites import serving
from tests.widget.accounts.people import PASSWORD, add_person, make_app
from widget.accounts.roles import Role

pytestmark = pytest.mark.timeout(300)

APPEARANCES: dict[str, dict[str, Any]] = {
    "jasny": {"viewport": {"width": 1366, "height": 768}},
    "ciemny": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    "telefon": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "najmniejszy": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "szeroki": {"viewport": {"width": 1920, "height": 1080}},
}
LONG_NAME = "Katarzyna Wiśniewska-Brzęczyszczykiewicz"
LONG_EMAIL = "katarzyna.wisniewska-brzeczyszczykiewicz@wojewodzki-urzad-pracy.example.gov.pl"
# Controls under 24 px (WCAG 2.5.8); links within sentences are exempt.
CONTROLS = "button, input:not([type=hidden], [type=radio]), .choice, select, .button, .nav a, .tabs a, .table a"
SMALL = """(controls) => [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility())
  .map((node) => [node.outerHTML.slice(0, 90), node.getBoundingClientRect()])
  .filter(([, box]) => box.height && (box.height < 23.5 || box.width < 23.5)).map(([html]) => html)"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made = make_app(tmp_path_factory.mktemp("panel"))
    add_person(made, Role.ADMINISTRATOR, name=LONG_NAME, email=LONG_EMAIL)
    add_person(made, Role.CONSULTANT, name="Jan Nowak")
    log = made.extensions["zielona_audit"]
    for number in range(60):
        log.write(
            "uzytkownik.zmieniony", f"osoba{number}@example.org", {"rola": ["konsultant", "redaktor"]}, user_id=None
        )
    return made


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page; the test fails where a script fails or breaks the page's CSP."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(locale="pl-PL", base_url=address, **options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert errors == []


def enter(page: Page, email: str) -> None:
    page.goto("/panel/")
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dzień dobry")


def is_sound(page: Page, name: str) -> None:
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"
    assert page.evaluate(SMALL, CONTROLS) == [], name
    page.screenshot(path=SCREENSHOTS / f"panel-{name}.png")


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_every_page_of_the_administrator(app: Flask, address: str, browser: Browser, appearance: str) -> None:
    jan = app.extensions["zielona_account_repository"].user_by_email("konsultant@example.org")
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        page.goto("/panel/logowanie")
        is_sound(page, f"logowanie-{appearance}")
        enter(page, LONG_EMAIL)
        for name, path in {
            "start": "/panel/", "konto": "/panel/konto", "haslo": "/panel/konto/haslo", "kody": "/panel/konto/kody",
            "uzytkownicy": "/panel/uzytkownicy", "nowy": "/panel/uzytkownicy/nowy",
            "uzytkownik": f"/panel/uzytkownicy/{jan.id}", "dziennik": "/panel/dziennik",
            "dziennik-pusty": "/panel/dziennik?tekst=nic+takiego", "partnerzy": "/panel/partnerzy",
            "partner": "/panel/partnerzy/przyklad-urzad", "nie-ma": "/panel/nie-ma",
        }.items():  # fmt: skip
            page.goto(path)
            is_sound(page, f"{name}-{appearance}")


@pytest.mark.parametrize("appearance", ["jasny", "najmniejszy"])
def test_every_page_of_the_consultant(address: str, browser: Browser, appearance: str) -> None:
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, "konsultant@example.org")
        entries = page.get_by_role("navigation", name="Panel").get_by_role("link")
        expect(entries.get_by_text("Użytkownicy")).to_have_count(0)
        for target in [link.get_attribute("href") for link in entries.all()]:
            page.goto(target or "")
            expect(page.get_by_role("link", name="Moje konto").first).to_be_visible()
            is_sound(page, f"konsultant{(target or '').replace('/', '-')}{appearance}")
        page.goto("/panel/dziennik")
        expect(page.get_by_role("heading", level=1)).to_have_text("Brak dostępu")
        is_sound(page, f"brak-dostepu-{appearance}")


def test_keyboard_alone_is_enough(address: str, browser: Browser) -> None:
    with opened(browser, address) as page:
        enter(page, LONG_EMAIL)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Przejdź do treści")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_mistakes_take_the_focus_and_lead_to_their_fields(address: str, browser: Browser) -> None:
    with opened(browser, address, **APPEARANCES["telefon"]) as page:
        enter(page, LONG_EMAIL)
        page.goto("/panel/uzytkownicy/nowy")
        page.get_by_label("Imię i nazwisko").fill("Jan Nowak Drugi")
        page.get_by_label("Adres e-mail").fill("konsultant@example.org")
        page.get_by_role("button", name="Dodaj użytkownika").click()
        expect(page.get_by_role("alert")).to_be_focused()
        is_sound(page, "blad")
        page.get_by_role("link", name="Ten adres ma już konto.").click()
        expect(page.get_by_label("Adres e-mail")).to_be_focused()
        expect(page.get_by_label("Adres e-mail")).to_have_accessible_description("Ten adres ma już konto.")


def test_two_browsers_a_dialog_and_an_account_that_closes(app: Flask, address: str, browser: Browser) -> None:
    eva = add_person(app, Role.EDITOR, name="Ewa Lis", email="ewa@example.org")
    with opened(browser, address) as page, opened(browser, address) as hers:
        enter(page, LONG_EMAIL)
        enter(hers, "ewa@example.org")
        page.goto(f"/panel/uzytkownicy/{eva.id}")
        page.get_by_role("button", name="Wyłącz konto").click()
        dialog = page.get_by_role("dialog", name="Wyłączyć konto?")
        is_sound(page, "okno")
        dialog.get_by_role("button", name="Anuluj").click()
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="Wyłącz konto").click()
        dialog.get_by_role("button", name="Wyłącz konto").click()
        expect(page.get_by_role("status").first).to_contain_text("konto jest wyłączone")
        hers.goto("/panel/konto")
        expect(hers.get_by_role("heading", level=1)).to_have_text("Logowanie")
        page.get_by_role("link", name="Wpisy w dzienniku").click()
        expect(page.get_by_role("row").nth(1)).to_contain_text("Logowanie")
