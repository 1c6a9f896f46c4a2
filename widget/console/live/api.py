"""The visitor's side of live chats over the public API: wait for a consultant, hear what they say, go back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from widget.accounts.access import public
from widget.chat.api import authorised, json_object, services
from widget.console.live.service import public_live
from widget.problems import ProblemError
from zielona.clock import utc_now

blueprint = Blueprint("live_api", __name__, url_prefix="/api/v1")
WAIT, STOP = "wait", "stop"
WISHES = (WAIT, STOP)


@blueprint.get("/conversations/<uuid:conversation>/live")
@public
def hear(conversation: Any) -> Response:
    """How the waiting or the chat stands, and what consultants said after message `after`."""
    conversation_id = authorised(conversation)
    return _standing(conversation_id, after=_after(request.args.get("after", "0")))


@blueprint.post("/conversations/<uuid:conversation>/live")
@public
def wish(conversation: Any) -> Response:
    """Wait for a consultant, also for another one where the connection broke, or stop that."""
    conversation_id, wanted = authorised(conversation), json_object().get("wish")
    if wanted not in WISHES:
        raise ProblemError(422, f"Pole „wish” musi mieć jedną z wartości: {', '.join(WISHES)}.")
    try:
        if not services().repository.exists(conversation_id):
            raise ProblemError(404)
        now = utc_now()
        if wanted == WAIT:
            services().live.wait(conversation_id, now=now)
        else:
            services().live.stop(conversation_id, now=now)
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    return _standing(conversation_id, after=0)


def _standing(conversation_id: str, *, after: int) -> Response:
    live = services().live
    try:
        messages = live.messages(conversation_id, after=after)
        return jsonify(
            **live.standing(conversation_id, now=utc_now()), messages=[public_live(item) for item in messages]
        )
    except SQLAlchemyError as error:
        raise ProblemError(503) from error


def _after(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise ProblemError(422, "Parametr „after” musi być numerem wiadomości.")
    return int(text)
