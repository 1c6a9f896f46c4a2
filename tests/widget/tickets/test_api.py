"""Tickets over HTTP, over a real database."""

from __future__ import annotations

import datetime as dt
import re
import threading
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.widget.tickets.conftest import OFFER, Site
from widget.chat.openapi import document
from widget.tickets.models import HIGH, Ticket
from widget.tickets.references import PATTERN
from widget.tickets.repository import TicketRepository


def validate(data: Any, schema: str) -> None:
    components = document()["components"]
    jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": components}).validate(data)


def stored(site: Site) -> list[Ticket]:
    with Session(site.engine) as session:
        return list(session.scalars(select(Ticket)))


def test_question_gets_a_reference_and_a_due_time(site: Site) -> None:
    answer = site.send(site.begin(), county="podlaskie/Łomża", phone="600 700 800")
    body = answer.get_json()
    assert answer.status_code == 201
    validate(body, "Ticket")
    assert re.fullmatch(PATTERN, body["reference"])
    assert body["state_name"] == "Nowe"
    assert body["due_text"].startswith("Odpowiedź do: ")
    assert dt.datetime.fromisoformat(body["due_at"]) > dt.datetime.now(tz=dt.timezone.utc)
    [ticket] = stored(site)
    assert (ticket.subject, ticket.office, ticket.phone) == ("Czy dostanę zasiłek?", "pup_lomza", "+48600700800")
    assert ticket.consent_at is not None


def test_masked_conversation_goes_with_it(site: Site) -> None:
    conversation = site.begin()
    url = f"/api/v1/conversations/{conversation[0]}/messages"
    site.client.post(url, json={"text": "mój PESEL 44051401359, co teraz"}, headers=conversation[1])
    site.send(conversation)
    [ticket] = stored(site)
    assert ticket.summary[0] == {"who": "visitor", "text": "mój PESEL [PESEL], co teraz"}
    assert ticket.summary[1]["who"] == "assistant"
    assert "anna@poczta.pl" not in str(ticket.summary)


def test_sent_again_it_is_the_same_ticket(site: Site) -> None:
    conversation = site.begin()
    references = {site.send(conversation).get_json()["reference"] for _ in range(3)}
    assert len(references) == 1
    assert site.send(conversation, client_id="formularz-2").get_json()["reference"] not in references
    assert site.send(site.begin()).get_json()["reference"] not in references


def test_sent_twice_at_once_it_is_one_ticket(site: Site) -> None:
    conversation = site.begin()
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(site.send(conversation).status_code)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 4
    assert len(stored(site)) == 1


def test_complaint_comes_first(site: Site) -> None:
    site.send(site.begin(), kind="skarga")
    assert stored(site)[0].priority == HIGH


def test_mistakes_are_told_by_field(site: Site) -> None:
    answer = site.send(site.begin(), email="anna@", consent=False)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    validate(answer.get_json(), "Problem")
    assert answer.get_json()["errors"].keys() == {"email", "consent"}
    assert stored(site) == []


def test_ticket_belongs_to_who_holds_the_token(site: Site) -> None:
    owner, stranger = site.begin(), site.begin()
    reference = site.send(owner).get_json()["reference"]
    assert site.read(owner, reference).get_json()["reference"] == reference
    assert site.read(owner, reference.lower()).status_code == 200
    assert site.read((owner[0], stranger[1]), reference).status_code == 401
    assert site.read((owner[0], {}), reference).status_code == 401
    assert site.read(stranger, reference).status_code == 404
    assert site.read(owner, "ZL-26-AAAAAA").status_code == 404
    assert site.send((owner[0], stranger[1])).status_code == 401
    assert site.send(("11111111-1111-4111-8111-111111111111", owner[1])).status_code == 401


def test_offer_of_another_conversation_can_be_neither_sent_nor_read(site: Site) -> None:
    owner, stranger = site.begin(), site.begin()
    draft = site.draft(owner[0], OFFER)
    assert site.send(stranger, draft=draft).status_code == 404
    reference = site.send(owner, draft=draft).get_json()["reference"]
    for name in (f"{reference}.pdf", f"{reference}.json"):
        assert site.read(stranger, name).status_code == 404
        assert site.read((owner[0], stranger[1]), name).status_code == 401


def test_offer_is_sent_once_and_keeps_its_reference(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(conversation[0], OFFER)
    first = site.send(conversation, draft=draft, question="").get_json()
    again = site.send(conversation, draft=draft, question="", client_id="formularz-2").get_json()
    assert first["kind"] == "oferta_pracy"
    assert again["reference"] == first["reference"]
    [ticket] = stored(site)
    assert (ticket.subject, ticket.state) == ("Oferta pracy: Piekarz / piekarka", "nowe")
    contact = {"contact_name": "Anna Źdźbło", "nip": "5260250274", "phone": None, "email": "anna@poczta.pl"}
    assert ticket.payload == {**OFFER, **contact}


def test_offer_keeps_the_office_that_was_promised_unless_a_county_is_chosen(site: Site) -> None:
    place = {"office": "pup_lomza", "county": "podlaskie/Łomża"}
    for chosen, office, county in (
        (None, "pup_lomza", "podlaskie/Łomża"), ("podlaskie/suwalski", "pup_suwalki", "podlaskie/suwalski"),
    ):  # fmt: skip
        conversation = site.begin()
        draft = site.draft(conversation[0], OFFER, **place)
        reference = site.send(conversation, draft=draft, county=chosen).get_json()["reference"]
        [ticket] = [ticket for ticket in stored(site) if ticket.reference == reference]
        assert (ticket.office, ticket.county) == (office, county)
        assert site.read(conversation, f"{reference}.json").get_json()["office"]["id"] == office


def test_unknown_place_of_an_offer_is_left_out(site: Site) -> None:
    conversation = site.begin()
    site.draft(conversation[0], OFFER, office="pup_atlantyda", county="podlaskie/Atlantyda")
    assert [(ticket.office, ticket.county) for ticket in stored(site)] == [(None, None)]


def test_offer_without_a_person_or_with_a_wrong_nip_is_told_at_its_fields(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(conversation[0], OFFER)
    answer = site.send(conversation, draft=draft, contact_name="", nip="5260250275")
    validate(answer.get_json(), "Problem")
    assert answer.get_json()["errors"].keys() == {"contact_name", "nip"}
    assert [ticket.state for ticket in stored(site)] == ["szkic"]


def test_question_has_no_document(site: Site) -> None:
    conversation = site.begin()
    reference = site.send(conversation).get_json()["reference"]
    assert site.read(conversation, f"{reference}.pdf").status_code == 404


def test_ticket_outlives_its_conversation_without_being_shown(site: Site) -> None:
    conversation = site.begin()
    url = f"/api/v1/conversations/{conversation[0]}/messages"
    site.client.post(url, json={"text": "czy dostanę zasiłek"}, headers=conversation[1])
    reference = site.send(conversation).get_json()["reference"]
    site.draft(conversation[0], OFFER)
    assert stored(site)[0].summary
    assert site.client.delete(f"/api/v1/conversations/{conversation[0]}", headers=conversation[1]).status_code == 204
    assert site.read(conversation, reference).status_code == 404
    [ticket] = stored(site)
    assert (ticket.conversation_id, ticket.summary, ticket.text) == (None, [], "Czy dostanę zasiłek?")
    assert site.send(conversation, client_id="formularz-2").status_code == 404


def test_form_has_a_limit_of_its_own(make_site: Any) -> None:
    site = make_site(TICKET_LIMIT="2 per hour")
    conversation = site.begin()
    answers = [site.send(conversation, client_id=f"formularz-{number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert "Za dużo" in answers[2].get_json()["detail"]
    reference = answers[0].get_json()["reference"]
    assert site.read(conversation, reference).status_code == 200


def test_database_that_is_away_is_said_and_nothing_is_lost_in_silence(make_site: Any) -> None:
    site = make_site(DATABASE_URL="sqlite:////nowhere/tickets.db")
    answer = site.send(site.begin())
    assert answer.status_code == 503
    assert "Nie udało się zapisać" in answer.get_json()["detail"]


def test_what_stands_around_the_form(make_site: Any) -> None:
    site = make_site(DATA_CONTROLLER="Urząd Przykładowy", PRIVACY_URL="https://example.pl/rodo")
    body = site.client.get("/api/v1/contact").get_json()
    validate(body, "Contact")
    assert "Urząd Przykładowy" in body["consent"]
    assert "Urząd Przykładowy" in body["offer_consent"]
    assert "opublikował" in body["offer_consent"]
    assert body["consent_language"] == "pl"
    assert body["privacy_url"] == "https://example.pl/rodo"


@pytest.mark.parametrize(("language", "said"), [("uk", "зайнятості"), ("en", "labour"), ("ru", "занятости")])
def test_consent_is_said_in_the_language_of_the_interface(make_site: Any, language: str, said: str) -> None:
    site = make_site(DATA_CONTROLLER="Urząd Przykładowy")
    body = site.client.get(f"/api/v1/contact?language={language}").get_json()
    assert body["consent_language"] == language
    assert said in body["offer_consent"]
    assert all("Urząd Przykładowy" in body[name] for name in ("consent", "offer_consent"))


def test_counties_are_listed(site: Site) -> None:
    answer = site.client.get("/api/v1/counties")
    validate(answer.get_json(), "Counties")
    assert "max-age" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{"])
def test_what_is_no_form_is_a_problem(site: Site, body: bytes) -> None:
    conversation = site.begin()
    answer = site.client.post(
        f"/api/v1/conversations/{conversation[0]}/tickets",
        data=body, headers={**conversation[1], "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 400


def test_offers_that_nobody_sent_go_with_the_conversation(site: Site) -> None:
    conversation = site.begin()
    site.send(conversation)
    site.draft(conversation[0], OFFER)
    TicketRepository(site.engine).forget(conversation[0])
    assert [(ticket.state, ticket.summary) for ticket in stored(site)] == [("nowe", [])]
