"""`zielona collect-night`: tickets of conversations that ended badly out of hours."""

from __future__ import annotations

from collections.abc import Callable

from widget.chat.services import Services, make_services
from widget.console.inbox.night import NightCollector
from widget.console.inbox.repository import InboxRepository
from widget.tickets.repository import TicketRepository
from zielona.clock import utc_now
from zielona.settings import Settings


def collector(found: Services) -> NightCollector:
    """The job over the services of a process."""
    return NightCollector(
        InboxRepository(found.engine), TicketRepository(found.engine), found.repository, found.tickets
    )


def collect_night(settings: Settings, say: Callable[[str], None]) -> int:
    """Raises SettingError."""
    made = collector(make_services(settings)).collect(utc_now())
    say(f"Nowe zgłoszenia z rozmów poza godzinami: {len(made)}")
    return 0
