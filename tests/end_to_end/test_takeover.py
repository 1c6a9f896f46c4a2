"""A visitor and a consultant, each in a browser of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import delete, update

from tests.end_to_end.chat import SCREENSHOTS, ask, bot, launcher, question_field, violations
from tests.end_to_end.widget_alone import Office, office
from tests.widget.accounts.people import PASSWORD, add_person
from widget.accounts.roles import Role
from widget.console.live.models import Presence, Takeover
from widget.console.live.service import LOST

pytestmark = pytest.mark.timeout(300)
WISH = "chcę rozmawiać z człowiekiem"
WAIT_MS = 20_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with office(tmp_path_factory.mktemp("takeover")) as made:
        for name in ("Anna Żółć", "Jan Kos"):
            add_person(made.app, Role.CONSULTANT, name=name, email=f"{name.split()[0].lower()}@example.org")
        yield made


@pytest.fixture
def contexts(browser: Browser, place: Office) -> Iterator[list[BrowserContext]]:
    """Browsers of one test; nobody waits and nobody is there when it begins."""
    with place.engine.begin() as connection:
        for table in (Takeover, Presence):
            connection.execute(delete(table))
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


class People:
    """Opens browsers that fail the test where a script fails."""

    def __init__(self, browser: Browser, place: Office, contexts: list[BrowserContext]) -> None:
        self._browser = browser
        self._contexts = contexts
        self.place = place
        self.errors: list[str] = []

    def page(self, width: int, height: int) -> Page:
        context = self._browser.new_context(locale="pl-PL", viewport={"width": width, "height": height})
        context.set_default_timeout(WAIT_MS)
        self._contexts.append(context)
        made = context.new_page()
        made.on("pageerror", lambda error: self.errors.append(str(error)))
        return made

    def visitor(self) -> Page:
        page = self.page(1100, 850)
        page.goto(f"{self.place.address}/demo")
        launcher(page).click()
        expect(bot(page)).to_have_count(1, timeout=WAIT_MS)
        return page

    def consultant(self, name: str) -> Page:
        page = self.page(1366, 768)
        page.goto(f"{self.place.address}/panel/logowanie?dalej=/panel/rozmowy")
        page.get_by_label("Adres e-mail").fill(f"{name}@example.org")
        page.locator("input[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Rozmowy", exact=True)).to_be_visible(timeout=WAIT_MS)
        return page


@pytest.fixture
def people(browser: Browser, place: Office, contexts: list[BrowserContext]) -> Iterator[People]:
    made = People(browser, place, contexts)
    yield made
    assert made.errors == []


def bar(page: Page) -> Locator:
    return page.locator("zielona-linia-chat .live")


def queue_up(page: Page) -> None:
    ask(page, WISH)
    page.get_by_role("button", name="Porozmawiaj z konsultantem").click()
    expect(bar(page)).to_contain_text("miejsce w kolejce 1", timeout=WAIT_MS)


def take(page: Page) -> None:
    page.get_by_role("button", name="Przejmij").first.click()
    expect(page.get_by_label("Wiadomość do osoby")).to_be_visible(timeout=WAIT_MS)


def say(page: Page, text: str) -> None:
    question_field(page).fill(text)
    question_field(page).press("Enter")


def lose(place: Office) -> None:
    """As if nothing had been heard of the consultant for a minute."""
    with place.engine.begin() as connection:
        long_ago = dt.datetime.now(tz=dt.timezone.utc) - 2 * LOST
        connection.execute(update(Takeover).values(consultant_seen_at=long_ago))


def test_a_chat_from_the_wish_to_the_way_back(people: People) -> None:
    anna, visitor = people.consultant("anna"), people.visitor()
    expect(anna.get_by_text("Nikt nie czeka")).to_be_visible()
    assert violations(anna) == []
    anna.screenshot(path=SCREENSHOTS / "rozmowy-pusto.png")
    queue_up(visitor)
    expect(bar(visitor)).to_contain_text("Konsultanci przy czacie: 1")
    visitor.screenshot(path=SCREENSHOTS / "czat-czekanie.png")
    # Without a reload: the page is told.
    expect(anna.get_by_text("czeka 0 min")).to_be_visible(timeout=WAIT_MS)
    assert violations(anna) == []
    anna.screenshot(path=SCREENSHOTS / "rozmowy-kolejka.png")
    take(anna)

    expect(bar(visitor)).to_contain_text("Rozmowę prowadzi konsultant: Anna", timeout=WAIT_MS)
    expect(visitor.locator("zielona-linia-chat header")).to_contain_text("Odpowiada człowiek: konsultant Anna")
    said = bot(visitor).count()
    say(visitor, "Dzień dobry, pracowałem 14 miesięcy. Czy dostanę zasiłek?")
    expect(anna.locator(".live-line.osoba").last).to_contain_text("pracowałem 14 miesięcy", timeout=WAIT_MS)
    assert bot(visitor).count() == said
    expect(anna.locator("#szkice")).to_contain_text("365 dni", timeout=WAIT_MS)
    anna.get_by_role("button", name="Wstaw do wiadomości").click()
    field = anna.get_by_label("Wiadomość do osoby")
    expect(field).to_have_value("Zasiłek dostaje osoba, która przepracowała 365 dni.")
    field.press("Enter")
    expect(bot(visitor).last).to_contain_text("Konsultant Anna", timeout=WAIT_MS)
    expect(bot(visitor).last).to_contain_text("365 dni")
    expect(visitor.locator("zielona-linia-chat [aria-live=polite]")).to_contain_text("Konsultant Anna")
    expect(anna.locator(".live-line.konsultant")).to_have_count(1)
    for page, name in ((visitor, "czat-konsultant"), (anna, "rozmowa")):
        assert violations(page) == []
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    visitor.reload()
    expect(bar(visitor)).to_contain_text("Rozmowę prowadzi konsultant: Anna", timeout=WAIT_MS)
    expect(bot(visitor).last).to_contain_text("365 dni")

    anna.get_by_role("button", name="Oddaj asystentowi").click()
    anna.get_by_label("Co ustalono").fill("Wniosek o zasiłek razem z rejestracją.")
    anna.get_by_role("button", name="Oddaj rozmowę").click()
    expect(visitor.locator("zielona-linia-chat .log")).to_contain_text("Odpowiada znów automatyczny", timeout=WAIT_MS)
    expect(bar(visitor)).to_be_hidden()
    expect(visitor.locator("zielona-linia-chat header")).to_contain_text("odpowiada program, nie człowiek")
    expect(ask(visitor, "ile wynosi zasiłek")).to_contain_text("365 dni")


def test_a_dropped_connection_leaves_nobody_alone(people: People, contexts: list[BrowserContext]) -> None:
    anna, visitor = people.consultant("anna"), people.visitor()
    queue_up(visitor)
    take(anna)
    expect(bar(visitor)).to_contain_text("konsultant: Anna", timeout=WAIT_MS)
    contexts[0].close()
    contexts.pop(0)
    lose(people.place)
    expect(bar(visitor)).to_contain_text("Połączenie z konsultantem się urwało", timeout=WAIT_MS)
    for name in ("Czekam dalej", "Wróć do asystenta", "Napisz do konsultanta"):
        expect(bar(visitor).get_by_role("button", name=name)).to_be_visible()
    assert violations(visitor) == []
    visitor.screenshot(path=SCREENSHOTS / "czat-urwane.png")

    bar(visitor).get_by_role("button", name="Czekam dalej").click()
    expect(bar(visitor)).to_contain_text("miejsce w kolejce 1", timeout=WAIT_MS)
    jan = people.consultant("jan")
    take(jan)
    expect(bar(visitor)).to_contain_text("konsultant: Jan", timeout=WAIT_MS)
    lose(people.place)
    jan.close()
    lose(people.place)
    expect(bar(visitor)).to_contain_text("się urwało", timeout=WAIT_MS)
    bar(visitor).get_by_role("button", name="Napisz do konsultanta").click()
    expect(visitor.locator("zielona-linia-chat form.contact")).to_be_visible(timeout=WAIT_MS)
    expect(bar(visitor)).to_be_hidden()


def test_waiting_can_be_given_up_and_two_consultants_do_not_collide(people: People) -> None:
    anna, jan, visitor = people.consultant("anna"), people.consultant("jan"), people.visitor()
    queue_up(visitor)
    expect(jan.get_by_text("czeka 0 min")).to_be_visible(timeout=WAIT_MS)
    expect(anna.get_by_text("czeka 0 min")).to_be_visible(timeout=WAIT_MS)
    bar(visitor).get_by_role("button", name="Rezygnuję z czekania").click()
    expect(bar(visitor)).to_be_hidden()
    for page in (anna, jan):
        expect(page.get_by_text("Nikt nie czeka")).to_be_visible(timeout=WAIT_MS)
    visitor.get_by_role("button", name="Porozmawiaj z konsultantem").click()
    take(anna)
    expect(jan.get_by_text("prowadzi Anna Żółć")).to_be_visible(timeout=WAIT_MS)
    expect(jan.get_by_role("button", name="Przejmij")).to_have_count(0)
