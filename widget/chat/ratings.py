"""What a visitor may say of an answer: it helped, or why not. No free text, so no personal data."""

from __future__ import annotations

from typing import Any

from widget.problems import ProblemError

REASONS = {
    "off_topic": "nie na temat",
    "unclear": "niezrozumiałe",
    "too_little": "za mało szczegółów",
    "outdated": "nieaktualne",
}

# Of a whole conversation: did it settle the matter.
RESULTS = {"yes": "tak", "partly": "częściowo", "no": "nie"}


def rating(body: dict[str, Any]) -> tuple[bool, str | None]:
    """Return whether the answer helped, and the reason. Raises ProblemError (422)."""
    helpful, reason = body.get("helpful"), body.get("reason")
    if not isinstance(helpful, bool):
        raise ProblemError(422, "Pole „helpful” musi mieć wartość true albo false.")
    if reason is not None and (helpful or reason not in REASONS):
        raise ProblemError(422, f"Pole „reason” podaje się przy ocenie „nie”. Dozwolone: {', '.join(REASONS)}.")
    return helpful, reason


def result_of(body: dict[str, Any]) -> str:
    """Return what the visitor says of the whole conversation. Raises ProblemError (422)."""
    result = body.get("result")
    if result not in RESULTS:
        raise ProblemError(422, f"Pole „result” musi mieć jedną z wartości: {', '.join(RESULTS)}.")
    return str(result)
