"""Every dialogue walked from its first question to its end in Chromium, in a wide window and on a phone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from tests.end_to_end.chat import ROOT, SCREENSHOTS, bot, focused, open_chat, opened_form, question_field, violations
from tests.stories.days import in_days
from widget.tickets.references import PATTERN
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(600)
SIZES = {"desktop": (1100, 850), "phone": (390, 844)}


# What the visitor says, in [brackets] the title of a button, and what the assistant then says.
# A question of their own (it ends with "?") gets its answer first, then the form asks again.
Steps = tuple[tuple[str, str], ...]
WALKS: dict[str, Steps] = {
    "benefit": (
        ("policz mi zasiłek", "Pytanie 1"),
        (in_days(20), "Pytanie 2"),
        ("40 miesięcy", "najwyżej 18 miesięcy"),
        ("a co to jest okres zasiłkowy?", "Pytanie 2"),
        ("czternaście", "Pytanie 3"),
        ("[Cofnij]", "Wracamy o jedno pytanie"),
        ("16", "Pytanie 3"),
        ("za porozumieniem stron", "Pytanie 4"),
        ("ponad 20 lat", "Pytanie 5"),
        ("jednak 10 lat", "Zmienione"),
        ("15.05.1970", "Pytanie 6"),
        ("nie wiem", "90 dni albo 275 dni"),
    ),
    "registration": (
        ("sprawdź, czy mogę się zarejestrować", "Pytanie 1"),
        ("[Jutro]", "wiek albo data urodzenia"),
        ("mam 17 lat", "dokładny dzień urodzenia"),
        ("oj pomyłka, 34 lata", "obywatelstwo"),
        ("[Obywatelstwo polskie]", "jakaś praca"),
        ("[Nie ma żadnej umowy]", "nauka"),
        ("nie uczę się", "CEIDG"),
        ("nie", "emerytura"),
        ("[Nie ma]", "Pytanie"),
        ("żadna z tych", "Pytanie"),
        ("nie", "Pytanie"),
        ("Atlantyda", "nie ma na liście"),
        ("w Łomży", "Pytanie"),
        ("[Nie wiem]", "Pytanie"),
        ("dowód i świadectwa pracy", "jest możliwa"),
    ),
    "notice_period": (
        ("oblicz okres wypowiedzenia", "Jaka to umowa"),
        ("[Na czas nieokreślony]", "pierwszy dzień pracy"),
        ("od marca 2020", "01.03.2020"),
        ("nie", "dłuższe wypowiedzenie"),
        ("[Nie wiem]", "wypowiedzenie"),
        ("15.12.2026", "3 miesiące"),
    ),
    "annual_leave": (
        ("policz mi urlop", "Za który rok"),
        ("2026", "pierwsza praca w życiu"),
        ("nie", "od którego dnia"),
        ("1 maja 2026", "skończy przed końcem"),
        ("nie", "wymiar etatu"),
        ("3/4", "u innego pracodawcy"),
        ("tak", "poprzednia praca"),
        ("1.02.2022", "ostatni dzień"),
        ("31.03.2026", "wymiar etatu"),
        ("cały etat", "Ile dni urlopu"),
        ("5", "najwyższa ukończona szkoła"),
        ("technikum", "Ile lat trwała nauka"),
        ("pięć lat", "staż"),
        ("siedem i pół roku", "czas nauki"),
        ("0", "21 dni"),
    ),
    "severance": (
        ("policz mi odprawę", "Ilu pracowników"),
        ("35", "Z jakiego powodu"),
        ("likwidacja stanowiska", "pierwszy dzień"),
        ("1.05.2018", "ostatni dzień"),
        ("31.12.2026", "wcześniej"),
        ("nie", "wynagrodzenie"),
        ("4500 na rękę", "kwota brutto"),
        ("6,2 tys.", "18\u00a0600"),
    ),
    "part_time": (
        ("policz minimalną na pół etatu", "wymiar etatu"),
        ("1.5 etatu", "najwyżej cały etat"),
        ("[1/2 etatu]", "miesiąc"),
        ("grudzień 2026", "2403"),
    ),
    "overtime": (
        ("policz mi nadgodziny", "Za który miesiąc"),
        ("październik 2026", "pensja"),
        ("pięć tysięcy czterysta", "5400"),
        ("[Nie wiem]", "wymiar etatu"),
        ("[Cały etat]", "nadgodzin"),
        ("8", "w nocy"),
        ("4 godz.", "sobotę"),
        ("[0]", "w nocy"),
        ("16", "w niedziele"),
        ("zero", "albo"),
    ),
    "fixed_term": (
        ("kalkulator umów na czas określony", "Ile umów"),
        ("[2]", "pierwsza umowa"),
        ("od 1.02.2025", "oba dni"),
        ("od 1.02.2025 do 31.12.2025", "druga umowa"),
        ("od 1.01.2026 do 31.12.2026", "zastępstwo"),
        ("żadna", "następna umowa"),
        ("1.01.2027", "31.10.2027"),
    ),
    "parental_leave": (
        ("policz mi urlop macierzyński", "porodu"),
        (in_days(80), "Ile dzieci"),
        ("bliźnięta", "przed porodem"),
        ("[0]", "zaświadczenie"),
        ("nie", "31 tygodni"),
    ),
    "foreigner": (
        ("kreator zatrudnienia cudzoziemca", "Z jakiego państwa"),
        ("Białorusin", "Na jakiej podstawie"),
        ("wiza", "Jaki to dokument"),
        ("[Polska wiza albo karta pobytu z prawem do pracy]", "Jaka to będzie praca"),
        ("zwykła", "zacząć się praca"),
        (in_days(40), "Na jak długo"),
        ("rok", "oświadczenie"),
    ),
    "office": (
        ("gdzie jest mój urząd pracy?", "Którą miejscowość sprawdzić"),
        ("Brzeziny", "więcej niż jeden urząd"),
        ("[powiat brzeziński]", "Powiatowy Urząd Pracy w Brzezinach"),
        ("a urząd w Ełku", "Ełk"),
    ),
}
OFFER: Steps = (
    ("chcę dodać ofertę pracy", "Jak nazywa się pracodawca"),
    ("Piekarnia Kłos", "stanowisko"),
    ("sprzedawca / sprzedawczyni", "Ile osób"),
    ("2 osoby", "miejscowości"),
    ("Łomża", "Co trzeba będzie robić"),
    ("Obsługa klienta i układanie towaru", "Jaka będzie umowa"),
    ("[Umowa o pracę]", "wymiar etatu"),
    ("pół etatu", "dniach i godzinach"),
    ("pon.–pt. 8–12", "Od kiedy"),
    (in_days(40), "za miesiąc"),
    ("miesięcznie", "wynagrodzenie brutto"),
    ("2000", "niższe od minimalnego"),
    ("5 200 zł", "najwyższa kwota"),
    ("[Bez przedziału]", "liczone wynagrodzenie"),
    ("[Czasowo]", "wykształcenie"),
    ("[Bez wymagań]", "umiejętności"),
    ("tylko młode kobiety", "młode"),
    ("dokładność", "ważna"),
    (in_days(60), "zgłaszać"),
    ("[Telefonicznie]", "Odpowiedzi do tej pory"),
    ("zmień liczbę miejsc na 3", "Zmienione"),
    ("[Zgadza się]", "jest gotowa"),
)


@pytest.fixture(params=SIZES)
def window(request: pytest.FixtureRequest, browser: Browser, running: Running) -> Iterator[tuple[Page, str]]:
    """The open conversation in a window of one of the sizes, and the name of the size."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width, height = SIZES[request.param]
    context = browser.new_context(
        locale="pl-PL", viewport={"width": width, "height": height}, has_touch=request.param == "phone"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{running.address}/demo")
    open_chat(page)
    yield page, request.param
    context.close()
    assert errors == []


def say(page: Page, words: str, shown: str) -> Locator:
    """Say something, or click the button whose title is in brackets, and return the last answer."""
    before = bot(page).count()
    if words.startswith("["):
        page.locator("zielona-linia-chat .buttons button", has_text=words.strip("[]")).last.click()
    else:
        question_field(page).fill(words)
        question_field(page).press("Enter")
    expect(bot(page).nth(before)).to_be_visible(timeout=20_000)
    expect(bot(page).last, words).to_contain_text(re.compile(shown, re.IGNORECASE))
    return bot(page).last


def picture(page: Page, name: str) -> None:
    page.screenshot(path=SCREENSHOTS / f"dialog-{name}.png")


def walk(page: Page, name: str, steps: Steps) -> Locator:
    """Take all steps, with a picture of each third turn and of the result from its start to its end."""
    for number, (words, shown) in enumerate(steps, 1):
        last = say(page, words, shown)
        assert words.strip("[]").lower() in page.locator("zielona-linia-chat .bubble.visitor").last.inner_text().lower()
        assert too_wide(page) == [], words
        if number % 3 == 1 and number < len(steps):
            picture(page, f"{name}-{number:02}")
    picture(page, f"{name}-end-1")
    page.evaluate(f"() => {ROOT}.querySelector('.turn:last-of-type').scrollIntoView({{ block: 'end' }})")
    picture(page, f"{name}-end-2")
    return last


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window to the right."""
    found: list[str] = page.evaluate(
        f"""() => [...{ROOT}.querySelectorAll(".bubble, .buttons button, form.contact *")].filter(
          (node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.textContent.slice(0, 80))"""
    )
    return found


@pytest.mark.parametrize("name", WALKS)
def test_walk(window: tuple[Page, str], name: str) -> None:
    page, size = window
    walk(page, f"{name}-{size}", WALKS[name])
    assert violations(page) == []


def test_question_in_between_is_answered_before_the_form_asks_again(window: tuple[Page, str]) -> None:
    page, _ = window
    for words, shown in WALKS["benefit"][:3]:
        say(page, words, shown)
    before = bot(page).count()
    say(page, *WALKS["benefit"][3])
    assert bot(page).count() == before + 2
    expect(bot(page).nth(before)).to_contain_text("okres")


def test_list_of_the_registration_is_printed_and_taken_away(window: tuple[Page, str]) -> None:
    page, size = window
    page.evaluate("() => { delete Navigator.prototype.share; }")
    last = walk(page, f"list-{size}", WALKS["registration"])
    expect(last).to_contain_text("Dowód")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Drukuj listę").click()
    expect(opened.value.locator("pre")).to_contain_text("☐ ")
    opened.value.close()
    with page.expect_download() as started:
        page.get_by_role("button", name="Zapisz listę w pliku").click()
    assert "☐ " in started.value.path().read_text(encoding="utf-8")


def test_offer_becomes_a_ticket_with_documents(window: tuple[Page, str]) -> None:
    page, size = window
    walk(page, f"offer-{size}", OFFER)
    form = page.locator("zielona-linia-chat form.contact")
    expect(form.get_by_label(re.compile("^Powiat miejsca pracy"))).to_have_value("podlaskie/Łomża")
    form.get_by_label("Osoba do kontaktu").fill("Anna Kłos")
    form.get_by_label(re.compile("^NIP")).fill("526-025-02-75")
    form.get_by_label("Telefon").fill("600 700 800")
    form.get_by_role("checkbox").check()
    form.get_by_role("button", name="Wyślij ofertę").click()
    expect(form.get_by_label(re.compile("^NIP"))).to_be_focused()
    expect(form).to_contain_text("Ten NIP ma błąd")
    picture(page, f"offer-{size}-nip")
    assert violations(page) == []
    form.get_by_label(re.compile("^NIP")).fill("526-025-02-74")
    form.get_by_role("button", name="Wyślij ofertę").click()
    sent = page.locator("zielona-linia-chat .sent")
    expect(sent).to_contain_text(re.compile(PATTERN))
    assert focused(page) == "Oferta wysłana"
    picture(page, f"offer-{size}-sent")
    offer = json.loads(download(page, "JSON"))
    assert offer["office"]["id"] == "pup_lomza"
    expected = {"employer": "Piekarnia Kłos", "vacancies": 3, "contact_name": "Anna Kłos", "nip": "5260250274"}
    assert {name: offer["offer"][name] for name in expected} == expected
    pages = PdfReader(io.BytesIO(download(page, "PDF"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for part in (offer["reference"], "Piekarnia Kłos", "Anna Kłos", "+48 600 700 800", "1/2 etatu", "Łomży"):
        assert part in text


def download(page: Page, kind: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=f"Pobierz ofertę ({kind})").click()
    return started.value.path().read_bytes()


def test_human_gets_what_was_said_in_the_dialogue(window: tuple[Page, str]) -> None:
    page, size = window
    for words, shown in WALKS["benefit"][:2]:
        say(page, words, shown)
    for nonsense in ("hmm bla", "bla bla"):
        say(page, nonsense, "Pytanie 2")
    say(page, "blablabla", "19524")
    picture(page, f"human-{size}-1")
    say(page, "[Rozmowa z konsultantem]", "Pytanie 2")
    form = opened_form(page)
    form.get_by_label("Treść").fill("Proszę o pomoc w policzeniu zasiłku.")
    form.get_by_label("E-mail").fill("anna@poczta.pl")
    form.get_by_role("checkbox").check()
    picture(page, f"human-{size}-2")
    form.get_by_role("button", name="Wyślij wiadomość").click()
    expect(page.locator("zielona-linia-chat .sent")).to_contain_text(re.compile(PATTERN))
    picture(page, f"human-{size}-3")
