"""Writing to a human and finding an office, in Chromium."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.end_to_end.chat import (
    ROOT,
    SCREENSHOTS,
    ask,
    bot,
    focused,
    form_of,
    open_chat,
    opened_form,
    question_field,
    violations,
)
from widget.storage.engine import database_engine
from widget.tickets.models import Ticket
from widget.tickets.references import PATTERN
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(300)
QUESTION = "Czy mój kot dostanie zasiłek dla bezrobotnych kotów?"
TICKETS = "**/api/v1/conversations/*/tickets"


def open_form(page: Page) -> Locator:
    """Ask for a human and open the form, whatever time it is."""
    open_chat(page)
    ask(page, "chcę rozmawiać z człowiekiem")
    expect(page.locator("zielona-linia-chat .turn").last).to_contain_text(re.compile("Napisz do konsultanta"))
    return opened_form(page)


def fill(form: Locator) -> None:
    form.get_by_label("Treść").fill(QUESTION)
    form.get_by_label("E-mail").fill("anna@poczta.pl")
    form.get_by_label(re.compile("^Powiat")).select_option("podlaskie/Łomża")
    form.get_by_role("checkbox").check()


def tickets(running: Running) -> list[Ticket]:
    with Session(database_engine(running.settings.database_url)) as session:
        return list(session.scalars(select(Ticket).where(Ticket.text == QUESTION)))


def test_visitor_writes_to_a_human_and_gets_a_reference(page: Page, running: Running) -> None:
    before = len(tickets(running))
    form = open_form(page)
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "contact-form.png")
    fill(form)
    form.get_by_role("button", name="Wyślij wiadomość").click()
    sent = page.locator("zielona-linia-chat .sent")
    expect(sent).to_contain_text(re.compile(PATTERN))
    expect(sent).to_contain_text("Odpowiedź do: ")
    assert focused(page) == "Wiadomość wysłana"
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "contact-sent.png")
    stored = tickets(running)
    assert len(stored) == before + 1
    assert stored[-1].office == "pup_lomza"


def test_mistakes_stand_at_their_fields_and_take_the_focus(page: Page) -> None:
    form = open_form(page)
    form.get_by_label("Treść").fill(QUESTION)
    form.get_by_label("E-mail").fill("anna@")
    form.get_by_role("button", name="Wyślij wiadomość").click()
    email = form.get_by_label("E-mail")
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_accessible_description(re.compile("Ten adres e-mail ma błąd"))
    expect(form.get_by_role("checkbox")).to_have_accessible_description(re.compile("Bez tej zgody"))
    expect(form.get_by_label("Treść")).to_have_value(QUESTION)
    assert violations(page) == []


def test_failure_loses_nothing_and_a_retry_is_one_ticket(page: Page, running: Running) -> None:
    before = len(tickets(running))
    form = open_form(page)
    fill(form)

    def answered_into_the_void(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(TICKETS, answered_into_the_void)
    form.get_by_role("button", name="Wyślij wiadomość").click()
    expect(form).to_contain_text("Wpisany tekst został")
    expect(form.get_by_label("Treść")).to_have_value(QUESTION)
    page.unroute(TICKETS)
    form.get_by_role("button", name="Wyślij wiadomość").click()
    expect(page.locator("zielona-linia-chat .sent")).to_contain_text(re.compile(PATTERN))
    assert len(tickets(running)) == before + 1


def test_keyboard_alone_is_enough(page: Page) -> None:
    form = open_form(page)
    form.get_by_label("Treść").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.type("anna@poczta.pl")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(form.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("zielona-linia-chat .sent")).to_contain_text(re.compile(PATTERN))


def test_closed_form_gives_the_focus_back(page: Page) -> None:
    form = open_form(page)
    form.get_by_role("button", name="Zamknij formularz").click()
    expect(form).to_have_count(0)
    assert focused(page) == "Napisz do konsultanta"


def test_form_fits_320_pixels(browser: Browser, running: Running) -> None:
    context = browser.new_context(locale="pl-PL", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{running.address}/demo")
    form = open_form(page)
    form.get_by_label("E-mail").scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "contact-form-320.png")
    wide = page.evaluate(
        f"""() => [...{ROOT}.querySelectorAll("form.contact *")].filter(
          (node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    for control in form.locator("input:not([type=checkbox]), select, textarea, button").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    context.close()


def test_who_is_told_nothing_may_write_with_their_question(page: Page) -> None:
    open_chat(page)
    ask(page, "kto wygra mistrzostwa świata w piłce nożnej")
    page.get_by_role("button", name="Napisz do konsultanta").click()
    expect(form_of(page).get_by_label("Treść")).to_have_value("kto wygra mistrzostwa świata w piłce nożnej")


def test_forms_module_is_fetched_only_when_needed(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    open_chat(page)
    ask(page, "ile wynosi zasiłek")
    assert not any("contact.js" in url for url in fetched)
    ask(page, "chcę rozmawiać z człowiekiem")
    opened_form(page)
    assert any("contact.js" in url for url in fetched)


def test_office_is_found_by_a_bare_name_after_the_question(page: Page) -> None:
    open_chat(page)
    expect(ask(page, "gdzie jest mój urząd pracy?")).to_contain_text("Którą miejscowość sprawdzić?")
    expect(ask(page, "Łomża")).to_contain_text("Powiatowy Urząd Pracy w Łomży")
    assert violations(page) == []
    page.screenshot(path=SCREENSHOTS / "office.png")


def test_ambiguous_name_is_asked_back_with_buttons(page: Page) -> None:
    open_chat(page)
    ask(page, "urząd pracy Brzeziny")
    before = bot(page).count()
    page.locator("zielona-linia-chat .buttons button", has_text="powiat brzeziński").first.click()
    expect(bot(page)).to_have_count(before + 1, timeout=20_000)
    expect(bot(page).last).to_contain_text("Powiatowy Urząd Pracy w Brzezinach")
    assert "{" not in page.locator("zielona-linia-chat .bubble.visitor").last.inner_text()


@pytest.mark.parametrize("shares", [True, False])
def test_checklist_is_shared_or_saved_and_printed(page: Page, shares: bool) -> None:
    """The list comes from dialogues; here the answer of the server brings one."""
    page.add_init_script(
        "navigator.share = async (given) => { window.shared = given; };" if shares
        else "delete Navigator.prototype.share;"
    )  # fmt: skip
    page.reload()
    list_ = {"title": "Do urzędu zabierz", "lines": ["dowód osobisty", "świadectwa pracy"]}

    def with_a_list(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        answer = route.fetch()
        body: dict[str, Any] = answer.json()
        body["messages"][-1]["checklist"] = list_
        return route.fulfill(response=answer, json=body)

    open_chat(page)
    page.route("**/api/v1/conversations/*/messages", with_a_list)
    expect(ask(page, "ile wynosi zasiłek")).to_contain_text("świadectwa pracy")
    assert violations(page) == []
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Drukuj listę").click()
    expect(opened.value.locator("pre")).to_contain_text("☐ dowód osobisty")
    opened.value.close()
    if shares:
        page.get_by_role("button", name="Udostępnij listę").click()
        assert page.evaluate("window.shared.text").startswith("Do urzędu zabierz")
    else:
        with page.expect_download() as started:
            page.get_by_role("button", name="Zapisz listę w pliku").click()
        assert started.value.suggested_filename == "lista-zielona-linia.txt"
    expect(question_field(page)).to_be_visible()
