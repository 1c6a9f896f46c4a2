"""Who writes another language: the interface in it, the answer in it where there is one, an explanation where not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.chat import ROOT, SCREENSHOTS, bot, launcher, open_chat, question_field, violations, visitor
from tests.end_to_end.sites import KEY, OTHER_KEY, World
from widget.languages.catalogue import NAMES as LANGUAGES
from widget.languages.catalogue import translated

pytestmark = pytest.mark.timeout(300)

HOST = "<!doctype html><html lang=pl><title>Urząd</title><main><h1>Urząd</h1></main>"
ENGLISH = "How much is the unemployment benefit?"
POLISH = ("Pytanie do asystenta", "Opcje", "Zapytaj asystenta", "Co o mnie wiecie")
# What each language calls the field, the options, the button that opens the conversation, and one of the options.
NAMES = {language: tuple(translated(text, language) for text in POLISH) for language in LANGUAGES}
OFFER = translated("Pokaż okno po polsku", "en")


@pytest.fixture
def page(sites: World, context: BrowserContext) -> Page:
    made = context.new_page()
    made.goto(sites.partner.put("/jezyk", HOST + sites.script()))
    open_chat(made)
    return made


def write(page: Page, text: str, language: str = "pl") -> None:
    field = page.get_by_label(NAMES[language][0])
    field.fill(text)
    field.press("Enter")


def test_a_ukrainian_question_gets_interface_and_answer_in_ukrainian(page: Page) -> None:
    write(page, "Скільки становить допомога по безробіттю?")
    field = page.get_by_role("textbox", name=NAMES["uk"][0])
    expect(field).to_be_focused(timeout=20_000)
    answer = bot(page).last
    expect(answer.locator("[lang=uk]")).to_contain_text("1783,90")
    expect(answer).to_contain_text("Правова підстава")
    expect(answer.locator("details")).not_to_have_attribute("open", "")
    answer.locator("summary").click()
    expect(answer.locator("details [lang=pl]")).to_contain_text("Podstawowy zasiłek wynosi")
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "jezyk-uk.png")
    page.reload()
    expect(bot(page).last.locator("[lang=uk]")).to_contain_text("1783,90")
    assert page.evaluate(f"{ROOT}.querySelector('.root').lang") == "uk"


def test_an_answer_without_translation_is_explained_in_the_language(page: Page) -> None:
    write(page, "How long is maternity leave?")
    expect(page.get_by_role("textbox", name=NAMES["en"][0])).to_be_focused(timeout=20_000)
    notice = page.locator("zielona-linia-chat .error[lang=en]")
    expect(notice).to_contain_text("in Polish only")
    expect(notice).to_contain_text("19524")
    expect(bot(page).last.locator("[lang=pl]").first).to_be_visible()
    notice.get_by_role("button", name="polski").click()
    expect(question_field(page)).to_be_focused()
    expect(visitor(page)).to_have_count(1)
    write(page, ENGLISH)
    expect(bot(page)).to_have_count(3, timeout=20_000)
    # Polish was chosen, so it stays; the answer and the offer are there.
    expect(question_field(page)).to_be_visible()
    expect(bot(page).last.locator("[lang=en]")).to_contain_text("1783,90")
    expect(page.get_by_role("button", name=OFFER)).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "jezyk-en.png")


def test_nothing_changes_under_the_hands_of_who_left_the_field(page: Page) -> None:
    held = []
    page.route("**/messages", lambda route: held.append(route), times=1)
    write(page, ENGLISH)
    page.get_by_role("button", name="Opcje").focus()
    page.wait_for_function("() => true")
    expect(page.locator("zielona-linia-chat .typing")).to_contain_text("Asystent pisze")
    held[0].continue_()
    expect(page.get_by_role("button", name=OFFER)).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Opcje")).to_be_focused()


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_language_and_theme(
    sites: World, browser: Browser, language: str, key: str, scheme: str
) -> None:
    site = sites.partner if key == KEY else sites.career
    context = browser.new_context(locale="pl-PL", color_scheme=scheme, viewport={"width": 1100, "height": 850})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site.put("/wszystko", HOST + sites.script(f'data-site="{key}" data-lang="{language}"')))
    field, options, opener, own = NAMES[language]
    expect(page.get_by_role("button", name=opener)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=opener).click()
    expect(bot(page)).to_have_count(1)
    page.get_by_label(field).fill("ile wynosi zasiłek")
    page.get_by_label(field).press("Enter")
    expect(bot(page)).to_have_count(2, timeout=20_000)
    assert violations(page) == []
    page.get_by_role("button", name=options).click()
    assert violations(page) == []
    page.get_by_role("button", name=own).click()
    expect(page.get_by_role("heading", name=own)).to_be_focused()
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / f"jezyk-{language}-{key}-{scheme}.png")
    context.close()


def test_without_scripts_the_translation_comes_with_the_polish_text(sites: World, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites.widget}/czat/{KEY}")
    page.get_by_label("Pytanie do asystenta").fill(ENGLISH)
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.locator("main [lang=en]").first).to_contain_text("1783,90")
    page.locator("summary").first.click()
    expect(page.locator("details").first).to_contain_text("Podstawowy zasiłek wynosi")
    assert launcher(page).count() == 0
    page.get_by_role("button", name="Usuń rozmowę").click()
    expect(page.get_by_role("status")).to_have_text("Rozmowa jest usunięta.")
    expect(page.locator("details")).to_have_count(0)
    context.close()
