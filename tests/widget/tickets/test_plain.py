"""The contact form on the page without scripts."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.widget.console.site import SOURCE, bot_answer
from tests.widget.tickets.conftest import CONTACT, OFFER, Site
from widget.chat.clients import BotClient
from widget.tickets.models import Ticket
from widget.tickets.references import PATTERN


def fields(page: str) -> dict[str, str]:
    """What the contact form on the page would send as it stands, without ticked boxes."""
    form = page.split('<form class="contact"')[1].split("</form>")[0]
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    for value, name in re.findall(r'value="([^"]*)" id="[\w-]+" name="(email|phone)"', form):
        found[name] = value
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    county = re.search(r'<option value="([^"]*)" selected>', form)
    return {**found, "question": text[1] if text else "", "county": county[1] if county else ""}


def unanswered(site: Site) -> str:
    # The bot does not run here, so nobody can answer, and the form is offered.
    answer = site.client.post("/pytanie", data={"text": "Czy dostanę zasiłek?", "client_id": "pytanie-1"})
    return answer.get_data(as_text=True)


def test_law_that_nobody_has_checked_is_told_as_such(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    unchecked = {**SOURCE, "article": "art. 200", "verified": False}
    monkeypatch.setattr(BotClient, "send", lambda *_, **__: ([bot_answer(sources=[SOURCE, unchecked])], "model"))
    page = " ".join(unanswered(site).split())
    assert re.search(r"art\. 217 – [^<]+</a>, sprawdzono 25\.11\.2026", page)
    assert re.search(r"art\. 200 – [^<]+</a>, przepis jeszcze niesprawdzony</li>", page)


def test_form_is_filled_in_sent_and_gets_its_reference(site: Site) -> None:
    page = unanswered(site)
    assert "Zgadzam się na użycie tych danych" in page
    sent = {**fields(page), "email": "anna@poczta.pl", "consent": "1", "county": "podlaskie/Łomża"}
    assert sent["question"] == "Czy dostanę zasiłek?"
    answer = site.client.post("/wiadomosc", data=sent)
    assert answer.status_code == 201
    text = answer.get_data(as_text=True)
    assert re.search(PATTERN, text)
    assert "Odpowiedź do: " in text
    with Session(site.engine) as session:
        [ticket] = session.scalars(select(Ticket))
    assert (ticket.email, ticket.office) == ("anna@poczta.pl", "pup_lomza")


def test_mistakes_are_at_their_fields_and_nothing_is_lost(site: Site) -> None:
    sent = {**fields(unanswered(site)), "email": "anna@", "county": "podlaskie/Łomża", "question": "Tak & nie?"}
    answer = site.client.post("/wiadomosc", data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Ten adres e-mail ma błąd" in page
    assert "Bez tej zgody" in page
    assert page.count('aria-invalid="true"') == 2
    again = fields(page)
    assert (again["email"], again["county"], again["question"]) == ("anna@", "podlaskie/Łomża", "Tak &amp; nie?")
    assert again["client_id"] == sent["client_id"]


def test_form_of_another_conversation_is_refused(site: Site) -> None:
    sent = {**fields(unanswered(site)), "email": "anna@poczta.pl", "consent": "1", "token": "x"}
    assert site.client.post("/wiadomosc", data=sent).status_code == 401


def test_offer_is_completed_without_scripts_too(site: Site) -> None:
    conversation, headers = site.begin()
    token = headers["Authorization"].removeprefix("Bearer ")
    sent = {
        "conversation": conversation, "token": token, "client_id": "formularz-1",
        "draft": site.draft(conversation, OFFER), **CONTACT,
        "kind": "oferta_pracy", "phone": "600 700 800", "consent": "1",
    }  # fmt: skip
    refused = site.client.post("/wiadomosc", data={**sent, "nip": "123"}).get_data(as_text=True)
    assert "Ten NIP ma błąd" in refused
    assert "Zgadzam się, żeby urząd pracy otrzymał tę ofertę" in refused
    assert re.search('value="Anna Źdźbło" id="kontakt-contact_name"', refused)
    answer = site.client.post("/wiadomosc", data=sent)
    assert answer.status_code == 201
    assert re.search(PATTERN, answer.get_data(as_text=True))
    assert "Oferta wysłana" in answer.get_data(as_text=True)
