"""Pages of passages, amounts, and of what is due for another check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from knowledge_base.content.passages import Passage
from knowledge_base.content.text import fold
from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit
from widget.accounts.paging import Page as ListPage
from widget.accounts.paging import page_number
from widget.accounts.roles import Role
from widget.forms import FormError
from widget.problems import ProblemError
from widget.studio.approval.service import what_is_told
from widget.studio.changes import in_words, titles_of
from widget.studio.comparing import difference
from widget.studio.current import current_approvals, current_author, current_studio, current_target
from widget.studio.fields import names_of
from widget.studio.forms import AUDIENCE_LABELS, Form, day_or
from widget.studio.pieces import forms, review
from widget.studio.pieces.addresses import address_of
from widget.studio.pieces.amount_file import edits_of
from widget.studio.pieces.amounts import AmountDesk, OpenedAmount, written_on
from widget.studio.pieces.faults import AMOUNTS
from widget.studio.pieces.passage_file import edit_of
from widget.studio.pieces.passages import NoPieceError, OpenedPassage, Passages, found_by
from widget.studio.repository import ConflictError
from widget.studio.rights import may_publish
from widget.studio.service import NoTopicError, RefusedError
from zielona.clock import today

blueprint = Blueprint("pieces", __name__)
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_PAGE_SIZE = 50
Page = str | tuple[str, int] | BaseResponse


@dataclass(frozen=True)
class Thing:
    """What the pages of history, versions and conflicts need to know of a passage or an amount."""

    kind: str
    title: str
    path: str
    version: str
    page: str
    history: str
    back: str
    back_text: str
    shared: bool = False


def _passages() -> Passages:
    found: Passages = current_app.extensions["zielona_passages"]
    return found


def _amounts() -> AmountDesk:
    found: AmountDesk = current_app.extensions["zielona_amounts"]
    return found


def _told(saved: str) -> str:
    return what_is_told(current_user(), saved)


# Passages


@blueprint.get("/panel/studio/fragmenty")
@allow(*_EDITORS)
def passages() -> str:
    content, day = _passages().content(), today()
    wanted, act = fold(request.args.get("szukaj", "").strip()), request.args.get("akt", "")
    shown = [one for one in content.passages if not act or one.source.act == act]
    shown = found_by(shown, wanted) if wanted else shown
    number = page_number(request.args.get("strona"))
    used = {one.source.act for one in content.passages}
    return render_template(
        "panel/passages.html",
        passages=shown[(number - 1) * _PAGE_SIZE : number * _PAGE_SIZE],
        page=ListPage(number, _PAGE_SIZE, len(shown)),
        given=request.args.to_dict(),
        total=len(content.passages),
        broken=content.broken,
        root=content.paths.root,
        acts=content.acts,
        act_names=sorted(((eli, content.acts[eli].short) for eli in used), key=lambda pair: pair[1]),
        standing=lambda one: standing(one, day),
    )


def standing(passage: Passage, day: dt.date) -> str:
    """Whether the passage is in force: `teraz`, `później` or `dawniej`."""
    if passage.source.valid_from > day:
        return "później"
    return "teraz" if passage.source.in_force(day) else "dawniej"


def _opened(folder: str, name: str) -> OpenedPassage:
    try:
        return _passages().open(f"{folder}/{name}")
    except NoPieceError as error:
        raise ProblemError(404, "Nie ma takiego fragmentu albo nie da się odczytać jego pliku.") from error


@blueprint.get("/panel/studio/fragmenty/<folder>/<name>")
@allow(*_EDITORS)
def passage(folder: str, name: str) -> str:
    opened = _opened(folder, name)
    return _passage_page(opened, forms.passage_values(edit_of(opened.passage)), version=opened.stored.version)


@blueprint.post("/panel/studio/fragmenty/<folder>/<name>")
@allow(*_EDITORS)
def change_passage(folder: str, name: str) -> Page:
    """Shows a preview, saves, or saves as what changes on a day, as the button says (`co`)."""
    opened, form, version = _opened(folder, name), request.form, request.form.get("version", "")
    if form.get("popraw"):
        return _passage_page(opened, form, version=opened.stored.version)
    service, title = _passages(), f"Fragment: {opened.passage.title}"
    try:
        edit = forms.read_passage(form)
        if form.get("co") == "podglad":
            draft, notes = service.draft(opened, edit, today=today())
            return _passage_page(opened, form, version=version, draft=draft, notes=notes)
        if form.get("co") == "przyszla":
            since = forms.read_since(form, today=today())
            service.save_future(
                opened.passage.id, edit, since=since, version=version, author=current_author(), to=current_target(title)
            )
            saved = f"Nowa treść jest zapisana i zacznie obowiązywać {since:%d.%m.%Y}. Do tego dnia zostaje obecna."
        else:
            service.save(opened.passage.id, edit, version=version, author=current_author(), to=current_target(title))
            saved = "Zmiana jest zapisana. Asystent zacznie z niej korzystać po przebudowaniu indeksu."
    except FormError as error:
        return _passage_page(opened, form, version=version, errors=error.errors), 422
    except RefusedError as error:
        return _passage_page(opened, form, version=version, reasons=error.reasons), 422
    except ConflictError as error:
        return _conflict(_passage_thing(opened), error, service.edited(opened, edit))
    audit("studio.fragment", opened.passage.id)
    flash(_told(saved), "success")
    return redirect(url_for("pieces.passage", folder=folder, name=name), 303)


def _passage_page(
    opened: OpenedPassage,
    values: Form,
    *,
    version: str,
    errors: dict[str, str] | None = None,
    reasons: Sequence[str] = (),
    draft: Passage | None = None,
    notes: Sequence[Any] | None = None,
) -> str:
    service, shown = _passages(), draft or opened.passage
    day = day_or(request.values.get("dzien"), max(today(), shown.source.valid_from))
    return render_template(
        "panel/passage.html",
        thing=_passage_thing(opened),
        passage=opened.passage,
        act=opened.content.acts[opened.passage.source.act],
        values=values,
        version=version,
        errors=errors or {},
        reasons=list(reasons),
        notes=service.remarks(shown, opened.content, today=today()) if notes is None else notes,
        preview=service.preview(shown, opened.content, day=day),
        is_draft=draft is not None,
        day=day,
        audiences=AUDIENCE_LABELS,
        versions=opened.versions,
        standing=standing(opened.passage, today()),
        standing_of=lambda one: standing(one, today()),
        publishes=may_publish(current_user()),
        proposals=current_approvals().proposals.waiting_for(opened.path),
        amounts=sorted((name, item.title) for name, item in opened.content.amounts.parameters.items()),
    )


def _passage_thing(opened: OpenedPassage) -> Thing:
    folder, name = opened.passage.id.split("/", 1)
    return Thing(
        kind="Fragment", title=opened.passage.title, path=opened.path, version=opened.stored.version,
        page=url_for("pieces.passage", folder=folder, name=name),
        history=url_for("pieces.passage_history", folder=folder, name=name),
        back=url_for("pieces.passages"), back_text="Fragmenty",
    )  # fmt: skip


@blueprint.get("/panel/studio/fragmenty/<folder>/<name>/historia")
@allow(*_EDITORS)
def passage_history(folder: str, name: str) -> str:
    return _history_page(_passage_thing(_opened(folder, name)))


@blueprint.get("/panel/studio/fragmenty/<folder>/<name>/historia/<revision>")
@allow(*_EDITORS)
def passage_version(folder: str, name: str, revision: str) -> str:
    opened = _opened(folder, name)
    return _version_page(_passage_thing(opened), opened, revision)


@blueprint.post("/panel/studio/fragmenty/<folder>/<name>/historia/<revision>")
@allow(*_EDITORS)
def restore_passage(folder: str, name: str, revision: str) -> Page:
    opened = _opened(folder, name)
    title = f"Fragment: {opened.passage.title}"

    def restore(text: str, found: Any) -> None:
        version = request.form.get("version", "")
        _passages().restore(
            opened.passage.id, text, found=found, version=version, author=current_author(), to=current_target(title)
        )

    return _restored(_passage_thing(opened), opened, revision, restore)


# Amounts


@blueprint.get("/panel/studio/kwoty")
@allow(*_EDITORS)
def amounts() -> str:
    day, wanted = today(), fold(request.args.get("szukaj", "").strip())
    rows = [row for row in _amounts().rows(today=day) if wanted in fold(f"{row.parameter.name} {row.parameter.title}")]
    table = current_studio().catalogue.now().amounts
    return render_template(
        "panel/amounts.html",
        rows=rows,
        written=lambda one, when: written_on(table, one, when),
        day=day,
        soon=day + dt.timedelta(days=60),
    )


def _opened_amount(name: str) -> OpenedAmount:
    try:
        return _amounts().open(name)
    except NoPieceError as error:
        raise ProblemError(404, "Nie ma takiej kwoty.") from error


@blueprint.get("/panel/studio/kwoty/<name>")
@allow(*_EDITORS)
def amount(name: str) -> str:
    opened = _opened_amount(name)
    return _amount_page(opened, _amount_values(opened), version=opened.stored.version)


def _amount_values(opened: OpenedAmount) -> Form:
    values = forms.period_values(edits_of(opened.parameter))
    values[f"period.{forms.NEW}.checked_on"] = today().isoformat()
    return values


@blueprint.post("/panel/studio/kwoty/<name>")
@allow(*_EDITORS)
def change_amount(name: str) -> Page:
    opened, form, version = _opened_amount(name), request.form, request.form.get("version", "")
    if opened.parameter.of is not None:
        raise ProblemError(409, "Ta kwota jest liczona z innej. Wzór zmienia programista.")
    if form.get("popraw"):
        return _amount_page(opened, form, version=opened.stored.version)
    service = _amounts()
    try:
        periods = forms.read_periods(form)
        if form.get("co") == "podglad":
            return _amount_page(opened, form, version=version, draft=service.draft(opened, periods))
        title = f"Kwota: {opened.parameter.title}"
        service.save(name, periods, version=version, author=current_author(), to=current_target(title))
    except FormError as error:
        return _amount_page(opened, form, version=version, errors=error.errors), 422
    except RefusedError as error:
        return _amount_page(opened, form, version=version, reasons=error.reasons), 422
    except ConflictError as error:
        return _conflict(_amount_thing(opened), error, service.edited(opened, periods))
    audit("studio.kwota", name)
    flash(
        _told("Kwota jest zapisana. Asystent poda ją w dniach, w których obowiązuje, po ponownym uruchomieniu."),
        "success",
    )
    return redirect(url_for("pieces.amount", name=name), 303)


def _amount_page(
    opened: OpenedAmount,
    values: Form,
    *,
    version: str,
    errors: dict[str, str] | None = None,
    reasons: Sequence[str] = (),
    draft: Any = None,
) -> str:
    service, parameter = _amounts(), opened.parameter
    day, table = day_or(request.values.get("dzien"), today()), draft or opened.content.amounts
    return render_template(
        "panel/amount.html",
        thing=_amount_thing(opened),
        parameter=parameter,
        base=opened.content.amounts.parameters.get(parameter.of or ""),
        values=values,
        count=forms.period_count(values),
        new=forms.NEW,
        version=version,
        errors=errors or {},
        reasons=list(reasons),
        notes=service.remarks(parameter.name, table, opened.content, today=today()),
        preview=service.derived(opened, table, day=day),
        is_draft=draft is not None,
        day=day,
        used_in=service.used_in(opened),
        publishes=may_publish(current_user()),
        proposals=[
            one for one in current_approvals().proposals.waiting_for(AMOUNTS)
            if one.proposal.title == f"Kwota: {parameter.title}"
        ],
    )  # fmt: skip


def _amount_thing(opened: OpenedAmount) -> Thing:
    name = opened.parameter.name
    return Thing(
        kind="Kwota", title=opened.parameter.title, path=opened.path, version=opened.stored.version,
        page=url_for("pieces.amount", name=name), history=url_for("pieces.amount_history", name=name),
        back=url_for("pieces.amounts"), back_text="Kwoty", shared=True,
    )  # fmt: skip


@blueprint.get("/panel/studio/kwoty/<name>/historia")
@allow(*_EDITORS)
def amount_history(name: str) -> str:
    return _history_page(_amount_thing(_opened_amount(name)))


@blueprint.get("/panel/studio/kwoty/<name>/historia/<revision>")
@allow(*_EDITORS)
def amount_version(name: str, revision: str) -> str:
    opened = _opened_amount(name)
    return _version_page(_amount_thing(opened), opened, revision)


@blueprint.post("/panel/studio/kwoty/<name>/historia/<revision>")
@allow(*_EDITORS)
def restore_amount(name: str, revision: str) -> Page:
    opened = _opened_amount(name)
    title = f"Kwota: {opened.parameter.title}"

    def restore(text: str, found: Any) -> None:
        version = request.form.get("version", "")
        _amounts().restore(name, text, found=found, version=version, author=current_author(), to=current_target(title))

    return _restored(_amount_thing(opened), opened, revision, restore)


# What both have


def _history_page(thing: Thing) -> str:
    titles = titles_of(_passages().content())
    return render_template(
        "panel/history.html",
        thing=thing,
        history=current_studio().repository.history(thing.path),
        in_words=lambda subject: in_words(subject, titles),
    )


def _version_page(thing: Thing, opened: OpenedPassage | OpenedAmount, revision: str) -> str:
    try:
        found, before, after = current_studio().versions(opened, revision)
    except NoTopicError as error:
        raise ProblemError(404) from error
    names = names_of(opened.content)
    return render_template(
        "panel/version.html",
        thing=thing,
        revision=found,
        subject=in_words(found.subject, titles_of(_passages().content())),
        change=difference(thing.path, before, after, names),
        # All amounts lie in one file: nobody wants to read the whole of it.
        whole=None if thing.shared else difference(thing.path, "", after, names),
        since=difference(thing.path, after, opened.stored.text, names),
        version=thing.version,
    )


def _restored(
    thing: Thing, opened: OpenedPassage | OpenedAmount, revision: str, restore: Callable[[str, Any], None]
) -> Page:
    try:
        found, _, text = current_studio().versions(opened, revision)
        restore(text, found)
    except NoTopicError as error:
        raise ProblemError(404) from error
    except RefusedError as error:
        raise ProblemError(409, f"Tej wersji nie można przywrócić. {error}") from error
    except ConflictError as error:
        text = "Treść zmieniła się w tym czasie. Proszę obejrzeć historię jeszcze raz; nic nie zostało nadpisane."
        raise ProblemError(409, text) from error
    audit("studio.przywrocenie", thing.path, wersja=revision[:12])
    flash(_told("Starsza wersja jest znowu obowiązująca. Nowsze zostały w historii."), "success")
    return redirect(thing.page, 303)


def _conflict(thing: Thing, error: ConflictError, mine: str) -> tuple[str, int]:
    """Both versions; nothing is written until the editor says which."""
    seen = current_studio().repository.blob(request.form.get("version", ""))
    kept = [(key, value) for key, value in request.form.items(multi=True) if key not in {"csrf_token", "version"}]
    names = names_of(current_studio().catalogue.now())
    page = render_template(
        "panel/conflict.html",
        thing=thing,
        theirs=difference(thing.path, seen, error.current, names) if seen is not None else None,
        mine=difference(thing.path, error.current, mine, names),
        version=error.version,
        kept=kept,
        action=thing.page,
        may_edit=True,
    )
    return page, 409


# Due for another check


@blueprint.get("/panel/studio/przeglad")
@allow(*_EDITORS)
def reviews() -> str:
    return _review_page([])


def _review_page(reasons: Sequence[str]) -> str:
    days = int(current_app.extensions["zielona_review_days"])
    found = review.due(_passages(), before=today() - dt.timedelta(days=days), today=today())
    number = page_number(request.args.get("strona"))
    return render_template(
        "panel/reviews.html",
        rows=found[(number - 1) * _PAGE_SIZE : number * _PAGE_SIZE],
        page=ListPage(number, _PAGE_SIZE, len(found)),
        unconfirmed=sum(bool(one.unconfirmed) for one in found),
        old=sum(one.is_old for one in found),
        given=request.args.to_dict(),
        days=days,
        refused=list(reasons),
        kinds={review.TOPIC: "temat", review.PASSAGE: "fragment", review.AMOUNT: "kwota"},
        address=_address,
        publishes=may_publish(current_user()),
    )


def _address(item: review.Due) -> str:
    return address_of(item.kind, item.id)


@blueprint.post("/panel/studio/przeglad")
@allow(*_EDITORS)
def note_checked() -> Page:
    keys = request.form.getlist("item")
    target = current_target(f"Sprawdzone z przepisami ({len(keys)})")
    try:
        count = review.note_checked(_passages(), keys, today=today(), author=current_author(), to=target)
    except RefusedError as error:
        return _review_page(error.reasons), 422
    except ConflictError as error:
        raise ProblemError(409, "Treść zmieniła się w tej chwili. Proszę spróbować jeszcze raz.") from error
    audit("studio.sprawdzone", "treść", ile=count)
    flash(_told(f"Zapisano dzisiejsze sprawdzenie: {count}."), "success")
    return redirect(url_for("pieces.reviews"), 303)
