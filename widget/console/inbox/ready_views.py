"""Pages of ready texts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit
from widget.accounts.roles import Role
from widget.console.inbox.desk import desk
from widget.console.inbox.ready import PLACEHOLDERS
from widget.problems import ProblemError

blueprint = Blueprint("ready", __name__, template_folder="../templates")


@blueprint.get("/panel/zgloszenia/gotowe-teksty")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def texts() -> str:
    return _page({}, {})


@blueprint.get("/panel/zgloszenia/gotowe-teksty/<text_id>")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def text(text_id: str) -> str:
    found = desk().ready.find(text_id, current_user())
    values = {"title": found.title, "text": found.text, "shared": "1" if found.user_id is None else ""}
    return _page(values, {}, editing=found.id)


@blueprint.post("/panel/zgloszenia/gotowe-teksty", defaults={"text_id": None})
@blueprint.post("/panel/zgloszenia/gotowe-teksty/<text_id>")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def save(text_id: str | None) -> Response | tuple[str, int]:
    form, user = request.form, current_user()
    try:
        saved = desk().ready.save(
            user,
            text_id=text_id,
            title=form.get("title", ""),
            text=form.get("text", ""),
            shared=bool(form.get("shared")),
        )
    except ProblemError as error:
        if not error.errors:
            raise
        return _page(dict(form), error.errors, editing=text_id), 422
    audit("gotowy_tekst.zapisany", saved, wspolny=bool(form.get("shared")))
    flash("Gotowy tekst jest zapisany.", "success")
    return redirect(url_for("ready.texts"), 303)


@blueprint.post("/panel/zgloszenia/gotowe-teksty/<text_id>/usun")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def delete(text_id: str) -> Response:
    title = desk().ready.delete(current_user(), text_id)
    audit("gotowy_tekst.usuniety", text_id)
    flash(f"Usunięto gotowy tekst „{title}”.", "success")
    return redirect(url_for("ready.texts"), 303)


def _page(values: dict[str, str], errors: dict[str, str], *, editing: str | None = None) -> str:
    return render_template(
        "panel/ready_texts.html", texts=desk().ready.of(current_user()), values=values, errors=errors, editing=editing,
        placeholders=PLACEHOLDERS,
    )  # fmt: skip
