"""Answers are checked, sent once, really received, and kept with what was suggested."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widget.accounts.people import Browser, actions
from tests.widget.console.site import ANSWER, FORMER, Console, answer, bot_answer, path, suggestion_ids
from widget.console.mail.answering import Answer, new_answer_id
from widget.console.suggestions.models import Reply
from widget.problems import ProblemError


def reply_of(console: Console, ticket: Any) -> Reply:
    [found] = console.desk.suggestions.repository.replies(ticket.id)
    return found


def test_suggestion_with_an_edit_is_received_with_its_basis(console: Console, anna: Browser) -> None:
    ticket = console.ticket("Czy dostanę zasiłek?\nPracuję dwa lata.")
    first = suggestion_ids(anna.get(path(ticket)).text)[0]
    sent = ANSWER.replace("w urzędzie pracy", "przez internet")
    assert answer(anna, ticket, sent, taken=first).headers["Location"] == "/panel/zgloszenia"
    [letter] = console.letters
    assert (letter["To"], letter["From"]) == ("jan@poczta.pl", "Zielona Linia <linia@example.org>")
    assert letter["Subject"] == f"Odpowiedź na zgłoszenie {ticket.reference}: Czy dostanę zasiłek? Pracuję dwa lata."
    text = letter.get_content()
    assert sent in text
    assert "- art. 217, ustawa o rynku pracy i służbach zatrudnienia (obowiązuje od 01.06.2025)" in text
    assert "http://localhost/ocena/" in text
    assert "> Pracuję dwa lata." in text
    reply = reply_of(console, ticket)
    assert (reply.state, reply.text, reply.suggested) == ("wyslana", sent, ANSWER)
    assert reply.likeness is not None
    assert 0.7 < reply.likeness < 1
    done = console.fresh(ticket)
    assert (done.state, done.assigned_to, done.held_by) == ("wyslane", console.anna.id, None)
    assert ("odpowiedz.wyslana", ticket.reference) in actions(console.app)
    assert sent in anna.get(path(ticket)).text


def test_basis_of_what_was_deleted_again_is_not_sent(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    first = suggestion_ids(anna.get(path(ticket)).text)[0]
    answer(anna, ticket, "Proszę napisać, o jaką sprawę chodzi.", taken=first)
    assert "Podstawa prawna" not in console.letters[0].get_content()
    assert reply_of(console, ticket).sources == []


def test_form_sent_twice_is_one_letter(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    form = {"answer_id": new_answer_id(), "text": "Odpowiedź.", "channel": "e-mail"}
    assert anna.send(path(ticket, "odpowiedz"), **form).status_code == 303
    again = anna.send(path(ticket, "odpowiedz"), **form)
    assert again.status_code == 409
    assert "już załatwione" in again.text
    assert len(console.letters) == 1


def test_two_forms_of_one_ticket_are_one_letter(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    stale = console.fresh(ticket)
    answer(anna, ticket, "Pierwsza.")
    with pytest.raises(ProblemError, match="już załatwione"):
        console.desk.answering.answer(
            stale, console.anna, Answer(new_answer_id(), "Druga.", "e-mail"), base_url="http://x"
        )
    assert len(console.letters) == 1


def test_who_does_not_hold_the_ticket_loses_no_text(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "biore"))
    ewa = console.browser_of(console.person("Ewa Lis"))
    refused = ewa.send(path(ticket, "odpowiedz"), answer_id=new_answer_id(), text="Długo pisane.", channel="e-mail")
    assert refused.status_code == 409
    assert "Anna Nowak pracuje teraz" in refused.text
    assert "Długo pisane.</textarea>" in refused.text
    assert console.letters == []


def test_former_law_is_flagged_before_sending(console: Console, anna: Browser) -> None:
    console.bot.messages = [bot_answer(sources=[FORMER])]
    ticket = console.ticket()
    first = suggestion_ids(anna.get(path(ticket)).text)[0]
    flagged = answer(anna, ticket, ANSWER, taken=first)
    assert flagged.status_code == 422
    assert "Przed wysłaniem proszę sprawdzić przepisy" in flagged.text
    assert f"{ANSWER}</textarea>" in flagged.text
    assert console.letters == []
    assert answer(anna, ticket, ANSWER, taken=first, confirmed="1").status_code == 303
    assert len(console.letters) == 1


def test_former_law_in_ones_own_words_is_flagged(console: Console, anna: Browser) -> None:
    flagged = answer(anna, console.ticket(), "Mówi o tym ustawa o promocji zatrudnienia.")
    assert "Ten akt obowiązywał do 31.05.2025" in flagged.text
    assert console.letters == []


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("  ", {}, "Odpowiedź jest pusta"),
        ("x" * 10_001, {}, "za długa"),
        ("x", {"channel": "gołąb"}, "Nieznany sposób"),
    ],
)
def test_what_cannot_be_sent_is_said(
    console: Console, anna: Browser, text: str, options: dict[str, str], said: str
) -> None:
    refused = answer(anna, console.ticket(), text, **options)
    assert refused.status_code == 422
    assert said in refused.text
    assert console.letters == []


def test_mail_server_that_is_away_costs_nothing(make_console: Any) -> None:
    console: Console = make_console(SMTP_URL="smtp://127.0.0.1:1")
    browser, ticket = console.browser_of(console.anna), console.ticket()
    form = {"answer_id": new_answer_id(), "text": "Odpowiedź.", "channel": "e-mail"}
    refused = browser.send(path(ticket, "odpowiedz"), **form)
    assert refused.status_code == 502
    assert "można ją wysłać jeszcze raz" in refused.text
    assert "Odpowiedź.</textarea>" in refused.text
    assert reply_of(console, ticket).state == "niewyslana"
    assert console.fresh(ticket).state == "nowe"
    # The same form again, when the server is back.
    sent: list[str] = []
    console.desk.answering.mailer = type("Mailer", (), {"send": lambda self, to, *rest: sent.extend(to)})()  # type: ignore[assignment]
    assert browser.send(path(ticket, "odpowiedz"), **form).status_code == 303
    assert sent == ["jan@poczta.pl"]
    assert reply_of(console, ticket).state == "wyslana"


def test_without_a_mail_server_the_page_says_so(make_console: Any) -> None:
    console: Console = make_console(SMTP_URL="")
    browser, ticket = console.browser_of(console.anna), console.ticket()
    assert "Poczta nie jest jeszcze ustawiona" in browser.get(path(ticket)).text
    assert answer(browser, ticket, "Odpowiedź.").status_code == 422


def test_phone_call_closes_the_ticket_with_its_note(console: Console, anna: Browser) -> None:
    ticket = console.ticket(email=None, phone="+48600700800")
    assert "Zapisz rozmowę i zamknij" in anna.get(path(ticket)).text
    assert answer(anna, ticket, "Odpowiedź.").status_code == 422
    assert answer(anna, ticket, "Wyjaśniono terminy.", channel="telefon").status_code == 303
    assert console.fresh(ticket).state == "zamkniete"
    assert (reply_of(console, ticket).channel, console.letters) == ("telefon", [])
    assert ("odpowiedz.telefon", ticket.reference) in actions(console.app)
