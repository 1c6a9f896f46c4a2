"""Pages on which releases are published and tried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from sqlalchemy import Engine
from werkzeug.wrappers import Response as BaseResponse

from widget.accounts.access import allow, current_user, in_background
from widget.accounts.audit import audit
from widget.accounts.repository import AccountRepository
from widget.accounts.roles import Role
from widget.problems import ProblemError
from widget.studio.models import Release
from widget.studio.publishing.models import RETURN, Publication, TrialRecord
from widget.studio.publishing.outcomes import ENOUGH
from widget.studio.publishing.repository import BusyError, Publications
from widget.studio.publishing.service import (
    LEAST,
    LONGEST_REASON,
    MOST,
    SHORTEST_REASON,
    NotNowError,
    PublishingDesk,
    Standing,
    state_of,
)  # fmt: skip
from widget.studio.releases import Releases
from widget.studio.rights import may_publish
from widget.studio.training.starting import Starting

blueprint = Blueprint("publishing", __name__, template_folder="../templates")
_DESK = "zielona_publishing"
_EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
_USUAL = 10


def register(app: Flask, engine: Engine, start: Callable[[], Starting]) -> None:
    """Add the pages, and what the page of a release shows of them; `start` is how the starting version stands."""
    app.extensions[_DESK] = PublishingDesk(Publications(engine), Releases(engine), start)
    app.jinja_env.globals |= {
        "standing_of": standing_of, "trial_now": trial_now, "state_of": state_of,
        "publishing": {
            "least": LEAST, "most": MOST, "usual": _USUAL, "shortest": SHORTEST_REASON, "longest": LONGEST_REASON,
            "enough": ENOUGH,
        },
    }  # fmt: skip
    app.register_blueprint(blueprint)


def desk() -> PublishingDesk:
    return cast(PublishingDesk, current_app.extensions[_DESK])


def standing_of(release: Release) -> Standing:
    return desk().standing(release, current_user())


def trial_now() -> TrialRecord | None:
    return desk().orders.trial()


@blueprint.post("/panel/studio/wersje/<int:release_id>/publikacja")
@allow(*_EDITORS)
def publish(release_id: int) -> BaseResponse:
    release, reason = _decided(release_id), request.form.get("reason", "")
    order = _ordered(lambda: desk().publish(release, current_user(), reason))
    audit("studio.publikacja", str(release_id), zlecenie=order.id, uzasadnienie=order.reason)
    return redirect(url_for("publishing.order", order_id=order.id), 303)


@blueprint.post("/panel/studio/wersje/<int:release_id>/proba")
@allow(*_EDITORS)
def try_out(release_id: int) -> BaseResponse:
    release, percent = _decided(release_id), request.form.get("percent", "")
    order = _ordered(lambda: desk().try_out(release, current_user(), percent))
    audit("studio.proba", str(release_id), zlecenie=order.id, procent=percent)
    return redirect(url_for("publishing.order", order_id=order.id), 303)


@blueprint.post("/panel/studio/proba/koniec")
@allow(*_EDITORS)
def end_trial() -> BaseResponse:
    if desk().orders.trial() is None:
        raise ProblemError(422, "Nie trwa żadna próba.")
    _decider()
    order = _ordered(lambda: desk().end_trial(current_user()))
    audit("studio.proba_zakonczona", str(order.release_id), zlecenie=order.id)
    return redirect(url_for("publishing.order", order_id=order.id), 303)


@blueprint.get("/panel/studio/publikacje")
@allow(*_EDITORS)
def orders() -> str:
    found = desk().orders.list()
    return render_template(
        "panel/publications.html", orders=found, titles=desk().titles(found), trials=desk().trials_of(found),
        names=_names(),
    )  # fmt: skip


@blueprint.get("/panel/studio/publikacje/<int:order_id>")
@allow(*_EDITORS)
def order(order_id: int) -> str:
    return render_template("panel/publication.html", **_shown(order_id))


@blueprint.get("/panel/studio/publikacje/<int:order_id>/stan")
@in_background
@allow(*_EDITORS)
def state(order_id: int) -> str:
    """The part of the page that changes while the order is carried out."""
    return render_template("panel/publication_state.html", **_shown(order_id))


@blueprint.get("/panel/studio/proba")
@allow(*_EDITORS)
def trial() -> str:
    """The trial that goes on, or the last one, and those before it."""
    found = desk().orders.trials()
    wanted = request.args.get("nr", "")
    shown = next((item for item in found if str(item.id) == wanted), found[0] if found else None)
    release = desk().releases.get(shown.release_id) if shown else None
    return render_template(
        "panel/trial.html", trial=shown, trials=found, release=release, names=_names(),
        outcome=desk().compared(shown) if shown else None,
        standing=standing_of(release) if release else None,
    )  # fmt: skip


def _shown(order_id: int) -> dict[str, Any]:
    found = desk().orders.get(order_id)
    if found is None:
        raise ProblemError(404, "Nie ma takiej publikacji.")
    title = desk().titles([found])[found.id]
    return {
        "order": found, "title": title, "returns": title == RETURN, "current": desk().releases.current(),
        "names": _names(), "trial": desk().trials_of([found]).get(found.id),
    }  # fmt: skip


def _decided(release_id: int) -> Release:
    """The release, for somebody who may decide about it."""
    release = desk().releases.get(release_id)
    if release is None:
        raise ProblemError(404, "Nie ma takiej wersji.")
    _decider()
    return release


def _decider() -> None:
    if not may_publish(current_user()):
        raise ProblemError(403, "Publikować może administrator albo redaktor z prawem do publikowania.")


def _ordered(order: Any) -> Publication:
    try:
        return cast(Publication, order())
    except NotNowError as error:
        raise ProblemError(422, str(error)) from error
    except BusyError as error:
        raise ProblemError(409, "Trwa inna publikacja albo próba. Trzeba poczekać, aż się skończy.") from error


def _names() -> dict[str, str]:
    accounts: AccountRepository = current_app.extensions["zielona_account_repository"]
    return {user.id: user.name for user in accounts.users()}
