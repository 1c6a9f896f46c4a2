"""The page of one ticket, and everything that is done on it. Each action is a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from knowledge_base.content.answers import comparison_sources, comparisons_of
from widget.accounts.access import allow, current_user, in_background
from widget.accounts.audit import audit, nothing_to_audit
from widget.accounts.roles import Role
from widget.console.inbox.desk import Desk, desk
from widget.console.inbox.explanation import ExplainedTurn, explained_turn
from widget.console.inbox.models import HISTORY
from widget.console.inbox.ready import filled
from widget.console.inbox.service import holder, is_overdue
from widget.console.mail.answering import NO_MAIL, Answer, FlaggedError, new_answer_id
from widget.console.suggestions.law import Flag
from widget.console.suggestions.models import CHANNELS, EMAIL, KINDS, PHONE, REASONS, STATES
from widget.problems import ProblemError
from widget.tickets.models import IN_PROGRESS, NEW, Ticket
from widget.tickets.models import KINDS as TICKET_KINDS
from widget.tickets.models import STATES as TICKET_STATES
from widget.tickets.offers import offer_rows
from zielona.clock import today

blueprint = Blueprint("ticket", __name__, template_folder="../templates")
_NEIGHBOURS = 5


@dataclass
class Form:
    """What stands in the form of the answer, and what is said about it."""

    answer_id: str = ""
    text: str = ""
    taken: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    flags: Sequence[Flag] = ()
    query: str = ""


@blueprint.get("/panel/zgloszenia/<reference>")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def ticket(reference: str) -> str:
    found = desk().inbox.find(reference)
    audit("zgloszenie.obejrzane", str(found.reference))
    return _page(found, Form(answer_id=new_answer_id()))


@blueprint.get("/panel/zgloszenia/<reference>/stan")
@in_background
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def status(reference: str) -> Response:
    """Who is at the ticket, for a page that is open."""
    found, user = desk(), current_user()
    ticket = found.inbox.find(reference)
    at_it = holder(ticket, found.inbox.clock())
    return jsonify(
        state=ticket.state, state_name=TICKET_STATES[ticket.state], mine=at_it == user.id,
        holder=found.inbox.repository.names().get(at_it, "ktoś inny") if at_it and at_it != user.id else None,
        updated_at=ticket.updated_at.isoformat(),
    )  # fmt: skip


@blueprint.post("/panel/zgloszenia/<reference>/biore")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def take(reference: str) -> Response:
    return _do(reference, "zgloszenie.wziete", lambda found, ticket: found.inbox.take(ticket, current_user()))


@blueprint.post("/panel/zgloszenia/<reference>/trwa")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def keep(reference: str) -> Response:
    """Somebody works on the page: their hold goes on."""
    found = desk()
    ticket = found.inbox.find(reference)
    if not found.inbox.keep(ticket, current_user()):
        raise ProblemError(409, "Zgłoszenie nie jest już zajęte przez tę osobę.")
    nothing_to_audit()
    return jsonify(kept=True)


@blueprint.post("/panel/zgloszenia/<reference>/oddaje")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def give_back(reference: str) -> Response:
    return _do(reference, "zgloszenie.oddane", lambda found, ticket: found.inbox.give_back(ticket, current_user()))


@blueprint.post("/panel/zgloszenia/<reference>/przejmuje")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def take_over(reference: str) -> Response:
    note = request.form.get("note", "")
    return _do(
        reference, "zgloszenie.przejete", lambda found, ticket: found.inbox.take_over(ticket, current_user(), note)
    )


@blueprint.post("/panel/zgloszenia/<reference>/przypisz")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def assign(reference: str) -> Response:
    to = request.form.get("to", "")
    return _do(
        reference,
        "zgloszenie.przypisane",
        lambda found, ticket: found.inbox.assign(ticket, current_user(), to),
        komu=to,
    )


@blueprint.post("/panel/zgloszenia/<reference>/pilnosc")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def set_priority(reference: str) -> Response:
    high = request.form.get("high") == "1"
    return _do(
        reference, "zgloszenie.pilnosc",
        lambda found, ticket: found.inbox.set_priority(ticket, current_user(), high=high), pilne=high,
    )  # fmt: skip


@blueprint.post("/panel/zgloszenia/<reference>/zamknij")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def close(reference: str) -> Response:
    note = request.form.get("note", "")
    return _do(reference, "zgloszenie.zamkniete", lambda found, ticket: found.inbox.close(ticket, current_user(), note))


@blueprint.post("/panel/zgloszenia/<reference>/otworz")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def reopen(reference: str) -> Response:
    return _do(reference, "zgloszenie.otwarte", lambda found, ticket: found.inbox.reopen(ticket, current_user()))


@blueprint.post("/panel/zgloszenia/<reference>/notatka")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def add_note(reference: str) -> Response:
    note = request.form.get("note", "")
    return _do(
        reference, "zgloszenie.notatka", lambda found, ticket: found.inbox.add_note(ticket, current_user(), note)
    )


@blueprint.post("/panel/zgloszenia/<reference>/etykieta")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def change_tag(reference: str) -> Response:
    added, removed = request.form.get("tag", ""), request.form.get("remove", "")

    def change(found: Desk, ticket: Ticket) -> None:
        if removed:
            found.inbox.remove_tag(ticket, removed)
        else:
            found.inbox.add_tag(ticket, current_user(), added)

    return _do(reference, "zgloszenie.etykieta", change)


@blueprint.post("/panel/zgloszenia/<reference>/polacz")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def merge(reference: str) -> Response:
    found = desk()
    ticket = found.inbox.find(reference)
    into = found.inbox.merge(ticket, current_user(), request.form.get("into", ""))
    audit("zgloszenie.polaczone", str(ticket.reference), z=into.reference)
    flash(f"Zgłoszenie {ticket.reference} jest dołączone do tego.", "success")
    return redirect(url_for("ticket.ticket", reference=into.reference), 303)


@blueprint.post("/panel/zgloszenia/<reference>/szukaj")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def search(reference: str) -> tuple[str, int]:
    """Suggestions for other words; what is written already stays in the form."""
    found, form = desk(), _form()
    ticket = found.inbox.find(reference)
    audit("podpowiedz.szukana", str(ticket.reference))
    try:
        found.suggestions.search(ticket, form.query)
    except ProblemError as error:
        form.problem = error.detail
    return _page(ticket, form), 422 if form.problem else 200


@blueprint.post("/panel/zgloszenia/<reference>/odrzuc")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def reject(reference: str) -> Response:
    wanted, reason = request.form.get("suggestion", ""), request.form.get("reason", "")
    return _do(
        reference, "podpowiedz.odrzucona",
        lambda found, ticket: found.suggestions.reject(ticket, current_user(), wanted, reason), powod=reason,
    )  # fmt: skip


@blueprint.post("/panel/zgloszenia/<reference>/odpowiedz")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def answer(reference: str) -> Response | tuple[str, int]:
    """Send the answer. Whatever stands against it, the page comes back with the text as it was written."""
    found, form = desk(), _form()
    ticket = found.inbox.find(reference)
    if request.form.get("take") or request.form.get("insert"):
        return _page(ticket, _with_more(found, ticket, form)), 200
    channel = request.form.get("channel", EMAIL)
    wanted = Answer(form.answer_id, form.text, channel, form.taken, confirmed=request.form.get("confirmed") == "1")
    base = found.services.public_url(request.host_url)
    try:
        found.answering.answer(ticket, current_user(), wanted, base_url=base)
    except FlaggedError as error:
        form.flags = error.flags
        return _page(ticket, form), 422
    except ProblemError as error:
        form.errors, form.problem = error.errors, "" if error.errors else error.detail
        return _page(found.inbox.find(reference), form), error.status
    audit(
        "odpowiedz.wyslana" if channel == EMAIL else "odpowiedz.telefon",
        str(ticket.reference),
        podpowiedzi=len(form.taken),
    )
    said = "Odpowiedź została wysłana" if channel == EMAIL else "Rozmowa jest zapisana, a zgłoszenie zamknięte"
    flash(f"{ticket.reference}: {said}.", "success")
    return redirect(url_for("inbox.tickets"), 303)


def _do(reference: str, action: str, act: Callable[[Desk, Ticket], object], **details: Any) -> Response:
    found = desk()
    ticket = found.inbox.find(reference)
    act(found, ticket)
    audit(action, str(ticket.reference), **details)
    return redirect(url_for("ticket.ticket", reference=ticket.reference), 303)


def _form() -> Form:
    given = request.form
    return Form(
        answer_id=given.get("answer_id", "")[:36] or new_answer_id(), text=given.get("text", "").replace("\r\n", "\n"),
        taken=given.getlist("taken"), query=given.get("query", ""),
    )  # fmt: skip


def _with_more(found: Desk, ticket: Ticket, form: Form) -> Form:
    """The form with a suggestion or a ready text behind what is written, for browsers without scripts."""
    take, insert = request.form.get("take", ""), request.form.get("insert", "")
    if take:
        [suggestion] = found.suggestions.taken(ticket, [take])
        more = suggestion.text
        form.taken = list(dict.fromkeys([*form.taken, suggestion.id]))
    else:
        more = filled(found.ready.find(insert, current_user()).text, found.values_of(ticket, current_user()))
    form.text = f"{form.text.rstrip()}\n\n{more}".lstrip()
    return form


def _page(ticket: Ticket, form: Form) -> str:
    found, user = desk(), current_user()
    now, inbox = found.inbox.clock(), found.inbox.repository
    suggestions, away = found.suggestions.for_ticket(ticket)
    content = found.services.content
    at_it = holder(ticket, now)
    law = found.answering.law
    others = {item.id for item in suggestions}
    values = found.values_of(ticket, user)
    return render_template(
        "panel/ticket.html",
        ticket=ticket, form=form, suggestions=suggestions, away=away, user=user, now=now,
        names=inbox.names(), staff_members=inbox.staff(), tags=inbox.tags_of([ticket.id]).get(ticket.id, []),
        notes=inbox.notes(ticket.id), history=inbox.history(ticket.id), history_kinds=HISTORY,
        merged=inbox.merged(ticket.id), into=inbox.by_id(ticket.merged_into) if ticket.merged_into else None,
        neighbours=inbox.neighbours(ticket, limit=_NEIGHBOURS), offer=offer_rows(ticket.payload or {}),
        replies=found.suggestions.repository.replies(ticket.id),
        turns=_conversation(found, ticket), comparisons=_comparisons(found, ticket, suggestions),
        comparison_sources=lambda item: comparison_sources(item, content),
        ready=[(item, filled(item.text, values)) for item in found.ready.of(user)],
        warnings={item.id: law.flags(item.text, item.sources, on=today()) for item in suggestions},
        taken_before=found.suggestions.taken(ticket, [name for name in form.taken if name not in others]),
        reasons=REASONS, suggestion_kinds=KINDS, suggestion_states=STATES, channels=CHANNELS,
        kinds=TICKET_KINDS, states=TICKET_STATES, topics=content.topics, acts=content.acts,
        county=found.services.tickets.counties.titles.get(ticket.county or "", ""), office=values["urzad"],
        holder=at_it, is_mine=at_it == user.id, is_open=ticket.state in {NEW, IN_PROGRESS},
        held_by_other=at_it is not None and at_it != user.id,
        assigned_to_other=ticket.assigned_to not in {None, user.id}, is_overdue=is_overdue(ticket, now),
        default_channel=EMAIL if ticket.email else PHONE, no_mail=None if found.answering.mailer else NO_MAIL,
    )  # fmt: skip


def _conversation(found: Desk, ticket: Ticket) -> list[ExplainedTurn]:
    if ticket.conversation_id is None:
        return []
    turns = found.services.repository.history(ticket.conversation_id)
    return [explained_turn(turn, found.services.content) for turn in turns]


def _comparisons(found: Desk, ticket: Ticket, suggestions: Sequence[Any]) -> list[Any]:
    """How the rules about the ticket's matter were before and are now, each once."""
    names = [ticket.topic, *(item.topic for item in suggestions)]
    content = found.services.content
    changed = {
        item.id: item
        for name in dict.fromkeys(filter(None, names))
        for item in comparisons_of(
            name, content, after=min(act.valid_from for act in content.acts.values()), before=today()
        )
    }
    return list(changed.values())[:3]
