"""Numbers with their nouns, the Polish way."""

from __future__ import annotations

from zielona.plurals import counted


def examples(number: int) -> str:
    return counted(number, "przykład", "przykłady", "przykładów")
