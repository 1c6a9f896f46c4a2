"""What unanswered questions have in common, by the stems of their words: no model, so the same result every time."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_FEWEST = 2
# Frequent words that say nothing about a matter.
_EMPTY = frozenset(
    "abym albo ale bardzo beda bedzie bylo chce chcial chciala chyba czego czemu czyli dlacz dobry dzien dziek gdzie "
    "jakie jakis jeste jesli jezel jeszc kiedy ktora ktore ktory mialam mialem mieli mnie moge mogla mozec mozna musze "
    "nalez oraz pani panst ponie potrz prosz przec przez pytan robic sobie tego takie teraz tylko witam wiec zeby "
    "zrobi jestem moze maja mamy jaki jaka jest jako jego przed tutaj wiem"
    .split()
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """Questions that share a stem; `label` is the form in which it is met most."""

    label: str
    questions: tuple[str, ...]


def fold(text: str) -> str:
    """Lower case without diacritics."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def stem(word: str) -> str:
    return fold(word)[:_STEM]


def themes(questions: Iterable[str], *, fewest: int = _FEWEST) -> list[Theme]:
    """Group questions by the most frequent stem among those not grouped yet; what shares nothing is the last theme."""
    left = [(question, _stems(question)) for question in questions]
    forms: dict[str, Counter[str]] = {}
    for _, found in left:
        for key, word in found.items():
            forms.setdefault(key, Counter())[word] += 1
    result = []
    while True:
        counts = Counter(key for _, found in left for key in found)
        key, number = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
        if number < fewest:
            break
        label = min(forms[key].items(), key=lambda item: (-item[1], item[0]))[0]
        result.append(Theme(label, tuple(question for question, found in left if key in found)))
        left = [(question, found) for question, found in left if key not in found]
    if left:
        result.append(Theme("", tuple(question for question, _ in left)))
    return result


def _stems(question: str) -> dict[str, str]:
    """Stems of a question with the word that each comes from."""
    found: dict[str, str] = {}
    for word in _WORD.findall(question):
        key = stem(word)
        if key not in _EMPTY and fold(word) not in _EMPTY:
            found.setdefault(key, word.lower())
    return found
