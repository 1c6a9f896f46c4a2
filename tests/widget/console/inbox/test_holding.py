"""Two consultants never answer the same ticket."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from tests.widget.accounts.people import Browser, actions
from tests.widget.console.site import Console, path
from widget.console.inbox.service import HOLD
from widget.problems import ProblemError


@pytest.fixture
def ewa(console: Console) -> Browser:
    return console.browser_of(console.person("Ewa Lis"))


def test_who_takes_a_ticket_has_it_and_others_are_told(console: Console, anna: Browser, ewa: Browser) -> None:
    ticket = console.ticket()
    assert anna.send(path(ticket, "biore")).status_code == 303
    taken = console.fresh(ticket)
    assert (taken.state, taken.assigned_to, taken.held_by) == ("w_toku", console.anna.id, console.anna.id)
    refused = ewa.send(path(ticket, "biore"))
    assert refused.status_code == 409
    assert "Anna Nowak pracuje teraz nad tym zgłoszeniem" in refused.text
    assert "Anna Nowak pracuje teraz nad tym zgłoszeniem" in ewa.get(path(ticket)).text
    assert "Przejmij" in ewa.get(path(ticket)).text


def test_of_many_who_take_it_at_once_one_has_it(console: Console) -> None:
    ticket = console.ticket()
    people = [console.person(f"Osoba {number}") for number in range(5)]
    won: list[str] = []

    def take(number: int) -> None:
        try:
            console.desk.inbox.claim(ticket, people[number])
            won.append(people[number].id)
        except ProblemError:
            pass

    threads = [threading.Thread(target=take, args=[number]) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [console.fresh(ticket).held_by]


def test_hold_ends_by_itself_but_the_assignment_stays(console: Console, anna: Browser, ewa: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "biore"))
    later = dt.datetime.now(tz=dt.timezone.utc) + HOLD + dt.timedelta(seconds=1)
    console.desk.inbox.clock = lambda: later
    refused = ewa.send(path(ticket, "biore"))
    assert "ma przypisane: Anna Nowak" in refused.text
    assert console.fresh(ticket).held_by is None
    assert anna.send(path(ticket, "trwa")).status_code == 409


def test_sign_of_life_renews_the_hold_and_is_no_entry_of_the_log(console: Console, anna: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "biore"))
    until, before = console.fresh(ticket).held_until, len(actions(console.app))
    later = dt.datetime.now(tz=dt.timezone.utc) + dt.timedelta(minutes=2)
    console.desk.inbox.clock = lambda: later
    assert anna.send(path(ticket, "trwa")).get_json() == {"kept": True}
    renewed = console.fresh(ticket).held_until
    assert until is not None
    assert renewed is not None
    assert renewed > until
    assert len(actions(console.app)) == before


def test_taking_over_needs_a_word_why(console: Console, anna: Browser, ewa: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "biore"))
    assert ewa.send(path(ticket, "przejmuje"), note=" ").status_code == 422
    assert ewa.send(path(ticket, "przejmuje"), note="Ania jest na urlopie").status_code == 303
    status = anna.get(path(ticket, "stan")).get_json()
    assert (status["holder"], status["mine"]) == ("Ewa Lis", False)
    assert anna.send(path(ticket, "trwa")).status_code == 409
    assert "Ania jest na urlopie" in anna.get(path(ticket)).text
    assert ("zgloszenie.przejete", ticket.reference) in actions(console.app)


def test_who_gives_a_ticket_back_leaves_it_to_all(console: Console, anna: Browser, ewa: Browser) -> None:
    ticket = console.ticket()
    anna.send(path(ticket, "biore"))
    assert ewa.send(path(ticket, "oddaje")).status_code == 409
    assert anna.send(path(ticket, "oddaje")).status_code == 303
    free = console.fresh(ticket)
    assert (free.state, free.assigned_to, free.held_by) == ("nowe", None, None)
    assert ewa.send(path(ticket, "biore")).status_code == 303


def test_what_is_answered_cannot_be_taken(console: Console, anna: Browser) -> None:
    ticket = console.ticket(state="wyslane")
    refused = anna.send(path(ticket, "biore"))
    assert refused.status_code == 409
    assert "już załatwione" in refused.text
    assert console.fresh(ticket).held_by is None
