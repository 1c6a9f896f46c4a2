"""What of the inbox is asked for, as it stands in the address of the page."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge_base.content.text import fold, words
from widget.tickets.models import CLOSED, IN_PROGRESS, KINDS, NEW, SENT

# What the list shows, with the states behind it. The first is shown unless said otherwise.
VIEWS = {
    "otwarte": ("Do zrobienia", (NEW, IN_PROGRESS)),
    "nowe": ("Nowe", (NEW,)),
    "w_toku": ("W toku", (IN_PROGRESS,)),
    "wyslane": ("Wysłane", (SENT,)),
    "zamkniete": ("Zamknięte", (CLOSED,)),
    "wszystkie": ("Wszystkie", (NEW, IN_PROGRESS, SENT, CLOSED)),
}
OPEN = "otwarte"
_WORDS = 8


@dataclass(frozen=True)
class Cursor:
    """The last ticket of a page; the next page begins behind it. `moment` is its due time, or its last change."""

    priority: int
    moment: dt.datetime
    id: str

    def as_text(self) -> str:
        packed = json.dumps([self.priority, self.moment.isoformat(), self.id])
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def cursor_of(text: str) -> Cursor | None:
    """The cursor of an address; None for nonsense, that is the first page.

    >>> cursor_of("nonsense") is None
    True
    """
    try:
        priority, moment, ticket_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        found = Cursor(int(priority), dt.datetime.fromisoformat(moment), str(ticket_id))
    except (ValueError, TypeError):
        return None
    return found if found.moment.tzinfo else None


@dataclass(frozen=True)
class InboxFilter:
    """Empty fields ask for everything. `words` are folded and must all be there."""

    view: str = OPEN
    kind: str = ""
    county: str = ""
    topic: str = ""
    tag: str = ""
    person: str = ""
    overdue: bool = False
    words: tuple[str, ...] = ()

    @property
    def states(self) -> tuple[str, ...]:
        return VIEWS[self.view][1]

    @property
    def by_due_time(self) -> bool:
        """What is to be done is ordered by urgency, what is done by time."""
        return self.view in {OPEN, "nowe", "w_toku"}


def read_filter(given: Mapping[str, str], *, me: str) -> InboxFilter:
    """The filter of an address; what is unknown in it asks for everything. `me` is who asks."""
    view, kind = given.get("stan", OPEN), given.get("rodzaj", "")
    return InboxFilter(
        view=view if view in VIEWS else OPEN,
        kind=kind if kind in KINDS else "",
        county=given.get("powiat", "")[:80],
        topic=given.get("temat", "")[:64],
        tag=given.get("etykieta", "")[:30],
        person=me if given.get("moje") else "",
        overdue=bool(given.get("po_terminie")),
        words=searched_words(given.get("szukaj", "")),
    )


def searched_words(text: str) -> tuple[str, ...]:
    """Words as the tickets' folded text has them; a reference or an address is one word."""
    parts = fold(text[:200]).split()
    return tuple(part for part in dict.fromkeys(parts) if words(part))[:_WORDS]
