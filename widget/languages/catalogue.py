"""Gettext catalogues (`*.po`) of the interface. The Polish text is the key, so Polish needs no catalogue."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "catalogues"
POLISH = "pl"
# What the service itself says in other languages, by its Polish text.
GREETING = (
    "Dzień dobry! Tu automatyczny asystent – program komputerowy, nie człowiek. Odpowiadam na pytania o urzędy pracy "
    "i prawo pracy. Najczęstsze odpowiedzi są przetłumaczone, pozostałe są po polsku."
)
POLISH_ONLY = (
    "Ta odpowiedź jest tylko po polsku, bo nie ma jeszcze tłumaczenia. Konsultant infolinii: telefon {0} ({1})."
)
CHOICES = "Nie mam pewności, o co chodzi. Może pomoże jeden z tych tematów:"
UNKNOWN = (
    "Nie wiem – nie mam na to pewnej odpowiedzi, a nie chcę zgadywać. Odpowie konsultant infolinii: telefon {0} ({1})."
)
UNVERIFIED = (
    "Uwaga: tej informacji jeszcze w pełni nie potwierdziliśmy w przepisach. Przed decyzją warto zapytać na infolinii: "
    "telefon {0} ({1})."
)
OFFICE = "Urząd pracy dla osób z tej strony: {0}."
OFFER = "Pokaż okno po polsku"
# What only the service says: browsers need not fetch it.
SPOKEN_BY_SERVICE = frozenset({GREETING, POLISH_ONLY, CHOICES, UNKNOWN, UNVERIFIED, OFFICE, OFFER})
# Each by the name that its speakers call it.
NAMES = {"pl": "polski", "uk": "українська", "en": "English", "ru": "русский"}
_ENTRY = re.compile(r'^msgid (?P<id>(?:"[^\n]*"\n)+)msgstr (?P<text>(?:"[^\n]*"(?:\n|\Z))+)', re.MULTILINE)


class CatalogueError(ValueError):
    """A catalogue cannot be read; the text names it."""


@cache
def words(language: str) -> dict[str, str]:
    """Translations by their Polish text; empty for Polish. Raises KeyError for a language without a catalogue."""
    if language == POLISH:
        return {}
    if language not in NAMES:
        raise KeyError(language)
    path = FOLDER / f"{language}.po"
    found = {}
    for entry in _ENTRY.finditer(path.read_text(encoding="utf-8")):
        key, text = _joined(entry["id"]), _joined(entry["text"])
        if key in found:
            raise CatalogueError(f"{path}: „{key}” stoi dwa razy")
        if key:
            found[key] = text
    return found


def interface_words(language: str) -> dict[str, str]:
    """Translations that the scripts of the widget need, by their Polish text; lines of content come filled in."""
    return {key: text for key, text in words(language).items() if key not in SPOKEN_BY_SERVICE and "{{" not in key}


def translated(text: str, language: str) -> str:
    """The text in the language; the Polish one where the catalogue lacks it."""
    return words(language).get(text) or text


def known(language: object) -> str:
    """The language if there is a catalogue for it, else Polish. `uk-UA` counts as `uk`."""
    short = (language if isinstance(language, str) else "").lower().replace("_", "-").split("-")[0]
    return short if short in NAMES else POLISH


def _joined(lines: str) -> str:
    return "".join(str(ast.literal_eval(line)) for line in lines.splitlines() if line)
