"""Pages of live chats: the queue, and a chat with drafts of answers beside it."""

from __future__ import annotations

import logging
import uuid
from functools import partial
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from knowledge_base.content.sources import source_name
from widget.accounts.access import allow, current_user, in_background
from widget.accounts.audit import audit
from widget.accounts.roles import Role
from widget.chat.clients import AwayError
from widget.chat.inputs import clean_text, client_id
from widget.chat.services import Services
from widget.console.desk.answers import blocks_of
from widget.console.live.models import ACTIVE, NOTICE, NOTICES, STATES, WAITING, Takeover
from widget.console.live.service import LiveDesk
from widget.console.live.stream import Bell, events
from widget.console.streams import streamed
from widget.problems import ProblemError
from zielona.clock import utc_now
from zielona.settings import Settings

log = logging.getLogger(__name__)
blueprint = Blueprint("live", __name__, template_folder="../templates")
_STAFF = (Role.CONSULTANT, Role.ADMINISTRATOR)
_BELL = "zielona_live_bell"


def register(app: Flask, settings: Settings, services: Services) -> None:
    """Add the pages of live chats to the application."""
    app.extensions[_BELL] = Bell(services.live.mark, limit=int(settings.number("STREAM_LIMIT")))
    app.register_blueprint(blueprint)


def _services() -> Services:
    return cast(Services, current_app.extensions["zielona"])


def _live() -> LiveDesk:
    return _services().live


@blueprint.get("/panel/rozmowy")
@allow(*_STAFF)
def queue() -> str:
    return render_template("panel/live_queue.html", **_overview())


@blueprint.get("/panel/rozmowy/stan")
@in_background
@allow(*_STAFF)
def state() -> str:
    """The lists of the page again; asking tells that somebody is there."""
    return render_template("panel/live_lists.html", **_overview())


@blueprint.get("/panel/rozmowy/strumien")
@in_background
@allow(*_STAFF)
def stream() -> Response:
    """Tells the page when to ask for its lists again."""
    bell = cast(Bell, current_app.extensions[_BELL])
    return streamed(bell.join, partial(events, bell), refusal="Za dużo otwartych stron. Ta sama dopytuje o zmiany.")


@blueprint.get("/panel/rozmowy/<chat_id>")
@allow(*_STAFF)
def chat(chat_id: str) -> str:
    user = current_user()
    found, foreign = _live().readable(chat_id, user)
    if foreign:
        audit("rozmowa.podglad", found.id)
    mine = found.state == ACTIVE and found.user_id == user.id
    _live().heard(found, user, now=utc_now())
    return render_template(
        "panel/live_chat.html", chat=found, lines=_lines(found), mine=mine, waiting=found.state == WAITING,
        states=STATES, message_limit=_services().message_limit, key=uuid.uuid4(),
    )  # fmt: skip


@blueprint.get("/panel/rozmowy/<chat_id>/zmiany")
@in_background
@allow(*_STAFF)
def changes(chat_id: str) -> Response:
    """The chat as it is now, for its page; asking is the consultant's sign of life."""
    user = current_user()
    found, foreign = _live().readable(chat_id, user)
    if foreign:
        raise ProblemError(404, "Nie ma takiej rozmowy.")
    now = utc_now()
    _live().heard(found, user, now=now)
    silent = int((now - found.visitor_seen_at).total_seconds())
    return jsonify(state=found.state, state_name=STATES[found.state], mine=found.user_id == user.id,
                   visitor_silent=silent, lines=_lines(found))  # fmt: skip


@blueprint.post("/panel/rozmowy/<chat_id>/przejmij")
@allow(*_STAFF)
def take(chat_id: str) -> BaseResponse:
    _live().take(chat_id, current_user(), now=utc_now())
    audit("rozmowa.przejecie", chat_id)
    return redirect(url_for("live.chat", chat_id=chat_id), 303)


@blueprint.post("/panel/rozmowy/<chat_id>/wiadomosc")
@allow(*_STAFF)
def write(chat_id: str) -> BaseResponse:
    text = clean_text(request.form.get("tekst", ""), limit=_services().message_limit)
    key = client_id(request.form.get("klucz")) or str(uuid.uuid4())
    said = _live().write(chat_id, current_user(), text, key, now=utc_now())
    audit("rozmowa.wiadomosc", chat_id)
    if request.headers.get("Accept") == "application/json":
        return jsonify(masked=said != text)
    return redirect(url_for("live.chat", chat_id=chat_id), 303)


@blueprint.post("/panel/rozmowy/<chat_id>/oddaj")
@allow(*_STAFF)
def give_back(chat_id: str) -> BaseResponse:
    note = request.form.get("notatka", "")[: _services().message_limit]
    _live().give_back(chat_id, current_user(), note, now=utc_now())
    audit("rozmowa.oddanie", chat_id)
    flash("Rozmowę prowadzi znów asystent.", "success")
    return redirect(url_for("live.queue"), 303)


@blueprint.get("/panel/rozmowy/<chat_id>/podpowiedz")
@in_background
@allow(*_STAFF)
def suggest(chat_id: str) -> Response:
    """What the assistant would answer to the visitor's last message: drafts for the consultant."""
    found, foreign = _live().readable(chat_id, current_user())
    if foreign or found.state != ACTIVE:
        raise ProblemError(404, "Podpowiedzi są tylko w trwającej rozmowie.")
    question = _live().last_question(found)
    if not question:
        return jsonify(question="", drafts=[])
    try:
        return jsonify(question=question, drafts=_drafts(question))
    except AwayError as error:
        raise ProblemError(503, "Asystent jest chwilowo niedostępny, więc nie ma podpowiedzi.") from error


def _drafts(question: str) -> list[dict[str, Any]]:
    """The assistant's answers in a conversation of their own, of which nothing is kept. Raises AwayError."""
    bot, acts = _services().bot, _services().content.acts
    sender = str(uuid.uuid4())
    messages, _ = bot.send(sender, question)
    try:
        bot.forget(sender=sender)
    except AwayError:
        log.warning("a draft's tracker stays until old ones are swept")
    return [
        {
            "text": (message.get("text") or "").replace("**", ""),
            "blocks": blocks_of(message.get("text") or ""),
            "sure": round(float(message.get("confidence") or 0), 2),
            "sources": [
                {"name": source_name(source["article"], acts[source["act"]].short), "url": source["url"]}
                for source in message.get("sources") or [] if source.get("act") in acts
            ],
        }
        for message in messages
    ]  # fmt: skip


def _overview() -> dict[str, Any]:
    now, user = utc_now(), current_user()
    return {**_live().overview(user, now=now), "now": now, "user": user, "states": STATES,
            "is_lost": lambda chat: _live().is_lost(chat, now)}  # fmt: skip


def _lines(found: Takeover) -> list[dict[str, Any]]:
    """The transcript with what has happened in words."""
    return [
        {**line, "at": line["at"].isoformat(), "text": NOTICES[line["text"]] if line["who"] == NOTICE else line["text"]}
        for line in _live().transcript(found)
    ]
