"""Every way in which a turn can end; stored with the turn, counted in the metrics."""

from __future__ import annotations

from enum import Enum


class Outcome(str, Enum):
    """Exactly one of these ends each turn."""

    ANSWERED = "answered"
    CHOICES = "choices"
    SEARCH = "search"
    QUESTION = "question"
    UNKNOWN = "unknown"
    HANDED_OVER = "handed_over"
    UNREADABLE = "unreadable"
    FAILED_BOT = "failed_bot"
    FAILED_ACTIONS = "failed_actions"
    FAILED_ALL = "failed_all"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def failed(self) -> bool:
        return self.value.startswith("failed_")


LABELS = {
    Outcome.ANSWERED: "odpowiedź",
    Outcome.CHOICES: "propozycje do wyboru",
    Outcome.SEARCH: "fragment z wyszukiwarki",
    Outcome.QUESTION: "pytanie formularza",
    Outcome.UNKNOWN: "asystent nie wie",
    Outcome.HANDED_OVER: "przekazanie człowiekowi",
    Outcome.UNREADABLE: "wiadomość bez słów",
    Outcome.FAILED_BOT: "awaria: bot nie odpowiada, pokazano wyniki wyszukiwania",
    Outcome.FAILED_ACTIONS: "awaria: bot nie dał odpowiedzi",
    Outcome.FAILED_ALL: "awaria: nie odpowiada ani bot, ani wyszukiwarka",
}

# The type of the last bot message decides, see DESIGN.md.
OF_TYPE = {
    "answer": Outcome.ANSWERED,
    "choice": Outcome.CHOICES,
    "search": Outcome.SEARCH,
    "question": Outcome.QUESTION,
    "unknown": Outcome.UNKNOWN,
    "handover": Outcome.HANDED_OVER,
}
