"""Nouns beside numbers, the Polish way."""

from __future__ import annotations


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form that agrees with the number: 1 dzień, 2 dni, 5 dni, 12 dni, 22 dni."""
    if number == 1:
        return one
    return few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun.

    >>> [counted(number, "przykład", "przykłady", "przykładów") for number in (1, 3, 12, 22)]
    ['1 przykład', '3 przykłady', '12 przykładów', '22 przykłady']
    """
    return f"{number} {plural(number, one, few, many)}"
