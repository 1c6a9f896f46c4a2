"""Placeholders in answers: `{{ parameter }}` becomes the amount of the day or a setting, nothing is executed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from knowledge_base.content.amounts import Amounts

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


def placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def render(text: str, *, day: dt.date, amounts: Amounts, constants: Mapping[str, str]) -> str:
    """Fill in the placeholders for `day`.

    Raises UnknownAmountError where a parameter has no value on that day: better no answer than a wrong amount.
    """

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        return constants[name] if name in constants else amounts.text_on(name, day)

    return _PLACEHOLDER.sub(fill, text)


def amounts_verified(text: str, *, day: dt.date, amounts: Amounts) -> bool:
    """Tell whether every amount that the text names has been verified for `day`."""
    return all(amounts.period_on(name, day).verified for name in placeholders(text) if name in amounts)
