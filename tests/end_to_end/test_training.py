"""Training and versions in a real Chromium: live progress, stopping, the comparison, every appearance."""

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
from tests.widget.studio.content import git, make_content, studio_app, topic_path
from tests.widget.studio.test_training_pages import add_release
from widget.accounts.roles import Role
from widget.studio.models import DONE, FAILED
from widget.studio.training.service import TrainingDesk
from widget.studio.training.views import DESK
from zielona.clock import utc_now

pytestmark = pytest.mark.timeout(400)
EDITOR = "redaktor@example.org"
# Milliseconds: news of a training come once a second, and by asking every five.
PATIENCE = 30_000
TWIN = "kurs na wózki widłowe z urzedu pracy dla mnie"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_content(tmp_path / "content")


@pytest.fixture
def app(tmp_path: Path, folder: Path) -> Flask:
    made = studio_app(tmp_path, folder)
    add_person(made, Role.EDITOR)
    return made


@pytest.fixture
def desk(app: Flask) -> TrainingDesk:
    found: TrainingDesk = app.extensions[DESK]
    return found


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


def work(desk: TrainingDesk) -> int:
    """A training that is at work."""
    job = desk.jobs.add(by="u1", now=utc_now())
    assert job is not None
    desk.jobs.begin(job.id, worker="w", now=utc_now())
    desk.jobs.advance(job.id, "model", 0.4)
    desk.jobs.beat(job.id, log="Sprawdzam treść…\nTrenuję model dialogowy… 35 s", now=utc_now())
    return job.id


@pytest.mark.parametrize("appearance", APPEARANCES)
def test_pages_in_every_appearance(
    desk: TrainingDesk, folder: Path, address: str, browser: Browser, appearance: str
) -> None:
    with opened(browser, address, **APPEARANCES[appearance]) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/trening")
        is_sound(page, f"trening-pusty-{appearance}")
        release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
        desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
        for name in ("szkolenia", "kfs"):
            path = topic_path(folder, name)
            path.write_text(path.read_text(encoding="utf-8") + f"  - {TWIN}\n", encoding="utf-8")
        git(folder, "commit", "--quiet", "--all", "--message", "Przykłady o wózkach")
        job_id = work(desk)
        page.goto("/panel/studio/trening")
        is_sound(page, f"trening-trwa-{appearance}")
        # The open page would load itself anew at the same moment.
        page.goto("/panel/konto")
        found = [{"text": "Przykład zawiera dane osobowe (PESEL).", "stops": True}]
        desk.jobs.advance(job_id, "kontrola", 0.1, findings=found)
        desk.jobs.end(job_id, FAILED, reason="Kontrola treści znalazła błędy: 1.", now=utc_now())
        page.goto("/panel/studio/trening")
        is_sound(page, f"trening-nieudany-{appearance}")
        page.goto(f"/panel/studio/wersje/{release.id}")
        page.get_by_role("group").filter(has_text="dobra odpowiedź (Szkolenia)").locator("summary").click()
        is_sound(page, f"wersja-porownanie-{appearance}")


def test_editor_begins_watches_and_stops_a_training(desk: TrainingDesk, address: str, browser: Browser) -> None:
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/tematy")
        page.get_by_role("link", name="Trening i wersje").click()
        page.get_by_role("button", name="Trenuj nową wersję").click()
        expect(page.locator("#trening-tytul")).to_contain_text("czeka na rozpoczęcie")
        job = desk.jobs.opened()
        assert job is not None
        desk.jobs.begin(job.id, worker="w", now=utc_now())
        expect(page.locator("#postep-opis")).to_contain_text("podjął zlecenie", timeout=PATIENCE)
        desk.jobs.advance(job.id, "indeks", 0.2)
        expect(page.locator("#postep-czas")).to_contain_text("Trwa", timeout=PATIENCE)
        expect(page.locator("#trening-tytul")).to_contain_text("trwa", timeout=PATIENCE)
        desk.jobs.beat(job.id, log="Buduję indeks fragmentów… 5 s", now=utc_now())
        expect(page.locator("#postep-opis")).to_have_text("Krok 4 z 7: Wyszukiwarka przepisów", timeout=PATIENCE)
        expect(page.get_by_role("progressbar")).to_have_attribute("value", "20")
        expect(page.locator(".log")).to_contain_text("Buduję indeks fragmentów… 5 s", timeout=PATIENCE)
        expect(page.locator("#komunikat")).to_have_text("Krok 4 z 7: Wyszukiwarka przepisów")
        desk.jobs.advance(job.id, "pomiar 7/16", 0.75)
        desk.jobs.beat(job.id, log="Zadaję pytania…", now=utc_now())
        expect(page.locator("#postep-czas")).to_contain_text("Pytanie 7 z 16. Trwa", timeout=PATIENCE)
        page.get_by_role("button", name="Zatrzymaj trening").click()
        page.get_by_role("button", name="Zatrzymaj", exact=True).click()
        expect(page.locator("#trening-tytul")).to_contain_text("zatrzymuje się")
        assert not desk.jobs.beat(job.id, log="", now=utc_now())


def test_end_of_a_training_shows_the_version(desk: TrainingDesk, address: str, browser: Browser) -> None:
    job_id = work(desk)
    with opened(browser, address, viewport={"width": 1366, "height": 900}) as page:
        enter(page, EDITOR)
        page.goto("/panel/studio/trening")
        expect(page.locator("#trening-tytul")).to_contain_text("trwa")
        add_release(desk, job_id=job_id)
        desk.jobs.end(job_id, DONE, reason="", now=utc_now())
        page.get_by_role("link", name="Obejrzyj wersję nr 1").click(timeout=PATIENCE)
        expect(page.get_by_role("heading", level=1)).to_have_text("Wersja nr 1")
        page.get_by_role("link", name="Gorzej (1)").click()
        expect(page.locator(".changed > li")).to_have_count(1)
        expect(page.locator(".changed")).to_contain_text("czy dostanę na kurs <b>")
