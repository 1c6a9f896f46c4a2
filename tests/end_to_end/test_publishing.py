"""Publishing and trials in a real Chromium: ordering, live progress, the end, every appearance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from tests.end_to_end.sites import serving
from tests.end_to_end.test_panel import APPEARANCES, enter, is_sound, opened
from tests.widget.accounts.people import add_person
from tests.widget.studio.content import make_content, studio_app
from tests.widget.studio.publishing.test_pages import BREAKS, make, talk
from widget.accounts.roles import Role
from widget.studio.publishing.service import PublishingDesk
from zielona.clock import utc_now
from zielona.publishing.trials import is_chosen

pytestmark = pytest.mark.timeout(400)
ADMIN = "administrator@example.org"
# Milliseconds: the step of an order is asked for every two seconds.
PATIENCE = 30_000


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = studio_app(tmp_path, make_content(tmp_path / "content"))
    add_person(made, Role.ADMINISTRATOR)
    return made


@pytest.fixture
def desk(app: Flask) -> PublishingDesk:
    found: PublishingDesk = app.extensions["zielona_publishing"]
    return found


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


def finished_trial(app: Flask, desk: PublishingDesk) -> int:
    """A release on trial that does better than the rest; the release."""
    release, now = make(desk), utc_now()
    trial = desk.orders.begin_trial(release.id, beside=None, share=0.5, by="u1", now=now)
    for number in range(90):
        name = f"c{number}"
        app.extensions["zielona"].repository.create_conversation(name, now=utc_now())
        talk(app, name, "answered" if is_chosen(name, trial.id, 0.5) else "unknown", now)
    return release.id


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_pages_in_every_appearance(
    app: Flask, desk: PublishingDesk, address: str, browser: Browser, appearance: str
) -> None:
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, ADMIN)
        for name in ("publikacje", "proba"):
            page.goto(f"/panel/studio/{name}")
            is_sound(page, f"studio-{name}-puste-{appearance}")
        release = finished_trial(app, desk)
        page.goto("/panel/studio/proba")
        is_sound(page, f"studio-proba-{appearance}")
        order = desk.orders.order("publikacja", release, by="u1", reason="Bo tak trzeba.", now=utc_now())
        desk.orders.step(order.id, "Uruchamianie: wyszukiwarka")
        page.goto(f"/panel/studio/publikacje/{order.id}")
        is_sound(page, f"studio-publikacja-{appearance}")
        page.goto(f"/panel/studio/wersje/{release}")
        is_sound(page, f"studio-wersja-publikacja-{appearance}")
        desk.orders.end(order.id, now=utc_now(), failure="„Model dialogowy” nowej wersji zakończył pracę.")
        page.goto(f"/panel/studio/publikacje/{order.id}")
        is_sound(page, f"studio-publikacja-nieudana-{appearance}")
        page.goto("/panel/studio/publikacje")
        is_sound(page, f"studio-publikacje-{appearance}")


def test_administrator_publishes_with_a_reason_and_follows_it(
    desk: PublishingDesk, address: str, browser: Browser
) -> None:
    release = make(desk, BREAKS)
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, ADMIN)
        page.goto(f"/panel/studio/wersje/{release.id}")
        page.get_by_role("button", name="Opublikuj tę wersję").click()
        dialog = page.get_by_role("dialog")
        is_sound(page, "studio-publikacja-okno")
        dialog.get_by_label("Dlaczego mimo niespełnionych warunków?").fill("Nowe kwoty od stycznia.")
        dialog.get_by_role("button", name="Opublikuj").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Publikacja wersji nr {release.id}")
        order = desk.orders.opened()
        assert order is not None
        assert order.reason == "Nowe kwoty od stycznia."
        desk.orders.step(order.id, "Uruchamianie nowej wersji")
        card = page.locator("#publikacja")
        expect(card).to_contain_text("Uruchamianie nowej wersji", timeout=PATIENCE)
        expect(card.get_by_role("heading")).to_have_text("Publikacja: trwa")
        desk.releases.mark_published(release.id, by="u1", reason=order.reason, now=utc_now())
        desk.orders.end(order.id, now=utc_now())
        expect(card).to_contain_text(f"Wersja nr {release.id} odpowiada odwiedzającym.", timeout=PATIENCE)
        expect(page.locator("#komunikat")).to_contain_text("odpowiada odwiedzającym")
        page.get_by_role("link", name=f"Wersja nr {release.id}").click()
        expect(page.get_by_text("Ta wersja odpowiada teraz odwiedzającym.")).to_be_visible()


def test_administrator_begins_and_ends_a_trial(desk: PublishingDesk, address: str, browser: Browser) -> None:
    release = make(desk)
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, ADMIN)
        page.goto(f"/panel/studio/wersje/{release.id}")
        page.get_by_role("button", name="Wypróbuj na części rozmów").click()
        page.get_by_label("Ile procent nowych rozmów").fill("25")
        page.get_by_role("button", name="Zacznij próbę").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Próba wersji nr {release.id}")
        order = desk.orders.opened()
        assert order is not None
        assert order.share == 0.25
        desk.orders.begin_trial(release.id, beside=None, share=0.25, by="u1", now=utc_now())
        desk.orders.end(order.id, now=utc_now())
        page.goto("/panel/studio/proba")
        expect(page.get_by_text("25%", exact=True)).to_be_visible()
        page.get_by_role("button", name="Zakończ próbę").click()
        page.get_by_role("dialog").get_by_role("button", name="Zakończ próbę").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Koniec próby wersji nr {release.id}")
