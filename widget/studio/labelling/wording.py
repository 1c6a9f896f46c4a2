"""How the queue and its groups are told."""

from __future__ import annotations

import textwrap

from zielona.plurals import counted, plural

# A longer message is no heading.
_LONG = 70


def fresh_messages(count: int) -> str:
    """Messages that no grouping has seen.

    >>> fresh_messages(30)
    '30 nowych wiadomości czeka na pogrupowanie'
    """
    return _waiting(count, ("nowa wiadomość", "nowe wiadomości", "nowych wiadomości"), "pogrupowanie")


def waiting_messages(count: int) -> str:
    """Messages that nobody labelled.

    >>> waiting_messages(3)
    '3 wiadomości czekają na oznaczenie'
    """
    return _waiting(count, ("wiadomość", "wiadomości", "wiadomości"), "oznaczenie")


def group_title(typical: str, key_words: str) -> str:
    """A group's most typical message; one that is long is shortened after the key words.

    >>> group_title("ile trwa kurs drona", "kurs drona trwa")
    'ile trwa kurs drona'
    """
    text = " ".join(typical.split())
    if not text:
        return key_words
    return text if len(text) <= _LONG else f"{key_words}: {textwrap.shorten(text, _LONG, placeholder='…')}"


def _waiting(count: int, forms: tuple[str, str, str], what: str) -> str:
    return f"{counted(count, *forms)} {plural(count, 'czeka', 'czekają', 'czeka')} na {what}"
