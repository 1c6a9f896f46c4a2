"""The tax number of a firm (NIP)."""

from __future__ import annotations

import re

_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


def read_nip(text: str) -> str | None:
    """Ten digits, however they were written ("PL 526-025-02-74"); None where the check digit does not fit.

    >>> read_nip("526-025-02-74")
    '5260250274'
    """
    digits = re.sub(r"[\s.\-–]", "", text.upper()).removeprefix("PL")
    if not re.fullmatch(r"[0-9]{10}", digits):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS))
    return digits if total % 11 == int(digits[9]) else None
