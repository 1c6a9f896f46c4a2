"""The public chat API, see DESIGN and `/api/v1/openapi.json`."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from knowledge_base.content.topics import AUDIENCES
from widget import metrics
from widget.accounts.access import public
from widget.chat.clients import AwayError
from widget.chat.erasure import erase
from widget.chat.inputs import clean_text, client_id
from widget.chat.openapi import document
from widget.chat.own_data import own_data
from widget.chat.ratings import rating, result_of
from widget.chat.services import Services
from widget.chat.tokens import SECRET_HEADER, check_token, may_explain, new_conversation_id, token_for
from widget.languages.catalogue import POLISH, known
from widget.problems import ProblemError
from zielona.clock import utc_now

blueprint = Blueprint("chat", __name__, url_prefix="/api/v1")
_MAX_LIMIT = 20


def services() -> Services:
    found: Services = current_app.extensions["zielona"]
    return found


@blueprint.post("/conversations")
@public
def create_conversation() -> tuple[Response, int]:
    body = request.get_json(silent=True)
    site = body.get("site") if isinstance(body, dict) else None
    if site is not None and not isinstance(site, str):
        raise ProblemError(422, "Pole „site” musi być kluczem witryny zapisanym jako tekst.")
    partner = services().access.partner(site, request.headers.get("Origin"), host=request.host)
    conversation_id = new_conversation_id()
    stored = True
    try:
        services().repository.create_conversation(
            conversation_id, now=utc_now(), partner=partner.key if partner else None
        )
    except SQLAlchemyError:
        stored = False
    language = known(body.get("language")) if isinstance(body, dict) else POLISH
    greeting = services().greeting(partner, language)
    return jsonify(id=conversation_id, token=token_for(conversation_id, services().secret), stored=stored,
                   messages=[greeting]), 201  # fmt: skip


@blueprint.get("/conversations/<uuid:conversation>/messages")
@public
def read_messages(conversation: Any) -> Response:
    conversation_id = authorised(conversation)
    explained = _explained()
    try:
        if not services().repository.exists(conversation_id):
            raise ProblemError(404)
        turns = services().repository.history(conversation_id)
        site = services().repository.partner_of(conversation_id)
        live = services().live.history(conversation_id)
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    partner = services().access.partners.get(site or "")
    greeting = services().greeting(partner, known(request.args.get("language")))
    language = known(request.args.get("language"))
    shown = [services().public_turn(turn, language, explained=explained) for turn in turns]
    return jsonify(greeting=greeting, turns=shown, live=live)


@blueprint.delete("/conversations/<uuid:conversation>")
@public
def delete_conversation(conversation: Any) -> tuple[str, int]:
    """Erase what the visitor said and what they were told, here and in Rasa."""
    conversation_id = authorised(conversation)
    try:
        if not erase(services().repository, services().tickets, services().bot, conversation_id, now=utc_now()):
            raise ProblemError(404)
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    services().events.erased(conversation_id)
    return "", 204


@blueprint.get("/conversations/<uuid:conversation>")
@public
def read_own_data(conversation: Any) -> Response:
    """All that is stored of the conversation, and until when."""
    conversation_id = authorised(conversation)
    try:
        found = own_data(services().repository, conversation_id, days=services().retention_days)
        said = services().live.history(conversation_id)["messages"]
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    if found is None:
        raise ProblemError(404)
    partner = services().access.partners.get(found["partner"] or "")
    return jsonify({**found, "partner": partner.name if partner else found["partner"], "consultants": said})


@blueprint.put("/conversations/<uuid:conversation>/rating")
@public
def rate_conversation(conversation: Any) -> tuple[str, int]:
    """Store whether the conversation settled the matter."""
    conversation_id = authorised(conversation)
    result = result_of(json_object())
    try:
        if not services().repository.exists(conversation_id):
            raise ProblemError(404)
        services().repository.rate_conversation(conversation_id, result, now=utc_now())
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    return "", 204


@blueprint.post("/conversations/<uuid:conversation>/messages")
@public
def post_message(conversation: Any) -> Response:
    conversation_id = authorised(conversation)
    explained = _explained()
    body = json_object()
    text = clean_text(body.get("text"), limit=services().message_limit)
    started = time.perf_counter()
    turn = services().turns.answer(conversation_id, text, client_id(body.get("client_id")))
    assert turn.outcome is not None  # noqa: S101 - a turn always ends in an outcome
    metrics.TURNS.labels(turn.outcome.value).inc()
    metrics.TURN_SECONDS.observe(time.perf_counter() - started)
    if not turn.stored:
        metrics.NOT_STORED.inc()
    language = services().language(turn.shown, body.get("language"))
    messages = services().public(turn.messages, language, explained=explained)
    return jsonify(
        text=turn.shown,
        masked=turn.masked,
        messages=messages,
        outcome=turn.outcome.value,
        stored=turn.stored,
        notice=services().notice(turn.shown, messages),
    )


@blueprint.put("/conversations/<uuid:conversation>/messages/<uuid:message>/rating")
@public
def rate_message(conversation: Any, message: Any) -> tuple[str, int]:
    """Store whether an answer helped."""
    conversation_id = authorised(conversation)
    helpful, reason = rating(json_object())
    try:
        if not services().repository.rate(conversation_id, str(message), helpful=helpful, reason=reason, now=utc_now()):
            raise ProblemError(404, "Nie ma takiej odpowiedzi w tej rozmowie.")
    except SQLAlchemyError as error:
        raise ProblemError(503) from error
    services().events.rating(conversation_id, str(message), helpful=helpful, reason=reason)
    return "", 204


@blueprint.get("/search")
@public
def search() -> Response:
    text = clean_text(request.args.get("q", ""), limit=services().message_limit)
    query: dict[str, Any] = {"q": text, "limit": _limit(request.args.get("limit"))}
    audience = request.args.get("audience")
    if audience:
        if audience not in AUDIENCES:
            raise ProblemError(422, f"Nieznana grupa odbiorców. Dozwolone: {', '.join(AUDIENCES)}.")
        query["audience"] = audience
    if request.args.get("on"):
        query["on"] = _day(request.args["on"])
    if request.args.get("official", "") not in ("", "0"):
        query["official"] = True
    try:
        found = services().search.search(query)
    except AwayError as error:
        metrics.SEARCHES.labels("away").inc()
        raise ProblemError(503, "Wyszukiwarka jest chwilowo niedostępna. Proszę spróbować za chwilę.") from error
    metrics.SEARCHES.labels("ok").inc()
    services().events.search(found, audience=audience)
    return jsonify(found)


@blueprint.get("/openapi.json")
@public
def openapi() -> Response:
    return jsonify(document())


def authorised(conversation: Any) -> str:
    conversation_id = str(conversation)
    check_token(conversation_id, request.headers.get("Authorization"), services().secret)
    return conversation_id


def _explained() -> bool:
    return may_explain(request.headers.get(SECRET_HEADER), services().secret)


def json_object() -> dict[str, Any]:
    if not request.is_json:
        raise ProblemError(415)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ProblemError(400)
    return body


def _limit(value: str | None) -> int:
    if value is None or value == "":
        return 5
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _MAX_LIMIT:
        raise ProblemError(422, f"Parametr „limit” musi być liczbą od 1 do {_MAX_LIMIT}.")
    return int(value)


def _day(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ProblemError(422, "Parametr „on” musi być datą w postaci rrrr-mm-dd.") from error
