"""A visitor's way through the widget in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.chat import SCREENSHOTS, ask, bot, open_chat
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(300)

QUESTIONS = {
    "rejestracja": ("jak sie zarejestrowac jako bezrobotny", "art. 55"),
    "zasilek": ("ile wynosi zasiłek", "art. 224"),
    "kuroniowka": ("zwolnilem sie sam czy dostane kuroniowke", "art. 2"),
    "urlop": ("ile mam urlopu po 12 latach pracy", "art. 154"),
    "oferta": ("jak dać ogłoszenie o pracę w urzędzie", "art."),
    "ukrainiec": ("chcę zatrudnić Ukraińca", "art."),
}


def test_header_says_that_a_program_is_speaking(page: Page) -> None:
    open_chat(page)
    expect(page.locator("zielona-linia-chat header")).to_contain_text("odpowiada program, nie człowiek")


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered_with_its_basis(page: Page, name: str) -> None:
    question, article = QUESTIONS[name]
    open_chat(page)
    answer = ask(page, question)
    expect(answer.locator(".sources a").first).to_contain_text(article)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_out_of_scope_is_refused_honestly(page: Page) -> None:
    open_chat(page)
    answer = ask(page, "jaki będzie jutro dzień pogodowy")
    expect(answer).to_contain_text("19524")
    expect(answer).to_contain_text("Bez odpowiedzi")
    page.screenshot(path=SCREENSHOTS / "pogoda.png")


def test_source_opens_the_law_in_a_new_tab(page: Page) -> None:
    open_chat(page)
    link = ask(page, "ile wynosi zasiłek").locator(".sources a").first
    # The register itself is outside: the address is what counts, the answer is ours.
    page.context.route("https://eli.gov.pl/**", lambda route: route.fulfill(body="<title>ELI</title>"))
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url == "https://eli.gov.pl/eli/DU/2025/620/ogl"


def test_conversation_survives_a_reload(page: Page) -> None:
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    page.reload()
    expect(bot(page)).to_have_count(2)
    expect(page.locator("zielona-linia-chat .bubble.visitor")).to_contain_text("ile wynosi zasiłek")
    expect(bot(page).last.locator(".sources a").first).to_be_visible()
    ask(page, "dziękuję")


def test_buttons_ask_the_next_question(page: Page) -> None:
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    button = page.locator("zielona-linia-chat .buttons button").first
    title = button.inner_text()
    button.click()
    expect(bot(page)).to_have_count(3, timeout=20_000)
    expect(page.locator("zielona-linia-chat .bubble.visitor").last).to_contain_text(title)


def test_typing_indicator_shows_while_waiting(page: Page) -> None:
    open_chat(page)
    page.route("**/messages", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.get_by_label("Pytanie do asystenta").fill("ile wynosi zasiłek")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.locator("zielona-linia-chat .typing")).to_contain_text("Asystent pisze")
    expect(bot(page)).to_have_count(2, timeout=20_000)
    expect(page.locator("zielona-linia-chat .typing")).to_be_empty()


def test_markup_is_shown_and_not_run(page: Page) -> None:
    open_chat(page)
    ask(page, "<img src=x onerror=\"document.title='złe'\"><b>zasiłek</b>")
    expect(page.locator("zielona-linia-chat .bubble.visitor")).to_contain_text("<img src=x")
    assert page.locator("zielona-linia-chat .bubble img").count() == 0
    assert page.title() != "złe"


def test_lost_connection_can_be_retried_and_is_answered_once(page: Page) -> None:
    open_chat(page)
    page.route("**/messages", lambda route: route.abort())
    page.get_by_label("Pytanie do asystenta").fill("ile wynosi zasiłek")
    page.get_by_role("button", name="Wyślij").click()
    retry = page.get_by_role("button", name="Spróbuj ponownie")
    expect(retry).to_be_visible()
    page.unroute("**/messages")
    retry.click()
    expect(bot(page)).to_have_count(2, timeout=20_000)
    page.reload()
    expect(page.locator("zielona-linia-chat .bubble.visitor")).to_have_count(1)


def test_small_screen_is_filled(browser: Browser, running: Running) -> None:
    context = browser.new_context(locale="pl-PL", viewport={"width": 360, "height": 640}, has_touch=True)
    page = context.new_page()
    page.goto(f"{running.address}/demo")
    open_chat(page)
    ask(page, "ile mam urlopu po 12 latach pracy")
    box = page.locator("zielona-linia-chat .panel").bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (360, 640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=SCREENSHOTS / "telefon.png")
    context.close()


def test_bot_stopped_still_helps(page: Page, running: Running) -> None:
    open_chat(page)
    with running.stopped("bot"):
        answer = ask(page, "ile dni urlopu mam po 12 latach pracy")
        expect(answer).to_contain_text("przerwę techniczną")
        expect(answer.locator(".sources a").first).to_be_visible()
        page.screenshot(path=SCREENSHOTS / "bez-rasa.png")
