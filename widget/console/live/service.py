"""The rules of live chats: who waits, who leads, who may read, and what a visitor is honestly told.

Both sides ask again and again, so each request is also a sign of life.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from widget.accounts.models import User
from widget.accounts.roles import Role
from widget.chat.masking import mask
from widget.console.live.models import (
    ACTIVE,
    CANCELLED,
    CONSULTANT,
    LEFT,
    RETURNED,
    WAITING,
    LiveMessage,
    Takeover,
)  # fmt: skip
from widget.console.live.repository import LiveRepository
from widget.problems import ProblemError
from widget.storage.repository import Repository
from widget.tickets.effects import HUMAN
from widget.tickets.hours import BusinessHours, spoken

# Silence after which a consultant's connection counts as lost, a visitor's page as closed, a consultant as away.
LOST = dt.timedelta(seconds=30)
GONE = dt.timedelta(minutes=3)
AWAY = dt.timedelta(seconds=60)
# Signs of life are stored no more often.
_NOTE_EVERY = dt.timedelta(seconds=5)
NONE, LOST_STATE = "none", "lost"
_ENDED = 12


class LiveDesk:
    """Takeovers of conversations. Raises SQLAlchemyError where the database is away."""

    def __init__(self, live: LiveRepository, conversations: Repository, hours: BusinessHours) -> None:
        self._live = live
        self._conversations = conversations
        self._hours = hours

    # The visitor's side

    def is_offered(self, now: dt.datetime) -> bool:
        """Whether it makes sense to wait: in business hours, with a consultant at the page of chats."""
        return self._hours.is_open(now) and self.consultants(now) > 0

    def consultants(self, now: dt.datetime) -> int:
        return self._live.count_present(since=now - AWAY)

    def wait(self, conversation_id: str, *, now: dt.datetime) -> Takeover:
        """Queue the conversation; whose consultant is lost waits on from the old place.

        Raises ProblemError (404, and 409 where nobody answers now).
        """
        found = self._live.latest(conversation_id)
        if found is not None and found.state == ACTIVE:
            if self.is_lost(found, now):
                self._requeue(found, now)
            return found
        if found is not None and found.state == WAITING:
            return found
        if not self.is_offered(now):
            raise ProblemError(409, self._nobody(now))
        queued = self._live.queue(conversation_id, question=self._asked(conversation_id), now=now)
        if queued is None:
            raise ProblemError(404)
        return queued

    def stop(self, conversation_id: str, *, now: dt.datetime) -> None:
        """The visitor waits no longer, or goes back to the assistant."""
        found = self._live.latest(conversation_id)
        if found is None or not found.open_for:
            return
        ended: dict[str, Any] = {"open_for": None, "ended_at": now, "updated_at": now}
        if self._live.move(found.id, (WAITING,), state=CANCELLED, **ended):
            return
        if self._live.move(found.id, (ACTIVE,), state=LEFT, **ended):
            self._live.say(found, "left", now=now)

    def leads(self, conversation_id: str) -> str | None:
        """The takeover in which a consultant leads the conversation: then the assistant is silent."""
        return self._live.leads(conversation_id)

    def spoken_in(self, takeover_id: str, *, now: dt.datetime) -> None:
        """The visitor has written something."""
        self._live.touch(takeover_id, now=now)

    def standing(self, conversation_id: str, *, now: dt.datetime) -> dict[str, Any]:
        """What the visitor is told: state, place in the queue, time so far, how many consultants are there.

        Nothing is estimated.
        """
        found = self._live.latest(conversation_id)
        told: dict[str, Any] = {
            "state": NONE, "position": None, "waited_seconds": None, "consultant": None, "consultants": 0,
            "open": self._hours.is_open(now),
        }  # fmt: skip
        if found is None:
            return told
        if found.open_for and now - found.visitor_seen_at > _NOTE_EVERY:
            self._live.move(found.id, (WAITING, ACTIVE), visitor_seen_at=now)
        told["state"] = LOST_STATE if self.is_lost(found, now) else found.state
        if found.state == WAITING:
            told["position"] = self._live.ahead(found) + 1
            told["waited_seconds"] = int((now - found.queued_at).total_seconds())
            told["consultants"] = self.consultants(now)
        if found.user_id:
            told["consultant"] = first_name(self._live.name_of(found.user_id))
        return told

    def messages(self, conversation_id: str, *, after: int = 0) -> list[LiveMessage]:
        return self._live.messages(conversation_id, after=after)

    def history(self, conversation_id: str) -> dict[str, Any]:
        """For a page that opens the conversation again: whether it waits or is led, and what consultants said."""
        found = self._live.latest(conversation_id)
        if found is None:
            return {"open": False, "messages": []}
        messages = [public_live(message) for message in self._live.messages(conversation_id)]
        return {"open": found.open_for is not None, "messages": messages}

    def is_lost(self, takeover: Takeover, now: dt.datetime) -> bool:
        """Whether the consultant who leads the chat has not been heard of for too long."""
        seen = takeover.consultant_seen_at
        return takeover.state == ACTIVE and (seen is None or now - seen > LOST)

    def _asked(self, conversation_id: str) -> str:
        """What the visitor last wrote about their matter, else what they wrote last."""
        turns = [turn for turn in self._conversations.latest_turns(conversation_id, count=5) if turn.payload is None]
        about = (turn.text for turn in turns if all(message.topic != HUMAN for message in turn.messages))
        return next(about, turns[0].text if turns else "")

    def _requeue(self, takeover: Takeover, now: dt.datetime) -> None:
        if self._live.move(takeover.id, (ACTIVE,), state=WAITING, user_id=None, consultant_seen_at=None,
                           updated_at=now):  # fmt: skip
            self._live.say(takeover, "requeued", now=now)

    def _nobody(self, now: dt.datetime) -> str:
        if self._hours.is_open(now):
            return "Teraz nie ma konsultanta przy czacie. Można napisać wiadomość albo zadzwonić."
        return f"Konsultanci odpowiadają na czacie od: {spoken(self._hours.opens_next(now))}."

    # The consultant's side

    def overview(self, user: User, *, now: dt.datetime) -> dict[str, Any]:
        """The queue, chats that are led, and the consultant's last ones; asking is a sign of presence."""
        self._live.present(user.id, now=now)
        self._live.expire(unseen_since=now - GONE, now=now)
        return {
            "waiting": self._live.waiting(),
            "led": self._live.led(),
            "ended": self._live.ended_of(user.id, count=_ENDED),
            "open": self._hours.is_open(now),
        }

    def mark(self) -> str:
        return self._live.mark()

    def readable(self, takeover_id: str, user: User) -> tuple[Takeover, bool]:
        """The chat, and whether an administrator reads somebody else's, which has to be audited.

        Consultants read what waits or is theirs. Raises ProblemError (404) for the rest: it does not even exist.
        """
        found = self._live.get(takeover_id)
        if found is not None and (found.state == WAITING or found.user_id == user.id):
            return found, False
        if found is not None and Role(user.role) is Role.ADMINISTRATOR:
            return found, True
        raise ProblemError(404, "Nie ma takiej rozmowy.")

    def take(self, takeover_id: str, user: User, *, now: dt.datetime) -> Takeover:
        """Lead the chat from now on. Raises ProblemError (404, and 409 where somebody was quicker)."""
        found, _ = self.readable(takeover_id, user)
        if found.state == ACTIVE and found.user_id == user.id:
            return found
        taken: dict[str, Any] = {
            "state": ACTIVE,
            "user_id": user.id,
            "taken_at": now,
            "consultant_seen_at": now,
            "updated_at": now,
        }
        if not self._live.move(takeover_id, (WAITING,), **taken):
            raise ProblemError(409, "Ta osoba już nie czeka: rozmowę prowadzi kto inny albo osoba zrezygnowała.")
        self._live.say(found, "taken", name=first_name(user.name), now=now)
        return found

    def write(self, takeover_id: str, user: User, text: str, client_id: str, *, now: dt.datetime) -> str:
        """Send what the consultant wrote, masked; returns it. Raises ProblemError (404 and 409)."""
        found = self._own(takeover_id, user)
        if not self._live.move(found.id, (ACTIVE,), by=user.id, consultant_seen_at=now):
            raise ProblemError(409, "Tej rozmowy już się nie prowadzi: osoba wróciła do asystenta albo do kolejki.")
        masked = mask(text)
        self._live.say(found, masked, who=CONSULTANT, name=first_name(user.name), client_id=client_id, now=now)
        return masked

    def give_back(self, takeover_id: str, user: User, note: str, *, now: dt.datetime) -> None:
        """Hand the chat back to the assistant; the note is the consultant's last message, and stays with the chat."""
        found, masked = self._own(takeover_id, user), mask(note.strip())
        ended: dict[str, Any] = {"open_for": None, "ended_at": now, "updated_at": now, "note": masked}
        if not self._live.move(found.id, (ACTIVE,), by=user.id, state=RETURNED, **ended):
            raise ProblemError(409, "Ta rozmowa już się skończyła.")
        if masked:
            self._live.say(found, masked, who=CONSULTANT, name=first_name(user.name), now=now)
        self._live.say(found, "returned", now=now)

    def heard(self, takeover: Takeover, user: User, *, now: dt.datetime) -> None:
        """The page of the chat is open at its consultant's."""
        self._live.present(user.id, now=now)
        seen = takeover.consultant_seen_at
        if takeover.state == ACTIVE and takeover.user_id == user.id and (seen is None or now - seen > _NOTE_EVERY):
            self._live.move(takeover.id, (ACTIVE,), by=user.id, consultant_seen_at=now)

    def transcript(self, takeover: Takeover) -> list[dict[str, Any]]:
        """The whole conversation until the chat ended: `key`, `who`, `name`, `text`, `at`, oldest first."""
        lines = []
        for turn in self._conversations.history(takeover.conversation_id):
            lines.append(_line(f"t{turn.id}", "osoba", "", turn.text, turn.created_at))
            lines += [_line(f"b{message.id}", "asystent", "", message.text, turn.created_at)
                      for message in turn.messages]  # fmt: skip
        lines += [_line(f"m{item.id}", item.who, item.name, item.text, item.created_at)
                  for item in self._live.messages(takeover.conversation_id)]  # fmt: skip
        ended = takeover.ended_at
        return sorted((line for line in lines if ended is None or line["at"] <= ended), key=lambda line: line["at"])

    def last_question(self, takeover: Takeover) -> str:
        """What the visitor said last, for a draft of the answer."""
        turns = self._conversations.latest_turns(takeover.conversation_id, count=1, answered=False)
        return turns[0].text if turns else takeover.question

    def _own(self, takeover_id: str, user: User) -> Takeover:
        found = self._live.get(takeover_id)
        if found is not None and found.state == WAITING:
            raise ProblemError(409, "Połączenie się urwało i osoba czeka znów w kolejce. Można ją przejąć jeszcze raz.")
        if found is None or found.user_id != user.id:
            raise ProblemError(404, "Nie ma takiej rozmowy.")
        return found


def public_live(message: LiveMessage) -> dict[str, Any]:
    """A message of a consultant, or a notice whose `text` is its name."""
    return {
        "id": message.id,
        "who": message.who,
        "name": message.name,
        "text": message.text,
        "created_at": message.created_at.isoformat(),
    }


def first_name(name: str) -> str:
    """All that a visitor learns of a consultant's name."""
    return name.split()[0] if name.split() else "konsultant"


def _line(key: str, who: str, name: str, text: str, at: dt.datetime) -> dict[str, Any]:
    return {"key": key, "who": who, "name": name, "text": text, "at": at}
