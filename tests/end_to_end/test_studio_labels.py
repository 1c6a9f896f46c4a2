"""In Chromium: messages labelled by keyboard, a new topic out of a group, a change that needs four eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.end_to_end.chat import SCREENSHOTS
from tests.end_to_end.sites import serving
from tests.end_to_end.test_panel import enter, is_sound, opened
from tests.widget.accounts.people import add_person
from tests.widget.studio.content import git, make_content, studio_app, topic_path
from tests.widget.studio.labelling.written import CATS, DRONES, group, queue, write
from tests.widget.studio.pieces.conftest import add_passage, passage_file
from widget.accounts.roles import Role
from widget.studio.labelling import service

pytestmark = pytest.mark.timeout(300)
EDITOR, LEARNER = "redaktor@example.org", "ola@example.org"
OFFICE: dict[str, Any] = {"viewport": {"width": 1366, "height": 900}}
APPEARANCES: dict[str, dict[str, Any]] = {
    "jasny": OFFICE,
    "telefon": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return add_passage(make_content(tmp_path / "content"))


@pytest.fixture
def app(tmp_path: Path, folder: Path) -> Flask:
    made = studio_app(tmp_path, folder)
    add_person(made, Role.EDITOR)
    add_person(made, Role.EDITOR, email=LEARNER, name="Ola Mała", publishes=False)
    for text in [*DRONES, *CATS, "mój PESEL to [PESEL]. ile trwa nauka pływania"]:
        write(made, text)
    group(made, tmp_path)
    return made


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


def propose(page: Page) -> None:
    page.goto("/panel/studio/tematy/szkolenia")
    page.get_by_label("Tytuł").fill("Kursy dla każdego")
    page.get_by_role("button", name="Wyślij do zatwierdzenia").click()
    expect(page.get_by_role("status").first).to_contain_text("czeka na zatwierdzenie")


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_pages_are_sound(folder: Path, address: str, browser: Browser, appearance: str) -> None:
    revision = git(folder, "rev-parse", "HEAD").strip()
    passage = f"/panel/studio/fragmenty/kodeks-pracy/{passage_file(folder).stem}"
    amount = "/panel/studio/kwoty/minimalne_wynagrodzenie"
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, LEARNER)
        propose(page)
        for name, path in {
            "wiadomosci": "/panel/studio/wiadomosci", "grupa": "/panel/studio/wiadomosci/1",
            "kontrola": "/panel/studio/wiadomosci/kontrola", "fragmenty": "/panel/studio/fragmenty",
            "fragment": passage, "fragment-historia": f"{passage}/historia",
            "fragment-wersja": f"{passage}/historia/{revision}", "kwoty": "/panel/studio/kwoty", "kwota": amount,
            "kwota-liczona": "/panel/studio/kwoty/polowa_minimalnego_wynagrodzenia",
            "przeglad": "/panel/studio/przeglad", "propozycje": "/panel/studio/propozycje",
        }.items():  # fmt: skip
            page.goto(path)
            is_sound(page, f"studio-{name}-{appearance}")
            page.screenshot(path=SCREENSHOTS / f"panel-studio-{name}-{appearance}.png", full_page=True)
        page.get_by_role("link", name="Temat: Kursy dla każdego").click()
        is_sound(page, f"studio-propozycja-{appearance}")


def test_labelling_without_a_mouse(
    app: Flask, folder: Path, address: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "is_due", lambda _: True)
    with opened(browser, address, **OFFICE) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/wiadomosci/1")
        boxes = page.locator("#wiadomosci").get_by_role("checkbox")
        expect(boxes).to_have_count(len(DRONES))
        # No topic is near, none is proposed: neither Enter on a message nor the key of the proposal adds anywhere.
        expect(page.locator("#dodaj")).to_have_text("Dodaj do tematu z listy")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("Enter")
        page.keyboard.press("1")
        page.keyboard.press("x")
        expect(page.locator("#ile-zaznaczonych")).to_contain_text("Najpierw trzeba")
        assert git(folder, "log", "-1", "--format=%s") == "Fragment\n"
        page.get_by_role("heading", level=1).click()
        # Two messages go to a topic that is found by a part of its name, without diacritics.
        page.keyboard.press("j")
        expect(boxes.first).to_be_focused()
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#ile-zaznaczonych")).to_have_text("Zaznaczone wiadomości: 2.")
        page.keyboard.press("t")
        page.keyboard.type("szkol")
        expect(page.locator("[data-found]")).to_contain_text("Pasujące tematy:")
        title = page.locator("#pole-topic option:checked").get_attribute("data-title")
        expect(page.locator("#dodaj")).to_have_text(f"Dodaj do tematu „{title}”")
        page.keyboard.press("Enter")
        expect(page.locator("#pole-topic")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("Oznaczone wiadomości: 2. Nowe przykłady")
        assert git(folder, "log", "-1", "--format=%an|%s").startswith("Osoba Redaktor|Temat ")
        # One is of no use, the others are a matter of their own.
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("p")
        expect(page.get_by_role("status").first).to_contain_text("Pominięte wiadomości: 1")
        assert sum(item.state == "nowe" for text, item in queue(app).items() if text in DRONES) == 11
        page.goto("/panel/studio/wiadomosci/1")
        page.keyboard.press("e")
        expect(page.locator("#tekst-1")).to_be_focused()
        page.keyboard.type("proszę: ")
        page.keyboard.press("Escape")
        expect(page.locator("#tekst-1")).to_be_hidden()
        expect(boxes.first).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("następna wiadomość")
        is_sound(page, "studio-skroty")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        expect(page.locator("#ile-zaznaczonych")).to_have_text("Zaznaczone wiadomości: 11.")
        expect(page.locator("#wszystkie")).to_contain_text("Odznacz wszystkie")
        page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nowy temat")
        expect(page.get_by_label("Pytania ludzi o tę sprawę")).to_have_value(re.compile("proszę: .*kurs"))
        is_sound(page, "studio-nowy-temat-z-grupy")
        assert page.url.endswith("/panel/studio/wiadomosci/1/nowy-temat")
        page.go_back()
        expect(boxes).to_have_count(11)
    assert topic_path(folder).exists()


def test_bar_of_examples_shows_when_one_is_chosen(address: str, browser: Browser) -> None:
    with opened(browser, address, **OFFICE) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/tematy/szkolenia/przyklady")
        bar = page.locator(".bar")
        expect(bar).to_be_hidden()
        page.locator(".examples").get_by_role("checkbox").first.check()
        expect(bar).to_be_visible()
        box = bar.bounding_box()
        assert box
        assert box["height"] < 90


def test_two_people_and_a_change(folder: Path, address: str, browser: Browser) -> None:
    with opened(browser, address, **OFFICE) as ola, opened(browser, address, **OFFICE) as editor:
        enter(ola, LEARNER)
        propose(ola)
        assert "Kursy dla każdego" not in topic_path(folder).read_text(encoding="utf-8")
        enter(editor, EDITOR)
        editor.goto("/panel/studio/")
        editor.get_by_role("link", name="Do zatwierdzenia").click()
        editor.get_by_role("link", name="Temat: Kursy dla każdego").click()
        expect(editor.locator(".changes ins").first).to_contain_text("Kursy dla każdego")
        expect(editor.get_by_text("title: Kursy dla każdego")).to_be_hidden()
        editor.get_by_text("Plik (dla programisty)").click()
        expect(editor.get_by_text("title: Kursy dla każdego")).to_be_visible()
        editor.get_by_label("Co poprawić").fill("Krócej, proszę.")
        editor.get_by_role("button", name="Zwróć do poprawki").click()
        expect(editor.get_by_role("status").first).to_contain_text("wróciła do autora")
        ola.goto("/panel/studio/propozycje")
        expect(ola.get_by_role("main")).to_contain_text("Krócej, proszę.")
        propose(ola)
        editor.goto("/panel/studio/propozycje")
        editor.get_by_role("link", name="Temat: Kursy dla każdego").first.click()
        editor.get_by_role("button", name="Zatwierdź zmianę").click()
        expect(editor.get_by_role("status").first).to_contain_text("zatwierdzona i zapisana")
        ola.goto("/panel/studio/tematy/szkolenia/historia")
        expect(ola.get_by_role("main")).to_contain_text("Ola Mała, zatwierdzenie: Osoba Redaktor")
    assert "Kursy dla każdego" in topic_path(folder).read_text(encoding="utf-8")
