"""Keyed hashes that stand for conversations: figures per conversation need them, nobody else can use them."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# Begins what stands for an erased conversation: no key leads from the conversation to it.
LOOSE = "x"
_LENGTH = 32


def link_of(identifier: str, secret: str) -> str:
    """The keyed hash of an id of a conversation or message, 32 hexadecimal digits."""
    return hmac.new(secret.encode(), f"events:{identifier}".encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def loose_link() -> str:
    """A random link: events of an erased conversation stay together, so counts stay, and belong to nobody."""
    return LOOSE + secrets.token_hex(_LENGTH // 2)[: _LENGTH - 1]
