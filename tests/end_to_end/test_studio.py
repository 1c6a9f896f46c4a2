"""The content studio in a real Chromium: typing, remarks, saving, a conflict, the keyboard, every appearance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect
from werkzeug.serving import make_server

from tests.end_to_end.chat import ask, open_chat
from tests.end_to_end.sites import serving
from tests.end_to_end.test_panel import APPEARANCES, enter, is_sound, opened
from tests.widget.accounts.people import add_person
from tests.widget.console.site import SOURCE, bot_answer
from tests.widget.studio.content import git, make_content, studio_app, topic_path
from widget.accounts.roles import Role
from widget.chat.clients import BotClient

pytestmark = pytest.mark.timeout(300)
EDITOR = "redaktor@example.org"
# Milliseconds: a draft is checked by the server after a pause in typing.
PATIENCE = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_content(tmp_path / "content")


@pytest.fixture
def app(tmp_path: Path, folder: Path) -> Flask:
    made = studio_app(tmp_path, folder)
    add_person(made, Role.EDITOR)
    return made


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_every_page_of_the_studio(folder: Path, address: str, browser: Browser, appearance: str) -> None:
    first = git(folder, "rev-parse", "HEAD").strip()
    path = topic_path(folder)
    changed = (
        path.read_text(encoding="utf-8").replace("title: Szkolenia", "title: Kursy").replace("kurs", "kurs lub staż", 3)
    )
    path.write_text(changed.replace("verified: true", "verified: false", 2), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Temat szkolenia: zmiana odpowiedzi")
    revision = git(folder, "rev-parse", "HEAD").strip()
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, EDITOR)
        for name, path in {
            "tematy": "/panel/studio/tematy", "temat": "/panel/studio/tematy/szkolenia",
            "przyklady": "/panel/studio/tematy/szkolenia/przyklady",
            "historia": "/panel/studio/tematy/szkolenia/historia",
            "wersja": f"/panel/studio/tematy/szkolenia/historia/{revision}",
            "pierwsza-wersja": f"/panel/studio/tematy/szkolenia/historia/{first}",
            "nowy-temat": "/panel/studio/tematy/nowy", "wymiana": "/panel/studio/wymiana",
        }.items():  # fmt: skip
            page.goto(path)
            is_sound(page, f"studio-{name}-{appearance}")


def test_editor_changes_an_answer_while_an_engineer_changes_the_file(
    folder: Path, address: str, browser: Browser
) -> None:
    path = topic_path(folder)
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, EDITOR)
        page.get_by_role("navigation", name="Panel").get_by_role("link", name="Studio treści").click()
        page.get_by_label("Szukaj").fill("wozki widlowe")
        page.get_by_role("button", name="Pokaż").click()
        page.get_by_role("link", name="Szkolenia i kursy z urzędu pracy").click()
        page.get_by_label("Treść odpowiedzi").fill("Najniższa płaca to {{ minimalne_wynagrodzenie }}, a było 3000 zł.")
        notes = page.locator("#lista-uwag")
        expect(notes).to_contain_text("kwota wpisana liczbą: „3000 zł”", timeout=PATIENCE)
        page.get_by_label("Dzień", exact=True).fill("2026-03-01")
        expect(page.locator("#tekst-podgladu")).to_contain_text("4806", timeout=PATIENCE)
        page.get_by_label("Treść odpowiedzi").fill("Urząd może opłacić kurs.")
        expect(notes).not_to_contain_text("3000", timeout=PATIENCE)
        path.write_text(
            path.read_text(encoding="utf-8").replace("title: Szkolenia i", "title: Kursy i"), encoding="utf-8"
        )
        page.get_by_role("button", name="Zapisz temat").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ktoś zmienił ten temat")
        is_sound(page, "studio-konflikt")
        assert "Urząd może opłacić kurs." not in path.read_text(encoding="utf-8")
        page.get_by_role("button", name="Popraw moją wersję").click()
        expect(page.get_by_label("Treść odpowiedzi")).to_have_value("Urząd może opłacić kurs.")
        page.get_by_label("Tytuł").fill("Kursy i szkolenia")
        page.get_by_role("button", name="Zapisz temat").click()
        expect(page.get_by_role("status").first).to_contain_text("Zmiana jest zapisana")
        page.get_by_role("link", name="Historia").click()
        expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="Osoba Redaktor")).to_have_count(1)
        expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="poza studiem")).to_have_count(1)
    assert "title: Kursy i szkolenia" in path.read_text(encoding="utf-8")


def test_new_topic_shows_remarks_and_takes_an_amount_from_the_list(address: str, browser: Browser) -> None:
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/tematy/nowy")
        page.get_by_label("Treść odpowiedzi").fill("Dostaje się do 9000 zł, a płaca to ")
        expect(page.locator("#lista-uwag")).to_contain_text("kwota wpisana liczbą: „9000 zł”", timeout=PATIENCE)
        page.get_by_text("Pokaż kwoty do wstawienia").click()
        page.get_by_label("Szukaj kwoty").fill("minimalne wynagrodzenie")
        row = page.locator("#lista-kwot li").filter(has_text="{{ minimalne_wynagrodzenie }}")
        row.get_by_role("button", name="Wstaw kwotę").click()
        written = "Dostaje się do 9000 zł, a płaca to {{ minimalne_wynagrodzenie }}"
        expect(page.get_by_label("Treść odpowiedzi")).to_have_value(written)
        expect(page.locator("#tekst-podgladu")).to_contain_text("a płaca to 4", timeout=PATIENCE)


def test_personal_data_are_refused_and_the_mistake_takes_the_focus(
    folder: Path, address: str, browser: Browser
) -> None:
    with opened(browser, address, **APPEARANCES["telefon"]) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/tematy/szkolenia/przyklady")
        page.get_by_label("Pytania do dodania").fill("kurs, mój pesel 44051401359")
        page.get_by_role("button", name="Dodaj").click()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_role("alert")).to_contain_text("dane osobowe (PESEL)")
        is_sound(page, "studio-dane-osobowe")
        page.get_by_label("Pytania do dodania").fill("czy dadzą mi na kurs zegarmistrza")
        page.get_by_role("button", name="Dodaj").click()
        expect(page.get_by_role("status").first).to_contain_text("Zapisano")
    assert "zegarmistrza" in topic_path(folder).read_text(encoding="utf-8")
    assert "44051401359" not in topic_path(folder).read_text(encoding="utf-8")


def test_visitor_is_told_which_law_nobody_has_checked(
    address: str, context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked = {**SOURCE, "article": "art. 200", "verified": False}
    sources = [SOURCE, unchecked, {**unchecked, "article": ""}]
    monkeypatch.setattr(BotClient, "send", lambda *_, **__: ([bot_answer(sources=sources)], "model"))
    page = context.new_page()
    page.goto(f"{address}/demo")
    open_chat(page)
    checked, other, alone = ask(page, "czy urząd zapłaci za kurs").locator(".sources li").all()
    expect(checked).to_contain_text("sprawdzono 25.11.2026")
    expect(other).to_contain_text("art. 200 – ")
    expect(other).to_contain_text("przepis jeszcze niesprawdzony")
    expect(other).not_to_contain_text("sprawdzono")
    expect(alone).to_contain_text("przepis jeszcze niesprawdzony")
    expect(alone).not_to_contain_text("obowiązuje od")
