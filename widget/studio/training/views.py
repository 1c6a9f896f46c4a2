"""Pages of trainings and of the releases that come of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import allow, current_user, in_background
from widget.accounts.audit import audit
from widget.accounts.paging import Page, page_number
from widget.accounts.repository import AccountRepository
from widget.accounts.roles import Role
from widget.console.live.stream import Bell, events
from widget.console.streams import streamed
from widget.problems import ProblemError
from widget.studio import restoring
from widget.studio.changes import told
from widget.studio.models import SYSTEM
from widget.studio.pieces.addresses import address_of
from widget.studio.repository import Revision
from widget.studio.training.checks import Finding
from widget.studio.training.comparison import (
    BETTER,
    BREAKS,
    ENOUGH,
    GATES_BY_KEY,
    HOLDS,
    JUDGEMENT_LABELS,
    KIND_LABELS,
    MEASURES,
    OTHER,
    SETS,
    UNSURE,
    WORSE,
    gate_state,
)
from widget.studio.training.novelty import read
from widget.studio.training.ordering import BusyError
from widget.studio.training.queue import QueueError
from widget.studio.training.service import TrainingDesk
from widget.studio.training.steps import STEPS, At, place_of
from zielona.clock import utc_now

blueprint = Blueprint("training", __name__, template_folder="../templates")
DESK, BELL = "zielona_training", "zielona_training_bell"
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_SHOWN = 40
_Job = TypeVar("_Job")
_KINDS = {WORSE: "Gorzej", BETTER: "Lepiej", OTHER: "Inaczej"}
_GATE_TONES = {HOLDS: "good", UNSURE: "", BREAKS: "bad"}
_HINTS = {measure.key: measure.hint for measure in MEASURES}
_TONES = {WORSE: "bad", BETTER: "good", OTHER: "info"}


def desk() -> TrainingDesk:
    return cast(TrainingDesk, current_app.extensions[DESK])


@blueprint.get("/panel/studio/trening")
@allow(*_EDITORS)
def training() -> str:
    return _training_page()


def _training_page(faults: Sequence[Finding] = ()) -> str:
    found = desk()
    news = found.news()
    passages, _ = found.catalogue.passages()
    content = replace(found.catalogue.now(), passages=passages)
    removed = _removed(found, [*news.changes.revisions, *news.later])
    return render_template(
        "panel/training.html", news=news, address=address_of,
        changed=told(news.changes.revisions, content, removed), later=told(news.later, content, removed),
        releases=found.releases.list(), past=found.past(), **_job(), names=_names(), start=found.starting(),
        faults=faults, enough=ENOUGH, gate_state=gate_state, unsure=UNSURE,
    )  # fmt: skip


def _removed(found: TrainingDesk, revisions: Sequence[Revision]) -> dict[str, str]:
    """Titles of topics that these changes took out, by name."""
    ids = {revision.id for revision in revisions}
    gone = restoring.removed(found.repository, found.catalogue.paths) if ids else []
    return restoring.titles_of(found.repository, [item for item in gone if item.revision.id in ids])


@blueprint.post("/panel/studio/trening")
@allow(*_EDITORS)
def begin() -> BaseResponse | tuple[str, int]:
    """Mistakes that would stop the training are shown at once."""
    faults = [] if desk().is_busy() else desk().faults()
    if faults:
        return _training_page(faults), 422
    job = _ordered(lambda: desk().order(by=current_user().id))
    audit("studio.trening", str(job.id))
    return redirect(url_for("training.training"), 303)


@blueprint.post("/panel/studio/trening/startowa")
@allow(*_EDITORS)
def keep() -> BaseResponse:
    """Keep the version that the assistant was started with."""
    job = _ordered(desk().keep)
    if job is None:
        flash("Wersji startowej nie trzeba albo nie można teraz zachować.", "info")
    else:
        audit("studio.trening", str(job.id), wersja="startowa")
    return redirect(url_for("training.training"), 303)


@blueprint.post("/panel/studio/trening/<int:job_id>/zatrzymaj")
@allow(*_EDITORS)
def cancel(job_id: int) -> BaseResponse:
    if desk().cancel(job_id):
        audit("studio.trening_zatrzymany", str(job_id))
        flash("Trening zaraz się zatrzyma. Wersja, która odpowiada teraz, się nie zmieni.", "info")
    else:
        flash("Ten trening już się skończył.", "info")
    return redirect(url_for("training.training"), 303)


@blueprint.get("/panel/studio/trening/stan")
@in_background
@allow(*_EDITORS)
def state() -> str:
    """The part of the page that changes while a training works."""
    return render_template("panel/training_state.html", address=address_of, **_job())


@blueprint.get("/panel/studio/trening/strumien")
@in_background
@allow(*_EDITORS)
def stream() -> Response:
    """Tells that something changed; where too many pages listen, the page asks by itself."""
    bell: Bell = current_app.extensions[BELL]
    return streamed(bell.join, partial(events, bell), refusal="Zbyt wiele stron czeka na zmiany.")


@blueprint.get("/panel/studio/wersje/<int:release_id>")
@allow(*_EDITORS)
def release(release_id: int) -> str:
    found = desk()
    wanted = found.releases.get(release_id)
    if wanted is None:
        raise ProblemError(404, "Nie ma takiej wersji.")
    comparison = found.comparison(wanted)
    changes = comparison["changes"] if comparison else []
    kind = request.args.get("rodzaj", "")
    chosen = [change for change in changes if kind not in _KINDS or change["kind"] == kind]
    page = Page(page_number(request.args.get("strona")), _SHOWN, len(chosen))
    counts = {name: sum(change["kind"] == name for change in changes) for name in _KINDS}
    tabs = [("", f"Wszystkie ({len(changes)})"), *((name, f"{_KINDS[name]} ({counts[name]})") for name in _KINDS)]
    return render_template(
        "panel/release.html", release=wanted, comparison=comparison, page=page, kind=kind, kinds=_KINDS, tones=_TONES,
        changes=chosen[max(page.first_item - 1, 0) : page.last_item], names=_names(), judgements=JUDGEMENT_LABELS,
        start=found.starting(), sets=SETS, written=found.written(comparison), answer_kinds=KIND_LABELS,
        enough=ENOUGH, gate_state=gate_state, gate_tones=_GATE_TONES, unsure=UNSURE, hints=_HINTS,
        gates=GATES_BY_KEY, news=read(comparison.get("news")) if comparison else None,
        address=address_of, given={"release_id": release_id, "rodzaj": kind or None},
        tabs=[
            (url_for("training.release", release_id=release_id, rodzaj=name or None), label, name == kind)
            for name, label in tabs
        ],
    )  # fmt: skip


def _job() -> dict[str, Any]:
    """The newest training as the page shows it, with the place of its step."""
    found = desk()
    job, current = found.latest(), found.releases.current()
    names = [step.name for step in STEPS]
    at = place_of(job.step) if job else At("")
    began = job.started_at if job and job.is_open else None
    return {
        "job": job, "steps": STEPS, "at": at, "place": names.index(at.step) if at.step in names else -1,
        "running": utc_now() - began if began else None, "usual": found.usual() if job and job.is_open else None,
        "stuck": bool(job and found.is_stuck(job)), "made": found.releases.of_job(job.id) if job else None,
        "current": current, "awaiting": found.awaiting() if job and job.keeps_start else None,
    }  # fmt: skip


def _ordered(order: Callable[[], _Job]) -> _Job:
    try:
        return order()
    except BusyError as error:
        raise ProblemError(409, "Trening już trwa. Naraz może działać jeden.") from error
    except QueueError as error:
        raise ProblemError(503, f"Nie udało się zacząć. {error} Proszę spróbować za chwilę.") from error


def _names() -> dict[str, str]:
    accounts: AccountRepository = current_app.extensions["zielona_account_repository"]
    return {SYSTEM: "asystent, żeby zachować wersję startową", **{user.id: user.name for user in accounts.users()}}
