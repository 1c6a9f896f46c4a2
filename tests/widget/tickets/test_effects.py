"""Effects of the bot, carried out over a real database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge_base.content.store import Content
from tests.widget.test_turn import Bot
from tests.widget.tickets.conftest import OFFER, Site
from tests.widget.tickets.test_api import validate
from widget.chat.turn import Turns, public_message
from widget.tickets.effects import Effects
from widget.tickets.models import DRAFT, Ticket
from zielona.clock import WARSAW

IN_HOURS = dt.datetime(2026, 11, 26, 12, 0, tzinfo=WARSAW)
AT_NIGHT = dt.datetime(2026, 11, 27, 22, 0, tzinfo=WARSAW)
FORM = {"kind": "contact_form", "reason": "rozmowa_z_czlowiekiem", "topic": "rozmowa_z_czlowiekiem"}


@pytest.fixture
def effects(site: Site, content: Content) -> Effects:
    return Effects(site.services.tickets, site.services.repository, content, site.services.constants)


def message(kind: str = "answer", effect: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": kind, "text": "Treść.", "topic": None, "extra": {}, "effect": effect}


def test_message_without_effect_stays_as_it_is(effects: Effects) -> None:
    assert effects.carry_out("x", message(), now=IN_HOURS) == {
        "type": "answer", "text": "Treść.", "topic": None, "extra": {}
    }  # fmt: skip


def test_in_hours_the_phone_comes_first_and_the_form_waits(effects: Effects) -> None:
    said = effects.carry_out("x", message("handover", FORM), now=IN_HOURS)
    assert said["text"].startswith("Konsultanci odbierają teraz telefon.")
    assert said["extra"]["form"]["open"] is False


def test_after_hours_the_form_comes_first_with_when_somebody_answers(effects: Effects) -> None:
    said = effects.carry_out("x", message("handover", FORM), now=AT_NIGHT)
    assert said["extra"]["form"]["open"] is True
    assert "poniedziałek, 30 listopada 2026, godz. 8.00" in said["text"]
    assert "wtorek, 1 grudnia 2026, godz. 18.00" in said["text"]


def test_who_is_told_nothing_may_always_write(effects: Effects) -> None:
    form = effects.carry_out("x", message("unknown"), now=AT_NIGHT)["extra"]["form"]
    assert form == {"kind": "pytanie", "open": False, "question": "", "topic": None, "draft": None, "county": None}


def test_complaint_is_sent_as_one(effects: Effects) -> None:
    effect = {"kind": "contact_form", "reason": "skarga", "topic": "skarga"}
    assert effects.carry_out("x", message(effect=effect), now=IN_HOURS)["extra"]["form"]["kind"] == "skarga"


def test_offer_is_kept_until_its_form_is_sent(effects: Effects, site: Site) -> None:
    conversation, _ = site.begin()
    effect = {"kind": "job_offer", "offer": OFFER, "office": "pup_lomza", "county": "podlaskie/Łomża"}
    form = effects.carry_out(conversation, message(effect=effect), now=IN_HOURS)["extra"]["form"]
    with Session(site.engine) as session:
        [ticket] = session.scalars(select(Ticket))
    assert (form["kind"], form["draft"], form["open"]) == ("oferta_pracy", ticket.id, True)
    assert form["county"] == "podlaskie/Łomża"
    assert (ticket.state, ticket.reference, ticket.payload) == (DRAFT, None, OFFER)
    assert (ticket.office, ticket.county) == ("pup_lomza", "podlaskie/Łomża")


def test_offer_that_could_not_be_kept_is_said(effects: Effects) -> None:
    said = effects.carry_out(
        "no such conversation", message(effect={"kind": "job_offer", "offer": OFFER}), now=IN_HOURS
    )
    assert "Nie udało się zachować oferty" in said["text"]
    assert said["extra"] == {}


def test_checklist_is_published(effects: Effects) -> None:
    effect = {"kind": "checklist", "title": "Dokumenty", "lines": ["dowód", "świadectwo pracy"]}
    said = effects.carry_out("x", message(effect=effect), now=IN_HOURS)
    assert said["extra"]["checklist"] == {"title": "Dokumenty", "lines": ["dowód", "świadectwo pracy"]}


def test_unknown_effect_costs_nobody_the_answer(effects: Effects) -> None:
    assert effects.carry_out("x", message(effect={"kind": "fireworks"}), now=IN_HOURS)["text"] == "Treść."


def test_effect_is_stored_published_and_never_shown_as_a_command(
    site: Site, effects: Effects, content: Content
) -> None:
    conversation, headers = site.begin()
    bot = Bot({"type": "handover", "text": "Numer.", "topic": "rozmowa_z_czlowiekiem", "effect": FORM})
    way = Turns(
        site.services.repository, bot, site.services.search, content, site.services.constants, effects  # type: ignore[arg-type]
    )  # fmt: skip
    bot.messages.append({"type": "unknown", "text": "Nie wiem."})
    way.answer(conversation, "Czy mój pies dostanie zasiłek? tel. 600700800", None)
    told = way.answer(conversation, "połącz z człowiekiem", None)
    published = [public_message(item, content.acts) for item in told.messages]
    for item in published:
        validate(item, "Message")
        assert "effect" not in item
    body = site.client.get(f"/api/v1/conversations/{conversation}/messages", headers=headers).get_json()
    assert [item["form"] for item in body["turns"][1]["messages"]] == [item["form"] for item in published]
    assert "contact_form" not in str(body)


def test_form_begins_with_the_question_that_was_asked(site: Site, effects: Effects, content: Content) -> None:
    conversation, _ = site.begin()
    bot = Bot({"type": "unknown", "text": "Nie wiem."})
    way = Turns(
        site.services.repository, bot, site.services.search, content, site.services.constants, effects  # type: ignore[arg-type]
    )  # fmt: skip
    first = way.answer(conversation, "Czy mój pies dostanie zasiłek? tel. 600700800", None)
    assert first.messages[0]["extra"]["form"]["question"] == "Czy mój pies dostanie zasiłek? tel. [telefon]"
    bot.messages = [{"type": "handover", "text": "Numer.", "topic": "rozmowa_z_czlowiekiem", "effect": FORM}]
    way.answer(conversation, "połącz z człowiekiem", None)
    last = way.answer(conversation, "no połącz", None)
    assert last.messages[0]["extra"]["form"]["question"] == "Czy mój pies dostanie zasiłek? tel. [telefon]"
