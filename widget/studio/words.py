"""Numbers with their nouns, the Polish way."""

from __future__ import annotations


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with the form of the noun that fits it.

    >>> [counted(number, "przykład", "przykłady", "przykładów") for number in (1, 3, 12, 22)]
    ['1 przykład', '3 przykłady', '12 przykładów', '22 przykłady']
    """
    if number == 1:
        return f"1 {one}"
    is_few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
    return f"{number} {few if is_few else many}"


def examples(number: int) -> str:
    return counted(number, "przykład", "przykłady", "przykładów")
