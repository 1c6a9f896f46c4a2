"""The optional second factor: time-based codes (RFC 6238), their QR code, and codes for who lost the phone."""

from __future__ import annotations

import datetime as dt
import secrets

import pyotp
import segno

STEP_SECONDS = 30
RECOVERY_CODES = 10
_ISSUER = "Zielona Linia"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: dt.datetime) -> int | None:
    """The time step whose code this is, one step early or late included; None for a wrong code."""
    digits = "".join(letter for letter in code if letter.isdigit())
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if secrets.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def qr_address(secret: str, email: str) -> str:
    """A QR code for the phone's application as a `data:` address of an SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def new_recovery_codes() -> list[str]:
    """Ten codes of about 49 bits each, in two groups of five."""
    return [f"{_letters(5)}-{_letters(5)}" for _ in range(RECOVERY_CODES)]


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def plain_code(code: str) -> str:
    """A recovery code as it is compared: spaces, dashes and case do not matter."""
    return "".join(letter for letter in code.lower() if letter.isalnum())
