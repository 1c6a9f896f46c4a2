"""Two versions of a file, line by line."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

_CONTEXT = 2


@dataclass(frozen=True)
class Line:
    """`kind` is added, removed, same, or gap for lines left out."""

    kind: str
    text: str


def lines_between(before: str, after: str) -> list[Line]:
    """What changed, with a few lines around; empty where nothing did."""
    found: list[Line] = []
    kinds = {"+": "added", "-": "removed", " ": "same"}
    for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=_CONTEXT, lineterm=""))[2:]:
        if line.startswith("@@"):
            if found:
                found.append(Line("gap", "…"))
        else:
            found.append(Line(kinds[line[0]], line[1:]))
    return found
