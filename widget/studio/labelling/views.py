"""Pages where editors label what people wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import allow, current_user, in_background
from widget.accounts.audit import audit, nothing_to_audit
from widget.accounts.paging import Page as ListPage
from widget.accounts.paging import page_number
from widget.accounts.roles import Role
from widget.problems import ProblemError
from widget.studio.current import current_author
from widget.studio.forms import group_label
from widget.studio.labelling.agreement import ENOUGH, EVERY
from widget.studio.labelling.models import (
    DEAD,
    IGNORED,
    LABELLED,
    NEVER,
    OUTSIDE,
    REASONS,
    RUNNING,
    STATES,
    LabelGroup,
    LabelItem,
)
from widget.studio.labelling.process import GroupingProcess
from widget.studio.labelling.service import Done, Labelling, LostError, Undo, example_of
from widget.studio.labelling.wording import fresh_messages, group_title, waiting_messages
from widget.studio.repository import ConflictError
from widget.studio.service import NoTopicError, RefusedError
from widget.studio.views import new_topic_page
from widget.studio.words import title_of
from zielona.clock import utc_now

blueprint = Blueprint("labelling", __name__)
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_GROUPS = 40
_DIFFERENCES = 20
_SETTLED = 50
# Filters of what was labelled.
_KINDS = {IGNORED: "Pominięte", OUTSIDE: STATES[OUTSIDE], LABELLED: "Dodane do tematu"}
_TEXT = "text."
# What was labelled last, in the browser's session.
_UNDO = "ostatnie_oznaczenie"
_PUT_ASIDE = {IGNORED: "pominięte", OUTSIDE: f"oznaczone jako „{STATES[OUTSIDE]}”"}
_BUSY = "Temat właśnie zmienia ktoś inny. Proszę spróbować jeszcze raz za chwilę."
Page = str | tuple[str, int] | BaseResponse


def _labelling() -> Labelling:
    found: Labelling = current_app.extensions["zielona_labelling"]
    return found


@blueprint.get("/panel/studio/wiadomosci")
@allow(*_EDITORS)
def messages() -> str:
    service, topics = _labelling(), _topics()
    service.refresh()
    rows, fresh = service.groups(), service.repository.fresh()
    first = rows[:_GROUPS] + [row for row in rows[_GROUPS:] if row.id == 0]
    return render_template(
        "panel/messages.html",
        groups=first,
        more=len(rows) - len(first),
        total=sum(row.count for row in rows),
        loose=next((row.count for row in rows if row.id == 0), 0) - fresh,
        fresh=fresh_messages(fresh) if fresh else "",
        group_title=group_title,
        samples=service.repository.samples(row.id for row in first),
        titles={name: title for name, title, _ in topics},
        reasons=REASONS,
        grouping=_progress(),
        agreement=service.agreement(),
        enough=ENOUGH,
        every=EVERY,
        due=service.repository.controls_due(current_user().id),
        labelled=service.repository.labelled(),
        last=_last(),
    )


@blueprint.post("/panel/studio/wiadomosci/pogrupuj")
@allow(*_EDITORS)
def group_again() -> BaseResponse:
    process: GroupingProcess = current_app.extensions["zielona_grouping"]
    if process.start():
        audit("studio.grupowanie", "wiadomości")
    else:
        nothing_to_audit()
        flash("Grupowanie już trwa.", "info")
    return redirect(url_for("labelling.messages"), 303)


@blueprint.get("/panel/studio/wiadomosci/postep")
@allow(*_EDITORS)
@in_background
def progress() -> Response:
    return jsonify(_progress())


def _progress() -> dict[str, Any]:
    """How far the grouping is. A run without signs of life has failed."""
    row = _labelling().repository.grouping()
    dead = row.state == RUNNING and row.beat_at is not None and row.beat_at < utc_now() - DEAD
    return {
        "state": "nieudane" if dead else row.state,
        "step": row.step,
        "done": row.done,
        "total": row.total,
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "moment": row.finished_at,
        "never": row.state == NEVER,
    }


@blueprint.post("/panel/studio/wiadomosci/zajete")
@allow(*_EDITORS)
@in_background
def keep() -> Response:
    """The page is still open, so its messages stay this editor's."""
    nothing_to_audit()
    return jsonify(held=_labelling().keep(current_user()))


@blueprint.get("/panel/studio/wiadomosci/<int:group>")
@allow(*_EDITORS)
def group(group: int) -> Page:
    items = _labelling().open(group, current_user())
    return _group_page(group, items)


def _group_page(
    group: int, items: Sequence[LabelItem], *, form: MultiDict[str, str] | None = None, reasons: Sequence[str] = ()
) -> str:
    service, topics = _labelling(), _topics()
    found = service.repository.group(group) if group else None
    if group and found is None:
        raise ProblemError(404, "Nie ma już takiej grupy: wiadomości zostały w tym czasie pogrupowane na nowo.")
    titles = {name: title for name, title, _ in topics}
    proposed = found.topic if found and found.topic in titles else None
    texts = _texts(form) if form else {}
    return render_template(
        "panel/message_group.html",
        group=group,
        name=_title(found),
        near=service.near(group),
        items=items,
        examples={item.id: texts.get(item.id, example_of(item, {})) for item in items},
        chosen=set(form.getlist("item")) if form else set(),
        topic=form.get("topic", "") if form else proposed or "",
        proposed=proposed,
        titles=titles,
        topics=topics,
        outside=[(topic.name, title_of(topic)) for topic in service.outside_topics()],
        reasons=REASONS,
        refused=list(reasons),
        others=service.others(group, current_user()),
        last=_last(),
        count=next((row.count for row in service.groups() if row.id == group), 0),
    )


def _title(group: LabelGroup | None) -> str:
    return group_title(_labelling().repository.typical(group.id), group.name) if group else ""


@blueprint.app_context_processor
def to_label() -> dict[str, Any]:
    """What other pages tell of the queue, to those who may label."""
    return {"messages_to_label": _told_waiting}


def _told_waiting() -> str:
    count = _labelling().waiting() if Role(current_user().role) in _EDITORS else 0
    return waiting_messages(count) if count else ""


@blueprint.post("/panel/studio/wiadomosci/<int:group>/dolacz")
@allow(*_EDITORS)
def join(group: int) -> BaseResponse:
    """What is near a group becomes part of it."""
    try:
        count = _labelling().join(group, request.form.getlist("near"))
    except RefusedError as error:
        nothing_to_audit()
        flash(str(error), "warning")
    else:
        audit("studio.dolaczenie", str(group), ile=count)
        flash(f"Wiadomości dołączone do grupy: {count}.", "success")
    return redirect(url_for("labelling.group", group=group), 303)


@blueprint.post("/panel/studio/wiadomosci/<int:group>")
@allow(*_EDITORS)
def label(group: int) -> Page:
    """Labels what is chosen as the button says (`co`)."""
    form, what = request.form, request.form.get("co", "")
    ids = form.getlist("item")
    try:
        done, text = _labelled(what, ids)
    except LostError as error:
        flash(str(error), "warning")
        return redirect(url_for("labelling.group", group=group), 303)
    except (RefusedError, NoTopicError, ConflictError) as error:
        reasons = error.reasons if isinstance(error, RefusedError) else [_why_not(error)]
        return _group_page(group, _labelling().open(group, current_user()), form=form, reasons=reasons), 422
    session[_UNDO] = asdict(done.undo)
    audit("studio.oznaczenie", form.get("topic", "") if what == "temat" else what, ile=done.labelled)
    flash(text, "success")
    left = any(row.id == group for row in _labelling().groups())
    return redirect(url_for("labelling.group", group=group) if left else url_for("labelling.messages"), 303)


@blueprint.post("/panel/studio/wiadomosci/cofnij")
@allow(*_EDITORS)
def take_back() -> BaseResponse:
    """Takes back what this browser's editor labelled last."""
    undo, group = _last_undo(), request.form.get("group", "")
    try:
        if undo is None:
            raise RefusedError(["Nie ma czego cofnąć."])
        count = _labelling().take_back(undo, user=current_user(), author=current_author())
    except (RefusedError, NoTopicError, ConflictError) as error:
        nothing_to_audit()
        flash(f"Oznaczenie nie zostało cofnięte. {_why_not_back(error)}", "warning")
        return redirect(url_for("labelling.messages"), 303)
    session.pop(_UNDO, None)
    audit("studio.oznaczenie_cofniete", undo.topic, ile=count)
    flash(f"Ostatnie oznaczenie jest cofnięte. Wiadomości, które wróciły do kolejki: {count}.", "success")
    if any(str(row.id) == group for row in _labelling().groups()):
        return redirect(url_for("labelling.group", group=group), 303)
    return redirect(url_for("labelling.messages"), 303)


@blueprint.get("/panel/studio/wiadomosci/oznaczone")
@allow(*_EDITORS)
def settled() -> str:
    """What was labelled or left out, so that an older label can be taken back too."""
    repository, state = _labelling().repository, request.args.get("stan", "")
    state = state if state in _KINDS else ""
    page = ListPage(page_number(request.args.get("strona")), _SETTLED, repository.count_settled(state))
    labels = {name: f"dodane do tematu „{title}”" for name, title, _ in _topics()}
    return render_template(
        "panel/messages_settled.html",
        items=repository.settled(state, limit=page.size, offset=(page.number - 1) * page.size),
        page=page,
        tabs=[
            (url_for("labelling.settled", stan=name or None), label, name == state)
            for name, label in {"": "Wszystkie", **_KINDS}.items()
        ],
        labels=labels | {name: STATES[name] for name in (IGNORED, OUTSIDE)},
        given={"stan": state or None},
    )


@blueprint.post("/panel/studio/wiadomosci/oznaczone")
@allow(*_EDITORS)
def take_back_one() -> BaseResponse:
    """Takes back the label of one message, whenever and by whomever it was given."""
    item = request.form.get("item", "")
    given: dict[str, Any] = {name: request.args.get(name) for name in ("stan", "strona")}
    try:
        gone = _labelling().take_back_one(item, author=current_author())
    except (RefusedError, ConflictError) as error:
        nothing_to_audit()
        flash(f"Oznaczenie nie zostało cofnięte. {_why_not_back(error)}", "warning")
        return redirect(url_for("labelling.settled", **given), 303)
    audit("studio.oznaczenie_cofniete", item, ile=1)
    example = " Taki sam przykład zniknął z tematu." if gone else ""
    flash(f"Oznaczenie jest cofnięte, wiadomość wróciła do kolejki.{example}", "success")
    return redirect(url_for("labelling.settled", **given), 303)


def _why_not_back(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, ConflictError):
        return _BUSY
    return "Tego tematu już nie ma."


def _last_undo() -> Undo | None:
    kept = session.get(_UNDO)
    return Undo(**kept) if kept else None


def _last() -> dict[str, Any] | None:
    """The label that can be taken back, as the page tells it."""
    undo = _last_undo()
    found = _labelling().last(undo, current_user()) if undo else None
    if found is None:
        return None
    titles = {name: f"dodane do tematu „{title}”" for name, title, _ in _topics()}
    return {"what": (titles | _PUT_ASIDE).get(found.label, found.label), "count": found.count}


def _why_not(error: Exception) -> str:
    if isinstance(error, ConflictError):
        return _BUSY
    return "Trzeba wybrać temat z listy."


def _labelled(what: str, ids: Sequence[str]) -> tuple[Done, str]:
    """What was done, and how it is told."""
    service, user, texts = _labelling(), current_user(), _texts(request.form)
    if what == "temat":
        topic = request.form.get("topic", "")
        done = service.assign(ids, texts, topic=topic, user=user, author=current_author())
        title = dict(pair[:2] for pair in _topics()).get(topic, topic)
        told = f"Oznaczone wiadomości: {done.labelled}. Nowe przykłady w temacie „{title}”: {done.added}."
        return done, f"{told} Asystent pozna je po następnym treningu i publikacji."
    if what == "pomin":
        done = service.ignore(ids, user=user)
        return done, f"Pominięte wiadomości: {done.labelled}."
    if what == "poza":
        topic = request.form.get("outside", "")
        done = service.outside(ids, texts, topic=topic, user=user, author=current_author())
        told = f"Oznaczone jako „{STATES[OUTSIDE]}”: {done.labelled}."
        return done, f"{told} Nowe przykłady tego, czego asystent ma odmawiać: {done.added}."
    raise ProblemError(400)


@blueprint.get("/panel/studio/wiadomosci/<int:group>/nowy-temat")
@allow(*_EDITORS)
def nothing_chosen(group: int) -> BaseResponse:
    """Whoever comes by the bare address has to choose messages first."""
    return redirect(url_for("labelling.group", group=group), 303)


@blueprint.post("/panel/studio/wiadomosci/<int:group>/nowy-temat")
@allow(*_EDITORS)
def new_topic(group: int) -> Page:
    """The form of a new topic, with the chosen messages as its examples; nothing is saved yet."""
    form = request.form
    nothing_to_audit()
    try:
        return _new_topic(group, form.getlist("item"))
    except LostError as error:
        flash(str(error), "warning")
        return redirect(url_for("labelling.group", group=group), 303)
    except RefusedError as error:
        return _group_page(group, _labelling().open(group, current_user()), form=form, reasons=error.reasons), 422


def _new_topic(group: int, ids: Sequence[str]) -> str:
    service = _labelling()
    items = service.chosen(ids, current_user())
    texts = _texts(request.form)
    found = service.repository.group(group) if group else None
    title = _title(found)
    title = title[:1].upper() + title[1:]
    values = MultiDict(
        {
            "title": title, "audience": "wszyscy",
            "examples": "\n".join(example_of(item, texts) for item in items),
        }
    )  # fmt: skip
    values.setlist("item", [item.id for item in items])
    return new_topic_page(values, {})


@blueprint.get("/panel/studio/wiadomosci/kontrola")
@allow(*_EDITORS)
def controls() -> str:
    return _controls_page(_labelling().open_controls(current_user()))


def _controls_page(items: Sequence[LabelItem], reasons: Sequence[str] = ()) -> str:
    service, topics = _labelling(), _topics()
    labels = {name: title for name, title, _ in topics} | {name: STATES[name] for name in (IGNORED, OUTSIDE)}
    return render_template(
        "panel/message_controls.html",
        items=items,
        topics=topics,
        labels=labels,
        refused=list(reasons),
        agreement=service.agreement(),
        enough=ENOUGH,
        every=EVERY,
        differences=service.repository.differences(limit=_DIFFERENCES),
    )


@blueprint.post("/panel/studio/wiadomosci/kontrola")
@allow(*_EDITORS)
def check_again() -> Page:
    """The second label of what another editor labelled."""
    form = request.form
    names = {"pomin": IGNORED, "poza": OUTSIDE, "temat": form.get("topic", "")}
    chosen = names.get(form.get("co", ""), "")
    try:
        if chosen not in {IGNORED, OUTSIDE, *(name for name, _, _ in _topics())}:
            raise RefusedError(["Trzeba wybrać temat z listy."])
        agreed = _labelling().check_again(form.getlist("item"), label=chosen, user=current_user())
    except LostError as error:
        flash(str(error), "warning")
        return redirect(url_for("labelling.controls"), 303)
    except RefusedError as error:
        return _controls_page(_labelling().open_controls(current_user()), error.reasons), 422
    count = len(set(form.getlist("item")))
    audit("studio.kontrola", chosen, ile=count)
    flash(f"Zapisano. Tak samo oznaczyła druga osoba: {agreed} z {count}.", "success")
    return redirect(url_for("labelling.controls"), 303)


def _topics() -> list[tuple[str, str, str]]:
    """Name, title and group of every topic, by title."""
    studio = current_app.extensions["zielona_studio"]
    topics = [(topic.name, title_of(topic), group_label(topic.group)) for topic in studio.catalogue.now().topics]
    return sorted(topics, key=lambda topic: topic[1].lower())


def _texts(form: MultiDict[str, str]) -> dict[str, str]:
    """Rewritten messages by id."""
    return {key.removeprefix(_TEXT): text for key, text in form.items() if key.startswith(_TEXT)}
