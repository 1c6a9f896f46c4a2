"""Erasing conversations: what the visitor asks to be forgotten, and what is older than it may be."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Protocol

from widget.chat.clients import AwayError, BotClient
from widget.storage.repository import Repository

log = logging.getLogger(__name__)


class Tickets(Protocol):
    """What visitors handed over to a human."""

    def forget(self, conversation_id: str) -> None:
        """Erase what tickets hold of a conversation besides the question itself."""


def erase(repository: Repository, tickets: Tickets, bot: BotClient, conversation_id: str, *, now: dt.datetime) -> bool:
    """Erase one conversation here and in Rasa; False where there is none.

    With Rasa away it is forgotten there by the next run of `sweep`. Raises SQLAlchemyError.
    """
    tickets.forget(conversation_id)
    if not repository.delete_conversation(conversation_id, now=now):
        return False
    repository.settle()
    forget(repository, bot)
    return True


def forget(repository: Repository, bot: BotClient) -> int:
    """Have Rasa forget what is erased here; how many conversations are still waiting for that."""
    waiting = repository.erasures()
    for number, conversation_id in enumerate(waiting):
        try:
            bot.forget(sender=conversation_id)
        except AwayError as error:
            log.warning("bot is away, %d trackers are still to be erased: %s", len(waiting) - number, error)
            return len(waiting) - number
        repository.forgotten(conversation_id)
    return 0


def sweep(repository: Repository, tickets: Tickets, bot: BotClient, *, days: int, now: dt.datetime) -> int:
    """Erase all conversations in which nothing happened for `days` days; how many. 0 days: none is too old."""
    count = 0
    if days > 0:
        limit = now - dt.timedelta(days=days)
        while old := repository.older_than(limit):
            for conversation_id in old:
                tickets.forget(conversation_id)
                count += repository.delete_conversation(conversation_id, now=now)
        try:
            # Trackers of conversations that the database never had, because it was away.
            bot.forget(before=limit.timestamp())
        except AwayError as error:
            log.warning("bot is away, old trackers stay until the next run: %s", error)
    forget(repository, bot)
    repository.settle()
    return count
