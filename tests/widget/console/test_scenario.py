"""The whole way of a question: asked at ten in the evening, answered at five past eight, rated, counted."""

from __future__ import annotations

import datetime as dt
import re

import time_machine

from tests.widget.accounts.people import actions
from tests.widget.console.site import ANSWER, TOPIC, Console, answer, suggestion_ids
from widget.accounts.roles import Role
from zielona.clock import WARSAW

EVENING = dt.datetime(2026, 11, 25, 22, 0, tzinfo=WARSAW)
MORNING = dt.datetime(2026, 11, 26, 8, 5, tzinfo=WARSAW)


def accepted(console: Console) -> tuple[int, int]:
    """Answers about the topic that suggestions were shown for, and how many were made of one."""
    rows = console.desk.suggestions.repository.acceptance(EVENING - dt.timedelta(days=90))
    found = next((row for row in rows if row.topic == TOPIC), None)
    return (found.answers, found.as_it_was + found.edited) if found else (0, 0)


def test_question_of_the_evening_is_answered_in_the_morning(console: Console) -> None:
    visitor = console.app.test_client()
    with time_machine.travel(EVENING):
        begun = visitor.post("/api/v1/conversations", json={}).get_json()
        form = {
            "question": "Czy dostanę zasiłek?",
            "email": "jan@poczta.pl",
            "consent": True,
            "client_id": "formularz-1",
        }
        headers = {"Authorization": f"Bearer {begun['token']}"}
        sent = visitor.post(f"/api/v1/conversations/{begun['id']}/tickets", json=form, headers=headers).get_json()
        assert sent["due_text"] == "Odpowiedź do: piątek, 27 listopada 2026, godz. 18.00"
    before = accepted(console)
    with time_machine.travel(MORNING):
        consultant = console.browser_of(console.anna)
        assert sent["reference"] in consultant.get("/panel/zgloszenia").text
        address = f"/panel/zgloszenia/{sent['reference']}"
        assert consultant.send(f"{address}/biore").status_code == 303
        [first, *_] = suggestion_ids(consultant.get(address).text)
        ticket = console.desk.inbox.find(sent["reference"])
        text = f"{ANSWER} W razie pytań proszę dzwonić."
        assert answer(consultant, ticket, text, taken=first).status_code == 303
    [letter] = console.letters
    assert text in letter.get_content()
    link = re.search(r"http://localhost(/ocena/\S+)", letter.get_content())
    assert link
    with time_machine.travel(MORNING + dt.timedelta(hours=1)):
        visitor.get(link[1])
        assert visitor.post(link[1], data={"helpful": "1"}).status_code == 200
        [reply] = console.desk.suggestions.repository.replies(ticket.id)
        assert reply.helpful is True
        assert reply.sent_at is not None
        assert abs(reply.sent_at - MORNING) < dt.timedelta(minutes=5)
        assert accepted(console) == (before[0] + 1, before[1] + 1)
        admin = console.browser_of(console.person("Administrator", Role.ADMINISTRATOR))
        page = admin.get("/panel/zgloszenia/podpowiedzi").text
        assert "100%" in page
    done = {"zgloszenie.wziete", "zgloszenie.obejrzane", "odpowiedz.wyslana"}
    assert done <= {action for action, thing in actions(console.app) if thing == sent["reference"]}
    state = visitor.get(f"/api/v1/conversations/{begun['id']}/tickets/{sent['reference']}", headers=headers).get_json()
    assert state["state"] == "wyslane"
