"""Pages of the studio under /panel/studio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from knowledge_base.check.rules import ENOUGH_EXAMPLES, FEWEST_EXAMPLES, Loadable
from knowledge_base.content.errors import ContentError
from knowledge_base.content.text import fold
from knowledge_base.content.topics import Topic
from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit, nothing_to_audit
from widget.accounts.paging import Page as Paging
from widget.accounts.paging import page_number
from widget.accounts.roles import Role
from widget.forms import FormError
from widget.problems import ProblemError
from widget.studio import exchange, removing, restoring, words
from widget.studio.approval.repository import Listed
from widget.studio.approval.service import what_is_told
from widget.studio.changes import Place, in_words, titles_of
from widget.studio.checks import Draft, faulty
from widget.studio.comparing import difference
from widget.studio.current import current_author, current_studio, current_target
from widget.studio.fields import names_of
from widget.studio.figures import DAYS
from widget.studio.forms import (
    AUDIENCE_LABELS,
    RELATED,
    day_or,
    group_label,
    read_form,
    read_unfinished,
    source_rows,
    told_of_acts,
    values_of,
)
from widget.studio.labelling.service import Labelling, LostError
from widget.studio.pieces.addresses import address_of
from widget.studio.pieces.review import PASSAGE, TOPIC
from widget.studio.repository import ConflictError, RepositoryError
from widget.studio.rights import may_publish
from widget.studio.service import Incoming, NoTopicError, Opened, RefusedError
from widget.studio.topic_file import edit_of
from zielona.clock import today, utc_now
from zielona.plurals import counted

blueprint = Blueprint("studio", __name__, template_folder="templates")
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_REMOVED = 50
# When the assistant begins to use what is saved.
_WHEN = "po następnym treningu i publikacji"
_MESSAGES_LOST = (
    "Wiadomości, z których są te przykłady, oznacza teraz ktoś inny. Temat można zapisać jeszcze raz; "
    "wiadomości zostaną wtedy w kolejce."
)
Page = str | tuple[str, int] | BaseResponse


def _opened(name: str) -> Opened:
    try:
        return current_studio().open(name)
    except NoTopicError as error:
        raise ProblemError(404, "Nie ma takiego tematu albo nie da się odczytać jego pliku.") from error


@blueprint.app_errorhandler(RepositoryError)
def repository_failed(error: RepositoryError) -> Any:
    return current_app.handle_user_exception(ProblemError(503, str(error)))


@blueprint.app_errorhandler(ContentError)
def content_failed(error: ContentError) -> Any:
    return current_app.handle_user_exception(ProblemError(503, f"Nie da się odczytać treści. {error}"))


@blueprint.get("/panel/studio/")
@allow(*_EDITORS)
def home() -> BaseResponse:
    return redirect(url_for("studio.topics"), 303)


@blueprint.get("/panel/studio/tematy")
@allow(*_EDITORS)
def topics() -> str:
    studio = current_studio()
    content = studio.catalogue.now()
    wanted, group = fold(request.args.get("szukaj", "").strip()), request.args.get("grupa", "")
    shown = [
        topic
        for topic in content.topics
        if (not group or topic.group == group)
        and (not wanted or wanted in fold(" ".join([*_names_of(topic), topic.answer, *topic.examples])))
    ]
    return render_template(
        "panel/topics.html",
        topics=shown,
        total=len(content.topics),
        broken=content.broken,
        removed=len(restoring.removed(studio.repository, content.paths)),
        root=content.paths.root,
        faulty=faulty(content, shown, today=today()),
        volumes=studio.figures.volumes(now=utc_now()),
        groups=[(name, group_label(name)) for name in sorted({topic.group for topic in content.topics})],
        group_label=group_label,
        few=ENOUGH_EXAMPLES,
        fewest=FEWEST_EXAMPLES,
        days=DAYS,
    )


def _names_of(topic: Topic) -> tuple[str, str, str]:
    return topic.name, topic.title, words.title_of(topic)


@blueprint.get("/panel/studio/tematy/nowy")
@allow(*_EDITORS)
def new_topic() -> str:
    values = MultiDict({"audience": "wszyscy"})
    return new_topic_page(values, {})


@blueprint.post("/panel/studio/tematy/nowy")
@allow(*_EDITORS)
def add_topic() -> Page:
    studio, form = current_studio(), request.form
    labelling: Labelling = current_app.extensions["zielona_labelling"]
    try:
        content = studio.catalogue.now()
        edit = read_form(form, acts=content.acts, groups=studio.groups(content))
        items = labelling.chosen(form.getlist("item"), current_user()) if "item" in form else []
        examples = form.get("examples", "").splitlines()
        fewest = FEWEST_EXAMPLES if items else 0
        to = current_target(f"Nowy temat: {edit.title}")
        name = studio.create(form.get("group", ""), edit, examples, author=current_author(), fewest=fewest, to=to)
    except LostError:
        free = form.copy()
        free.poplist("item")
        return new_topic_page(free, {}, [_MESSAGES_LOST]), 422
    except FormError as error:
        return new_topic_page(form, error.errors), 422
    except RefusedError as error:
        return new_topic_page(form, {}, error.reasons), 422
    except ConflictError:
        return new_topic_page(form, {}, ["Ktoś w tej chwili zapisał temat o takim samym tytule."]), 409
    if items:
        labelling.founded(items, topic=name, user=current_user())
    audit("studio.temat_dodany", name)
    _tell_of_acts(form, content)
    if not may_publish(current_user()):
        flash(what_is_told(current_user(), ""), "success")
        return redirect(url_for("approval.proposals"), 303)
    return _saved(name, "Temat jest zapisany", f"Asystent pozna go {_WHEN}.")


def _tell_of_acts(form: Any, content: Loadable) -> None:
    if told := told_of_acts(form, content.acts):
        flash(told, "warning")


def _saved(name: str, what: str, then: str) -> BaseResponse:
    """Back to the topic: `then` is told where nothing stops the next training, else how much there is to put right."""
    count = current_studio().remarks(_opened(name), today=today()).faults
    if count:
        things = counted(count, "rzecz", "rzeczy", "rzeczy")
        flash(f"{what}, ale {things} trzeba poprawić przed trenowaniem.", "warning")
    else:
        flash(f"{what}. {then}", "success")
    return redirect(url_for("studio.topic", name=name), 303)


def new_topic_page(values: Any, errors: dict[str, str], reasons: list[str] | None = None) -> str:
    """The form of a new topic; `item` of the values are messages of the queue that its examples were made of."""
    studio = current_studio()
    content = studio.catalogue.now()
    groups = [(name, group_label(name)) for name in studio.groups(content)]
    draft, day = _new_draft(values), today()
    return render_template(
        "panel/new_topic.html",
        values=values,
        errors=errors,
        reasons=reasons,
        groups=groups,
        draft=draft,
        preview=studio.preview(draft.topic, content, day=day) if draft.topic else None,
        day=day,
        few=ENOUGH_EXAMPLES,
        fewest=FEWEST_EXAMPLES,
        **_lists(content),
    )


def _new_draft(values: Any) -> Draft:
    """What stands in the form of a new topic, with its remarks."""
    studio = current_studio()
    content = studio.catalogue.now()
    edit, wrong = read_unfinished(values, acts=content.acts, groups=studio.groups(content), today=today())
    examples = values.get("examples", "").splitlines()
    return studio.new_draft(values.get("group", ""), edit, examples, today=today()).besides(wrong.values())


@blueprint.post("/panel/studio/tematy/nowy/sprawdzenie")
@allow(*_EDITORS)
def check_new() -> Response:
    """The same as `check`, of a topic that is not there yet."""
    return _checked(_new_draft(request.form), current_studio().catalogue.now())


def _checked(draft: Draft, content: Loadable) -> Response:
    """Remarks and preview of a draft for the script of the page."""
    nothing_to_audit()
    day = day_or(request.form.get("preview_day"), today())
    preview = current_studio().preview(draft.topic, content, day=day) if draft.topic else {}
    return jsonify(
        notes=[{"text": note.text, "warning": note.warning, "at": note.at} for note in draft.notes],
        preview=preview.get("text"),
        basis=preview.get("basis"),
    )


def _lists(content: Any) -> dict[str, Any]:
    """What the fields of a topic may be chosen from."""
    return {
        "acts": [(act.eli, f"{act.short} ({act.eli})") for act in content.acts.values()],
        "audiences": AUDIENCE_LABELS,
        "all_topics": [(topic.name, topic.title) for topic in content.topics if topic.is_faq],
        "dialogues": [(item.name, item.button) for item in content.dialogues],
        "related_count": RELATED,
        "source_rows": source_rows,
        "amounts": [
            (name, item.title, content.amounts.text_or_none(name, today()))
            for name, item in sorted(content.amounts.parameters.items(), key=lambda pair: pair[1].title)
        ],
    }


@blueprint.get("/panel/studio/tematy/<name>")
@allow(*_EDITORS)
def topic(name: str) -> str:
    opened = _opened(name)
    return _topic_page(opened, values_of(edit_of(opened.topic)), version=opened.stored.version)


@blueprint.post("/panel/studio/tematy/<name>")
@allow(*_EDITORS)
def change_topic(name: str) -> Page:
    opened, form = _opened(name), request.form
    version = form.get("version", "")
    if form.get("popraw"):
        # From the page of a conflict: one's own words once more, now upon the newest file.
        return _topic_page(opened, form, version=opened.stored.version)
    try:
        edit = read_form(form, acts=opened.content.acts)
        current_studio().save(
            name, edit, version=version, author=current_author(), to=current_target(f"Temat: {edit.title}")
        )
    except FormError as error:
        return _topic_page(opened, form, version=version, errors=error.errors), 422
    except RefusedError as error:
        return _topic_page(opened, form, version=version, reasons=error.reasons), 422
    except ConflictError as error:
        return _conflict(opened, error, current_studio().edited(opened, edit), "studio.change_topic")
    audit("studio.temat_zmieniony", name)
    _tell_of_acts(form, opened.content)
    if not may_publish(current_user()):
        flash(what_is_told(current_user(), ""), "success")
        return redirect(url_for("studio.topic", name=name), 303)
    return _saved(name, "Zmiana jest zapisana", f"Asystent zacznie z niej korzystać {_WHEN}.")


def _topic_page(
    opened: Opened, values: Any, *, version: str, errors: dict[str, str] | None = None,
    reasons: list[str] | None = None, removal: str | None = None,
) -> str:  # fmt: skip
    """`removal` is the reason that somebody gave for taking the topic out, where that was refused."""
    studio = current_studio()
    day = day_or(request.args.get("dzien"), today())
    titles = {item.name: words.title_of(item) for item in opened.content.topics}
    draft = _draft(opened, values)
    return render_template(
        "panel/topic.html",
        topic=opened.topic,
        values=values,
        version=version,
        errors=errors or {},
        reasons=reasons or [],
        notes=draft.notes,
        faults=draft.faults,
        preview=studio.preview(draft.topic or opened.topic, opened.content, day=day),
        day=day,
        figures=studio.figures.of(opened.topic.name, now=utc_now()),
        days=DAYS,
        titles=titles,
        translations=studio.translations(opened),
        group_label=group_label,
        publishes=may_publish(current_user()),
        going=removing.going(studio, opened),
        removal=removal,
        reason_letters=removing.REASON_LETTERS,
        address=place_address,
        proposals=_proposals(opened),
        **_lists(opened.content),
    )


def _proposals(opened: Opened) -> list[Listed]:
    found: list[Listed] = current_app.extensions["zielona_approvals"].proposals.waiting_for(opened.path)
    return found


def place_address(place: Place) -> str:
    """The page of what refers to a topic, empty where it has none."""
    return address_of(place.kind, place.id) if place.kind in (TOPIC, PASSAGE) else ""


@blueprint.post("/panel/studio/tematy/<name>/usun")
@allow(*_EDITORS)
def remove_topic(name: str) -> Page:
    opened, form = _opened(name), request.form
    if not may_publish(current_user()):
        raise ProblemError(403, "Temat usuwa osoba, która publikuje zmiany treści. Prawo nadaje administrator.")
    reason = form.get("reason", "")
    try:
        if _proposals(opened):
            waiting = "Zmiana tego tematu czeka na decyzję. Najpierw trzeba ją zatwierdzić, zwrócić albo wycofać."
            raise RefusedError([waiting])
        removing.remove(current_studio(), name, reason=reason, version=form.get("version", ""), author=current_author())
    except RefusedError as error:
        values, version = values_of(edit_of(opened.topic)), opened.stored.version
        return _topic_page(opened, values, version=version, reasons=error.reasons, removal=reason), 422
    except ConflictError as error:
        raise ProblemError(409, "Temat zmienił się w tym czasie. Proszę obejrzeć go jeszcze raz.") from error
    audit("studio.temat_usuniety", name)
    flash(f"Temat „{opened.topic.title}” jest usunięty. Asystent zapomni go {_WHEN}.", "success")
    return redirect(url_for("studio.topics"), 303)


@blueprint.get("/panel/studio/tematy-usuniete")
@allow(*_EDITORS)
def removed_topics() -> str:
    return _removed_page()


def _removed_page(reasons: Sequence[str] = ()) -> str:
    studio = current_studio()
    found = restoring.removed(studio.repository, studio.catalogue.paths)
    page = Paging(page_number(request.args.get("strona")), _REMOVED, len(found))
    shown = found[max(page.first_item - 1, 0) : page.last_item]
    return render_template(
        "panel/removed_topics.html",
        items=shown,
        titles=restoring.titles_of(studio.repository, shown),
        page=page,
        reasons=list(reasons),
        publishes=may_publish(current_user()),
        group_label=group_label,
    )


@blueprint.post("/panel/studio/tematy-usuniete")
@allow(*_EDITORS)
def bring_back() -> Page:
    """A removed topic becomes one of the content again."""
    if not may_publish(current_user()):
        raise ProblemError(403, "Temat przywraca osoba, która publikuje zmiany treści. Prawo nadaje administrator.")
    name, revision = request.form.get("name", ""), request.form.get("revision", "")
    try:
        restoring.bring_back(current_studio(), name, revision=revision, author=current_author())
    except RefusedError as error:
        return _removed_page(error.reasons), 422
    except (NoTopicError, ConflictError) as error:
        text = "Lista usuniętych tematów zmieniła się w tym czasie. Proszę obejrzeć ją jeszcze raz."
        raise ProblemError(409, text) from error
    audit("studio.temat_odzyskany", name, wersja=revision[:12])
    return _saved(name, "Temat jest przywrócony", f"Asystent pozna go {_WHEN}.")


def _conflict(opened: Opened, error: ConflictError, mine: str, endpoint: str) -> tuple[str, int]:
    """Both versions; nothing is written until the editor says which."""
    seen = current_studio().repository.blob(request.form.get("version", ""))
    kept = [(key, value) for key, value in request.form.items(multi=True) if key not in {"csrf_token", "version"}]
    names = names_of(opened.content)
    page = render_template(
        "panel/conflict.html",
        topic=opened.topic,
        theirs=difference(opened.path, seen, error.current, names) if seen is not None else None,
        mine=difference(opened.path, error.current, mine, names),
        version=error.version,
        kept=kept,
        action=url_for(endpoint, name=opened.topic.name),
        may_edit=endpoint == "studio.change_topic",
    )
    return page, 409


@blueprint.post("/panel/studio/tematy/<name>/sprawdzenie")
@allow(*_EDITORS)
def check(name: str) -> Response:
    """Remarks and preview of what stands in the form, while it is being typed."""
    opened = _opened(name)
    return _checked(_draft(opened, request.form), opened.content)


def _draft(opened: Opened, values: Any) -> Draft:
    """What stands in the form of the topic, whether it may be saved or not, with its remarks."""
    edit, wrong = read_unfinished(values, acts=opened.content.acts, today=today())
    return current_studio().draft(opened, edit, today=today()).besides(wrong.values())


@blueprint.get("/panel/studio/tematy/<name>/przyklady")
@allow(*_EDITORS)
def examples(name: str) -> str:
    return _examples_page(_opened(name))


@blueprint.post("/panel/studio/tematy/<name>/przyklady")
@allow(*_EDITORS)
def change_examples(name: str) -> Page:
    """Adds, removes or moves, as the button says (`co`)."""
    studio, opened, form = current_studio(), _opened(name), request.form
    what, chosen, version = form.get("co", ""), form.getlist("example"), form.get("version", "")
    texts = form.get("texts", "").splitlines()
    try:
        if what == "dodaj":
            count = studio.add_examples(name, texts, version=version, author=current_author())
        elif what == "usun":
            count = studio.remove_examples(name, chosen, version=version, author=current_author())
        elif what == "przenies":
            target = form.get("target", "")
            count = studio.move_examples(name, chosen, to=target, version=version, author=current_author())
        else:
            raise ProblemError(400)
    except (RefusedError, NoTopicError) as error:
        reasons = error.reasons if isinstance(error, RefusedError) else ["Trzeba wybrać temat, do którego mają trafić."]
        return _examples_page(opened, texts=form.get("texts", ""), chosen=chosen, reasons=reasons), 422
    except ConflictError as error:
        mine = studio.with_changed_examples(opened, added=texts if what == "dodaj" else [], removed=chosen)
        return _conflict(opened, error, mine, "studio.change_examples")
    audit("studio.przyklady", name, co=what, ile=count)
    flash(_told_of_examples(what, count, skipped=sum(bool(text.strip()) for text in texts) - count), "success")
    return redirect(url_for("studio.examples", name=name), 303)


def _told_of_examples(what: str, count: int, *, skipped: int) -> str:
    done = {"dodaj": "dodano", "usun": "usunięto", "przenies": "przeniesiono"}[what]
    told = f"Zapisano: {done} {words.examples(count)}"
    return f"{told}, pominięto {skipped} (temat już je ma)." if what == "dodaj" and skipped else f"{told}."


def _examples_page(
    opened: Opened, *, texts: str = "", chosen: list[str] | None = None, reasons: list[str] | None = None
) -> str:
    return render_template(
        "panel/examples.html",
        topic=opened.topic,
        version=opened.stored.version,
        texts=texts,
        chosen=chosen or [],
        reasons=reasons or [],
        twins=current_studio().twins(opened),
        few=ENOUGH_EXAMPLES,
        fewest=FEWEST_EXAMPLES,
        counted_examples=words.examples,
        targets=[(item.name, words.title_of(item)) for item in opened.content.topics if item.name != opened.topic.name],
    )


@blueprint.get("/panel/studio/tematy/<name>/historia")
@allow(*_EDITORS)
def history(name: str) -> str:
    opened = _opened(name)
    titles = titles_of(opened.content)
    return render_template(
        "panel/history.html",
        topic=opened.topic,
        history=current_studio().history(opened),
        in_words=lambda subject: in_words(subject, titles),
    )


@blueprint.get("/panel/studio/tematy/<name>/historia/<revision>")
@allow(*_EDITORS)
def version(name: str, revision: str) -> str:
    opened = _opened(name)
    try:
        found, before, after = current_studio().versions(opened, revision)
    except NoTopicError as error:
        raise ProblemError(404) from error
    names = names_of(opened.content)
    return render_template(
        "panel/version.html",
        topic=opened.topic,
        revision=found,
        subject=in_words(found.subject, titles_of(opened.content)),
        change=difference(opened.path, before, after, names),
        whole=difference(opened.path, "", after, names),
        since=difference(opened.path, after, opened.stored.text, names),
        version=opened.stored.version,
    )


@blueprint.post("/panel/studio/tematy/<name>/historia/<revision>/przywroc")
@allow(*_EDITORS)
def restore(name: str, revision: str) -> Page:
    opened = _opened(name)
    try:
        target = current_target(f"Temat: {opened.topic.title}")
        current_studio().restore(
            name, revision, version=request.form.get("version", ""), author=current_author(), to=target
        )
    except NoTopicError as error:
        raise ProblemError(404) from error
    except RefusedError as error:
        raise ProblemError(409, f"Tej wersji nie można przywrócić. {error}") from error
    except ConflictError as error:
        text = "Temat zmienił się w tym czasie. Proszę obejrzeć jego historię jeszcze raz; nic nie zostało nadpisane."
        raise ProblemError(409, text) from error
    audit("studio.temat_przywrocony", name, wersja=revision[:12])
    flash(what_is_told(current_user(), "Starsza wersja jest znowu obowiązująca. Nowsze zostały w historii."), "success")
    return redirect(url_for("studio.topic", name=name), 303)


@blueprint.get("/panel/studio/wymiana")
@allow(*_EDITORS)
def transfer() -> str:
    return render_template("panel/transfer.html", error="", incoming=None, text="", titles={})


@blueprint.get("/panel/studio/przyklady.<kind>")
@allow(*_EDITORS)
def export(kind: str) -> Response:
    if kind not in exchange.FORMATS:
        raise ProblemError(404)
    examples = {topic.name: topic.examples for topic in current_studio().catalogue.now().topics}
    # A spreadsheet recognises UTF-8 by its mark only.
    text = ("\ufeff" if kind == "csv" else "") + exchange.write(examples, kind)
    headers = {"Content-Disposition": f'attachment; filename="przyklady.{kind}"'}
    return Response(text, content_type=f"{exchange.FORMATS[kind]}; charset=utf-8", headers=headers)


@blueprint.post("/panel/studio/wymiana")
@allow(*_EDITORS)
def take_in() -> Page:
    """First shows what a file would bring; saves when that is confirmed."""
    studio = current_studio()
    try:
        text = _sent_text()
        incoming = studio.incoming(exchange.read(text))
    except (exchange.ExchangeError, UnicodeDecodeError) as error:
        told = str(error) if isinstance(error, exchange.ExchangeError) else "Plik nie jest zapisany w UTF-8."
        return render_template("panel/transfer.html", error=told, incoming=None, text="", titles={}), 422
    if not request.form.get("potwierdzam") or not incoming.count:
        return _transfer_page(incoming, text)
    try:
        studio.take_in(incoming, author=current_author())
    except ConflictError as error:
        raise ProblemError(409, "Treść zmieniła się w tym czasie. Proszę wczytać plik jeszcze raz.") from error
    audit("studio.import", "przykłady", ile=incoming.count)
    flash(f"Import zapisany. Nowe przykłady: {incoming.count}.", "success")
    return redirect(url_for("studio.topics"), 303)


def _sent_text() -> str:
    """The file, or on confirming what was read of it before."""
    sent = request.files.get("plik")
    return sent.read().decode() if sent and sent.filename else request.form.get("text", "")


def _transfer_page(incoming: Incoming, text: str) -> str:
    titles = {topic.name: topic.title for topic in current_studio().catalogue.now().topics}
    return render_template("panel/transfer.html", error="", incoming=incoming, text=text, titles=titles)
