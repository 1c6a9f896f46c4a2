"""What a visitor may do with the conversation: size of text, copy, print, file, erase."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.chat import ROOT, SCREENSHOTS, ask, bot, focused, open_chat, question_field, violations, visitor
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def asked(page: Page) -> Page:
    """The demo page with one question answered and the options open."""
    open_chat(page)
    ask(page, "mój PESEL to 44051401359, ile wynosi zasiłek")
    page.get_by_role("button", name="Opcje").click()
    return page


def is_whole(text: str) -> bool:
    parts = (
        "automatyczny asystent",
        "ile wynosi zasiłek",
        "1783,90",
        "art. 224",
        "https://eli.gov.pl/eli/DU/2025/620/ogl",
    )
    return all(part in text for part in parts) and "44051401359" not in text


def test_masked_data_are_shown_as_masked(asked: Page) -> None:
    expect(asked.locator("zielona-linia-chat .note").last).to_contain_text("Ukryliśmy dane osobowe")
    expect(visitor(asked)).not_to_contain_text("44051401359")


def test_conversation_is_saved_as_a_file(asked: Page, tmp_path: Path) -> None:
    with asked.expect_download() as started:
        asked.get_by_role("button", name="Zapisz rozmowę w pliku").click()
    started.value.save_as(tmp_path / "rozmowa.txt")
    assert started.value.suggested_filename == "rozmowa-zielona-linia.txt"
    assert is_whole((tmp_path / "rozmowa.txt").read_text(encoding="utf-8"))


def test_conversation_is_copied(asked: Page) -> None:
    asked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked.get_by_role("button", name="Kopiuj rozmowę").click()
    expect(asked.locator("zielona-linia-chat [aria-live=polite]")).to_contain_text("Rozmowa jest w schowku.")
    assert is_whole(asked.evaluate("navigator.clipboard.readText()"))


def test_conversation_is_printed_from_a_page_of_its_own(asked: Page) -> None:
    with asked.context.expect_page() as opened:
        asked.get_by_role("button", name="Drukuj rozmowę").click()
    printed = opened.value.locator("pre")
    expect(printed).to_contain_text("1783,90")
    assert is_whole(printed.inner_text())


def test_size_of_text_is_remembered(asked: Page) -> None:
    for _ in range(2):
        asked.get_by_role("button", name="Większy tekst").click()
    asked.reload()
    expect(bot(asked)).to_have_count(2)
    assert asked.evaluate(f"getComputedStyle({ROOT}.querySelector('.bubble')).fontSize") == "24px"


def test_erasing_asks_first_and_then_forgets_all(asked: Page) -> None:
    asked.get_by_role("button", name="Usuń rozmowę").click()
    asked.get_by_role("button", name="Nie", exact=True).last.click()
    expect(visitor(asked)).to_have_count(1)
    before = asked.evaluate("Object.values(localStorage).join()")
    asked.get_by_role("button", name="Usuń rozmowę").click()
    with asked.expect_response(lambda answer: answer.request.method == "DELETE") as erased:
        asked.get_by_role("button", name="Tak, usuń").click()
    assert erased.value.status == 204
    expect(visitor(asked)).to_have_count(0)
    expect(question_field(asked)).to_be_focused()
    assert asked.evaluate("Object.values(localStorage).join()") != before


def test_visitor_sees_takes_and_erases_what_is_known(asked: Page, tmp_path: Path) -> None:
    asked.get_by_role("button", name="Co o mnie wiecie").click()
    own = asked.locator("zielona-linia-chat .own")
    expect(own.get_by_role("heading")).to_be_focused()
    expect(own).to_contain_text("mój PESEL to [PESEL], ile wynosi zasiłek")
    expect(own).not_to_contain_text("44051401359")
    expect(own).to_contain_text("Usuniemy ją sami")
    assert violations(asked) == []
    asked.screenshot(path=SCREENSHOTS / "co-o-mnie-wiecie.png")
    with asked.expect_download() as started:
        own.get_by_role("button", name="Pobierz wszystko").click()
    started.value.save_as(tmp_path / "dane.json")
    data = json.loads((tmp_path / "dane.json").read_text(encoding="utf-8"))
    assert data["turns"][0]["text"] == "mój PESEL to [PESEL], ile wynosi zasiłek"
    own.get_by_role("button", name="Usuń rozmowę").click()
    with asked.expect_response(lambda answer: answer.request.method == "DELETE") as erased:
        asked.get_by_role("button", name="Tak, usuń").click()
    assert erased.value.status == 204
    expect(visitor(asked)).to_have_count(0)


def test_the_whole_conversation_is_rated_when_somebody_says_goodbye(page: Page) -> None:
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    ask(page, "dziękuję")
    rating = page.get_by_role("group", name="Ocena rozmowy").last
    with page.expect_response(lambda answer: answer.url.endswith("/rating")) as rated:
        rating.get_by_role("button", name="Częściowo").click()
    assert rated.value.status == 204
    assert rated.value.request.post_data_json == {"result": "partly"}
    assert focused(page) == "Dziękujemy za ocenę."


def test_before_the_first_message_one_reads_what_is_kept_and_for_how_long(page: Page) -> None:
    open_chat(page)
    note = page.locator("zielona-linia-chat .note")
    expect(note).to_contain_text("Rozpoznane dane osobowe ukrywamy")
    expect(note).to_contain_text("po 90 dniach")
    expect(page.locator("zielona-linia-chat footer")).to_contain_text("Konsultant: telefon 19524")


def test_browser_that_forbids_storage_still_has_a_conversation(browser: Browser, running: Running) -> None:
    context = browser.new_context(locale="pl-PL")
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) "
        "Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = context.new_page()
    page.goto(f"{running.address}/demo")
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    ask(page, "dziękuję")
    expect(visitor(page)).to_have_count(2)
    context.close()
