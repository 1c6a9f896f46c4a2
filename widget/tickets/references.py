"""Reference numbers: short enough to be read out on the phone, chosen at random."""

from __future__ import annotations

import secrets

# Without letters and digits that are taken for one another: 0 O, 1 I L, U V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
PATTERN = rf"ZL-\d{{2}}-[{ALPHABET}]{{{LENGTH}}}"


def new_reference(year: int) -> str:
    """A reference such as `ZL-26-7K3P9Q`; the caller takes another where it is taken (about 7e8 a year)."""
    return f"ZL-{year % 100:02}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """A reference as somebody types it, in its one form.

    >>> as_typed(" zl 26 7k3p9q ")
    'ZL-26-7K3P9Q'
    """
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    return f"{plain[:2]}-{plain[2:4]}-{plain[4:]}"
