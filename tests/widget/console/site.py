"""What tests of the console work with: tickets, people, and services that answer as they are told."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import uuid
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.widget.accounts.people import PASSWORD, Browser, add_person
from widget.accounts.models import User
from widget.accounts.roles import Role
from widget.chat.clients import AwayError
from widget.chat.services import Services
from widget.console.inbox.desk import Desk
from widget.tickets.models import NEW, Ticket
from widget.tickets.repository import TicketRepository

SOURCE = {
    "act": "DU/2025/620", "article": "art. 217", "title": "Zasiłek", "url": "https://eli.gov.pl/eli/DU/2025/620/ogl",
    "valid_from": "2025-06-01", "valid_to": None, "checked_on": "2026-11-25", "verified": True,
}  # fmt: skip
FORMER = {**SOURCE, "act": "DU/2004/1001", "article": "art. 71", "valid_from": "2004-06-01", "valid_to": "2025-05-31"}
ANSWER = "Zasiłek należy się po 365 dniach pracy w ostatnich 18 miesiącach. Wniosek składa się w urzędzie pracy."
TOPIC = "zasilek_prawo"


@dataclass
class Mailbox:
    """Takes messages as a mail server does."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append(message)  # type: ignore[arg-type]
        return "250 OK"


@dataclass
class Post:
    url: str
    messages: list[EmailMessage]


@dataclass
class StubBot:
    """A bot with one answer; `away` it does not answer."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    away: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    def send(self, conversation_id: str, text: str, **options: Any) -> tuple[list[dict[str, Any]], str | None]:
        self.asked.append({"conversation": conversation_id, "text": text, **options})
        if self.away:
            raise AwayError("ConnectTimeout")
        return self.messages, "model"


@dataclass
class StubSearch:
    """A search with given results."""

    results: list[dict[str, Any]] = field(default_factory=list)
    probability: float = 0.4
    away: bool = False

    def search(self, query: dict[str, Any], *, timeout: float | None = None) -> dict[str, Any]:
        if self.away:
            raise AwayError("ConnectTimeout")
        return {"results": self.results, "probability": self.probability, "decision": "choices", "index": "test"}


def bot_answer(text: str = ANSWER, **more: Any) -> dict[str, Any]:
    return {"type": "answer", "text": text, "sources": [SOURCE], "topic": TOPIC, "confidence": 0.91, **more}


def passage(title: str = "Warunki zasiłku", text: str = "Ustawa wymaga 365 dni pracy.", **more: Any) -> dict[str, Any]:
    return {
        "id": "p/1", "title": title, "text": text, "score": 0.5, "verified": True, "related": [], "source": SOURCE,
        "sources": [SOURCE], **more,
    }  # fmt: skip


@dataclass
class Console:
    """A running application with its first consultant."""

    app: Flask
    anna: User
    letters: list[EmailMessage]

    def __post_init__(self) -> None:
        self.bot, self.search = StubBot([bot_answer()]), StubSearch([passage()])
        gatherer = self.desk.suggestions._gatherer
        gatherer._bot, gatherer._search = self.bot, self.search  # type: ignore[assignment]

    @property
    def desk(self) -> Desk:
        found: Desk = self.app.extensions["zielona_inbox"]
        return found

    @property
    def services(self) -> Services:
        found: Services = self.app.extensions["zielona"]
        return found

    def person(self, name: str, role: Role = Role.CONSULTANT) -> User:
        address = re.sub(r"\W", ".", name.lower().encode("ascii", "ignore").decode())
        return add_person(self.app, role, email=f"{address}@example.org", name=name)

    def browser_of(self, user: User) -> Browser:
        browser = Browser(self.app)
        assert browser.sign_in(user.email, PASSWORD).status_code == 303
        return browser

    def ticket(self, text: str = "Czy dostanę zasiłek po zwolnieniu?", **values: Any) -> Ticket:
        now = values.pop("now", dt.datetime.now(tz=dt.timezone.utc))
        found = {
            "conversation_id": None, "client_id": uuid.uuid4().hex, "kind": "pytanie", "state": NEW, "priority": 0,
            "subject": text[:120], "text": text, "email": "jan@poczta.pl", "phone": None, "consent_at": now,
            "county": None, "office": None, "partner": None, "topic": None, "summary": [],
            "due_at": now + dt.timedelta(hours=20), **values,
        }  # fmt: skip
        return TicketRepository(self.services.engine).add(found, now=now)

    def fresh(self, ticket: Ticket) -> Ticket:
        return self.desk.inbox.find(str(ticket.reference))


def path(ticket: Ticket, action: str = "") -> str:
    return f"/panel/zgloszenia/{ticket.reference}{f'/{action}' if action else ''}"


def suggestion_ids(page: str) -> list[str]:
    return re.findall(r'data-suggestion="([^"]+)"', page)


def answer(browser: Browser, ticket: Ticket, text: str, **more: Any) -> TestResponse:
    """Send the form of the answer as the page has it."""
    found = re.search(r'name="answer_id" value="([^"]+)"', browser.get(path(ticket)).text)
    data = {"answer_id": found[1] if found else "", "text": text, "channel": "e-mail", **more}
    return browser.send(path(ticket, "odpowiedz"), **data)
