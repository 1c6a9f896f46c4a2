"""Tables of the inbox, beside the tickets themselves."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from widget.storage.models import Base, UtcDateTime

# What can happen to a ticket, as its history says it.
HISTORY = {
    "wziete": "Wzięte do pracy",
    "oddane": "Oddane do wspólnej listy",
    "przejete": "Przejęte od innej osoby",
    "przypisane": "Przypisane",
    "priorytet": "Zmiana pilności",
    "zamkniete": "Zamknięte",
    "otwarte": "Otwarte ponownie",
    "notatka": "Notatka",
    "etykieta": "Etykieta",
    "polaczone": "Połączone",
    "odrzucone": "Odrzucona podpowiedź",
    "odpowiedz": "Odpowiedź wysłana",
    "niewyslane": "Odpowiedź nie została wysłana",
    "telefon": "Rozmowa telefoniczna",
    "ocena": "Ocena odpowiedzi",
    "noc": "Utworzone z rozmowy poza godzinami pracy",
}


class Note(Base):
    """What consultants tell one another about a ticket; its visitor never sees it."""

    __tablename__ = "ticket_notes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Tag(Base):
    """A word that tickets are sorted by."""

    __tablename__ = "ticket_tags"

    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(30), primary_key=True, index=True)


class HistoryEntry(Base):
    """Something that happened to a ticket: a kind of HISTORY, by whom (None: by nobody of the staff)."""

    __tablename__ = "ticket_history"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)


class ReadyText(Base):
    """A text with placeholders to begin an answer with; `user_id` is None where all consultants share it."""

    __tablename__ = "ready_texts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(String(36), index=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
