"""`zielona retention`: erases conversations that are older than they may be, once or every day."""

from __future__ import annotations

import time

from sqlalchemy.exc import SQLAlchemyError

from widget.chat.clients import BotClient
from widget.chat.erasure import sweep
from widget.storage.engine import database_engine
from widget.storage.repository import Repository
from widget.tickets.repository import TicketRepository
from zielona.clock import utc_now
from zielona.environments import secret
from zielona.progress import say
from zielona.settings import Settings

_DAY_SECONDS = 24 * 3600
_RETRY_SECONDS = 600


def run(settings: Settings, *, daily: bool) -> int:
    """Return 1 where the database is away; with `daily` it is tried again and never returns."""
    settings = Settings({**settings.values, "ZL_SECRET": secret(settings)})
    engine = database_engine(settings.database_url)
    repository, tickets, bot = Repository(engine), TicketRepository(engine), BotClient(settings)
    while True:
        failed = waiting = False
        try:
            days = int(settings.number("RETENTION_DAYS"))
            count = sweep(repository, tickets, bot, days=days, now=utc_now())
            say(f"Usunięte rozmowy: {count}")
            waiting = bool(repository.erasures())
        except SQLAlchemyError as error:
            say(f"BŁĄD: baza danych nie odpowiada: {type(error).__name__}")
            failed = True
        if not daily:
            return int(failed)
        # Whatever was away, database or Rasa, is usually back soon.
        time.sleep(_RETRY_SECONDS if failed or waiting else _DAY_SECONDS)
