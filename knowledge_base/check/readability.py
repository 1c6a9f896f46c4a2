"""How hard a Polish text is to read: the Fog index, in years of schooling.

Gunning 1952, with four syllables and more for a hard word, as Polish is measured (Pisarek 1969; Broda et al. 2010,
https://aclanthology.org/L10-1342). Syllables are counted by pyphen, from the hyphenation rules of LibreOffice.
textstat has the same formula, but takes the point of „art. 55 ust. 1” for the end of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

_HARD_SYLLABLES = 4
# One or two sentences say nothing about how a text reads: a single long name makes them "hard".
MEASURED_WORDS = 30
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
# Points that end no sentence, and numbers, which are read as one word.
_ABBREVIATION = re.compile(
    r"\b(art|ust|pkt|lit|np|tj|r|nr|godz|tys|św|m|in|zł|poz|ok|ww|dz|u)\.(?=\s*[\w–(,;])", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<=\d)[.,:](?=\d)")
_SENTENCE_END = re.compile(r"[.!?;:]+|\n+")
_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=1)
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="pl_PL", left=1, right=1)


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    return len(_hyphenation().positions(word.lower())) + 1


def fog(text: str) -> float:
    """Return the Fog index of a Markdown text; 0 for a text without words.

    >>> fog("Ala ma kota. Kot ma Alę.") < 5
    True
    """
    plain = _NUMBER.sub("", _ABBREVIATION.sub(r"\1", _PLACEHOLDER.sub("kwota", text.replace("*", ""))))
    sentences = [words for part in _SENTENCE_END.split(plain) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    hard = sum(syllables(word) >= _HARD_SYLLABLES for word in words)
    return 0.4 * (len(words) / len(sentences) + 100 * hard / len(words))


def long_enough(text: str) -> bool:
    """Tell whether the text has enough words for the index to mean something."""
    return len(_WORD.findall(text)) >= MEASURED_WORDS
