"""ELI identifiers of acts in the two official journals."""

from __future__ import annotations

import re

from knowledge_base.acts.errors import ActError

_ELI = re.compile(r"(DU|MP)/(\d{4})/([1-9]\d{0,5})", re.ASCII)


def parse_eli(text: str) -> str:
    """Return the identifier in its one form, `DU/2025/620`. Raises ActError."""
    found = _ELI.fullmatch(text.strip().upper())
    if not found or not 1918 <= int(found[2]) <= 2100:
        raise ActError(
            f"„{text}” nie jest identyfikatorem ELI. Podaj dziennik, rok i pozycję, na przykład DU/2025/620 "
            "(DU – Dziennik Ustaw, MP – Monitor Polski)."
        )
    return found[0]


def folder_name(eli: str) -> str:
    return eli.replace("/", "-")
