"""Offices that fit what staff type, with their contacts."""

from __future__ import annotations

from typing import Any

from actions.office_messages import MAX_OFFICES, facts_of
from actions.offices import find


def offices_for(text: str) -> dict[str, Any]:
    """`offices` in the order of likelihood, each with its `facts`; `more` tells how many were left out."""
    matches = find(text).matches
    return {
        "offices": [
            {
                "name": match.office.name,
                "label": match.label,
                "sure": match.sure,
                "verified": match.office.verified,
                "facts": [{"label": label, "value": value} for label, value in facts_of(match.office)],
            }
            for match in matches[:MAX_OFFICES]
        ],
        "more": max(0, len(matches) - MAX_OFFICES),
    }
