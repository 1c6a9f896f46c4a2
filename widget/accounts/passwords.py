"""Passwords: hashing (argon2id, RFC 9106), and what makes one good enough."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
# What is left of a password when its common words, rows of keys and repetitions count as one letter each.
_MIN_REST = 8
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgbyhnujm")
_LOOKALIKES = str.maketrans("013457@$!ł", "oieastasil")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()


def _read_common() -> list[str]:
    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split()
    return sorted(lines, key=len, reverse=True)


_COMMON = _read_common()


def hash_password(password: str) -> str:
    return _hasher.hash(_normal(password))


@cache
def _nobody() -> str:
    """For addresses without an account: checking takes as long as for others."""
    return hash_password(secrets.token_hex(16))


def verify(password: str, hashed: str | None) -> bool:
    """Tell whether the password is right; without a hash it takes the same time and is wrong."""
    try:
        right = _hasher.verify(hashed or _nobody(), _normal(password[: 4 * MAX_LENGTH]))
    except (VerificationError, InvalidHashError):
        return False
    return right and hashed is not None


def needs_rehash(hashed: str) -> bool:
    return _hasher.check_needs_rehash(hashed)


def generate() -> str:
    """A password of about 78 bits that one can read out: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def weakness(password: str, *, known: tuple[str, ...] = ()) -> str | None:
    """Why a password is not good enough, in Polish, or None; `known` are words that others know: name, e-mail."""
    if len(password) < MIN_LENGTH:
        return f"Hasło musi mieć co najmniej {MIN_LENGTH} znaków. Dobre hasło to na przykład kilka przypadkowych słów."
    if len(password) > MAX_LENGTH:
        return f"Hasło może mieć najwyżej {MAX_LENGTH} znaków."
    folded = _fold(password)
    parts = {part for word in known for part in re.split(r"[^a-z0-9]+", _fold(word)) if len(part) > 3}
    if any(part in folded for part in parts):
        return "Hasło nie może zawierać imienia, nazwiska ani adresu e-mail."
    if _rest(folded) < _MIN_REST or len(set(folded)) < 5:
        return "To hasło jest łatwe do odgadnięcia: składa się z często używanych słów, ciągów znaków albo powtórzeń."
    return None


def _normal(password: str) -> str:
    """The same characters, however the keyboard composed them (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _rest(folded: str) -> int:
    """How many letters are left when everything that is easy to guess counts as one."""
    text = folded
    for row in _ROWS:
        for line in (row, row[::-1]):
            for size in range(len(line), 3, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], "\0")
    for form in (text, text.translate(_LOOKALIKES)):
        shortened = form
        for word in _COMMON:
            shortened = shortened.replace(word, "\0")
        # A year, and any block that is repeated.
        shortened = re.sub(r"(?:19|20)\d\d", "\0", shortened)
        shortened = re.sub(r"(.+?)\1+", r"\1", shortened)
        text = min(text, shortened, key=len)
    return len(text)
