"""How a message may be read: as one question, as several, or as a follow-up of the one before. Plain text, no model."""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge_base.content.text import fold, words

MAX_QUESTIONS = 3
_MIN_WORDS = 3
_FOLLOW_UP_WORDS = 9
_ASKING = (
    r"(?:czy|ile|jak|jaki\w*|jaka|kiedy|gdzie|co|kto|komu|kogo|ktor\w+|dlaczego|czemu|skad|dokad|jakie|na ile|do kiedy|"
    r"od kiedy|za co|ilu|po co|do kogo|na jak dlugo|w jaki sposob)"
)
# A question may begin a message, a sentence, or a part after a comma or a conjunction.
_START = re.compile(rf"(?:^|[.!?;:\n]\s*|,\s*|\b(?:i|a|oraz|plus|tez|jeszcze|ale|po drugie|drugie)\s+)(?={_ASKING}\b)")
# Somebody may come to the first one without a pause: "chcę iść na staż ile płacą".
_ASKED = re.compile(rf"\b{_ASKING}\b")
# After a question mark another question needs no question word: "…? I gdzie", "…? A zwrócicie za żłobek?".
_AFTER_MARK = re.compile(r"\?\s*(?P<link>(?:(?:i|a|no|oraz|plus|tez|jeszcze)\s+)*)(?=\w)")
# Where two questions may meet that no question word begins.
_SEAM = re.compile(r"[.!?;\n]\s+|,\s+|\s(?=(?:i|a|oraz|plus)\s)")
_SEAMS = 3
_TRAILING = re.compile(r"(?:[\s,;]|\b(?:i|a|oraz|plus|też|jeszcze)\b)+$", re.IGNORECASE)
_LINK = re.compile(r"^(?:i|a|oraz|plus|też|tez|jeszcze|ale|no|po drugie|po pierwsze)\b[\s,:]*", re.IGNORECASE)
_FOLLOW_UP = re.compile(r"^(?:a|i|ale|no to|to|w takim razie|czyli|co jesli)\b")
_POINTING = re.compile(r"\b(?:to|tego|temu|tym|ten|ta|te|tych|wtedy|tam|tak samo|tyle samo|rowniez|on|ona|oni|je|ja)\b")


def questions(text: str) -> list[str]:
    """Split a message into its questions; one part where it asks once or is too long a story to tell.

    Nothing is left out: what stands before the first question belongs to it.

    >>> questions("ile wynosi zasiłek i jak się zarejestrować?")
    ['ile wynosi zasiłek', 'jak się zarejestrować?']
    """
    folded = fold(text)
    if len(folded) != len(text):
        # Exotic letters change the length: positions would not fit.
        return [text]
    bounds = [0, *_cuts(folded), len(text)]
    parts: list[str] = []
    for start, end in pairwise(bounds):
        part = _TRAILING.sub("", text[start:end]).strip()
        if parts and len(words(part)) < _MIN_WORDS:
            # "Prawda to?" asks about what was said before it.
            parts[-1] = _TRAILING.sub("", text[text.index(parts[-1]) : end]).strip()
        else:
            parts.append(part)
    if not 2 <= len(parts) <= MAX_QUESTIONS or any(len(words(part)) < _MIN_WORDS for part in parts):
        return [text]
    return parts


def _cuts(folded: str) -> list[int]:
    """Where a question begins that is not the first."""
    starts = {match.end() for match in _START.finditer(folded)}
    for match in _AFTER_MARK.finditer(folded):
        if match["link"] or "?" in folded[match.end() :]:
            starts.add(match.end())
    return [start for start in sorted(starts) if _asked_before(folded[:start])]


def _asked_before(folded: str) -> bool:
    if "?" in folded:
        return True
    first = _ASKED.search(folded)
    return first is not None and len(words(_TRAILING.sub("", folded[first.start() :]))) >= _MIN_WORDS


def halves(text: str) -> list[tuple[str, str]]:
    """Ways to cut a message in two where a sentence, a comma or a conjunction parts it; the most even ones first.

    >>> halves("rejestracja w urzędzie i wysokość zasiłku")
    [('rejestracja w urzędzie', 'wysokość zasiłku')]
    """
    found = []
    for match in _SEAM.finditer(text):
        first = _TRAILING.sub("", text[: match.start()]).strip()
        second = _LINK.sub("", text[match.end() :].strip())
        counts = len(words(first)), len(words(second))
        if min(counts) >= 2:
            found.append((abs(counts[0] - counts[1]), (first, second)))
    return [pair for _, pair in sorted(found, key=lambda item: item[0])[:_SEAMS]]


def looks_dependent(text: str) -> bool:
    """Tell whether a message may only make sense after the one before ("a jak mam 50 lat?")."""
    folded = fold(text).strip()
    count = len(words(folded))
    if count > _FOLLOW_UP_WORDS:
        return False
    return bool(_FOLLOW_UP.match(folded)) or count <= 3 or bool(_POINTING.search(folded))


def begins_as_follow_up(text: str) -> bool:
    """Tell whether a short message begins the way follow-ups do ("a …", "to …"), so its context comes first."""
    folded = fold(text).strip()
    return len(words(folded)) <= _FOLLOW_UP_WORDS and bool(_FOLLOW_UP.match(folded))


def joined(before: str, text: str) -> str:
    """The follow-up read together with the question before."""
    return f"{before.rstrip(' .?!')} – {_LINK.sub('', text.strip())}"
