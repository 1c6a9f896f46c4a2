"""A labour office, or the question which one, as a message of the public contract."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from actions.messages import Lines, message
from actions.offices import Found, Match
from knowledge_base.content.offices import TOWN, VOIVODESHIP_OFFICE, Office
from knowledge_base.content.store import Content

MAX_OFFICES = 8
TOPIC = "adres_urzedu"
# The topic whose first source says which office is the right one.
_RIGHT_OFFICE = "rejestracja_wlasciwy_urzad"


def found_message(found: Found, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> dict[str, Any]:
    """The office where there is one; a question where there are several or a slip was repaired; else "nie znalazłem".

    The buttons of a question carry what `find` understands as that office alone.
    """
    say, trace = Lines(content, day, constants), {"content": content.version, "office": None}
    if not found.matches:
        return message("unknown", say("office_not_found"), topic=TOPIC, trace=trace)
    if not found.ambiguous:
        return office_message(found.matches[0], content, day=day, constants=constants)
    if len(found.matches) > MAX_OFFICES:
        name = "office_too_many"
    else:
        name = "office_choice" if all(match.sure for match in found.matches) else "office_slip"
    buttons = [{"title": match.label, "payload": place_payload(match.label)} for match in found.matches[:MAX_OFFICES]]
    return message("choice", say(name), topic=TOPIC, buttons=buttons, trace=trace)


def place_payload(place: str) -> str:
    """The payload of a button that asks for the office of a place."""
    return f"/{TOPIC}{json.dumps({'miejsce': place}, ensure_ascii=False)}"


def office_message(match: Match, content: Content, *, day: dt.date, constants: Mapping[str, str]) -> dict[str, Any]:
    """Name, served counties and contact; what is not verified is marked and the official list linked."""
    office = match.office
    parts = ["\n".join(contact_lines(office))]
    notes = []
    if match.place and match.place.kind != TOWN and not match.place.county.city:
        notes.append("office_village")
    if match.postal_code:
        notes.append("office_postal")
    if not office.verified:
        notes.append("office_unverified" if office.street else "office_no_contact")
    say = Lines(content, day, constants)
    parts += [say(name) for name in notes]
    topic = content.topics.get(_RIGHT_OFFICE)
    basis = [] if topic is None or office.kind == VOIVODESHIP_OFFICE else topic.sources[:1]
    return message(
        "answer",
        "\n\n".join(parts),
        topic=TOPIC,
        sources=[source.as_dict() for source in basis if source.in_force(day)],
        confidence=1.0,
        trace={"content": content.version, "office": office.id},
    )


def contact_lines(office: Office) -> list[str]:
    """Name, served counties and contact of an office, as lines of Markdown."""
    return [f"**{office.name}**", *(f"- {label}: {value}" for label, value in facts_of(office))]


def facts_of(office: Office) -> list[tuple[str, str]]:
    """What is known of an office, each with its label."""
    served = ", ".join(county.title for county in office.counties) or f"województwo {office.voivodeship}"
    address = ", ".join(part for part in (office.street, f"{office.postal_code} {office.town}".strip()) if part)
    facts = [
        ("obsługuje", served),
        ("adres" if office.street else "siedziba", address),
        ("telefon", office.phone),
        ("e-mail", office.email),
        ("strona", office.site),
        ("godziny", office.hours),
    ]
    if office.verified:
        facts.append(("stan na", office.checked_on.strftime("%d.%m.%Y")))
    return [(label, value) for label, value in facts if value]
