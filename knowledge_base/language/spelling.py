"""Repairing what visitors type: missing diacritics and slips, never a word that is right already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import ogonki

from knowledge_base.content.text import fold
from knowledge_base.language.morphology import Morphology
from knowledge_base.language.vocabulary import Vocabulary

# How much more usual an accented spelling must be before a correct word typed without accents gives way to it.
_DOMINANCE = 4.0
_MIN_WORDS = 2


class Speller:
    """Decides the spelling of each word from the domain's vocabulary, a language model and the dictionary."""

    def __init__(self, vocabulary: Vocabulary, morphology: Morphology) -> None:
        self.vocabulary = vocabulary
        self.morphology = morphology
        # The same slips and names come again and again.
        self._nearest = lru_cache(maxsize=50_000)(vocabulary.nearest)

    def repair(self, tokens: Sequence[str]) -> list[str]:
        """Return the lower-case repaired spelling of each token; the count never changes."""
        text = " ".join(tokens)
        bare = text.isascii()
        restored = self._restore(tokens, text) if bare else list(tokens)
        trusting = bare and len(tokens) >= _MIN_WORDS
        return [self._word(token.lower(), guess.lower(), trusting) for token, guess in zip(tokens, restored)]

    def _restore(self, tokens: Sequence[str], text: str) -> list[str]:
        restored = ogonki.restore(text)
        parts = restored.split(" ")
        # The library keeps the length; were that ever to change, its guess is not used.
        return parts if len(parts) == len(tokens) else list(tokens)

    def _word(self, word: str, guess: str, trusting: bool) -> str:
        if not word.isalpha():
            return word
        known = self.morphology.known(word)
        if known and not trusting:
            return word
        spelling = self.vocabulary.spelling(fold(word))
        if known:
            return self._accent_known(word, guess, spelling)
        if spelling is not None:
            return guess if self.vocabulary.weight(guess) >= spelling[1] / _DOMINANCE else spelling[0]
        if guess != word and self.morphology.known(guess):
            return guess
        nearest = self._nearest(fold(word))
        found = self.vocabulary.spelling(nearest) if nearest else None
        return found[0] if found else word

    def _accent_known(self, word: str, guess: str, spelling: tuple[str, float] | None) -> str:
        own = self.vocabulary.weight(word)
        if guess != word and self.vocabulary.weight(guess) * _DOMINANCE >= own and self.morphology.known(guess):
            return guess
        if spelling and spelling[0] != word and spelling[1] >= max(1.0, own * _DOMINANCE):
            return spelling[0]
        return word
