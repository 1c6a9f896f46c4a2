"""The phone desk by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.chat import SCREENSHOTS, focused, violations
from tests.end_to_end.widget_alone import Office, office
from tests.widget.accounts.people import PASSWORD, add_person
from widget.accounts.roles import Role

pytestmark = pytest.mark.timeout(300)
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with office(tmp_path_factory.mktemp("desk")) as made:
        add_person(made.app, Role.CONSULTANT, email="anna@example.org", name="Anna Żółć")
        yield made


@pytest.fixture
def desk(browser: Browser, place: Office) -> Iterator[Page]:
    context = browser.new_context(locale="pl-PL", viewport={"width": 1366, "height": 768})
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{place.address}/panel/logowanie?dalej=/panel/telefon")
    page.get_by_label("Adres e-mail").fill("anna@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("O co pyta osoba?")).to_be_focused(timeout=WAIT_MS)
    yield page
    context.close()
    assert errors == []


def answer(page: Page) -> str:
    heading = page.locator("#odpowiedz h2")
    expect(heading).to_be_visible(timeout=WAIT_MS)
    return heading.inner_text()


def test_a_call_without_the_mouse(desk: Page) -> None:
    assert violations(desk) == []
    desk.keyboard.press("Alt+5")
    desk.keyboard.press("Enter")
    expect(desk.locator("#zegar")).to_have_text(re.compile(r"\d:\d\d"), timeout=WAIT_MS)
    desk.keyboard.type("ile wynosi zasi")
    expect(desk.get_by_role("option").first).to_contain_text("Ile wynosi zasiłek", timeout=WAIT_MS)
    assert answer(desk) == "Ile wynosi zasiłek"
    desk.keyboard.press("ArrowDown")
    second = desk.get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(desk.locator("#odpowiedz h2")).to_have_text(second.locator("b").inner_text(), timeout=WAIT_MS)
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(desk.locator("#odpowiedz")).to_be_focused(timeout=WAIT_MS)
    assert violations(desk) == []
    desk.screenshot(path=SCREENSHOTS / "telefon.png")
    desk.keyboard.press("Alt+4")
    expect(desk.get_by_role("table")).to_contain_text("Minimalne wynagrodzenie", timeout=WAIT_MS)
    desk.keyboard.press("Escape")
    assert focused(desk) == "O co pyta osoba?"
    expect(desk.locator("#pole-temat")).to_have_value("zasilek_wysokosc")
    desk.get_by_role("button", name="Rozwiązana", exact=True).press("Enter")
    expect(desk.get_by_text("Rozmowa jest zapisana.")).to_be_visible(timeout=WAIT_MS)
    expect(desk.get_by_role("link", name=re.compile("Popraw zapis: Ile wynosi zasiłek"))).to_be_visible()


def test_another_day_changes_the_amounts(desk: Page) -> None:
    desk.keyboard.type("ile wynosi zasi")
    answer(desk)
    now = desk.locator("#odpowiedz ul.plain").first.inner_text()
    desk.get_by_label("Na dzień").fill("2025-06-10")
    expect(desk.get_by_role("heading", name="Kwoty na dzień 10.06.2025")).to_be_visible(timeout=WAIT_MS)
    assert desk.locator("#odpowiedz ul.plain").first.inner_text() != now


def test_without_the_action_server_the_desk_says_so(desk: Page) -> None:
    desk.keyboard.press("Alt+2")
    expect(desk.locator("#panel-kalkulatory")).to_contain_text("chwilowo niedostępne", timeout=WAIT_MS)
    desk.keyboard.press("Escape")
    expect(desk.get_by_label("O co pyta osoba?")).to_be_focused()
