from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.widget.tickets.conftest import FORM
from widget.problems import ProblemError
from widget.tickets.counties import counties
from widget.tickets.requests import FIELDS, OFFER_FIELDS, TicketRequest, read_request


def read(**changes: Any) -> TicketRequest:
    return read_request({**FORM, **changes}, counties(), limit=2000)


def errors(**changes: Any) -> dict[str, str]:
    with pytest.raises(ProblemError) as refused:
        read(**changes)
    assert refused.value.status == 422
    return refused.value.errors


def test_form_is_taken() -> None:
    asked = read(county="podlaskie/Łomża", topic="zasilek_prawo")
    assert (asked.kind, asked.text, asked.email) == ("pytanie", "Czy dostanę zasiłek?", "anna@poczta.pl")
    assert (asked.county, asked.topic, asked.phone, asked.draft) == ("podlaskie/Łomża", "zasilek_prawo", None, None)


@pytest.mark.parametrize(
    ("given_", "stored"),
    [("600 700 800", "+48600700800"), ("+48 600-700-800", "+48600700800"), ("(85) 744 27 00", "+48857442700"),
     ("+380 67 123 4567", "+380671234567")],
)  # fmt: skip
def test_phone_is_stored_in_one_form(given_: str, stored: str) -> None:
    assert read(email="", phone=given_).phone == stored


@pytest.mark.parametrize("phone", ["12", "abc", "600 700", "+48 1", "0000000000000"])
def test_wrong_phone_is_told_at_its_field(phone: str) -> None:
    assert errors(phone=phone).keys() == {"phone"}


@pytest.mark.parametrize("email", ["anna", "anna@", "@poczta.pl", "anna poczta@x.pl", "a@b@c.pl", "anna@localhost"])
def test_wrong_email_is_told_at_its_field(email: str) -> None:
    assert errors(email=email).keys() == {"email"}


def test_everything_wrong_is_told_at_once() -> None:
    found = errors(question=" ", email="anna@", phone="1", county="podlaskie/Atlantyda", consent=False)
    assert set(found) == set(FIELDS)
    assert all(text.endswith(".") for text in found.values())


def test_one_way_to_answer_is_needed() -> None:
    assert errors(email="", phone=None).keys() == {"email"}


@pytest.mark.parametrize("consent", [False, None, "true", 1, "on"])
def test_consent_is_a_clear_yes(consent: object) -> None:
    assert errors(consent=consent) == {"consent": "Bez tej zgody nie można odpowiedzieć na wiadomość."}
    offer = errors(consent=consent, draft="1234", contact_name="Anna")
    assert offer == {"consent": "Bez tej zgody nie można przekazać oferty do urzędu."}


def test_offer_needs_no_question() -> None:
    asked = read(question="", draft="1234", contact_name=" Anna Kowal ", nip="PL 526-025-02-74")
    assert (asked.draft, asked.contact_name, asked.nip) == ("1234", "Anna Kowal", "5260250274")


@pytest.mark.parametrize(("contact", "wrong"), [
    ({}, {"contact_name"}), ({"contact_name": "1 2 3"}, {"contact_name"}), ({"contact_name": "Jan", "nip": ""}, None),
    ({"contact_name": "Jan", "nip": "12"}, {"nip"}), ({"nip": "5260250275"}, {"contact_name", "nip"}),
])  # fmt: skip
def test_offer_needs_a_person_and_a_nip_that_can_be(contact: dict[str, str], wrong: set[str] | None) -> None:
    if wrong is None:
        assert read(draft="1234", **contact).nip is None
    else:
        assert errors(draft="1234", **contact).keys() == wrong


def test_other_forms_ask_for_no_person() -> None:
    assert read(contact_name="Anna", nip="1").contact_name is None


def test_personal_numbers_are_masked() -> None:
    assert read(question="Mój PESEL to 44051401359, co dalej?").text == "Mój PESEL to [PESEL], co dalej?"


@pytest.mark.parametrize(
    "change", [{"kind": "rozmowa"}, {"kind": 7}, {"kind": "oferta_pracy"}, {"client_id": None}, {"client_id": "?"}]
)
def test_what_no_form_sends_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ProblemError):
        read(**change)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=40), st.lists, max_leaves=4)


def refusal(changes: dict[str, Any]) -> ProblemError | None:
    try:
        read(**changes)
    except ProblemError as error:
        return error
    return None


# The first input is slow to make on a busy machine: it loads the tables of Unicode.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes=st.dictionaries(st.sampled_from([*FORM, *FIELDS, *OFFER_FIELDS, "kind", "draft", "topic"]), JSON))
def test_any_form_is_taken_or_refused_in_polish(changes: dict[str, Any]) -> None:
    refused = refusal(changes)
    assert refused is None or (refused.status in {413, 422} and refused.detail)
