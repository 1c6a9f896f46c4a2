"""Words of an answer: folded, with what carries no meaning set apart.

Nothing on the package index reads Polish numbers in words together with "półtora roku" or "15 III": dateparser takes
"maj" for today's day in May and knows no Roman months; text2num has no Polish. So the readers here are our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from knowledge_base.content.text import fold

T = TypeVar("T")
Tokens = list[str]

_DASHES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
)
_TOKEN = re.compile(
    r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)(?!\.\d)|\d+/\d+(?![/\d])|\d+(?:[.,]\d+)?(?![.,]?\d)|\d+|[a-z]+|[^\sa-z0-9]"
)
# Said around a value; they change nothing about it.
FILLERS = frozenset(
    "to jest sa bylo byl byla bylam bylem bedzie chyba okolo ok mniej wiecej jakies jakis jakas mam mialem mialam "
    "wydaje mi sie mysle ze raczej gdzies tak z na w we o no razem lacznie w sumie przez przepracowane przepracowalem "
    "przepracowalam pracuje pracowalem pracowalam robilem robilam zarabiam dostaje wynosi wyniesie moje moj moja "
    "mojego dokladnie rowno tylko juz po dnia dniu dnia dn dzien a ja ze jako prawie ponad jeszcze stazu wieku zycia "
    "czyli prosze odpowiedz wpisz oczywiscie mozna powiedziec i oraz jednak bo jestem mialo byc".split()
)
_PUNCTUATION = frozenset(".,;:!?()\"'„”+-…~*")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value, and whether the text says nothing besides it."""

    value: T
    whole: bool = True


def tokens(text: str) -> Tokens:
    """Numbers, fractions, words and signs, without diacritics: `1 200,50 zł` is `["1 200,50", "zl"]`."""
    return _TOKEN.findall(fold(text.translate(_DASHES)))


def left_over(parts: Tokens, allowed: frozenset[str] = frozenset()) -> Tokens:
    """What of the tokens is neither filling nor allowed."""
    return [part for part in parts if part not in FILLERS and part not in _PUNCTUATION and part not in allowed]
