"""What consultants do with tickets, so that two never answer the same one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from widget.accounts.models import User
from widget.console.inbox.filters import Cursor, InboxFilter
from widget.console.inbox.repository import InboxRepository
from widget.problems import ProblemError
from widget.tickets.models import CLOSED, HIGH, IN_PROGRESS, NEW, NORMAL, SENT, Ticket
from widget.tickets.references import as_typed
from zielona.clock import utc_now

# A page that is open and used renews its hold every minute; one that is left loses it by itself.
HOLD = dt.timedelta(minutes=5)
PAGE_SIZE = 50
NOTE_LETTERS = 4000
_TAG = re.compile(r"[^\W_][\w -]{0,28}[^\W_]|[^\W_]")
_TAKE_OVER = "Można je przejąć, z krótką notatką."
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True)
class InboxPage:
    """Tickets of one page, their tags by id, and the cursor of the next page, if there is one."""

    tickets: list[Ticket]
    tags: dict[str, list[str]]
    after: str


def is_overdue(ticket: Ticket, now: dt.datetime) -> bool:
    return ticket.state in {NEW, IN_PROGRESS} and ticket.due_at is not None and ticket.due_at < now


def holder(ticket: Ticket, now: dt.datetime) -> str | None:
    """Id of who is at the ticket just now."""
    return ticket.held_by if ticket.held_until is not None and ticket.held_until > now else None


class Inbox:
    """Raises ProblemError where something cannot be done, SQLAlchemyError where the database is away."""

    def __init__(self, repository: InboxRepository, *, clock: Clock = utc_now) -> None:
        self.repository = repository
        self.clock = clock

    def page(self, wanted: InboxFilter, after: Cursor | None) -> InboxPage:
        found = self.repository.page(wanted, after=after, limit=PAGE_SIZE + 1, now=self.clock())
        tickets = found[:PAGE_SIZE]
        last = tickets[-1] if len(found) > PAGE_SIZE else None
        cursor = ""
        if last is not None:
            moment = last.due_at if wanted.by_due_time and last.due_at else last.updated_at
            cursor = Cursor(last.priority, moment, last.id).as_text()
        return InboxPage(tickets, self.repository.tags_of(ticket.id for ticket in tickets), cursor)

    def find(self, reference: str) -> Ticket:
        """Raises ProblemError (404)."""
        ticket = self.repository.ticket(as_typed(reference))
        if ticket is None:
            raise ProblemError(404, "Nie ma zgłoszenia o takim numerze.")
        return ticket

    # Who is at it

    def take(self, ticket: Ticket, user: User) -> None:
        """Begin to work on a ticket. Raises ProblemError (409) where somebody else does."""
        self.claim(ticket, user)
        values = {"assigned_to": user.id, "state": IN_PROGRESS}
        self.repository.change(ticket.id, user_id=user.id, kind="wziete", text="", now=self.clock(), **values)

    def claim(self, ticket: Ticket, user: User) -> Ticket:
        """Hold an open ticket for this user; returns it as it is now.

        Raises ProblemError (409) where somebody else holds it or has it assigned, or where it is answered already.
        """
        now = self.clock()
        held = self.repository.hold(ticket.id, user.id, now=now, until=now + HOLD)
        current = self.repository.by_id(ticket.id)
        if current is None:
            raise ProblemError(404, "Nie ma zgłoszenia o takim numerze.")
        if not held:
            raise ProblemError(409, f"{self._who(current.held_by)} pracuje teraz nad tym zgłoszeniem. {_TAKE_OVER}")
        if current.assigned_to not in {None, user.id}:
            self.repository.release(ticket.id, user.id)
            raise ProblemError(409, f"To zgłoszenie ma przypisane: {self._who(current.assigned_to)}. {_TAKE_OVER}")
        try:
            self._must_be_open(current)
        except ProblemError:
            self.repository.release(ticket.id, user.id)
            raise
        return current

    def keep(self, ticket: Ticket, user: User) -> bool:
        """Renew the hold; False where it is lost."""
        now = self.clock()
        return self.repository.keep(ticket.id, user.id, now=now, until=now + HOLD)

    def give_back(self, ticket: Ticket, user: User) -> None:
        """Put a ticket back into the common list."""
        if ticket.held_by != user.id and ticket.assigned_to != user.id:
            raise ProblemError(409, "To zgłoszenie nie jest już przypisane do tej osoby.")
        state = NEW if ticket.state == IN_PROGRESS else ticket.state
        values = {"assigned_to": None, "held_by": None, "held_until": None, "state": state}
        self.repository.change(ticket.id, user_id=user.id, kind="oddane", text="", now=self.clock(), **values)

    def take_over(self, ticket: Ticket, user: User, note: str) -> None:
        """Take a ticket from somebody else, with a word why. Raises ProblemError (422) without one."""
        self._must_be_open(ticket)
        text = _text(note, "Przejęcie zgłoszenia wymaga krótkiej notatki, żeby druga osoba wiedziała dlaczego.")
        now = self.clock()
        values = {"assigned_to": user.id, "held_by": user.id, "held_until": now + HOLD, "state": IN_PROGRESS}
        self.repository.change(ticket.id, user_id=user.id, kind="przejete", text=text, now=now, **values)

    def assign(self, ticket: Ticket, user: User, to: str) -> str:
        """Give the ticket to somebody, or with an empty `to` to nobody; returns their name."""
        self._must_be_open(ticket)
        self._must_be_free(ticket, user)
        people = {person.id: person.name for person in self.repository.staff()}
        if to and to not in people:
            raise ProblemError(422, "Nie ma takiej osoby.")
        name = people.get(to, "nikt")
        values = {"assigned_to": to or None}
        self.repository.change(ticket.id, user_id=user.id, kind="przypisane", text=name, now=self.clock(), **values)
        return name

    # What it is and how it stands

    def set_priority(self, ticket: Ticket, user: User, *, high: bool) -> None:
        self._must_be_open(ticket)
        text = "pilne" if high else "zwykłe"
        self.repository.change(
            ticket.id, user_id=user.id, kind="priorytet", text=text, now=self.clock(), priority=HIGH if high else NORMAL
        )

    def close(self, ticket: Ticket, user: User, note: str) -> None:
        """Close without an answer; the note says why. Raises ProblemError (422) without one."""
        if ticket.state == CLOSED:
            raise ProblemError(409, "To zgłoszenie jest już zamknięte.")
        text = note.strip()
        if ticket.state != SENT:
            text = _text(note, "Zamknięcie bez odpowiedzi wymaga notatki: dlaczego nie trzeba odpowiadać.")
            self.claim(ticket, user)
        values = {"state": CLOSED, "held_by": None, "held_until": None}
        self.repository.change(ticket.id, user_id=user.id, kind="zamkniete", text=text, now=self.clock(), **values)

    def reopen(self, ticket: Ticket, user: User) -> None:
        if ticket.state not in {SENT, CLOSED}:
            raise ProblemError(409, "To zgłoszenie jest otwarte.")
        if ticket.merged_into:
            raise ProblemError(409, "To zgłoszenie jest połączone z innym i tam ma dalszy ciąg.")
        state = IN_PROGRESS if ticket.assigned_to else NEW
        self.repository.change(ticket.id, user_id=user.id, kind="otwarte", text="", now=self.clock(), state=state)

    def add_note(self, ticket: Ticket, user: User, text: str) -> None:
        self.repository.add_note(ticket.id, user.id, _text(text, "Notatka jest pusta."), now=self.clock())

    def add_tag(self, ticket: Ticket, user: User, text: str) -> str:
        tag = " ".join(text.lower().split())
        if not _TAG.fullmatch(tag):
            raise ProblemError(422, "Etykieta ma od 1 do 30 znaków: litery, cyfry, spacje i łączniki.")
        self.repository.add_tag(ticket.id, tag, now=self.clock())
        return tag

    def remove_tag(self, ticket: Ticket, tag: str) -> None:
        self.repository.remove_tag(ticket.id, tag, now=self.clock())

    def merge(self, ticket: Ticket, user: User, reference: str) -> Ticket:
        """Go on with the matter of `ticket` in another one; returns that one."""
        into = self.find(reference)
        if into.id == ticket.id:
            raise ProblemError(422, "Zgłoszenia nie można połączyć z nim samym.")
        for one in (ticket, into):
            self._must_be_open(one)
            self._must_be_free(one, user)
        if not _same_sender(ticket, into):
            raise ProblemError(409, "Zgłoszenia mają różnych nadawców, więc każde wymaga osobnej odpowiedzi.")
        self.repository.merge(ticket, into, user.id, now=self.clock())
        return into

    # What the rules use

    def _must_be_open(self, ticket: Ticket) -> None:
        if ticket.state not in {NEW, IN_PROGRESS}:
            raise ProblemError(409, "To zgłoszenie jest już załatwione. Można je otworzyć ponownie.")

    def _must_be_free(self, ticket: Ticket, user: User) -> None:
        if holder(ticket, self.clock()) not in {None, user.id}:
            raise ProblemError(409, f"{self._who(ticket.held_by)} pracuje teraz nad zgłoszeniem {ticket.reference}.")

    def _who(self, user_id: str | None) -> str:
        return self.repository.names().get(user_id or "", "ktoś inny")


def _text(text: str, missing: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise ProblemError(422, missing)
    if len(cleaned) > NOTE_LETTERS:
        raise ProblemError(422, f"Tekst jest za długi: może mieć najwyżej {NOTE_LETTERS} znaków.")
    return cleaned


def _same_sender(one: Ticket, other: Ticket) -> bool:
    """No contact of the one is unknown to the other: an answer to the other then reaches both."""
    contacts = {one.email, one.phone} - {None}
    return contacts <= {other.email, other.phone}
