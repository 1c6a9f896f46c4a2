"""What a visitor sends: cleaned of what cannot be seen, refused when it cannot be a message."""

from __future__ import annotations

import re
import unicodedata

from widget.problems import ProblemError

_KEPT_CONTROLS = {"\n", "\t"}
# Format characters hide or reorder text: zero-width, bidirectional overrides, the invisible Unicode tags.
_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
_ZERO_WIDTH_JOINER = "\u200d"


def clean_text(value: object, *, limit: int) -> str:
    """Return the message as it will be processed. Raises ProblemError (422, 413) with a text for the visitor."""
    if not isinstance(value, str):
        raise ProblemError(422, "Pole „text” musi zawierać wiadomość zapisaną jako tekst.")
    if len(value) > limit:
        raise ProblemError(
            413, f"Wiadomość jest za długa: ma {len(value)} znaków, a może mieć najwyżej {limit}. Proszę ją skrócić."
        )
    text = unicodedata.normalize("NFC", "".join(letter for letter in value if _visible(letter)))
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    text = re.sub(r"\s*\n\s*", "\n", text).strip()
    if not text:
        raise ProblemError(422, "Wiadomość jest pusta. Proszę napisać pytanie.")
    return text


def _visible(letter: str) -> bool:
    return letter in _KEPT_CONTROLS or unicodedata.category(letter) not in _DROPPED_CATEGORIES


def has_words(text: str) -> bool:
    """Tell whether there is anything to read: emoji and punctuation alone are no question."""
    return any(letter.isalnum() for letter in text)


def without_command(text: str) -> str:
    """Take away leading slashes, which the dialogue model would read as a command.

    >>> without_command(" / /restart")
    'restart'
    """
    return re.sub(r"^[\s/]+", "", text)


def client_id(value: object) -> str | None:
    """Check the id that the sender gives a message, so that sending it again is not a second message."""
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"[\w\-]{8,64}", value, re.ASCII):
        raise ProblemError(422, "Pole „client_id” musi mieć od 8 do 64 liter, cyfr, łączników lub podkreśleń.")
    return value
