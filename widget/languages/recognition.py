"""Which language a visitor writes: Polish unless there are clear signs of another."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN_LETTERS = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN_LETTERS = re.compile(r"[ыэёъЫЭЁЪ]")
_POLISH_LETTERS = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]")
_UKRAINIAN = frozenset("як що мені мене допомога робота роботу можу потрібно коли де чи це для та після".split())
_RUSSIAN = frozenset("как что мне меня пособие работа работу могу нужно когда где ли это для и после".split())
# Frequent English words that are no Polish ones, with or without diacritics.
_ENGLISH = frozenset(
    "how what when where which who can could should would the is are am my have has for of you your i'm im job work "
    "register unemployed unemployment benefit benefits leave contract employer days much many long get need want and "
    "with if after about this that does".split()
)
_POLISH = frozenset(
    "jak czy ile kiedy gdzie co sie nie mam moge na dla po przez jest mi moj za od czy ze albo lub".split()
)


def language_of(text: str) -> str:
    """Return `pl`, `uk`, `ru` or `en`.

    >>> language_of("Як зареєструватися безробітним?"), language_of("jak sie zarejestrowac")
    ('uk', 'pl')
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return "pl"
    tokens = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())
    if len(_CYRILLIC.findall(text)) * 2 > len(letters):
        return _cyrillic(text, tokens)
    if _POLISH_LETTERS.search(text) or any(token in _POLISH for token in tokens):
        return "pl"
    english = sum(token in _ENGLISH for token in tokens)
    return "en" if english >= 2 and english * 4 >= len(tokens) else "pl"


def _cyrillic(text: str, tokens: list[str]) -> str:
    """Letters that only one of the two has decide; where there are none, frequent words do."""
    ukrainian = len(_UKRAINIAN_LETTERS.findall(text)) + sum(token in _UKRAINIAN for token in tokens)
    russian = len(_RUSSIAN_LETTERS.findall(text)) + sum(token in _RUSSIAN for token in tokens)
    return "ru" if russian > ukrainian else "uk"
