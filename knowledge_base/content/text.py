"""Comparing Polish text as people type it."""

from __future__ import annotations

import re
import unicodedata

_POLISH = str.maketrans("ąćęłńóśźż", "acelnoszz")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def fold(text: str) -> str:
    """Lower-case and drop diacritics: `Zażółć` becomes `zazolc`. Length may change for exotic letters only."""
    lowered = text.lower().translate(_POLISH)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    folded = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    # Decomposing may bring capitals (mathematical letters do), lower-casing may bring new marks.
    return folded if folded == text else fold(folded)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def normalised(text: str) -> str:
    """One form for texts that differ only by case, diacritics, punctuation or spaces."""
    return " ".join(words(fold(text)))
