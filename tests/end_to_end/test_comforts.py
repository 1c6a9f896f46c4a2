"""What a visitor may do with the conversation: size of text, copy, print, file, erase."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.chat import ROOT, ask, bot, open_chat, question_field, visitor
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
    expect(asked.locator("zielona-linia-chat .note")).to_contain_text("Ukryliśmy dane osobowe")
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
