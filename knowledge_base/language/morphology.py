"""Lemmas and inflected forms from Morfeusz 2 (SGJP dictionary, http://morfeusz.sgjp.pl)."""

from __future__ import annotations

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
        self._morfeusz = morfeusz2.Morfeusz(praet="composite")
        self.readings = lru_cache(maxsize=50_000)(self._readings)

    def _readings(self, word: str) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        for _, _, (_, lemma, tag, *_) in self._morfeusz.analyse(word):
            if tag != "ign":
                found[lemma.split(":")[0].lower(), tag.split(":")[0]] = None
        return tuple(found)

    def known(self, word: str) -> bool:
        """Tell whether the word is a Polish word form."""
        return bool(self.readings(word))

    def lemmas(self, word: str) -> list[str]:
        """All lemmas of the word, the most believed first; empty for an unknown word.

        >>> Morphology().lemmas("zasiłku")
        ['zasiłek']
        """
        ranked = sorted(self.readings(word), key=lambda reading: _class_rank(reading[1]))
        return list(dict.fromkeys(lemma for lemma, _ in ranked))

    def forms(self, lemma: str) -> set[str]:
        """All inflected forms of a lemma, lower-case."""
        return {form.lower() for form, *_ in self._morfeusz.generate(lemma)}


def _class_rank(word_class: str) -> int:
    return _CLASS_ORDER.index(word_class) if word_class in _CLASS_ORDER else len(_CLASS_ORDER)


@lru_cache(maxsize=1)
def morphology() -> Morphology:
    """The analyser of this process: its dictionary takes a moment and 20 MB, so it is loaded once."""
    return Morphology()
