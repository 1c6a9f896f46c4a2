"""One of several options, or several of them: by number, title, synonym, also with slips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from actions.dialogues.values.words import FILLERS, Found, left_over, tokens
from knowledge_base.content.text import fold, normalised, words

_ORDINALS = ("pierwsz", "drug", "trzeci", "czwart", "piat", "szost", "siodm", "osm", "dziewiat", "dziesiat")
_NUMBERED = re.compile(r"(?:opcja|opcje|odpowiedz|numer|nr|punkt|pkt)?\.?\s*(\d{1,2})\s*[.)]?")
_SLIP = 84
_LETTERS_FOR_SLIPS = 4
_ALL = frozenset("wszystko wszystkie wszystkich komplet calosc".split())
_NOTHING = frozenset("zaden zadne zadnego zadnych nic brak nie niczego zadna".split())
_NUMBERING = frozenset("opcja opcje numer numery nr punkt punkty pkt".split())
_OF_THESE = frozenset("tego tej tych listy rzeczy wymienionych powyzszych".split())

YES = frozenset(
    "tak t yes jasne oczywiscie pewnie zgadza potwierdzam owszem no mhm ta taa tk naturalnie prawda dokladnie zawsze "
    "da ok okej".split()
)
NO = frozenset("nie n no nope nigdy skad zaden zadne nieprawda nei ni skadze".split()) - {"no"}
_NOT_KNOWN = frozenset({"wiem", "pamietam", "pewna", "pewny", "pewien", "wiadomo"})
_YES_START = re.compile(r"^(?:tak|owszem|oczywiscie|jasne|pewnie|zgadza sie)\b")
# "Mam orzeczenie" says yes; "mam 30 lat i jestem kobietą" does not.
_YES_BRIEFLY = re.compile(r"^(?:mam|jestem|bylo|bylem|bylam|posiadam|byla)(?: [a-z]+)?$")
_NO_START = re.compile(r"^(?:nie|skad|zaden|zadne|brak|nigdy)\b")


@dataclass(frozen=True)
class Option:
    """`value` is what the case reads; `title` stands on the button; `synonyms` are what people write instead."""

    value: str
    title: str
    synonyms: tuple[str, ...] = ()


def yes_or_no(text: str) -> Found[bool] | None:
    """`tak`, `nie`, `no tak`, `nie mam`; not `nie wiem`, which is a command."""
    said = words(fold(text))
    if not said or not _NOT_KNOWN.isdisjoint(said):
        return None
    meaning = [word for word in said if word not in FILLERS or word in YES | NO]
    if len(meaning) > 1 and meaning[0] == "no":
        meaning = meaning[1:]
    if meaning and all(word in YES for word in meaning) and "nie" not in meaning:
        return Found(True)
    if meaning and all(word in NO for word in meaning):
        return Found(False)
    folded = " ".join(said)
    if _NO_START.match(folded):
        return Found(False, whole=len(said) <= 3)
    if _YES_START.match(folded) or _YES_BRIEFLY.match(folded):
        return Found(True, whole=len(said) <= 3)
    return None


def choice(text: str, options: Sequence[Option]) -> Found[str] | None:
    """The option that a text names."""
    by_number = _number(text, len(options))
    if by_number is not None:
        return Found(options[by_number - 1].value)
    exact = _exact(text, options)
    if exact is not None:
        return Found(exact)
    inside = {option.value for option in options if _inside(text, option)}
    if len(inside) == 1:
        (value,) = inside
        return Found(value, whole=len(words(text)) <= 6)
    longest = _longest(text, options) if inside else None
    if longest is not None:
        return Found(longest, whole=len(words(text)) <= 6)
    slip = _nearest(text, options)
    return Found(slip) if slip is not None else None


def several(text: str, options: Sequence[Option]) -> Found[tuple[str, ...]] | None:
    """All options that a text names: `1, 3 i 5`, `dowód i świadectwa`, `wszystko`, `żaden`."""
    said = words(fold(text))
    if any(word in _ALL for word in said):
        return Found(tuple(option.value for option in options))
    parts = tokens(text.replace(",", " , "))
    numbers = [int(part) for part in parts if part.isdigit()]
    others = left_over([part for part in parts if not part.isdigit()], _NUMBERING)
    if numbers and not others and all(1 <= number <= len(options) for number in numbers):
        return Found(tuple(dict.fromkeys(options[number - 1].value for number in numbers)))
    found = [option.value for option in options if _inside(text, option)]
    if not found:
        pieces = [piece for piece in re.split(r",|;|\bi\b|\boraz\b|\bplus\b", text) if words(piece)]
        slips = [_exact(piece, options) or _nearest(piece, options) for piece in pieces]
        found = [slip for slip in slips if slip is not None]
    if found:
        return Found(tuple(dict.fromkeys(found)))
    nothing = any(word in _NOTHING for word in said) and not set(said) - _NOTHING - _OF_THESE - FILLERS
    return Found(()) if nothing else None


def _number(text: str, count: int) -> int | None:
    folded = fold(text).strip()
    match = _NUMBERED.fullmatch(folded)
    if match:
        number = int(match[1])
        return number if 1 <= number <= count else None
    said = [word for word in words(folded) if word not in {"opcja", "ta", "ten", "to", "odpowiedz"}]
    if len(said) != 1:
        return None
    number = next((n for n, stem in enumerate(_ORDINALS, 1) if said[0].startswith(stem)), 0)
    return number if 1 <= number <= count else None


def _names(option: Option) -> tuple[str, ...]:
    return (option.title, option.value.replace("_", " "), *option.synonyms)


def _exact(text: str, options: Sequence[Option]) -> str | None:
    key = normalised(text)
    found = {option.value for option in options if any(normalised(name) == key for name in _names(option))}
    return found.pop() if len(found) == 1 else None


def _inside(text: str, option: Option) -> bool:
    """Tell whether the words of the title or of a synonym stand in the text in a row, endings aside."""
    return any(_row(words(fold(text)), words(fold(name))) for name in (option.title, *option.synonyms))


def _row(said: list[str], name: list[str]) -> bool:
    if not name:
        return False
    return any(
        all(_same(word, wanted) for word, wanted in zip(said[start:], name))
        for start in range(len(said) - len(name) + 1)
    )


def _same(word: str, wanted: str) -> bool:
    """Words that differ only in an ending."""
    if word == wanted:
        return True
    stem = max(4, len(wanted) - 3)
    return len(wanted) > 4 and len(word) >= stem and word[:stem] == wanted[:stem]


def _longest(text: str, options: Sequence[Option]) -> str | None:
    """Of options that are both named, the one whose name says more (`nie wiem` is in `nie wiem, ile`)."""
    said = words(fold(text))
    lengths = {
        option.value: max(
            (len(words(name)) for name in (option.title, *option.synonyms) if _row(said, words(fold(name)))), default=0
        )
        for option in options
    }
    best = max(lengths.values())
    winners = [value for value, size in lengths.items() if size == best]
    return winners[0] if best and len(winners) == 1 else None


def _nearest(text: str, options: Sequence[Option]) -> str | None:
    """The option that a slip of the pen is for, where it is far from all others."""
    key = normalised(text)
    if len(key) < _LETTERS_FOR_SLIPS:
        return None
    scores = sorted(
        ((max(fuzz.ratio(key, normalised(name)) for name in _names(option)), option.value) for option in options),
        reverse=True,
    )
    if not scores or scores[0][0] < _SLIP:
        return None
    return scores[0][1] if len(scores) == 1 or scores[0][0] - scores[1][0] >= 4 else None
