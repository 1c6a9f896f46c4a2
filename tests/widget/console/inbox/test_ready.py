"""Ready texts: placeholders, whose they are, and who may change them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.widget.accounts.people import Browser, actions
from tests.widget.console.site import Console, path
from widget.console.inbox.ready import PLACEHOLDERS, filled, unfilled

ADDRESS = "/panel/zgloszenia/gotowe-teksty"


def ids(browser: Browser) -> list[str]:
    return re.findall(r'gotowe-teksty/([0-9a-f-]{36})"', browser.get(ADDRESS).text)


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(min_size=1)))
def test_text_without_placeholders_stays_as_it_is(text: str, values: dict[str, str]) -> None:
    plain = text.replace("{", "")
    assert filled(plain, values) == plain
    assert unfilled(plain) == []


def test_what_has_no_value_stays_to_be_seen() -> None:
    assert filled("{numer} {powiat}", {"numer": "ZL", "powiat": ""}) == "ZL {powiat}"
    assert unfilled("Nr {numer}, {cokolwiek}") == ["numer"]


def test_shared_texts_are_everybodys_and_own_ones_ones_own(console: Console, anna: Browser) -> None:
    ewa = console.browser_of(console.person("Ewa Lis"))
    anna.send(ADDRESS, title="Tylko mój", text="Numer {numer}")
    anna.send(ADDRESS, title="Wspólny", text="Pozdrawiam, {konsultant}", shared="1")
    pages = {text_id: anna.get(f"{ADDRESS}/{text_id}").text for text_id in ids(anna)}
    own = next(text_id for text_id, page in pages.items() if 'value="Tylko mój"' in page)
    shared = next(text_id for text_id, page in pages.items() if 'value="Wspólny"' in page)
    assert ids(ewa) == [shared]
    for action in ("", "/usun"):
        assert ewa.send(f"{ADDRESS}/{own}{action}", title="x", text="y").status_code == 404
    assert ewa.get(f"{ADDRESS}/{own}").status_code == 404
    ticket = console.ticket()
    assert ewa.send(path(ticket, "odpowiedz"), insert=own, text="").status_code == 404
    page = ewa.send(path(ticket, "odpowiedz"), insert=shared, text="Dzień dobry").text
    assert "Dzień dobry\n\nPozdrawiam, Ewa Lis</textarea>" in page
    assert ewa.send(f"{ADDRESS}/{shared}", title="Wspólny 2", text="Pa", shared="1").status_code == 303
    assert "Wspólny 2" in anna.get(ADDRESS).text
    assert anna.send(f"{ADDRESS}/{own}/usun").status_code == 303
    assert ids(anna) == [shared]
    assert {"gotowy_tekst.zapisany", "gotowy_tekst.usuniety"} <= {action for action, _ in actions(console.app)}


def test_mistakes_are_told_at_their_fields(anna: Browser) -> None:
    answer = anna.send(ADDRESS, title="", text="Numer {nr}")
    assert answer.status_code == 422
    assert "Nazwa ma od 1 do 80 znaków" in answer.text
    assert "Nieznane pole: {nr}" in answer.text
    assert "Numer {nr}</textarea>" in answer.text
    assert ids(anna) == []


def test_ticket_offers_texts_filled_in(console: Console, anna: Browser) -> None:
    anna.send(ADDRESS, title="Powiat", text="{numer}: {powiat}, {urzad}")
    ticket = console.ticket(county="podlaskie/Łomża")
    page = anna.get(path(ticket)).text
    office = console.services.tickets.counties.office_of("podlaskie/Łomża")
    assert office is not None
    assert f"{ticket.reference}: {console.services.tickets.counties.titles['podlaskie/Łomża']}, {office.name}" in page


def test_text_with_a_gap_is_not_sent(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    answer = anna.send(path(ticket, "odpowiedz"), answer_id="a", text="Powiat {powiat}", channel="e-mail")
    assert answer.status_code == 422
    assert "nieuzupełnione pole: {powiat}" in answer.text
    assert console.letters == []
