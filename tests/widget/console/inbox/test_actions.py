"""What is done on the page of a ticket: each action changes it, says so in the history, and stands in the audit log."""

from __future__ import annotations

import pytest

from tests.widget.accounts.people import Browser, actions
from tests.widget.console.site import Console, path
from widget.accounts.roles import Role
from widget.tickets.models import Ticket

# Action, form, entry of the audit log, what the page then says.
ACTIONS = [
    ("biore", {}, "zgloszenie.wziete", "Wzięte do pracy"),
    ("przejmuje", {"note": "pilne"}, "zgloszenie.przejete", "Przejęte od innej osoby: pilne"),
    ("pilnosc", {"high": "1"}, "zgloszenie.pilnosc", "Zmiana pilności: pilne"),
    ("notatka", {"note": "Dzwonić po 12"}, "zgloszenie.notatka", "Dzwonić po 12"),
    ("etykieta", {"tag": "kadry"}, "zgloszenie.etykieta", "kadry"),
    ("przypisz", {"to": ""}, "zgloszenie.przypisane", "Przypisane: nikt"),
    ("zamknij", {"note": "To spam"}, "zgloszenie.zamkniete", "Zamknięte: To spam"),
]
WRONG = [
    ("notatka", {"note": "  "}, "Notatka jest pusta"),
    ("notatka", {"note": "x" * 4001}, "za długi"),
    ("etykieta", {"tag": "!!"}, "Etykieta ma od 1 do 30 znaków"),
    ("przypisz", {"to": "nikt-taki"}, "Nie ma takiej osoby"),
    ("zamknij", {"note": ""}, "wymaga notatki"),
    ("polacz", {"into": ""}, "Nie ma zgłoszenia"),
    ("szukaj", {"query": "!!"}, "Proszę wpisać, czego szukać"),
    ("odrzuc", {"suggestion": "x", "reason": "nie_na_temat"}, "nie ma przy tym zgłoszeniu"),
    ("odrzuc", {"suggestion": "x", "reason": "bo tak"}, "wymaga powodu"),
    ("otworz", {}, "jest otwarte"),
]


@pytest.mark.parametrize(("action", "form", "entry", "said"), ACTIONS)
def test_action_is_done_told_and_logged(
    console: Console, anna: Browser, action: str, form: dict[str, str], entry: str, said: str
) -> None:
    ticket = console.ticket()
    answer = anna.send(path(ticket, action), **form)
    assert (answer.status_code, answer.headers["Location"]) == (303, path(ticket))
    assert said in anna.get(path(ticket)).text
    assert (entry, ticket.reference) in actions(console.app)


@pytest.mark.parametrize(("action", "form", "said"), WRONG)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    console: Console, anna: Browser, action: str, form: dict[str, str], said: str
) -> None:
    ticket = console.ticket()
    answer = anna.send(path(ticket, action), **form)
    assert answer.status_code in {404, 409, 422}
    assert said in answer.text
    assert console.fresh(ticket).updated_at == ticket.updated_at


@pytest.mark.parametrize(
    "action", [action for action, *_ in ACTIONS] + ["odpowiedz", "polacz", "odrzuc", "szukaj", "trwa"]
)
def test_every_action_needs_role_token_and_a_ticket(console: Console, anna: Browser, action: str) -> None:
    ticket = console.ticket()
    editor = console.browser_of(console.person("Redaktor", Role.EDITOR))
    assert editor.send(path(ticket, action)).status_code == 403
    assert anna.client.post(path(ticket, action)).status_code == 403
    assert anna.get(path(ticket, action)).status_code == 405
    assert anna.send(f"/panel/zgloszenia/ZL-26-AAAAAA/{action}").status_code == 404
    assert console.fresh(ticket).updated_at == ticket.updated_at


def test_drafts_are_no_tickets_yet(console: Console, anna: Browser) -> None:
    console.services.repository.create_conversation("c" * 36, now=console.desk.inbox.clock())
    draft = console.services.tickets.draft_offer("c" * 36, {"title": "Piekarz"}, now=console.desk.inbox.clock())
    assert anna.get(f"/panel/zgloszenia/{draft}").status_code == 404
    assert "Piekarz" not in anna.get("/panel/zgloszenia?stan=wszystkie").text


def test_job_offer_is_read_as_employers_wrote_it(console: Console, anna: Browser) -> None:
    offer = {"employer": "Piekarnia Źdźbło", "contract": "umowa_o_prace", "pay_from": "5200.00", "pay_to": None}
    page = anna.get(path(console.ticket("", kind="oferta_pracy", subject="Oferta pracy: Piekarz", payload=offer))).text
    for said in ("Pracodawca", "Piekarnia Źdźbło", "umowa o pracę", "5200,00 zł"):
        assert said in page
    assert "pay_from" not in page
    assert console.bot.asked == []


def test_tags_are_removed(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "etykieta"), tag="kadry")
    anna.send(path(ticket, "etykieta"), tag="kadry")
    assert anna.get(path(ticket)).text.count('name="remove"') == 1
    anna.send(path(ticket, "etykieta"), remove="kadry")
    assert 'name="remove"' not in anna.get(path(ticket)).text


def test_assigned_ticket_is_its_owners(console: Console, anna: Browser) -> None:
    ewa = console.person("Ewa Lis")
    ticket = console.ticket()
    anna.send(path(ticket, "przypisz"), to=ewa.id)
    assert "Przypisane: Ewa Lis." in anna.get(path(ticket)).text
    assert anna.send(path(ticket, "biore")).status_code == 409


def test_merged_tickets_keep_their_history(console: Console, anna: Browser) -> None:
    first, second = console.ticket("Pierwsze pytanie"), console.ticket("Drugie pytanie")
    assert str(second.reference) in anna.get(path(first)).text
    anna.send(path(first, "notatka"), note="Notatka pierwszego")
    answer = anna.send(path(first, "polacz"), into=str(second.reference).lower())
    assert answer.headers["Location"] == path(second)
    page = anna.get(path(second)).text
    assert f"Dołączono zgłoszenie {first.reference}" in page
    assert "Pierwsze pytanie" in page
    closed = anna.get(path(first)).text
    assert f"Dalej w zgłoszeniu {second.reference}" in closed
    assert "Notatka pierwszego" in closed
    assert console.fresh(first).state == "zamkniete"
    assert anna.send(path(first, "otworz")).status_code == 409


def test_tickets_of_different_senders_are_not_merged(console: Console, anna: Browser) -> None:
    one, other = console.ticket(), console.ticket(email="inna@poczta.pl")
    answer = anna.send(path(one, "polacz"), into=str(other.reference))
    assert answer.status_code == 409
    assert "różnych nadawców" in answer.text
    assert anna.send(path(one, "polacz"), into=str(one.reference)).status_code == 422


def test_who_works_on_a_ticket_is_not_disturbed(console: Console, anna: Browser) -> None:
    ticket, other = console.ticket(), console.ticket()
    anna.send(path(ticket, "biore"))
    ewa = console.browser_of(console.person("Ewa Lis"))
    for action, form in (
        ("przypisz", {"to": ""}),
        ("zamknij", {"note": "x"}),
        ("polacz", {"into": str(other.reference)}),
    ):
        assert ewa.send(path(ticket, action), **form).status_code == 409
    assert ewa.send(path(other, "polacz"), into=str(ticket.reference)).status_code == 409
    assert ewa.send(path(ticket, "notatka"), note="Dzwonił jeszcze raz").status_code == 303


def test_closed_ticket_is_opened_again(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "zamknij"), note="Pomyłka")
    assert "Otwórz ponownie" in anna.get(path(ticket)).text
    assert anna.send(path(ticket, "zamknij"), note="x").status_code == 409
    anna.send(path(ticket, "otworz"))
    assert console.fresh(ticket).state == "nowe"


def test_looking_at_a_ticket_is_logged(console: Console, anna: Browser) -> None:
    ticket: Ticket = console.ticket()
    anna.get(path(ticket))
    assert ("zgloszenie.obejrzane", ticket.reference) in actions(console.app)


def test_long_texts_and_markup_are_shown_as_they_are(console: Console, anna: Browser) -> None:
    text = "<script>alert(1)</script> " + "długie " * 300
    ticket = console.ticket(text, email=None, phone=None)
    page = anna.get(path(ticket)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "nie podano" in page
