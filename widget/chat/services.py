"""What the views need, made once per process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge_base.content.answers import line
from knowledge_base.content.store import Content, load_content
from widget.chat.clients import BotClient, SearchClient
from widget.chat.turn import Turns
from widget.storage.engine import database_engine
from widget.storage.repository import Repository
from zielona.clock import today
from zielona.settings import Settings


@dataclass(frozen=True)
class Services:
    """Repository, clients and settings behind the views."""

    repository: Repository
    bot: BotClient
    search: SearchClient
    turns: Turns
    content: Content
    constants: dict[str, str]
    secret: str
    message_limit: int

    def greeting(self) -> dict[str, Any]:
        """The first message: it says that an automated assistant is speaking (Regulation (EU) 2024/1689, art. 50)."""
        return {
            "id": "greeting",
            "type": "answer",
            "text": line("greeting", self.content, day=today(), constants=self.constants),
            "buttons": [],
            "sources": [],
            "topic": "powitanie",
            "confidence": 1.0,
        }


def make_services(settings: Settings) -> Services:
    repository = Repository(database_engine(settings.database_url))
    bot, search = BotClient(settings), SearchClient(settings)
    content = load_content()
    return Services(
        repository=repository,
        bot=bot,
        search=search,
        turns=Turns(repository, bot, search, content, settings.constants),
        content=content,
        constants=settings.constants,
        secret=settings.text("SECRET"),
        message_limit=int(settings.number("MESSAGE_LIMIT")),
    )
