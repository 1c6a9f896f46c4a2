"""Lemmas and inflected forms from Morfeusz 2 (SGJP dictionary, http://morfeusz.sgjp.pl)."""

from __future__ import annotations

import threading
from functools import lru_cache

import morfeusz2

# Readings in the order in which they are believed when the vocabulary of the domain does not decide.
_CLASS_ORDER = (
    "prep",
    "conj",
    "comp",
    "part",
    "num",
    "adv",
    "ppron12",
    "ppron3",
    "fin",
    "subst",
    "ger",
    "praet",
    "inf",
    "cond",
    "impt",
    "ppas",
    "adj",
)


class Morphology:
    """A thin layer over the analyser; lower-case words in, lower-case lemmas out."""

    def __init__(self) -> None:
        # The analyser of the library itself: its Python layer walks results with SWIG's iterator, which faiss, also
        # made with SWIG, replaces when it is imported: the process then dies. Indexing is safe.
        self._morfeusz = morfeusz2.Morfeusz(praet="composite")._morfeusz_obj
        # One analyser serves one thread at a time.
        self._lock = threading.Lock()
        self.readings = lru_cache(maxsize=50_000)(self._readings)

    def _readings(self, word: str) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        with self._lock:
            results = self._morfeusz.analyse(word)
            for number in range(len(results)):
                tag = results[number].getTag(self._morfeusz)
                if tag != "ign":
                    found[results[number].lemma.split(":")[0].lower(), tag.split(":")[0]] = None
        return tuple(found)

    def known(self, word: str) -> bool:
        """Tell whether the word is a Polish word form."""
        return bool(self.readings(word))

    def common(self, word: str) -> bool:
        """Tell whether the word, in lower case, is a form of anything but a proper name: "łodzi" is, "łomży" is not."""
        with self._lock:
            results = self._morfeusz.analyse(word)
            found = [(results[n].lemma, results[n].getTag(self._morfeusz)) for n in range(len(results))]
        return any(tag != "ign" and not lemma[:1].isupper() for lemma, tag in found)

    def lemmas(self, word: str) -> list[str]:
        """All lemmas of the word, the most believed first; empty for an unknown word.

        >>> Morphology().lemmas("zasiłku")
        ['zasiłek']
        """
        readings = self.readings(word)
        if any(word_class == "subst" for _, word_class in readings):
            # "wypowiedzenie" is the noun here, not the act of uttering.
            readings = tuple(reading for reading in readings if reading[1] != "ger")
        ranked = sorted(readings, key=lambda reading: _class_rank(reading[1]))
        return list(dict.fromkeys(lemma for lemma, _ in ranked))

    def forms(self, lemma: str) -> set[str]:
        """All inflected forms of a lemma, lower-case."""
        with self._lock:
            results = self._morfeusz.generate(lemma)
            return {results[number].orth.lower() for number in range(len(results))}

    def paradigm(self, lemma: str) -> list[tuple[str, str]]:
        """All inflected forms of a lemma, lower-case, with their SGJP tags, e.g. `("łomży", "subst:sg:gen:f")`."""
        with self._lock:
            results = self._morfeusz.generate(lemma)
            found = [
                (results[number].orth.lower(), results[number].getTag(self._morfeusz)) for number in range(len(results))
            ]
        return [(form, tag) for form, tag in found if tag != "ign"]


def _class_rank(word_class: str) -> int:
    return _CLASS_ORDER.index(word_class) if word_class in _CLASS_ORDER else len(_CLASS_ORDER)


@lru_cache(maxsize=1)
def morphology() -> Morphology:
    """The analyser of this process: its dictionary takes a moment and 20 MB, so it is loaded once."""
    return Morphology()
