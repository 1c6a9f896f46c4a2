"""Personal data are masked before anything is stored, logged or sent on.

Masked: PESEL, NIP, bank accounts, payment cards, e-mails, phones, identity documents, names after "nazywam się".
Rather one number too many than one too few: a run of eleven digits is masked also with a wrong check digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from widget.chat.inputs import has_words

# Numbers that belong to nobody: the hotline and the emergency lines must stay readable.
PUBLIC_NUMBERS = frozenset({"19524", "112", "116123", "116111", "800702222"})

_SEPARATOR = r"[ \u00a0.\-/]?"


@dataclass(frozen=True)
class Rule:
    """What to look for and what stands in its place; `accept` may still refuse a match by its digits."""

    label: str
    pattern: re.Pattern[str]
    accept: Callable[[str], bool] = lambda digits: True


def _digits(count: str) -> str:
    return rf"(?<![\d\w])(?:\d{_SEPARATOR}){{{count}}}\d(?![\d\w])"


def _not_public(digits: str) -> bool:
    return digits not in PUBLIC_NUMBERS


def _phone(digits: str) -> bool:
    return _not_public(digits) and _not_public(digits.removeprefix("48"))


_NAME = r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?"
_NAME_INTRODUCTION = (
    r"(?:nazywam\s+si[eę]|mam\s+na\s+imi[eę]|moje\s+(?:imi[eę](?:\s+i\s+nazwisko)?|nazwisko)(?:\s+to)?)"
)

RULES = (
    Rule("e-mail", re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")),
    Rule("numer konta", re.compile(rf"(?<!\w)(?:PL{_SEPARATOR})?(?:\d{_SEPARATOR}){{25}}\d(?![\d\w])", re.IGNORECASE)),
    Rule("numer karty", re.compile(_digits("15"))),
    Rule(
        "telefon",
        re.compile(rf"(?<![\w+])(?:\+|00){_SEPARATOR}\d{{2}}{_SEPARATOR}(?:\d{_SEPARATOR}){{8}}\d(?![\d\w])"),
        _phone,
    ),
    Rule("PESEL", re.compile(_digits("10"))),
    Rule("telefon", re.compile(rf"(?<![\w+])48{_SEPARATOR}(?:\d{_SEPARATOR}){{8}}\d(?![\d\w])"), _phone),
    Rule("NIP", re.compile(_digits("9"))),
    Rule(
        "telefon",
        re.compile(rf"(?<![\d\w])\(?\d{{2,3}}\)?{_SEPARATOR}(?:\d{_SEPARATOR}){{5,6}}\d(?![\d\w])"),
        lambda digits: len(digits) == 9 and _phone(digits),
    ),
    Rule("numer dokumentu", re.compile(rf"(?<!\w)[A-Z]{{3}}{_SEPARATOR}\d{{6}}(?!\w)", re.IGNORECASE)),
    Rule("numer dokumentu", re.compile(rf"(?<!\w)[A-Z]{{2}}{_SEPARATOR}\d{{7}}(?!\w)", re.IGNORECASE)),
)
# A second word is a surname unless it goes on with the sentence.
_NOT_SURNAME = (
    r"(?!(?:i|a|oraz|ale|mam|jestem|od|w|z|ze|do|na|po|chc[eę]|szukam|pracuj[eę]|czy|jak|kiedy|gdzie|pytam)\b)"
)
_NAMES = re.compile(rf"\b({_NAME_INTRODUCTION})\s*:?\s+{_NAME}(?:\s+{_NOT_SURNAME}{_NAME})?", re.IGNORECASE)


_NAME_LABEL = "imię i nazwisko"
_LABEL = re.compile(
    "|".join(re.escape(f"[{label}]") for label in sorted({_NAME_LABEL, *(rule.label for rule in RULES)}))
)


def mask(text: str) -> str:
    """Return the text with personal data replaced by labels in square brackets.

    >>> mask("PESEL 44051401359, tel. 600 700 800")
    'PESEL [PESEL], tel. [telefon]'
    """
    for rule in RULES:
        text = rule.pattern.sub(lambda match, rule=rule: _replace(match, rule), text)  # type: ignore[misc]
    return _NAMES.sub(lambda match: f"{match[1]} [{_NAME_LABEL}]", text)


def _replace(match: re.Match[str], rule: Rule) -> str:
    digits = re.sub(r"\D", "", match[0])
    return f"[{rule.label}]" if rule.accept(digits) else match[0]


def without_hidden(text: str) -> str:
    """Leave out the parts of a message that only gave personal data, which are masked; all of it where that is all.

    >>> without_hidden("mój PESEL to [PESEL], ile wynosi zasiłek?")
    'ile wynosi zasiłek?'
    """
    parts = [part.strip() for part in re.split(r"(?<=[,.;!?\n])\s+", text)]
    kept = " ".join(part for part in parts if not _LABEL.search(part))
    return kept if has_words(kept) else text
