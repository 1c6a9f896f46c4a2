"""What the views need, made once per process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from knowledge_base.content.answers import line
from knowledge_base.content.store import Content, load_content
from widget.chat.clients import BotClient, SearchClient
from widget.chat.turn import Turns
from widget.languages.catalogue import GREETING, OFFER, POLISH, POLISH_ONLY, translated
from widget.languages.recognition import language_of
from widget.partners.access import Access
from widget.partners.registry import Partner, load_partners
from widget.partners.suggestions import DEFAULT, load_suggestions
from widget.storage.engine import database_engine
from widget.storage.repository import Repository
from widget.tickets.counties import counties
from widget.tickets.effects import Effects
from widget.tickets.hours import business_hours
from widget.tickets.repository import TicketRepository
from widget.tickets.service import TicketDesk
from zielona.clock import today
from zielona.settings import Settings, partners_file, suggestions_file


@dataclass(frozen=True)
class Services:
    """Repository, clients and settings behind the views."""

    engine: Engine
    repository: Repository
    bot: BotClient
    search: SearchClient
    turns: Turns
    tickets: TicketDesk
    content: Content
    constants: dict[str, str]
    secret: str
    message_limit: int
    access: Access
    suggested: dict[str, list[str]]
    public_address: str
    consent: str
    privacy_address: str

    def greeting(self, partner: Partner | None = None, language: str = POLISH) -> dict[str, Any]:
        """The first message: it says that an automated assistant is speaking (Regulation (EU) 2024/1689, art. 50)."""
        text = line("greeting", self.content, day=today(), constants=self.constants)
        if language != POLISH:
            text = translated(GREETING, language)
        return {
            "id": "greeting",
            "type": "answer",
            "text": f"{partner.greeting}\n\n{text}" if partner and partner.greeting else text,
            "buttons": [],
            "sources": [],
            "topic": "powitanie",
            "confidence": 1.0,
        }

    def notice(self, text: str) -> dict[str, str] | None:
        """What a visitor is told who does not write Polish, in their language, with the offer to change to it."""
        language = language_of(text)
        if language == POLISH:
            return None
        number, hours = self.constants["infolinia_numer"], self.constants["infolinia_godziny"]
        said = translated(POLISH_ONLY, language).format(number, translated(hours, language))
        return {"language": language, "text": said, "offer": translated(OFFER, language)}

    def suggestions(self, page: str) -> list[str]:
        """Questions to begin with on a page about `page`."""
        return self.suggested.get(page) or self.suggested[DEFAULT]

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
    bot, search = BotClient(settings), SearchClient(settings)
    content = load_content()
    partners = load_partners(partners_file(settings))
    allowed = {origin.strip() for origin in settings.text("ALLOWED_ORIGINS").split(",") if origin.strip()}
    return Services(
        engine=engine,
        repository=repository,
        bot=bot,
        search=search,
        turns=Turns(
            repository, bot, search, content, settings.constants, Effects(desk, repository, content, settings.constants)
        ),
        tickets=desk,
        content=content,
        constants=settings.constants,
        secret=settings.text("SECRET"),
        message_limit=int(settings.number("MESSAGE_LIMIT")),
        access=Access(partners, frozenset(allowed), settings.text("PUBLIC_URL")),
        suggested=load_suggestions(suggestions_file(), content.topics),
        public_address=settings.text("PUBLIC_URL"),
        consent=line(
            "contact_consent", content, day=today(), constants={"administrator": settings.text("DATA_CONTROLLER")}
        ),
        privacy_address=settings.text("PRIVACY_URL"),
    )
