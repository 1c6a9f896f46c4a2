"""The words of the domain with their weights: what restoring diacritics and repairing typos aims at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from knowledge_base.content.text import fold, words
from knowledge_base.language.morphology import Morphology

# A form that only inflection produced counts less than any form somebody wrote.
GENERATED_WEIGHT = 0.1
_MIN_LEMMA_COUNT = 2


@dataclass
class Vocabulary:
    """`forms[folded]` are the spellings of a folded word with weights; `lemmas` counts lemmas in the content."""

    forms: dict[str, dict[str, float]] = field(default_factory=dict)
    lemmas: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._weights = {key: sum(spellings.values()) for key, spellings in self.forms.items()}
        # A slip leaves the first letter, or the second, in its place or moves it by one: that narrows the search.
        self._by_start: dict[tuple[int, int, str], list[str]] = {}
        for key in self.forms:
            for place in (0, 1):
                self._by_start.setdefault((len(key), place, key[place : place + 1]), []).append(key)

    def spelling(self, folded: str) -> tuple[str, float] | None:
        """The most usual spelling of a folded word and its weight, or None."""
        spellings = self.forms.get(folded)
        return max(spellings.items(), key=lambda item: (item[1], item[0])) if spellings else None

    def weight(self, form: str) -> float:
        return self.forms.get(fold(form), {}).get(form, 0.0)

    def nearest(self, folded: str) -> str | None:
        """The folded word that a mistyped one most likely meant, or None when there is none or no clear one.

        One slip (a letter lost, added, changed, or two swapped) in words of 4 to 7 letters, two in longer ones.
        """
        length = len(folded)
        if length < 4:
            return None
        slips = 1 if length < 8 else 2
        starts = ((0, folded[0]), (1, folded[1]), (1, folded[0]), (0, folded[1]))
        pool = [
            key
            for size in range(length - slips, length + slips + 1)
            for place, letter in starts
            for key in self._by_start.get((size, place, letter), ())
        ]
        # Two letters swapped are two changes in Levenshtein's distance, which rules out what is far away much sooner.
        near = process.extract(folded, pool, scorer=Levenshtein.distance, score_cutoff=2 * slips, limit=None)
        found = [
            (key, distance)
            for key in {key for key, _, _ in near}
            if (distance := DamerauLevenshtein.distance(folded, key, score_cutoff=slips)) <= slips
        ]
        if not found:
            return None
        # The first letter is rarely wrong; each slip must be worth an order of magnitude of frequency.
        scored = sorted(
            (
                distance * 2.5 - math.log(self._weights[key] + 0.01) / 2 + (0 if key[0] == folded[0] else 1.5),
                key,
            )
            for key, distance in found
        )
        return scored[0][1]

    def to_data(self) -> dict[str, Any]:
        return {"forms": self.forms, "lemmas": self.lemmas}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Vocabulary:
        return cls(forms=data["forms"], lemmas=data["lemmas"])


def build_vocabulary(texts: Iterable[tuple[str, float]], morphology: Morphology) -> Vocabulary:
    """Count the known words of weighted texts and add the inflected forms of their lemmas.

    Text without a single diacritic is skipped: it would teach spellings that are wrong.
    """
    counts = _count_words(texts, morphology)
    lemmas: Counter[str] = Counter()
    for word, count in counts.items():
        readings = morphology.lemmas(word)
        for lemma in readings:
            lemmas[lemma] += count / len(readings)  # type: ignore[assignment]
    forms: dict[str, dict[str, float]] = {}
    for word, count in counts.items():
        forms.setdefault(fold(word), {})[word] = float(count)
    for lemma, count in lemmas.items():
        if count < _MIN_LEMMA_COUNT or len(lemma) < 4:
            continue
        for form in morphology.forms(lemma):
            if form.isalpha():
                forms.setdefault(fold(form), {}).setdefault(form, GENERATED_WEIGHT)
    return Vocabulary(forms=forms, lemmas=dict(lemmas))


def _count_words(texts: Iterable[tuple[str, float]], morphology: Morphology) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, weight in texts:
        if text.isascii() and len(text) > 25:
            continue
        for word in words(text.lower()):
            if not any(letter.isdigit() for letter in word) and morphology.known(word):
                counts[word] += weight  # type: ignore[assignment]
    return counts
