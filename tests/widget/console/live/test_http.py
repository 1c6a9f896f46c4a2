"""Live chats over HTTP: the visitor's API, the turn that stops before the bot, the consultant's pages, the audit."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update
from werkzeug.test import TestResponse

from tests.widget.accounts.people import Browser, actions, add_person, make_app, signed_in
from widget.accounts.roles import Role
from widget.chat.clients import AwayError, BotClient
from widget.console.live.models import Presence, Takeover
from widget.console.live.service import LOST

ALWAYS = "1-7 0:00-23:59"
WISH = "chcę rozmawiać z człowiekiem"


class Bot:
    """A bot that knows two things: how to hand over, and one answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forgotten: list[str | None] = []
        self.away = False

    def send(self, conversation_id: str, text: str, **_: Any) -> tuple[list[dict[str, Any]], str | None]:
        if self.away:
            raise AwayError("away")
        self.asked.append(text)
        if "człowiek" in text:
            effect = {"kind": "contact_form", "reason": "rozmowa_z_czlowiekiem", "topic": "rozmowa_z_czlowiekiem"}
            return [{"type": "handover", "text": "Już łączę.", "topic": "rozmowa_z_czlowiekiem", "effect": effect}], "m"
        return [
            {"type": "answer", "text": "**Zasiłek** należy się.", "topic": "zasilek_wysokosc", "confidence": 0.9}
        ], "m"

    def forget(self, *, sender: str | None = None, **_: Any) -> None:
        self.forgotten.append(sender)


class Visitor:
    """A visitor with a conversation, who holds its token."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        body = self.client.post("/api/v1/conversations", json={}).get_json()
        self.address = f"/api/v1/conversations/{body['id']}"
        self.id = body["id"]
        self.headers = {"Authorization": f"Bearer {body['token']}"}

    def say(self, text: str) -> dict[str, Any]:
        answer = self.client.post(f"{self.address}/messages", json={"text": text}, headers=self.headers)
        found: dict[str, Any] = answer.get_json()
        return found

    def wish(self, wish: str) -> TestResponse:
        return self.client.post(f"{self.address}/live", json={"wish": wish}, headers=self.headers)

    def hear(self, after: int | str = 0) -> TestResponse:
        return self.client.get(f"{self.address}/live?after={after}", headers=self.headers)

    def history(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{self.address}/messages", headers=self.headers).get_json()
        return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("live"), TICKET_DAYS=ALWAYS, LIVE_LIMIT="10000 per minute")


@pytest.fixture(scope="module")
def browsers(app: Flask) -> dict[str, Browser]:
    found = {role.value: signed_in(app, role) for role in Role}
    add_person(app, Role.CONSULTANT, email="jan@example.org", name="Jan Kos")
    found["jan"] = Browser(app)
    found["jan"].sign_in("jan@example.org")
    return found


@pytest.fixture
def bot(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Bot:
    services, made = app.extensions["zielona"], Bot()
    for name in ("send", "forget"):
        # In place of the method, without `self`: every slot has a client of its own.
        monkeypatch.setattr(BotClient, name, staticmethod(getattr(made, name)))
    with services.engine.begin() as connection:
        for table in (Takeover, Presence):
            connection.execute(delete(table))
    # The setting names every day of the week; public holidays are closed all the same.
    monkeypatch.setattr(type(services.hours), "is_open", lambda self, now: True)
    return made


@pytest.fixture
def visitor(app: Flask, bot: Bot) -> Visitor:
    return Visitor(app)


def queue_up(visitor: Visitor, browser: Browser) -> str:
    """The visitor waits; the address of the chat in the panel."""
    assert browser.get("/panel/rozmowy").status_code == 200
    visitor.say(WISH)
    assert visitor.wish("wait").get_json()["state"] == "waiting"
    found = re.search(r'href="(/panel/rozmowy/[\w-]{36})"', browser.get("/panel/rozmowy/stan").text)
    assert found
    return found[1]


def lead(visitor: Visitor, browser: Browser) -> str:
    address = queue_up(visitor, browser)
    assert browser.send(f"{address}/przejmij").status_code == 303
    return address


def test_a_human_is_offered_while_one_is_there(visitor: Visitor, browsers: dict[str, Browser]) -> None:
    assert visitor.say(WISH)["messages"][0]["form"]["live"] is False
    browsers["konsultant"].get("/panel/rozmowy")
    assert visitor.say(WISH)["messages"][0]["form"]["live"] is True
    assert visitor.say("Ile wynosi zasiłek?")["messages"][0]["form"] is None


def test_while_a_consultant_leads_the_bot_is_silent(
    app: Flask, visitor: Visitor, bot: Bot, browsers: dict[str, Browser]
) -> None:
    consultant = browsers["konsultant"]
    address = lead(visitor, consultant)
    asked = len(bot.asked)
    for text in ("Dzień dobry, mój numer to 600700800", "???"):
        answer = visitor.say(text)
        assert (answer["outcome"], answer["messages"]) == ("handed_over", [])
    assert len(bot.asked) == asked
    page = consultant.get(address).text
    assert "mój numer to [telefon]" in page
    assert "600700800" not in page
    assert consultant.send(f"{address}/wiadomosc", tekst="W czym pomóc?", klucz="klucz-1-2-3").status_code == 303
    heard = visitor.hear().get_json()
    assert heard["state"] == "active"
    assert [(item["who"], item["text"]) for item in heard["messages"]] == [
        ("zdarzenie", "taken"), ("konsultant", "W czym pomóc?"),
    ]  # fmt: skip
    assert visitor.hear(heard["messages"][-1]["id"]).get_json()["messages"] == []
    assert visitor.history()["live"]["open"] is True
    consultant.send(f"{address}/oddaj", notatka="Proszę złożyć wniosek.")
    assert visitor.say("Ile wynosi zasiłek?")["outcome"] == "answered"
    assert [item["text"] for item in visitor.history()["live"]["messages"]][-2:] == [
        "Proszę złożyć wniosek.",
        "returned",
    ]
    done = [action for action, _ in actions(app) if action.startswith("rozmowa.")]
    assert done == ["rozmowa.przejecie", "rozmowa.wiadomosc", "rozmowa.oddanie"]
    assert "Proszę złożyć wniosek." in consultant.get(address).text


def test_the_bot_still_answers_who_only_waits(visitor: Visitor, browsers: dict[str, Browser]) -> None:
    queue_up(visitor, browsers["konsultant"])
    assert visitor.say("Ile wynosi zasiłek?")["outcome"] == "answered"


def test_others_cannot_read_or_act(app: Flask, visitor: Visitor, browsers: dict[str, Browser]) -> None:
    address = lead(visitor, browsers["konsultant"])
    jan, boss = browsers["jan"], browsers["administrator"]
    for path in ("", "/zmiany", "/podpowiedz"):
        assert jan.get(address + path).status_code == 404, path
    for path in ("/przejmij", "/wiadomosc", "/oddaj"):
        assert jan.send(address + path, tekst="x y").status_code == 404, path
        assert boss.send(address + path, tekst="x y").status_code in {404, 409}, path
    assert boss.get(f"{address}/zmiany").status_code == 404
    before = actions(app).count(("rozmowa.podglad", address.rpartition("/")[2]))
    assert boss.get(address).status_code == 200
    assert actions(app).count(("rozmowa.podglad", address.rpartition("/")[2])) == before + 1
    assert browsers["redaktor"].get(address).status_code == 403


def test_a_dropped_connection_leaves_the_choice_to_the_visitor(
    app: Flask, visitor: Visitor, browsers: dict[str, Browser]
) -> None:
    address = lead(visitor, browsers["konsultant"])
    _lose(app)
    assert visitor.hear().get_json()["state"] == "lost"
    # The page of the consultant comes back.
    assert browsers["konsultant"].get(f"{address}/zmiany").get_json()["mine"] is True
    assert visitor.hear().get_json()["state"] == "active"
    _lose(app)
    assert visitor.wish("wait").get_json()["state"] == "waiting"
    assert browsers["konsultant"].send(f"{address}/wiadomosc", tekst="Jestem", klucz="klucz-4-5-6").status_code == 409
    assert browsers["jan"].send(f"{address}/przejmij").status_code == 303
    assert visitor.hear().get_json()["consultant"] == "Jan"
    _lose(app)
    assert visitor.wish("stop").get_json()["state"] == "left"
    assert visitor.say("Ile wynosi zasiłek?")["outcome"] == "answered"


def _lose(app: Flask) -> None:
    long_ago = dt.datetime.now(tz=dt.timezone.utc) - 2 * LOST
    with app.extensions["zielona"].engine.begin() as connection:
        connection.execute(update(Takeover).values(consultant_seen_at=long_ago))


def test_drafts_are_the_assistants_answer_and_leave_nothing(
    visitor: Visitor, bot: Bot, browsers: dict[str, Browser]
) -> None:
    address = lead(visitor, browsers["konsultant"])
    visitor.say("Ile wynosi zasiłek?")
    found = browsers["konsultant"].get(f"{address}/podpowiedz").get_json()
    assert found["question"] == "Ile wynosi zasiłek?"
    assert found["drafts"][0]["text"] == "Zasiłek należy się."
    assert len(bot.forgotten) == 1
    assert bot.forgotten[0] != visitor.id
    bot.away = True
    assert browsers["konsultant"].get(f"{address}/podpowiedz").status_code == 503


@pytest.mark.parametrize("after", ["-1", "x", "1" * 30])
def test_nonsense_is_refused(visitor: Visitor, after: str) -> None:
    assert visitor.hear(after).status_code == 422
    assert visitor.wish("dance").status_code == 422


def test_only_who_holds_the_token_hears(app: Flask, visitor: Visitor) -> None:
    stranger = Visitor(app)
    assert stranger.client.get(f"{visitor.address}/live", headers=stranger.headers).status_code == 401
    body = {"wish": "wait"}
    assert stranger.client.post(f"{visitor.address}/live", json=body, headers=stranger.headers).status_code == 401


def test_the_stream_begins_and_is_limited(app: Flask, browsers: dict[str, Browser], bot: Bot) -> None:
    answer = browsers["konsultant"].client.get("/panel/rozmowy/strumien", buffered=False)
    assert next(iter(answer.response)).startswith(b"retry: 2000\nevent: start")
    assert answer.mimetype == "text/event-stream"
    answer.close()


def test_the_visitor_can_see_and_erase_what_a_consultant_wrote(visitor: Visitor, browsers: dict[str, Browser]) -> None:
    address = lead(visitor, browsers["konsultant"])
    browsers["konsultant"].send(f"{address}/wiadomosc", tekst="Proszę przyjść z dowodem.", klucz="klucz-7-8-9")
    own = visitor.client.get(visitor.address, headers=visitor.headers).get_json()
    assert [item["text"] for item in own["consultants"]] == ["taken", "Proszę przyjść z dowodem."]
    assert visitor.client.delete(visitor.address, headers=visitor.headers).status_code == 204
    assert browsers["konsultant"].get(address).status_code == 404


def test_the_question_in_the_queue_is_the_matter_not_the_wish(visitor: Visitor, browsers: dict[str, Browser]) -> None:
    visitor.say("Ile wynosi zasiłek?")
    queue_up(visitor, browsers["konsultant"])
    page = browsers["konsultant"].get("/panel/rozmowy/stan").text
    assert "Ile wynosi zasiłek?" in page
    assert WISH not in page
