"""What the bot asks the widget to do: show a contact form, keep a job offer, offer a checklist.

An effect is carried out before the answer is stored; what came of it is published as `form` or `checklist`.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from knowledge_base.content.answers import line
from knowledge_base.content.store import Content
from widget.storage.repository import Repository
from widget.tickets.hours import spoken
from widget.tickets.requests import OFFER, QUESTION
from widget.tickets.service import TicketDesk
from zielona.clock import today

log = logging.getLogger(__name__)

HUMAN = "rozmowa_z_czlowiekiem"
# Topics whose form is no plain question.
_KIND_OF_TOPIC = {"skarga": "skarga"}
_REMEMBERED_TURNS = 5


class Effects:
    """Carries out effects; a failure never costs the visitor their answer."""

    def __init__(
        self,
        desk: TicketDesk,
        conversations: Repository,
        content: Content,
        constants: dict[str, str],
        *,
        live_offered: Callable[[dt.datetime], bool] = lambda now: False,
    ) -> None:
        self._live_offered = live_offered
        self._desk = desk
        self._conversations = conversations
        self._content = content
        self._constants = constants
        self._kinds = {"contact_form": self._contact_form, "job_offer": self._job_offer, "checklist": self._checklist}

    def carry_out(self, conversation_id: str, message: dict[str, Any], *, now: dt.datetime) -> dict[str, Any]:
        """Return the message without its effect, with what came of it in `extra`.

        Who is told "nie wiem" may always write to a human.
        """
        effect = message.pop("effect", None)
        if effect is None and message["type"] == "unknown":
            effect = {"kind": "contact_form", "reason": "unknown"}
        if effect is None:
            return message
        way = self._kinds.get(effect.get("kind"))
        if way is None:
            log.error("unknown effect %r", effect.get("kind"))
            return message
        way(conversation_id, message, effect, now)
        return message

    def _contact_form(
        self, conversation_id: str, message: dict[str, Any], effect: Mapping[str, Any], now: dt.datetime
    ) -> None:
        topic = effect.get("topic") or message["topic"]
        asked_for = effect.get("reason") != "unknown"
        is_open = self._desk.hours.is_open(now)
        if effect.get("reason") == HUMAN:
            message["text"] = f"{self._availability(is_open, now)}\n\n{message['text']}"
        message["extra"]["form"] = {
            "kind": _KIND_OF_TOPIC.get(topic or "", QUESTION),
            # In hours the phone is quicker, so the form waits behind its button.
            "open": asked_for and not is_open,
            "question": self._question(conversation_id, before=asked_for),
            "topic": topic,
            "draft": None,
            "live": effect.get("reason") == HUMAN and self._is_live_offered(now),
            "county": None,
        }

    def _is_live_offered(self, now: dt.datetime) -> bool:
        """Whether a consultant can take over the conversation in the chat."""
        try:
            return self._live_offered(now)
        except SQLAlchemyError:
            return False

    def _job_offer(
        self, conversation_id: str, message: dict[str, Any], effect: Mapping[str, Any], now: dt.datetime
    ) -> None:
        try:
            office, county = effect.get("office"), effect.get("county")
            draft = self._desk.draft_offer(
                conversation_id, effect.get("offer") or {}, office=office, county=county, now=now
            )
        except SQLAlchemyError as error:
            log.error("job offer not stored: %s", type(error).__name__)
            message["text"] += f"\n\n{self._line('offer_not_stored')}"
            return
        message["extra"]["form"] = {
            "kind": OFFER,
            "open": True,
            "question": "",
            "topic": message["topic"],
            "draft": draft,
            "live": False,
            "county": self._desk.counties.known(county),
        }

    def _checklist(
        self, conversation_id: str, message: dict[str, Any], effect: Mapping[str, Any], now: dt.datetime
    ) -> None:
        lines = [str(item) for item in effect.get("lines") or []]
        message["extra"]["checklist"] = {"title": str(effect.get("title") or ""), "lines": lines}

    def _availability(self, is_open: bool, now: dt.datetime) -> str:
        if is_open:
            return self._line("people_available")
        opens, due = spoken(self._desk.hours.opens_next(now)), spoken(self._desk.due(now))
        return self._line("people_away", opens=opens, due=due)

    def _question(self, conversation_id: str, *, before: bool) -> str:
        """What the visitor last wrote that was no wish for a human, to begin the form with; it is masked already.

        `before` leaves out the message that is being answered: it asks for the form.
        """
        try:
            turns = self._conversations.latest_turns(conversation_id, count=_REMEMBERED_TURNS, answered=before)
        except SQLAlchemyError:
            return ""
        asked = (
            turn.text
            for turn in turns
            if turn.payload is None and all(message.topic != HUMAN for message in turn.messages)
        )
        return next(asked, "")

    def _line(self, name: str, **more: str) -> str:
        return line(name, self._content, day=today(), constants={**self._constants, **more})
