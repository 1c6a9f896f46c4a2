"""The e-mail with an answer: plain text that any program shows, with its legal basis and the link for rating."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.content.acts import Act
from widget.tickets.models import Ticket

_SUBJECT_LETTERS = 120


@dataclass(frozen=True)
class Letter:
    """What is sent to one address."""

    to: str
    subject: str
    text: str


def basis_lines(sources: Sequence[Mapping[str, Any]], acts: Mapping[str, Act]) -> list[str]:
    """Each legal basis once: article, name of the act, and since when it holds.

    Of one whose article nobody knows yet no day is told: it would be that of the whole act.
    """
    lines = []
    for source in sources:
        act = acts.get(str(source["act"]))
        since = dt.date.fromisoformat(str(source["valid_from"]))
        name = ", ".join(filter(None, [source["article"], act.short if act else source["act"]]))
        known = source["article"] or source.get("verified") is not False
        told = f"obowiązuje od {since:%d.%m.%Y}" if known else "przepis jeszcze niesprawdzony"
        lines.append(f"- {name} ({told})")
    return list(dict.fromkeys(lines))


def letter(
    ticket: Ticket,
    answer: str,
    sources: Sequence[Mapping[str, Any]],
    acts: Mapping[str, Act],
    *,
    rating_url: str,
    constants: Mapping[str, str],
) -> Letter:
    """The letter to who sent the ticket, which must have an address."""
    if not ticket.email:
        raise ValueError("the ticket has no address")
    basis = basis_lines(sources, acts)
    question = "\n".join(f"> {line}" for line in ticket.text.splitlines())
    parts = [
        "Dzień dobry,",
        answer.strip(),
        *(["Podstawa prawna:\n" + "\n".join(basis)] if basis else []),
        f"Czy ta odpowiedź pomogła? Ocena to jedno kliknięcie:\n{rating_url}",
        f"Zielona Linia, tel. {constants['infolinia_numer']}, {constants['infolinia_godziny']}\n"
        f"Numer zgłoszenia: {ticket.reference}",
        *([f"Treść zgłoszenia:\n{question}"] if question else []),
    ]
    subject = " ".join(f"Odpowiedź na zgłoszenie {ticket.reference}: {ticket.subject}".split())
    if len(subject) > _SUBJECT_LETTERS:
        subject = f"{subject[: _SUBJECT_LETTERS - 1]}…"
    return Letter(ticket.email, subject, "\n\n".join(parts) + "\n")
