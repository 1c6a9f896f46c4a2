"""Questions that the assistant is measured by may never become its examples: that would make the figures a lie."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

from knowledge_base.content.text import fold, normalised, words
from knowledge_base.language.morphology import morphology

# "dzień dobry", "dziękuję": one or two words cannot be said in another way.
_SHORT = 2


class HeldOut:
    """Hashes of the messages in a folder of evaluation sets; empty where there is no such folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: tuple[tuple[str, int], ...] | None = None
        self._hashes: frozenset[str] = frozenset()

    def __contains__(self, text: str) -> bool:
        """Tell whether the text is one of them: letter for letter, without diacritics, or in other inflected forms."""
        return not self._known().isdisjoint(_forms(text))

    def _known(self) -> frozenset[str]:
        paths = sorted(self._folder.glob("*.jsonl"))
        stamp = tuple((path.name, path.stat().st_mtime_ns) for path in paths)
        with self._lock:
            if stamp != self._stamp:
                self._hashes = frozenset(form for path in paths for text in _texts(path) for form in _forms(text))
                self._stamp = stamp
            return self._hashes


def _texts(path: Path) -> list[str]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [record["text"] for record in records]


def _forms(text: str) -> set[str]:
    if len(words(text)) <= _SHORT:
        return set()
    lemmas = (lemma[0] if (lemma := morphology().lemmas(word.lower())) else word for word in words(text))
    return {_hash(normalised(text)), _hash("lematy " + " ".join(fold(lemma) for lemma in lemmas))}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
