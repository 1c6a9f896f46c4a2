"""What people wrote becomes a topic that the assistant answers, and is taken back: by an editor's hands, with real
training, over real services, on a small content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.chat import ask, open_chat
from tests.end_to_end.test_panel import enter, opened
from tests.widget.accounts.people import PASSWORD
from tests.widget.studio.content import git
from tests.widget.studio.small_content import make_small_content
from tests.zielona.publishing.site import until
from widget.accounts.repository import AccountRepository
from widget.accounts.roles import Role
from widget.accounts.service import Accounts
from widget.accounts.signin import SignIn
from widget.storage.engine import database_engine
from zielona.sandbox import Running, running_stack

# Two trainings and three publications: ten minutes, more on a loaded machine.
pytestmark = pytest.mark.timeout(3000)
WIDE: dict[str, Any] = {"viewport": {"width": 1366, "height": 900}}
# Milliseconds: a training of the small content takes minutes on a loaded machine.
TRAINING = 1_500_000
PUBLISHING = 400_000
EDITOR = "zofia@example.org"
ANSWER = "Bon na zasiedlenie dostaje osoba bezrobotna, która przeprowadza się do pracy daleko od domu."
ASKED = "czy jest bon na zasiedlenie dla kogoś, kto się przeprowadza"
WRITTEN = (
    "bon na zasiedlenie", "co to jest bon na zasiedlenie", "bon na zasiedlenie ile wynosi",
    "jak dostać bon na zasiedlenie", "komu dają bon na zasiedlenie", "wniosek o bon na zasiedlenie",
    "bon na zasiedlenie a przeprowadzka", "przeprowadzam się, chcę bon na zasiedlenie",
    "czy bon na zasiedlenie trzeba oddać", "bon na zasiedlenie warunki", "bon na zasiedlenie przeprowadzka do Gdańska",
    "kiedy wypłacają bon na zasiedlenie", "gdzie złożyć o bon na zasiedlenie", "bon zasiedlenie przeprowadzka rodziny",
    "bon na zasiedlenie dla bezrobotnego", "jak złożyć wniosek o bon na zasiedlenie", "czy dostanę bon na zasiedlenie",
    "bon na zasiedlenie ile pieniędzy", "chcę bon na zasiedlenie", "kto dostaje bon na zasiedlenie",
    "bon na zasiedlenie z urzędu pracy", "kiedy jest wypłata za bon na zasiedlenie",
)  # fmt: skip
# Another matter, so that there is something to tell apart.
OTHERS = (
    "zasiłek pogrzebowy po babci", "ile wynosi zasiłek pogrzebowy", "zasiłek pogrzebowy z ZUS wniosek",
    "kto dostanie zasiłek pogrzebowy", "kiedy zasiłek pogrzebowy przepada", "zasiłek pogrzebowy dokumenty",
    "zasiłek pogrzebowy dla sąsiadki", "pogrzeb dziadka, zasiłek pogrzebowy",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_content(tmp_path_factory.mktemp("story") / "content")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Running]:
    var, run = folder.parent / "var", folder.parent / "run"
    run.mkdir()
    with running_stack(run, VAR=str(var), CONTENT=str(folder), BOT_TIMEOUT="30") as made:
        repository = AccountRepository(database_engine(made.settings.database_url))
        Accounts(repository, SignIn(repository, made.settings.text("SECRET"))).create(
            email=EDITOR, name="Zofia Nowak", role=Role.EDITOR.value, password=PASSWORD, publishes=True
        )
        yield made


def wrongly_answered(site: Running, text: str) -> None:
    """Somebody asks, is not helped, and says so."""
    begun = requests.post(f"{site.address}/api/v1/conversations", json={}, timeout=60).json()
    url = f"{site.address}/api/v1/conversations/{begun['id']}/messages"
    headers = {"Authorization": f"Bearer {begun['token']}"}
    answer = requests.post(url, json={"text": text}, headers=headers, timeout=60).json()
    message = answer["messages"][-1]["id"]
    rated = requests.put(f"{url}/{message}/rating", json={"helpful": False}, headers=headers, timeout=60)
    assert rated.ok, rated.text


def trained(page: Page) -> str:
    """Train from the page, wait for its end, open the new version; its name."""
    page.goto("/panel/studio/")
    page.get_by_role("link", name="Trening i wersje").click()
    page.get_by_role("button", name="Trenuj nową wersję").click()
    expect(page.locator("#trening-tytul")).to_contain_text("Trening nr")
    link = page.locator("#trening").get_by_role("link", name=re.compile("Obejrzyj wersj"))
    expect(link.first).to_be_visible(timeout=TRAINING)
    link.first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Wersja nr")
    return heading.inner_text()


def published(page: Page, button: str, confirm: str) -> None:
    """From the page of a version: have it answer, and wait until it does."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    if dialog.get_by_label("Dlaczego mimo niespełnionych warunków?").is_visible():
        dialog.get_by_label("Dlaczego mimo niespełnionych warunków?").fill("Nowa sprawa, o którą ludzie pytają.")
    dialog.get_by_role("button", name=confirm).click()
    expect(page.locator("#publikacja")).to_contain_text("odpowiada odwiedzającym", timeout=PUBLISHING)


def told(browser: Browser, address: str) -> str:
    """What a visitor of the demo page is told."""
    with opened(browser, address, **WIDE) as page:
        page.goto("/demo")
        open_chat(page)
        return ask(page, ASKED).inner_text()


def test_what_people_wrote_becomes_an_answer_and_is_taken_back(site: Running, folder: Path, browser: Browser) -> None:
    address = site.address
    with opened(browser, address, **WIDE) as page:
        enter(page, EDITOR)
        first = trained(page)
        published(page, "Opublikuj tę wersję", "Opublikuj")

        for text in WRITTEN + OTHERS:
            wrongly_answered(site, text)
        assert ANSWER not in told(browser, address)

        page.goto("/panel/studio/")
        page.get_by_role("link", name="Co napisali ludzie").click()
        page.get_by_role("button", name="Pogrupuj").click()
        group = page.get_by_role("link", name=re.compile("zasiedlenie"))
        expect(group.first).to_be_visible(timeout=PUBLISHING)
        group.first.click()
        page.get_by_role("button", name="Zaznacz wszystkie").click()
        expect(page.locator("#ile-zaznaczonych")).to_contain_text("Zaznaczone wiadomości: ")
        page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nowy temat")
        examples = page.get_by_label("Pytania ludzi o tę sprawę").input_value().splitlines()
        assert len(examples) >= 12
        page.get_by_label("Dział").select_option("pomoc")
        page.get_by_label("Tytuł").fill("Bon na zasiedlenie")
        page.get_by_label("Treść odpowiedzi").fill(ANSWER)
        page.get_by_label("bezrobotni").first.check()
        page.get_by_label("Akt").first.select_option("DU/2025/620")
        page.get_by_label("Artykuł").first.fill("art. 208 ust. 1")
        page.get_by_label("O czym jest").first.fill("Komu przysługuje bon")
        page.get_by_label("Obowiązuje od").first.fill("2025-06-01")
        page.get_by_label("Sprawdzono", exact=True).first.fill("2026-11-24")
        page.get_by_label("przepis sprawdzony ze źródłem").first.check()
        page.get_by_label("Kiedy sprawdzono z przepisami").fill("2026-11-24")
        page.get_by_label("Odpowiedź jest potwierdzona").check()
        page.get_by_role("button", name="Zapisz temat").click()
        expect(page.get_by_role("status").first).to_contain_text("Temat")
        assert git(folder, "log", "-1", "--format=%an").strip() == "Zofia Nowak"
        assert ANSWER not in told(browser, address), "what is saved does not answer before it is published"

        second = trained(page)
        assert second != first
        expect(page.get_by_role("main")).to_contain_text("Warunki publikacji")
        published(page, "Opublikuj tę wersję", "Opublikuj")
        until(lambda: ANSWER in told(browser, address), patience=60)

        page.goto("/panel/studio/trening")
        page.get_by_role("link", name=first.removesuffix(".")).first.click()
        published(page, "Wróć do tej wersji", "Wróć do tej wersji")
        until(lambda: ANSWER not in told(browser, address), patience=60)
