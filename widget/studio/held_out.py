"""Questions that the assistant is measured by may never become its examples: that would make the figures a lie."""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from pathlib import Path

from knowledge_base.content.text import fold, words
from knowledge_base.language.morphology import morphology

# "dzień dobry", "dziękuję": one or two words cannot be said in another way.
_SHORT = 2
Sentence = tuple[frozenset[int], ...]


class HeldOut:
    """The messages in a folder of evaluation sets, kept as hashes; none where there is no such folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamp: tuple[tuple[str, int], ...] | None = None
        self._sentences: dict[int, list[Sentence]] = {}

    def __contains__(self, text: str) -> bool:
        """Tell whether the text is one of them: letter for letter, without diacritics, or in other inflected forms."""
        sentence = _sentence(text)
        return any(_same(sentence, other) for other in self._known().get(len(sentence), ()))

    def _known(self) -> dict[int, list[Sentence]]:
        """Sentences by their number of words."""
        paths = sorted(self._folder.glob("*.jsonl"))
        stamp = tuple((path.name, path.stat().st_mtime_ns) for path in paths)
        with self._lock:
            if stamp != self._stamp:
                self._sentences = {}
                for sentence in (_sentence(text) for path in paths for text in _texts(path)):
                    if len(sentence) > _SHORT:
                        self._sentences.setdefault(len(sentence), []).append(sentence)
                self._stamp = stamp
            return self._sentences


def _texts(path: Path) -> list[str]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [record["text"] for record in records]


def _sentence(text: str) -> Sentence:
    return tuple(_forms(word) for word in words(text.lower()))


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[int]:
    """Hashes of the word without diacritics and of all its lemmas: a form alone does not tell which one is meant."""
    return frozenset(hash(fold(form)) for form in (word, *morphology().lemmas(word)))


def _same(one: Sentence, other: Sentence) -> bool:
    return all(not mine.isdisjoint(theirs) for mine, theirs in zip(one, other))
