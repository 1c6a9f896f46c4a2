"""What the views need, made once per process."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from sqlalchemy import Engine

from knowledge_base.content.answers import line
from knowledge_base.content.store import Content
from knowledge_base.content.template import render
from widget.chat.clients import BotClient, SearchClient
from widget.chat.editions import Editions, LiveContent, Talk
from widget.chat.turn import Turns, public_message, stored_message
from widget.console.live.repository import LiveRepository
from widget.console.live.service import LiveDesk
from widget.events.chat import ChatEvents
from widget.events.places import Places
from widget.events.recorder import Recorder
from widget.events.repository import EventRepository
from widget.languages.catalogue import GREETING, OFFER, OFFICE, POLISH, POLISH_ONLY, known, translated, words
from widget.languages.recognition import language_of
from widget.partners.access import Access
from widget.partners.registry import Partner, PartnerFile
from widget.partners.suggestions import DEFAULT
from widget.storage.engine import database_engine
from widget.storage.models import Turn
from widget.storage.repository import Repository
from widget.tickets.counties import counties, offices
from widget.tickets.effects import Effects
from widget.tickets.hours import business_hours
from widget.tickets.repository import TicketRepository
from widget.tickets.service import TicketDesk
from zielona.clock import today
from zielona.settings import Settings, partners_file


class Hours(Protocol):
    """When consultants answer."""

    def is_open(self, now: dt.datetime) -> bool: ...

    def opens_next(self, now: dt.datetime) -> dt.datetime: ...


@dataclass(frozen=True)
class Services:
    """Repository, clients and settings behind the views.

    `content`, `bot` and `search` are those of the release that answers, whenever they are asked; see `editions`.
    """

    engine: Engine
    repository: Repository
    bot: BotClient
    search: SearchClient
    editions: Editions
    turns: Talk
    tickets: TicketDesk
    recorder: Recorder
    events: ChatEvents
    live: LiveDesk
    content: Content
    constants: dict[str, str]
    secret: str
    message_limit: int
    access: Access
    public_address: str
    controller: str
    privacy_address: str
    retention_days: int
    hours: Hours | None

    def greeting(self, partner: Partner | None = None, language: str = POLISH) -> dict[str, Any]:
        """The first message: it says that an automated assistant is speaking (Regulation (EU) 2024/1689, art. 50)."""
        text = line("greeting", self.content, day=today(), constants=self.constants)
        if language != POLISH:
            text = translated(GREETING, language)
        office = translated(OFFICE, language).format(partner.office) if partner and partner.office else ""
        return {
            "id": "greeting",
            "type": "answer",
            "text": "\n\n".join(part for part in (partner.greeting if partner else "", text, office) if part),
            "buttons": [],
            "sources": [],
            "topic": "powitanie",
            "confidence": 1.0,
        }

    def consents(self, language: str = POLISH) -> dict[str, str]:
        """What is agreed to with the contact form and with an offer, and `consent_language`, that of both.

        It is Polish unless both are translated.
        """
        names = {"consent": "contact_consent", "offer_consent": "offer_consent"}
        texts = {key: self.content.messages[name] for key, name in names.items()}
        if not set(texts.values()) <= words(language).keys():
            language = POLISH
        filled = partial(
            render, day=today(), amounts=self.content.amounts, constants={"administrator": self.controller}
        )
        shown = {key: filled(translated(text, language)) for key, text in texts.items()}
        return {**shown, "consent_language": language}

    def language(self, written: str, interface: object) -> str:
        """The language to answer in: that of the message, of a Polish one or a button that of the interface."""
        found = language_of(written)
        return known(interface) if found == POLISH else found

    def notice(self, written: str, messages: list[dict[str, Any]]) -> dict[str, str] | None:
        """What a visitor is told who does not write Polish, in their language, with the offer to change to it.

        `text` is empty where everything that is shown is translated.
        """
        language = language_of(written)
        if language == POLISH:
            return None
        number, hours = self.constants["infolinia_numer"], self.constants["infolinia_godziny"]
        said = translated(POLISH_ONLY, language).format(number, translated(hours, language))
        whole = all("translation" in message for message in messages)
        return {"language": language, "text": "" if whole else said, "offer": translated(OFFER, language)}

    def public(
        self, messages: list[dict[str, Any]], language: str = POLISH, *, explained: bool = False
    ) -> list[dict[str, Any]]:
        """Messages as visitors get them, with their translations; with their traces if `explained`."""
        shown = (public_message(message, self.content.acts, explained=explained) for message in messages)
        translator = self.editions.live().translator
        return [translator.translated(message, language, day=today()) for message in shown]

    def public_turn(self, turn: Turn, language: str = POLISH, *, explained: bool = False) -> dict[str, Any]:
        """A stored turn; what was asked with a button is told in the language too."""
        translator = self.editions.live().translator
        title = translator.title((turn.payload or "").removeprefix("/"), language) if turn.payload else None
        return {
            "text": title or turn.text,
            "client_id": turn.client_id,
            "created_at": turn.created_at.isoformat(),
            "messages": self.public(
                [stored_message(message) for message in turn.messages], language, explained=explained
            ),
        }

    def suggestions(self, page: str, language: str = POLISH) -> list[dict[str, str]]:
        """Questions to begin with on a page about `page`, as buttons that send the title of a topic."""
        buttons, edition = [], self.editions.live()
        for name in edition.suggested.get(page) or edition.suggested[DEFAULT]:
            title = edition.content.topics[name].title
            translation = edition.translator.title(name, language)
            buttons.append({"title": title, "payload": title, **({"translation": translation} if translation else {})})
        return buttons

    def consultants(self, now: dt.datetime) -> dict[str, Any] | None:
        """Whether somebody answers now, and if not, from when; None where only the text of the hours is known."""
        if self.hours is None:
            return None
        if self.hours.is_open(now):
            return {"open": True}
        return {"open": False, "opens": self.hours.opens_next(now).isoformat()}

    def public_url(self, seen: str) -> str:
        """Address under which visitors reach the service, without a slash; `seen` is how this request came."""
        return (self.public_address or seen).rstrip("/")


def make_services(settings: Settings) -> Services:
    engine = database_engine(settings.database_url)
    repository = Repository(engine)
    desk = TicketDesk(
        TicketRepository(engine),
        repository,
        counties(),
        business_hours(settings),
        answer_hours=settings.number("TICKET_ANSWER_HOURS"),
    )
    live = LiveDesk(LiveRepository(engine), repository, desk.hours)
    allowed = {origin.strip() for origin in settings.text("ALLOWED_ORIGINS").split(",") if origin.strip()}
    partners = PartnerFile(partners_file(settings))
    places = Places(offices(), partners)
    recorder = Recorder(EventRepository(engine, settings.text("SECRET"), places.of_partner))

    def turns(content: Content, slot: str | None) -> Turns:
        effects = Effects(desk, repository, content, settings.constants, live_offered=live.is_offered)
        bot, search = BotClient(settings, slot), SearchClient(settings, slot)
        observe = ChatEvents(recorder, content, places).turn
        return Turns(repository, bot, search, content, settings.constants, effects, observe, live, partners.office_of)

    editions = Editions(settings, turns)
    content = LiveContent(editions)
    return Services(
        engine=engine,
        repository=repository,
        bot=BotClient(settings),
        search=SearchClient(settings),
        editions=editions,
        turns=Talk(editions, repository),
        tickets=desk,
        live=live,
        recorder=recorder,
        events=ChatEvents(recorder, content, places),
        content=content,
        constants=settings.constants,
        secret=settings.text("SECRET"),
        message_limit=int(settings.number("MESSAGE_LIMIT")),
        access=Access(partners, frozenset(allowed), settings.text("PUBLIC_URL")),
        public_address=settings.text("PUBLIC_URL"),
        controller=settings.text("DATA_CONTROLLER"),
        privacy_address=settings.text("PRIVACY_URL"),
        retention_days=int(settings.number("RETENTION_DAYS")),
        hours=desk.hours,
    )
