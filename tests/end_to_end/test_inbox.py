"""The inbox in Chromium: two consultants on one ticket, changes without reload, keys, accessibility.

The application is real, with a real mail server; bot and search answer as they are told, so no model is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from tests.end_to_end.chat import SCREENSHOTS, violations
from tests.widget.accounts.people import PASSWORD
from tests.widget.console.conftest import make_console, post  # noqa: F401 - fixtures
from tests.widget.console.site import ANSWER, FORMER, Console, bot_answer, path
from widget.accounts.models import User
from zielona.sandbox import free_ports

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@dataclass
class Served:
    """A console that browsers reach."""

    console: Console
    address: str
    browser: Browser
    errors: list[str]
    contexts: list[BrowserContext]

    def person(self, user: User, **options: Any) -> Page:
        """A browser in which somebody is signed in; a script that fails or breaks the policy fails the test."""
        context = self.browser.new_context(locale="pl-PL", **{"viewport": OFFICE, **options})
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console", lambda message: self.errors.append(message.text) if "Content Security" in message.text else None
        )
        page.goto(f"{self.address}/panel/logowanie")
        page.get_by_label("Adres e-mail").fill(user.email)
        page.get_by_label("Hasło", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Zaloguj").first.click()
        page.wait_for_url("**/panel/")
        return page


@pytest.fixture
def served(browser: Browser, make_console: Any) -> Iterator[Served]:  # noqa: F811
    port = free_ports(1)[0]
    address = f"http://127.0.0.1:{port}"
    console: Console = make_console(PUBLIC_URL=address)
    server = make_server("127.0.0.1", port, console.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    made = Served(console, address, browser, [], [])
    yield made
    for context in made.contexts:
        context.close()
    server.shutdown()
    thread.join()
    assert made.errors == []


def shot(page: Page, name: str) -> None:
    page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)


def test_two_consultants_on_one_ticket(served: Served) -> None:
    console = served.console
    ticket = console.ticket("Czy dostanę zasiłek po zwolnieniu?")
    anna, ewa = served.person(console.anna), served.person(console.person("Ewa Lis"))
    for page in (anna, ewa):
        page.goto(f"{served.address}{path(ticket)}")
    anna.keyboard.press("b")
    expect(anna.get_by_role("button", name="Oddaję do wspólnej listy")).to_be_visible()
    # Ewa's page says so by itself, and refuses to send what she has written meanwhile.
    expect(ewa.locator("#na-zywo")).to_contain_text("Anna Nowak pracuje teraz nad tym zgłoszeniem", timeout=30_000)
    ewa.get_by_label("Treść odpowiedzi").fill("Odpowiedź Ewy")
    ewa.get_by_role("button", name="Wyślij e-mail").click()
    expect(ewa.locator("#bledy")).to_contain_text("Anna Nowak pracuje teraz")
    expect(ewa.get_by_label("Treść odpowiedzi")).to_have_value("Odpowiedź Ewy")
    shot(ewa, "inbox-taken-by-other")
    # Anna takes the first suggestion with one key, edits it, and sends it with another.
    anna.keyboard.press("1")
    field = anna.get_by_label("Treść odpowiedzi")
    expect(field).to_have_value(ANSWER)
    field.press_sequentially(" Pozdrawiam.")
    shot(anna, "inbox-suggestion-taken")
    field.press("Control+Enter")
    expect(anna.get_by_role("status").filter(has_text="Odpowiedź została wysłana")).to_be_visible()
    assert [letter["To"] for letter in console.letters] == ["jan@poczta.pl"]
    assert f"{ANSWER} Pozdrawiam." in console.letters[0].get_content()
    expect(ewa.locator("#na-zywo")).to_contain_text("Odpowiedź wysłana", timeout=30_000)


def test_taking_over_is_seen_at_once(served: Served) -> None:
    console = served.console
    ticket = console.ticket()
    anna, ewa = served.person(console.anna), served.person(console.person("Ewa Lis"))
    anna.goto(f"{served.address}{path(ticket)}")
    anna.keyboard.press("b")
    expect(anna.get_by_role("button", name="Oddaję do wspólnej listy")).to_be_visible()
    ewa.goto(f"{served.address}{path(ticket)}")
    ewa.get_by_role("button", name="Przejmij").first.click()
    ewa.get_by_label("Dlaczego", exact=True).fill("Ania kończy dyżur")
    ewa.get_by_role("dialog").get_by_role("button", name="Przejmij").click()
    expect(anna.locator("#na-zywo")).to_contain_text("Ewa Lis przejmuje to zgłoszenie", timeout=30_000)


def test_list_is_fresh_and_works_by_keys(served: Served) -> None:
    console = served.console
    first = console.ticket("Pierwsze pytanie")
    page = served.person(console.anna)
    page.goto(f"{served.address}/panel/zgloszenia")
    expect(page.locator("tr[data-reference]")).to_have_count(1)
    second = console.ticket("Drugie pytanie")
    expect(page.locator("tr[data-reference]")).to_have_count(2, timeout=30_000)
    expect(page.locator("#komunikat")).to_have_text("Na liście jest nowe zgłoszenie.")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Pierwsze pytanie")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Drugie pytanie")).to_be_focused()
    # The focus stays where it was when the list changes.
    console.desk.inbox.add_tag(first, console.anna, "kadry")
    expect(page.get_by_text("kadry", exact=True).first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("link", name="Drugie pytanie")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Szukaj")).to_be_focused()
    page.keyboard.type("drugie")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-reference]")).to_have_count(1)
    page.get_by_role("link", name="Drugie pytanie").press("Enter")
    page.wait_for_url(f"**{path(second)}")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Skróty klawiszowe")).to_be_visible()
    page.get_by_label("Skróty są włączone").uncheck()
    page.get_by_role("button", name="Zamknij", exact=True).click()
    page.keyboard.press("1")
    expect(page.get_by_label("Treść odpowiedzi")).to_have_value("")


def test_without_a_stream_the_list_asks(served: Served) -> None:
    console = served.console
    console.desk.feed._limit = 0
    page = served.person(console.anna)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "ostatnia-zmiana" in request.url else None)
    page.goto(f"{served.address}/panel/zgloszenia")
    with page.expect_response("**/panel/zgloszenia/ostatnia-zmiana", timeout=30_000):
        pass
    assert asked


LONG = "Pracuję w firmie, która ma oddziały w kilku województwach. " + "Bardzo długi opis sprawy, " * 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "viewport"), [("office", OFFICE), ("phone", PHONE)])
def test_pages_are_accessible_and_fit(served: Served, name: str, viewport: dict[str, int], scheme: str) -> None:
    console = served.console
    console.bot.messages = [bot_answer(), bot_answer("Dawne zasady.", sources=[FORMER], confidence=0.3)]
    ticket = console.ticket(LONG, topic="rejestracja_wlasciwy_urzad", county="podlaskie/Łomża", phone="+48600700800")
    console.ticket("Skarga na urząd", kind="skarga", priority=1, due_at=ticket.created_at)
    console.desk.inbox.add_tag(ticket, console.anna, "kadry i płace")
    console.desk.inbox.add_note(ticket, console.anna, "Dzwonić po 12.")
    console.desk.ready.save(console.anna, text_id=None, title="Prośba o dane", text="Nr {numer}", shared=True)
    page = served.person(console.anna, viewport=viewport, color_scheme=scheme)
    pages = {
        "list": "/panel/zgloszenia", "nothing": "/panel/zgloszenia?szukaj=nic", "ticket": path(ticket),
        "ready": "/panel/zgloszenia/gotowe-teksty", "acceptance": "/panel/zgloszenia/podpowiedzi",
    }  # fmt: skip
    for what, address in pages.items():
        page.goto(f"{served.address}{address}")
        shot(page, f"inbox-{what}-{name}-{scheme}")
        assert violations(page) == [], what
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), what
    page.goto(f"{served.address}{path(ticket)}")
    page.get_by_label("Treść odpowiedzi").fill("Mówi o tym ustawa o promocji zatrudnienia.")
    page.get_by_role("button", name="Wyślij e-mail").click()
    expect(page.locator("#bledy")).to_contain_text("proszę sprawdzić przepisy")
    shot(page, f"inbox-flagged-{name}-{scheme}")
    assert violations(page) == []
