"""Tickets over the public API: send one, ask how it stands, take a job offer as a document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from sqlalchemy.exc import SQLAlchemyError

from widget.accounts.access import public
from widget.chat.api import authorised, json_object, services
from widget.events import record
from widget.languages.catalogue import known
from widget.problems import ProblemError
from widget.tickets.counties import place_of
from widget.tickets.models import Ticket
from widget.tickets.offers import offer_document, offer_pdf
from widget.tickets.requests import OFFER, read_request
from widget.tickets.service import TicketDesk, public_ticket
from zielona.clock import utc_now

blueprint = Blueprint("tickets", __name__, url_prefix="/api/v1")


def desk() -> TicketDesk:
    return services().tickets


@blueprint.post("/conversations/<uuid:conversation>/tickets")
@public
def send_ticket(conversation: Any) -> tuple[Response, int]:
    """Store what the contact form says; the same `client_id` again is the same ticket."""
    conversation_id = authorised(conversation)
    asked = read_request(json_object(), desk().counties, limit=services().message_limit)
    now = utc_now()
    try:
        ticket = desk().send(conversation_id, asked, now=now)
    except SQLAlchemyError as error:
        raise ProblemError(503, "Nie udało się zapisać wiadomości. Proszę spróbować ponownie za chwilę.") from error
    note_ticket(ticket, "chat", now=now)
    return jsonify(public_ticket(ticket)), 201


def note_ticket(ticket: Ticket, channel: str, *, now: dt.datetime) -> None:
    """Tell the statistics of a ticket, but not again of one that was only sent once more."""
    if ticket.consent_at != now:
        return
    voivodeship, county = place_of(ticket.county)
    record(
        "ticket", channel=channel, at=now, conversation=ticket.conversation_id, topic=ticket.topic,
        voivodeship=voivodeship, county=county,
    )  # fmt: skip


@blueprint.get("/conversations/<uuid:conversation>/tickets/<reference>")
@public
def show_ticket(conversation: Any, reference: str) -> Response:
    return jsonify(public_ticket(_own(conversation, reference)))


@blueprint.get("/conversations/<uuid:conversation>/tickets/<reference>.json")
@public
def offer_as_json(conversation: Any, reference: str) -> Response:
    ticket = _own_offer(conversation, reference)
    answer = jsonify(offer_document(ticket, desk().office_of(ticket)))
    return _as_file(answer, f"{ticket.reference}.json")


@blueprint.get("/conversations/<uuid:conversation>/tickets/<reference>.pdf")
@public
def offer_as_pdf(conversation: Any, reference: str) -> Response:
    ticket = _own_offer(conversation, reference)
    answer = make_response(offer_pdf(ticket, desk().office_of(ticket)))
    answer.mimetype = "application/pdf"
    return _as_file(answer, f"{ticket.reference}.pdf")


@blueprint.get("/contact")
@public
def contact() -> Response:
    """What stands around the contact form: whether somebody is there now, until when they answer, the consents."""
    around = services().consents(known(request.args.get("language")))
    return jsonify(**desk().availability(utc_now()), **around, privacy_url=services().privacy_address)


@blueprint.get("/counties")
@public
def list_counties() -> Response:
    """Counties by voivodeship, for the list in the contact form."""
    answer = jsonify(voivodeships=desk().counties.grouped())
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _own(conversation: Any, reference: str) -> Ticket:
    conversation_id = authorised(conversation)
    try:
        return desk().status(conversation_id, reference)
    except SQLAlchemyError as error:
        raise ProblemError(503) from error


def _own_offer(conversation: Any, reference: str) -> Ticket:
    ticket = _own(conversation, reference)
    if ticket.kind != OFFER:
        raise ProblemError(404, "To zgłoszenie nie jest ofertą pracy.")
    return ticket


def _as_file(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
