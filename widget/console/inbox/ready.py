"""Ready texts: a consultant's own and shared ones, with placeholders that the ticket fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from widget.accounts.models import User
from widget.console.inbox.models import ReadyText
from widget.console.inbox.repository import InboxRepository
from widget.console.inbox.service import Clock
from widget.problems import ProblemError
from zielona.clock import utc_now

# What may stand in curly brackets, and what comes there.
PLACEHOLDERS = {
    "numer": "numer zgłoszenia",
    "konsultant": "imię i nazwisko osoby, która odpowiada",
    "temat": "temat zgłoszenia",
    "powiat": "powiat z formularza",
    "urzad": "urząd pracy tego powiatu",
    "infolinia": "numer infolinii",
    "godziny": "godziny infolinii",
}
_PLACE = re.compile(r"\{(\w+)\}")
_TITLE, _TEXT = 80, 4000


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; one that has no value stays, so that nobody sends a gap unseen.

    >>> filled("Nr {numer}, {powiat}", {"numer": "ZL-26-AAAAAA", "powiat": ""})
    'Nr ZL-26-AAAAAA, {powiat}'
    """
    return _PLACE.sub(lambda match: values.get(match[1]) or match[0], text)


def unfilled(text: str) -> list[str]:
    """Placeholders that are still in a text."""
    return [name for name in _PLACE.findall(text) if name in PLACEHOLDERS]


class ReadyTexts:
    """Raises ProblemError (404) for what is another's, (422) for what is wrong."""

    def __init__(self, repository: InboxRepository, *, clock: Clock = utc_now) -> None:
        self._repository = repository
        self._clock = clock

    def of(self, user: User) -> list[ReadyText]:
        return self._repository.ready_texts(user.id)

    def find(self, text_id: str, user: User) -> ReadyText:
        found = self._repository.ready_text(text_id, user.id)
        if found is None:
            raise ProblemError(404, "Nie ma takiego gotowego tekstu.")
        return found

    def save(self, user: User, *, text_id: str | None, title: str, text: str, shared: bool) -> str:
        """Store a new text, or change one that the user may use; returns its id."""
        if text_id is not None:
            self.find(text_id, user)
        title, text = " ".join(title.split()), text.strip()
        errors = {}
        if not title or len(title) > _TITLE:
            errors["title"] = f"Nazwa ma od 1 do {_TITLE} znaków."
        if not text or len(text) > _TEXT:
            errors["text"] = f"Tekst ma od 1 do {_TEXT} znaków."
        elif unknown := sorted(set(_PLACE.findall(text)) - PLACEHOLDERS.keys()):
            errors["text"] = (
                f"Nieznane pole: {{{unknown[0]}}}. Można użyć: {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}."
            )
        if errors:
            raise ProblemError(422, "Gotowy tekst wymaga poprawek.", errors=errors)
        owner = None if shared else user.id
        return self._repository.save_ready_text(text_id, owner=owner, title=title, text=text, now=self._clock())

    def delete(self, user: User, text_id: str) -> str:
        found = self.find(text_id, user)
        self._repository.delete_ready_text(found.id)
        return found.title
