"""„Co o mnie wiecie”: all that is stored of a conversation, for who holds its token."""

from __future__ import annotations

import datetime as dt
from typing import Any

from widget.chat.ratings import REASONS, RESULTS
from widget.storage.repository import Repository


def own_data(repository: Repository, conversation_id: str, *, days: int) -> dict[str, Any] | None:
    """Times, partner, masked questions, answers and ratings; `kept_until` is None where nothing is erased by itself.

    None where there is no such conversation. Raises SQLAlchemyError.
    """
    conversation = repository.conversation(conversation_id)
    if conversation is None:
        return None
    result, ratings = repository.own_ratings(conversation_id)
    kept_until = conversation.updated_at + dt.timedelta(days=days) if days > 0 else None
    return {
        "id": conversation.id,
        "created_at": conversation.created_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "kept_until": kept_until.isoformat() if kept_until else None,
        "partner": conversation.partner,
        "rating": RESULTS[result] if result else None,
        "turns": [
            {
                "text": turn.text,
                "created_at": turn.created_at.isoformat(),
                "answers": [
                    {
                        "text": message.text,
                        "topic": message.topic,
                        "rating": _rating(ratings.get(message.id)),
                    }
                    for message in turn.messages
                ],
            }
            for turn in repository.history(conversation_id)
        ],
    }


def _rating(found: Any) -> str | None:
    if found is None:
        return None
    return "pomogło" if found.helpful else f"nie pomogło: {REASONS.get(found.reason, 'bez powodu')}"
