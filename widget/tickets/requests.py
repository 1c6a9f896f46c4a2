"""What a visitor sends by the contact form, checked field by field.

Every mistake is told at its field, in plain Polish, and all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from widget.chat.inputs import clean_text, client_id, has_words
from widget.chat.masking import mask
from widget.problems import ProblemError
from widget.tickets.counties import Counties
from widget.tickets.models import KINDS
from widget.tickets.nip import read_nip

QUESTION, OFFER = "pytanie", "oferta_pracy"
# `rozmowa` is made of unanswered conversations, never by a visitor.
SENDABLE = tuple(kind for kind in KINDS if kind != "rozmowa")
FIELDS = ("question", "email", "phone", "county", "consent")
# What the form of a job offer asks besides.
OFFER_FIELDS = ("contact_name", "nip")


@dataclass(frozen=True)
class TicketRequest:
    """A form that can be taken. `text` is masked: a consultant needs no PESEL; `draft` is the offer it completes."""

    kind: str
    text: str
    email: str | None
    phone: str | None
    county: str | None
    topic: str | None
    draft: str | None
    client_id: str
    contact_name: str | None = None
    nip: str | None = None


def read_request(body: Mapping[str, Any], counties: Counties, *, limit: int) -> TicketRequest:
    """Check the form. Raises ProblemError (422) with a text for every wrong field."""
    errors: dict[str, str] = {}
    draft = _short(body.get("draft"))
    text = _question(body.get("question"), errors, limit=limit, needed=draft is None)
    email = _email(body.get("email"), errors)
    phone = _phone(body.get("phone"), errors)
    if not (email or phone or errors.keys() & {"email", "phone"}):
        errors["email"] = "Proszę podać adres e-mail albo numer telefonu, żeby można było odpowiedzieć."
    county = _short(body.get("county"))
    if county is not None and county not in counties.titles:
        errors["county"] = "Nie ma takiego powiatu na liście."
    contact_name, nip = _of_offer(body, errors) if draft is not None else (None, None)
    if body.get("consent") is not True:
        purpose = "odpowiedzieć na wiadomość" if draft is None else "przekazać oferty do urzędu"
        errors["consent"] = f"Bez tej zgody nie można {purpose}."
    if errors:
        raise ProblemError(422, "Formularz wymaga poprawek.", errors=errors)
    kind = body.get("kind", QUESTION)
    if kind not in SENDABLE:
        raise ProblemError(422, f"Nieznany rodzaj zgłoszenia. Dozwolone: {', '.join(SENDABLE)}.")
    if kind == OFFER and draft is None:
        raise ProblemError(422, "Brakuje szkicu oferty. Przygotowuje go asystent w rozmowie.")
    sent = client_id(body.get("client_id"))
    if sent is None:
        raise ProblemError(
            422, "Brakuje pola „client_id”, dzięki któremu ponowne wysłanie nie tworzy drugiego zgłoszenia."
        )
    topic = _short(body.get("topic"))
    return TicketRequest(kind, mask(text), email, phone, county, topic, draft, sent, contact_name, nip)


def _of_offer(body: Mapping[str, Any], errors: dict[str, str]) -> tuple[str | None, str | None]:
    """The contact person, whom an offer needs, and the NIP, which a private person has not."""
    name, given = _short(body.get("contact_name")), _short(body.get("nip"))
    if name is None or not any(letter.isalpha() for letter in name):
        errors["contact_name"] = "Proszę podać imię i nazwisko osoby, która odpowie na pytania o tę ofertę."
    nip = read_nip(given) if given else None
    if given and nip is None:
        errors["nip"] = "Ten NIP ma błąd. Powinien mieć 10 cyfr, a ostatnia musi pasować do pozostałych."
    return name, nip


def _question(value: object, errors: dict[str, str], *, limit: int, needed: bool) -> str:
    try:
        text = clean_text(value, limit=limit)
    except ProblemError as error:
        empty = not isinstance(value, str) or not value.strip()
        if empty and needed:
            errors["question"] = "Proszę napisać pytanie."
        elif not empty:
            errors["question"] = error.detail
        return ""
    if not has_words(text):
        errors["question"] = "W pytaniu nie ma słów. Proszę napisać je zwykłym tekstem."
    return text


def _email(value: object, errors: dict[str, str]) -> str | None:
    given = _short(value)
    if given is None:
        return None
    try:
        return validate_email(given, check_deliverability=False).normalized
    except EmailNotValidError:
        errors["email"] = "Ten adres e-mail ma błąd. Przykład: anna@poczta.pl."
        return None


def _phone(value: object, errors: dict[str, str]) -> str | None:
    """The number in its international form; without a prefix it is a Polish one."""
    given = _short(value)
    if given is None:
        return None
    try:
        number = phonenumbers.parse(given, "PL")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        errors["phone"] = "Ten numer telefonu ma błąd. Polski ma 9 cyfr, zagraniczny zaczyna się od plusa."
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _short(value: object) -> str | None:
    """A short text, or nothing; what is no text is nothing."""
    return value.strip()[:254] or None if isinstance(value, str) else None
