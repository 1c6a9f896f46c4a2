"""The rating link: nobody else can make one, opening it rates nothing, two clicks do."""

from __future__ import annotations

import re

import pytest

from tests.widget.accounts.people import Browser
from tests.widget.console.site import Console, answer, path
from widget.console.mail.ratings import rating_path, signature
from widget.console.suggestions.models import Reply


@pytest.fixture
def link(console: Console, anna: Browser) -> str:
    answer(anna, console.ticket(), "Odpowiedź.")
    found = re.search(r"http://localhost(/ocena/\S+)", console.letters[0].get_content())
    assert found
    return found[1]


def rated(console: Console, link: str) -> Reply:
    reply = console.desk.suggestions.repository.reply(link.split("/")[2])
    assert reply is not None
    return reply


def test_opening_the_link_rates_nothing(console: Console, link: str) -> None:
    client = console.app.test_client()
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
    assert "Czy odpowiedź Zielonej Linii pomogła?" in page.text
    assert client.head(link).status_code == 200
    assert rated(console, link).helpful is None


def test_a_click_rates_and_the_last_word_counts(console: Console, link: str) -> None:
    client = console.app.test_client()
    assert "Dziękujemy" in client.post(link, data={"helpful": "1"}).text
    assert rated(console, link).helpful is True
    assert "Zapisana ocena" in client.get(link).text
    client.post(link, data={"helpful": "0", "reason": "unclear"})
    reply = rated(console, link)
    assert (reply.helpful, reply.reason) == (False, "unclear")


def test_consultant_sees_the_rating(console: Console, anna: Browser, link: str) -> None:
    console.app.test_client().post(link, data={"helpful": "0", "reason": "too_little"})
    ticket = console.desk.inbox.repository.by_id(rated(console, link).ticket_id)
    assert ticket is not None
    page = anna.get(path(ticket)).text
    assert "nie pomogła: za mało szczegółów" in page


@pytest.mark.parametrize("form", [{"helpful": "1", "reason": "unclear"}, {"helpful": "0", "reason": "bo nie"}])
def test_reason_that_is_none_is_refused(console: Console, link: str, form: dict[str, str]) -> None:
    assert console.app.test_client().post(link, data=form).status_code == 422
    assert rated(console, link).helpful is None


def test_link_that_is_not_ours_opens_nothing(console: Console, link: str) -> None:
    client = console.app.test_client()
    _, _, reply_id, mark = link.split("/")
    other = signature("inna", "x" * 32)
    for wrong in (f"/ocena/{reply_id}/{other}", f"/ocena/inna/{mark}", rating_path("inna", "x" * 32), f"{link}x"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong, data={"helpful": "1"}).status_code == 404
    assert rated(console, link).helpful is None
