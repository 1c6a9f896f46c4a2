"""Pages of changes that wait for a second person."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit
from widget.accounts.roles import Role
from widget.problems import ProblemError
from widget.studio.approval.models import STATES, WAITING
from widget.studio.approval.repository import Listed
from widget.studio.approval.service import NOTE_LETTERS, Approvals, NotAllowedError, OutOfDateError
from widget.studio.comparing import difference
from widget.studio.current import current_studio
from widget.studio.fields import names_of
from widget.studio.rights import may_publish

blueprint = Blueprint("approval", __name__)
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_DECIDED = 20
Page = str | tuple[str, int] | BaseResponse


def _approvals() -> Approvals:
    found: Approvals = current_app.extensions["zielona_approvals"]
    return found


def _listed(proposal: str) -> Listed:
    found = _approvals().proposals.get(proposal)
    if found is None:
        raise ProblemError(404, "Nie ma takiej propozycji.")
    return found


@blueprint.get("/panel/studio/propozycje")
@allow(*_EDITORS)
def proposals() -> str:
    repository = _approvals().proposals
    return render_template(
        "panel/proposals.html",
        waiting=repository.waiting(),
        decided=repository.decided(limit=_DECIDED),
        states=STATES,
        me=current_user().id,
        publishes=may_publish(current_user()),
    )


@blueprint.get("/panel/studio/propozycje/<proposal>")
@allow(*_EDITORS)
def proposal(proposal: str) -> str:
    return _page(_listed(proposal))


def _page(listed: Listed, reason: str = "") -> str:
    found, user = listed.proposal, current_user()
    waits = found.state == WAITING
    names = names_of(current_studio().catalogue.now())
    return render_template(
        "panel/proposal.html",
        listed=listed,
        proposal=found,
        files=[
            {
                "version": file.version,
                "text": file.text,
                "difference": difference(file.path, file.current, file.after, names),
            }
            for file in (_approvals().now(found) if waits else [])
        ],
        proposed=[difference(one["path"], one["base"], one["text"], names) for one in found.changes],
        reason=reason,
        waits=waits,
        mine=found.author_id == user.id,
        publishes=may_publish(user),
        states=STATES,
        letters=NOTE_LETTERS,
    )


@blueprint.post("/panel/studio/propozycje/<proposal>")
@allow(*_EDITORS)
def decide(proposal: str) -> Page:
    """Approves, returns or withdraws, as the button says (`co`)."""
    service, listed, user, form = _approvals(), _listed(proposal), current_user(), request.form
    deeds = {
        "zatwierdz": ("studio.zatwierdzenie", "Zmiana jest zatwierdzona i zapisana."),
        "zwroc": ("studio.zwrot", "Zmiana wróciła do autora z wyjaśnieniem."),
        "wycofaj": ("studio.wycofanie", "Propozycja jest wycofana."),
    }
    what = form.get("co", "")
    try:
        if what == "zatwierdz":
            service.approve(listed, user, seen=form.getlist("seen"))
        elif what == "zwroc":
            service.give_back(listed, user, note=form.get("note", ""))
        elif what == "wycofaj":
            service.withdraw(listed, user)
        else:
            raise ProblemError(400)
    except NotAllowedError as error:
        raise ProblemError(403, str(error)) from error
    except OutOfDateError as error:
        return _page(_listed(proposal), str(error)), 409
    action, text = deeds[what]
    audit(action, listed.proposal.title)
    flash(text, "success")
    return redirect(url_for("approval.proposals"), 303)
