"""The list: what it shows, in which order, page by page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widget.accounts.people import Browser
from tests.widget.console.site import Console, path
from widget.console.inbox.filters import Cursor, cursor_of, read_filter, searched_words
from widget.console.inbox.service import PAGE_SIZE

HOUR = dt.timedelta(hours=1)


def shown(browser: Browser, query: str = "") -> list[str]:
    return re.findall(r'data-reference="(ZL[^"]+)"', browser.get(f"/panel/zgloszenia{query}").text)


def test_empty_inbox_says_that_all_is_done(anna: Browser) -> None:
    assert "Wszystko załatwione" in anna.get("/panel/zgloszenia").text
    assert "Nic nie pasuje" in anna.get("/panel/zgloszenia?szukaj=cokolwiek").text


def test_urgent_ones_come_first_then_those_due_soonest(console: Console, anna: Browser, now: dt.datetime) -> None:
    late = console.ticket("po terminie", due_at=now - HOUR)
    soon = console.ticket("niedługo", due_at=now + HOUR)
    urgent = console.ticket("skarga", due_at=now + 9 * HOUR, priority=1)
    console.ticket("szkic", state="szkic")
    assert shown(anna) == [urgent.reference, late.reference, soon.reference]
    page = anna.get("/panel/zgloszenia").text
    assert page.count('<span class="badge bad">') == 1
    assert "po terminie</span>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?rodzaj=skarga", ["a"]), ("?powiat=podlaskie/Łomża", ["b"]), ("?temat=zasilek_prawo", ["b"]),
        ("?po_terminie=1", ["c"]), ("?moje=1", ["c"]), ("?etykieta=pilny kontakt", ["a"]), ("?stan=wyslane", ["d"]),
        ("?stan=nonsens&rodzaj=nonsens", ["c", "a", "b"]), ("?szukaj=zolty", ["b"]), ("?szukaj=ŻÓŁTY+zasilek", ["b"]),
        ("?szukaj=zolty+renta", []), ("?szukaj=ola@poczta.pl", ["a"]), ("?szukaj=600700800", ["c"]),
        ("?szukaj=100%25", []),
    ],
)  # fmt: skip
def test_filters_and_search(console: Console, anna: Browser, now: dt.datetime, query: str, found: list[str]) -> None:
    a = console.ticket("Skarga na urząd", kind="skarga", email="ola@poczta.pl", due_at=now + HOUR)
    b = console.ticket("Żółty zasiłek", county="podlaskie/Łomża", topic="zasilek_prawo", due_at=now + 2 * HOUR)
    c = console.ticket("Staż", due_at=now - HOUR, assigned_to=console.anna.id, phone="+48600700800")
    d = console.ticket("Wysłane", state="wyslane")
    anna.send(path(a, "etykieta"), tag="Pilny  Kontakt")
    names = {"a": a.reference, "b": b.reference, "c": c.reference, "d": d.reference}
    assert shown(anna, query) == [names[name] for name in found]


def test_reference_is_found_as_it_is_typed(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    console.ticket()
    assert shown(anna, f"?szukaj={str(ticket.reference).lower()}") == [ticket.reference]


@pytest.mark.parametrize("view", ["otwarte", "wyslane"])
def test_pages_hold_every_ticket_once(console: Console, anna: Browser, now: dt.datetime, view: str) -> None:
    state = "nowe" if view == "otwarte" else "wyslane"
    # Many share their due time and their last change.
    made = {
        str(console.ticket(f"nr {n}", state=state, due_at=now + (n % 3) * HOUR, priority=n % 2, now=now).reference)
        for n in range(PAGE_SIZE * 2 + 5)
    }
    found, address, pages = [], f"?stan={view}", 0
    while address:
        page = anna.get(f"/panel/zgloszenia{address}").text
        found += re.findall(r'data-reference="(ZL[^"]+)"', page)
        following = re.search(r'rel="next" href="/panel/zgloszenia([^"]+)"', page)
        address, pages = following[1].replace("&amp;", "&") if following else "", pages + 1
    assert pages == 3
    assert len(found) == len(made)
    assert set(found) == made


def test_open_page_fetches_the_list_alone(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    part = anna.get("/panel/zgloszenia/lista?stan=nowe").text
    assert str(ticket.reference) in part
    assert "<html" not in part


@given(st.text())
def test_nonsense_in_an_address_is_the_first_page(text: str) -> None:
    assert cursor_of(text) is None or isinstance(cursor_of(text), Cursor)
    assert all(word.strip() == word for word in searched_words(text))
    assert read_filter({"stan": text, "rodzaj": text, "szukaj": text}, me="x").states


def test_cursor_survives_the_address() -> None:
    cursor = Cursor(1, dt.datetime(2026, 11, 26, 8, 5, tzinfo=dt.timezone.utc), "abc")
    assert cursor_of(cursor.as_text()) == cursor
