"""What follows the release that answers: its content, and the way to its slot. Nothing restarts for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from knowledge_base.content.store import Content, ContentPaths, load_content
from knowledge_base.content.translations import load_languages
from widget.chat.turn import Context, Turns
from widget.languages.answers import Translator
from widget.partners.suggestions import load_suggestions
from widget.storage.repository import Repository
from zielona.publishing.slots import variables
from zielona.publishing.state import NAMES, Slot, Watched
from zielona.publishing.trials import slot_for
from zielona.settings import Settings, suggestions_file

log = logging.getLogger(__name__)
# Slot, and what it runs.
Key = tuple[str, int | None, str]
_PLAIN: Key = (NAMES[0], None, "")


@dataclass(frozen=True)
class Edition:
    """The content of a slot with everything that is made of it."""

    content: Content
    translator: Translator
    suggested: dict[str, list[str]]
    turns: Turns


class MakeTurns(Protocol):
    """Makes what answers messages of the content of a slot; `slot` is None where no slot is known."""

    def __call__(self, content: Content, slot: str | None) -> Turns: ...


class Editions:
    """The editions of all slots; each is made once, ahead of the switch where there is time for that."""

    def __init__(self, settings: Settings, make_turns: MakeTurns) -> None:
        """Loads the content that answers now. Raises ContentError."""
        self._settings = settings
        self._make_turns = make_turns
        self._watched = Watched(settings)
        self._lock = threading.Lock()
        self._made: dict[Key, Edition] = {}
        self._seen: frozenset[Key] = frozenset()
        self._last = self.live()

    def live(self) -> Edition:
        """That of the slot which answers."""
        state = self._watched.now()
        return self._of(state.live if state else None)

    def for_conversation(self, conversation_id: str, begun: Callable[[], float | None]) -> Edition:
        """That which answers the conversation; `begun` says when it began and is asked only while a trial goes on."""
        state = self._watched.now()
        if state is None or state.trial is None:
            return self.live()
        return self._of(slot_for(state, conversation_id, begun=begun()))

    def _of(self, name: str | None) -> Edition:
        state = self._watched.now()
        slots = state.slots if state else {}
        keys = {_key(slot, found): (slot, found) for slot, found in slots.items()}
        self._look_ahead(keys)
        wanted = next((key for key in keys if key[0] == name), _PLAIN)
        edition = self._made.get(wanted)
        if edition is None:
            edition = self._make(wanted, *keys.get(wanted, (None, None)))
        self._last = edition
        return edition

    def _look_ahead(self, keys: dict[Key, tuple[str, Slot]]) -> None:
        """When the state changes, load what is to come beside the turns, and drop what is gone."""
        listed = frozenset(keys)
        if listed == self._seen:
            return
        self._seen = listed
        for key in set(self._made) - listed if listed else set():
            del self._made[key]
        for key, (name, slot) in keys.items():
            if key not in self._made and self._made:
                threading.Thread(target=self._make, args=[key, name, slot], daemon=True, name="edition").start()

    def _make(self, key: Key, name: str | None, slot: Slot | None) -> Edition:
        with self._lock:
            if key in self._made:
                return self._made[key]
            try:
                self._made[key] = self._load(name, slot)
            except (OSError, ValueError):
                if not self._made:
                    raise
                log.exception("the content of slot %s cannot be loaded, the former stays", name)
                return self._last
            return self._made[key]

    def _load(self, name: str | None, slot: Slot | None) -> Edition:
        told = variables(slot, self._settings) if slot else {}
        settings = Settings({**self._settings.values, **told})
        paths = ContentPaths(settings.content_root)
        content = load_content(paths)
        languages = load_languages(paths.translations, content.topics)
        return Edition(
            content=content,
            translator=Translator(content, languages, settings.constants),
            suggested=load_suggestions(suggestions_file(settings), content.topics),
            turns=self._make_turns(content, name),
        )


class LiveContent(Content):
    """The content that answers now, for those who are made once: every look at it is a look at the live edition."""

    def __init__(self, editions: Editions) -> None:
        object.__setattr__(self, "_editions", editions)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_editions"].live().content, name)


class Talk:
    """Has each message answered by the edition that its conversation belongs to."""

    def __init__(self, editions: Editions, repository: Repository) -> None:
        self._editions = editions
        self._repository = repository

    def answer(self, conversation_id: str, text: str, client_id: str | None) -> Context:
        """See `Turns.answer`."""
        edition = self._editions.for_conversation(conversation_id, lambda: self._begun(conversation_id))
        return edition.turns.answer(conversation_id, text, client_id)

    def _begun(self, conversation_id: str) -> float | None:
        try:
            found = self._repository.conversation(conversation_id)
        except SQLAlchemyError:
            return None
        return found.created_at.timestamp() if found else None


def _key(name: str, slot: Slot) -> Key:
    return (name, slot.release, slot.content)
