"""Conversations for tests of labelling, and an encoder that needs no model."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge_base.content.store import ContentPaths
from knowledge_base.content.text import fold, words
from widget.chat.outcomes import Outcome
from widget.storage.models import Message, Rating, Turn
from widget.studio.catalogue import Catalogue
from widget.studio.labelling.collecting import collect
from widget.studio.labelling.grouping import Grouper, Vectors
from widget.studio.labelling.models import DEAD, LabelItem
from widget.studio.labelling.repository import LabelRepository
from zielona.clock import utc_now
from zielona.settings import Settings

DRONES = [
    "kurs drona za darmo", "gdzie zrobić kurs drona", "czy urząd da kurs drona", "licencja na drona z urzędu",
    "kurs drona dla bezrobotnego", "kurs drona ile trwa", "chcę latać dronem kurs", "kurs drona a staż",
    "kurs drona w łodzi", "opłacą mi kurs drona", "dron kurs dofinansowanie", "kurs drona po 50 roku życia",
    "kurs drona i egzamin", "zapisy na kurs drona",
]  # fmt: skip
CATS = [
    "mój kot jest chory", "kot nie je weterynarz", "karma dla kota", "kot weterynarz cena", "szczepienie kota cena",
    "kot zginął co robić",
]  # fmt: skip


def write(
    app: Flask, text: str, *, outcome: Outcome = Outcome.UNKNOWN, helpful: bool | None = None, **more: Any
) -> str:
    """A stored turn with its answer; returns its id. `confidence`, `topic`, `trace`, `payload`, `at` may be given."""
    turn_id, at = str(uuid.uuid4()), more.pop("at", utc_now())
    app.extensions["zielona"].repository.create_conversation(turn_id, now=at)
    with Session(app.extensions["zielona"].engine) as session:
        session.add(
            Turn(
                id=turn_id, conversation_id=turn_id, number=1, client_id="1", text=text, created_at=at,
                outcome=outcome.value, payload=more.pop("payload", None),
            )
        )  # fmt: skip
        session.flush()
        values = {"confidence": 0.2, "topic": None, "trace": {}, **more}
        session.add(
            Message(id=turn_id, turn_id=turn_id, position=0, type="answer", text="x", buttons=[], sources=[], **values)
        )
        session.flush()
        if helpful is not None:
            session.add(Rating(message_id=turn_id, helpful=helpful, created_at=at))
        session.commit()
    return turn_id


def settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["zielona_grouping"].settings
    return found


def repository_of(app: Flask) -> LabelRepository:
    return LabelRepository(app.extensions["zielona"].engine)


def queue(app: Flask) -> dict[str, LabelItem]:
    """What is in the queue, by text."""
    with Session(app.extensions["zielona"].engine) as session:
        return {item.text: item for item in session.scalars(select(LabelItem))}


# Beginnings of words that make a matter; all others are a little noise.
_MATTERS = {"dro": 0, "kur": 0, "kot": 1, "szk": 0}


class WordEncoder:
    """Texts of one matter lie near each other; `seen` counts the texts that it had to read."""

    def __init__(self) -> None:
        self.seen = 0

    def queries(self, texts: Sequence[str]) -> Vectors:
        self.seen += len(texts)
        rows = np.zeros((len(texts), 128), dtype=np.float32)
        for row, text in zip(rows, texts):
            for word in words(fold(text)):
                if word[:3] in _MATTERS:
                    row[_MATTERS[word[:3]]] += 5
                else:
                    row[2 + int(hashlib.sha256(word.encode()).hexdigest(), 16) % 126] += 0.1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.maximum(lengths, 1e-9)).astype(np.float32)


def group(app: Flask, folder: Path, encoder: WordEncoder | None = None) -> int:
    """Collect and group as the command does."""
    repository, now, made = repository_of(app), utc_now(), encoder or WordEncoder()
    assert repository.begin_grouping("proba", now=now, dead_before=now - DEAD)
    settings = settings_of(app)
    catalogue = Catalogue(ContentPaths(settings.content_root))
    return Grouper(repository, catalogue, settings, lambda: made, "words", folder / "vectors").run("proba")


def collected(app: Flask) -> int:
    return collect(repository_of(app), settings_of(app))
