"""The assistant without JavaScript: a form, and the answer on the next page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from widget.accounts.access import public
from widget.chat.erasure import erase
from widget.chat.inputs import clean_text, client_id
from widget.chat.services import Services
from widget.chat.tokens import check_token, new_conversation_id, token_for
from widget.chat.turn import Context
from widget.languages.recognition import language_of
from widget.partners.registry import Partner
from widget.portal.text import blocks
from widget.problems import ProblemError
from widget.tickets.api import note_ticket
from widget.tickets.requests import OFFER_FIELDS, read_request
from widget.tickets.service import public_ticket
from zielona.clock import utc_now

blueprint = Blueprint("plain", __name__, template_folder="templates")


def _services() -> Services:
    found: Services = current_app.extensions["zielona"]
    return found


@blueprint.get("/pytanie", defaults={"key": None})
@blueprint.get("/pytanie/<key>")
@public
def question(key: str | None) -> Response:
    partner = _services().access.partner(key, None, host=request.host)
    return _page(partner, conversation_id=None, turns=[], problem="", status=200)


@blueprint.post("/pytanie", defaults={"key": None})
@blueprint.post("/pytanie/<key>")
@public
def answer(key: str | None) -> Response:
    """Answer the form; what is wrong with it is said on the page itself."""
    services = _services()
    partner = services.access.partner(key, None, host=request.host)
    conversation_id = None
    try:
        conversation_id = _conversation(partner)
        text = clean_text(request.form.get("payload") or request.form.get("text", ""), limit=services.message_limit)
        turn = services.turns.answer(conversation_id, text, client_id(request.form.get("client_id")))
        return _page(partner, conversation_id, turns=_turns(conversation_id, turn), problem="", status=200)
    except ProblemError as error:
        return _page(partner, conversation_id, turns=[], problem=error.detail, status=error.status)


@blueprint.post("/pytanie/usun", defaults={"key": None})
@blueprint.post("/pytanie/<key>/usun")
@public
def erase_conversation(key: str | None) -> Response:
    """Erase the conversation that the form names; the page then begins anew."""
    services = _services()
    partner = services.access.partner(key, None, host=request.host)
    named = request.form.get("conversation", "")
    try:
        check_token(named, f"Bearer {request.form.get('token', '')}", services.secret)
        erase(services.repository, services.tickets, services.bot, named, now=utc_now())
    except ProblemError as error:
        return _page(partner, None, turns=[], problem=error.detail, status=error.status)
    except SQLAlchemyError:
        return _page(partner, None, turns=[], problem=ProblemError(503).detail, status=503)
    return _page(partner, None, turns=[], problem="", status=200, done="Rozmowa jest usunięta.")


@blueprint.post("/wiadomosc", defaults={"key": None})
@blueprint.post("/wiadomosc/<key>")
@public
def send_message(key: str | None) -> Response:
    """Take the contact form; with mistakes it is shown again as it was filled in."""
    services = _services()
    partner = services.access.partner(key, None, host=request.host)
    conversation_id = _conversation(partner)
    values = {**request.form.to_dict(), "consent": request.form.get("consent") == "1"}
    page = partial(_contact_page, partner, conversation_id)
    try:
        asked = read_request(values, services.tickets.counties, limit=services.message_limit)
        now = utc_now()
        ticket = services.tickets.send(conversation_id, asked, now=now)
        note_ticket(ticket, "form", now=now)
        return page(ticket=public_ticket(ticket), status=201)
    except ProblemError as error:
        return page(problem=error, values=values, status=error.status)
    except SQLAlchemyError:
        problem = ProblemError(503, "Nie udało się zapisać wiadomości. Proszę spróbować ponownie za chwilę.")
        return page(problem=problem, values=values, status=503)


def _contact_page(
    partner: Partner | None,
    conversation_id: str,
    *,
    status: int,
    ticket: Mapping[str, Any] | None = None,
    problem: ProblemError | None = None,
    values: Mapping[str, Any] | None = None,
) -> Response:
    page = render_template(
        "contact.html",
        **_common(partner, conversation_id),
        ticket=ticket,
        problem=problem.detail if problem else "",
        contact=_contact(values or {}, problem.errors if problem else {}),
    )
    made = make_response(page, status)
    made.headers["Cache-Control"] = "no-store"
    return made


def _contact(values: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    """The contact form as the template shows it: what is filled in, what is wrong, what stands around it."""
    services = _services()
    names = ("kind", "topic", "draft", *OFFER_FIELDS, "question", "email", "phone", "county")
    return {
        **{name: values.get(name) or "" for name in names},
        "consented": bool(values.get("consent")),
        "client_id": values.get("client_id") or uuid.uuid4().hex,
        "errors": errors,
        "counties": services.tickets.counties.grouped(),
        "due_text": services.tickets.availability(utc_now())["due_text"],
        "consent": services.consents()["offer_consent" if values.get("draft") else "consent"],
        "privacy_url": services.privacy_address,
    }


def _conversation(partner: Partner | None) -> str:
    """The conversation that the form names, or a new one. Raises ProblemError (401) for a wrong token."""
    services = _services()
    named = request.form.get("conversation")
    if named:
        check_token(named, f"Bearer {request.form.get('token', '')}", services.secret)
        return named
    conversation_id = new_conversation_id()
    try:
        services.repository.create_conversation(
            conversation_id, now=utc_now(), partner=partner.key if partner else None
        )
    except SQLAlchemyError:
        # Without the database the answer is given and not kept, as over the API.
        return conversation_id
    return conversation_id


def _turns(conversation_id: str, turn: Context) -> list[dict[str, Any]]:
    """The whole conversation, newest first; only the last turn where the database is away.

    Each turn has the language in which it was asked; `notice` explains an answer that is not translated.
    """
    services = _services()
    try:
        stored = services.repository.history(conversation_id)
    except SQLAlchemyError:
        stored = []
    if not stored:
        messages = services.public(turn.messages, language_of(turn.shown))
        return [{"text": turn.shown, "messages": messages, "notice": services.notice(turn.shown, messages)}]
    found = []
    for item in reversed(stored):
        shown = services.public_turn(item, language_of(item.text))
        found.append({**shown, "notice": services.notice(item.text, shown["messages"])})
    return found


def _common(partner: Partner | None, conversation_id: str | None) -> dict[str, Any]:
    services = _services()
    return {
        "partner": partner,
        "conversation": conversation_id,
        "token": token_for(conversation_id, services.secret) if conversation_id else None,
        "client_id": uuid.uuid4().hex,
        "message_limit": services.message_limit,
    }


def _page(
    partner: Partner | None,
    conversation_id: str | None,
    *,
    turns: list[dict[str, Any]],
    problem: str,
    status: int,
    done: str = "",
) -> Response:
    services = _services()
    forms = [message["form"] for message in turns[0]["messages"] if message["form"]] if turns else []
    page = render_template(
        "question.html",
        **_common(partner, conversation_id),
        greeting=services.greeting(partner),
        turns=turns,
        problem=problem,
        done=done,
        retention_days=services.retention_days,
        blocks=blocks,
        contact=_contact(forms[-1], {}) if forms else None,
    )
    made = make_response(page, status)
    # The page shows a conversation that belongs to one visitor.
    made.headers["Cache-Control"] = "no-store"
    return made
