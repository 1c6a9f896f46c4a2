"""Pages and data of the phone desk."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from knowledge_base.content.offices import VOIVODESHIPS
from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit
from widget.accounts.roles import Role
from widget.chat.clients import ActionsClient, AwayError
from widget.chat.services import Services
from widget.console.desk.answers import amounts_on, answer_of, standing
from widget.console.desk.calls import AUDIENCE_LABELS, CallDesk
from widget.console.desk.models import OUTCOMES, Call
from widget.console.desk.repository import CallRepository
from widget.console.desk.search import QuickSearch, search_over
from widget.problems import ProblemError, wants_page
from widget.tickets.counties import counties
from zielona.clock import today, utc_now
from zielona.settings import Settings

blueprint = Blueprint("desk", __name__, template_folder="../templates")
_STAFF = (Role.CONSULTANT, Role.ADMINISTRATOR)
_AWAY = "Kalkulatory i wyszukiwarka urzędów są chwilowo niedostępne. Odpowiedzi i kwoty działają nadal."
# The name under which the event store, where there is one, waits among the extensions.
_EVENTS = "zielona_events"


class Desk:
    """What the views use; the search is made when the page is opened, which does not wait for it."""

    def __init__(self, app: Flask, settings: Settings, services: Services) -> None:
        self._services = services
        self.actions = ActionsClient(settings)
        self.calls = CallDesk(
            CallRepository(services.engine), services.content, counties(),
            lambda: getattr(app.extensions.get(_EVENTS), "record", None),
        )  # fmt: skip

    @property
    def search(self) -> QuickSearch:
        return search_over(self._services.content)

    def warm_up(self) -> None:
        threading.Thread(target=lambda: self.search, daemon=True, name="desk-search").start()


def register(app: Flask, settings: Settings, services: Services) -> None:
    """Add the desk to the application."""
    app.extensions["zielona_desk"] = Desk(app, settings, services)
    app.register_blueprint(blueprint)


def _desk() -> Desk:
    return cast(Desk, current_app.extensions["zielona_desk"])


def _services() -> Services:
    return cast(Services, current_app.extensions["zielona"])


@blueprint.get("/panel/telefon")
@allow(*_STAFF)
def phone() -> str:
    _desk().warm_up()
    now = utc_now()
    calls = _desk().calls
    calls.report(now=now)
    latest = [(call, calls.is_open(call, now)) for call in calls.latest(current_user().id)]
    return render_template(
        "panel/desk.html", call=calls.going_on(current_user().id), latest=latest, today=today(), key=uuid.uuid4(),
        **_lists(),
    )  # fmt: skip


@blueprint.get("/panel/telefon/szukaj")
@allow(*_STAFF)
def search() -> Response:
    """What fits the words typed so far."""
    day = _day()
    hits = _desk().search.find(request.args.get("q", ""))
    return jsonify(hits=[
        {"kind": hit.kind, "id": hit.id, "title": hit.title, "about": hit.about,
         "standing": standing(hit.valid_from, hit.valid_to, day)}
        for hit in hits
    ])  # fmt: skip


@blueprint.get("/panel/telefon/odpowiedz")
@allow(*_STAFF)
def answer() -> Response:
    services = _services()
    kind, name = request.args.get("rodzaj", ""), request.args.get("id", "")
    found = answer_of(kind, name, services.content, day=_day(), today=today(), constants=services.constants)
    if found is None:
        raise ProblemError(404, "Tej odpowiedzi już nie ma. Proszę poszukać jeszcze raz.")
    return jsonify(found)


@blueprint.get("/panel/telefon/kwoty")
@allow(*_STAFF)
def amounts() -> Response:
    return jsonify(amounts=amounts_on(_services().content, _day()))


@blueprint.get("/panel/telefon/urzedy")
@allow(*_STAFF)
def offices() -> Response:
    text = request.args.get("q", "").strip()[:100]
    if not text:
        return jsonify(offices=[], more=0)
    try:
        return jsonify(_desk().actions.offices(text))
    except AwayError as error:
        raise ProblemError(503, _AWAY) from error


@blueprint.get("/panel/telefon/kalkulatory")
@allow(*_STAFF)
def calculators() -> Response:
    try:
        found = _desk().actions.calculators()
    except AwayError as error:
        raise ProblemError(503, _AWAY) from error
    # Fields keep the order in which they are asked for.
    body = current_app.json.dumps({"calculators": found}, sort_keys=False)
    return Response(body, mimetype="application/json")


@blueprint.post("/panel/telefon/kalkulatory/<name>")
@allow(*_STAFF)
def calculate(name: str) -> tuple[Response, int]:
    """The result; 422 with `errors` by field where the rules refuse a value."""
    try:
        result, done = _desk().actions.calculate(name, request.get_json(silent=True))
    except LookupError as error:
        raise ProblemError(404, "Nie ma takiego kalkulatora.") from error
    except AwayError as error:
        raise ProblemError(503, _AWAY) from error
    if not done:
        raise ProblemError(422, result["message"], errors={result["field"]: result["message"]})
    audit("telefon.obliczenie", name)
    return jsonify(result), 200


@blueprint.post("/panel/telefon/rozmowa")
@allow(*_STAFF)
def begin_call() -> BaseResponse:
    call = _desk().calls.begin(current_user().id, now=utc_now())
    audit("telefon.rozmowa", call.id)
    if wants_page():
        return redirect(url_for("desk.phone"), 303)
    assert call.started_at is not None  # noqa: S101 - just begun
    return jsonify(started_at=call.started_at.isoformat())


@blueprint.post("/panel/telefon/rozmowa/zapis")
@allow(*_STAFF)
def end_call() -> BaseResponse:
    call = _desk().calls.end(current_user().id, request.form, now=utc_now())
    audit("telefon.zapis", call.id, wynik=request.form.get("wynik"))
    flash("Rozmowa jest zapisana. Przez 15 minut można poprawić zapis.", "success")
    return redirect(url_for("desk.phone"), 303)


@blueprint.post("/panel/telefon/rozmowa/odrzuc")
@allow(*_STAFF)
def drop_call() -> BaseResponse:
    _desk().calls.drop(current_user().id)
    audit("telefon.odrzucenie", "")
    flash("Rozmowa nie została zapisana.", "info")
    return redirect(url_for("desk.phone"), 303)


@blueprint.get("/panel/telefon/rozmowa/<call_id>")
@allow(*_STAFF)
def call(call_id: str) -> str:
    found = _open_call(call_id)
    return render_template("panel/call.html", call=found, **_lists())


@blueprint.post("/panel/telefon/rozmowa/<call_id>")
@allow(*_STAFF)
def correct_call(call_id: str) -> BaseResponse:
    found = _open_call(call_id)
    _desk().calls.correct(found, request.form, now=utc_now())
    audit("telefon.poprawka", found.id)
    flash("Zapis rozmowy jest poprawiony.", "success")
    return redirect(url_for("desk.phone"), 303)


def _open_call(call_id: str) -> Call:
    """The consultant's own call that may still be corrected."""
    found = _desk().calls.own(call_id, current_user().id)
    if not _desk().calls.is_open(found, utc_now()):
        raise ProblemError(409, "Zapis można poprawić tylko przez 15 minut od końca rozmowy.")
    return found


def _lists() -> dict[str, Any]:
    """What the form of a call chooses from."""
    topics = sorted(
        (topic.title, topic.name) for topic in _services().content.topics.values() if topic.is_faq
    )  # fmt: skip
    return {
        "outcomes": OUTCOMES,
        "audiences": AUDIENCE_LABELS,
        "topics": [(name, title) for title, name in topics],
        "titles": {name: title for title, name in topics},
        "voivodeships": VOIVODESHIPS,
        "counties": counties().grouped(),
    }


def _day() -> dt.date:
    """The day that the call is about. Raises ProblemError (422)."""
    given = request.args.get("dzien", "")
    if not given:
        return today()
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise ProblemError(422, "Proszę podać pełną datę.") from error
