"""Pages of the inbox: the list, what changes in it, and how suggestions are taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from widget.accounts.access import allow, current_user, in_background
from widget.accounts.roles import Role
from widget.console.inbox.desk import desk
from widget.console.inbox.filters import OPEN, VIEWS, cursor_of, read_filter
from widget.console.inbox.service import holder, is_overdue
from widget.console.inbox.stream import events
from widget.console.streams import streamed
from widget.tickets.models import KINDS, STATES

blueprint = Blueprint("inbox", __name__, template_folder="../templates")
_ACCEPTANCE_DAYS = 90


@blueprint.get("/panel/zgloszenia")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def tickets() -> str:
    found, (counties, topics) = desk(), desk().inbox.repository.counties_and_topics()
    content, titles = found.services.content, found.services.tickets.counties.titles
    return render_template(
        "panel/inbox.html",
        **_list(),
        kinds=KINDS,
        tag_names=found.inbox.repository.tags(),
        county_names=sorted((code, titles.get(code, code)) for code in counties),
        topic_names=sorted((name, content.topics[name].title) for name in topics if name in content.topics),
    )


@blueprint.get("/panel/zgloszenia/lista")
@in_background
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def rows() -> str:
    """The list alone, for a page that is open."""
    return render_template("panel/inbox_rows.html", **_list())


def _list() -> dict[str, Any]:
    found, given = desk(), request.args
    me, now = current_user().id, desk().inbox.clock()
    wanted = read_filter(given, me=me)
    page = found.inbox.page(wanted, cursor_of(given.get("po", "")))
    kept: dict[str, Any] = {key: value for key, value in given.items() if value and key != "po"}
    counts = found.inbox.repository.counts(me=me, now=now)
    tabs = [
        (url_for("inbox.tickets", **{**kept, "stan": name}), _counted(label, states, counts), name == wanted.view)
        for name, (label, states) in VIEWS.items()
    ]
    return {
        "page": page, "wanted": wanted, "given": kept, "filtered": bool(set(kept) - {"stan"}), "tabs": tabs,
        "counts": counts, "names": found.inbox.repository.names(), "now": now, "states": STATES, "kind_names": KINDS,
        "topics": found.services.content.topics, "counties": found.services.tickets.counties.titles,
        "holder": holder, "is_overdue": is_overdue, "open_view": OPEN, "is_first": not given.get("po"),
    }  # fmt: skip


def _counted(label: str, states: Sequence[str], counts: Mapping[str, int]) -> str:
    return f"{label} ({sum(counts.get(state, 0) for state in states)})"


@blueprint.get("/panel/zgloszenia/zmiany")
@in_background
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def changes() -> Response:
    """Changes as they come; where too many pages listen already, the page asks instead."""
    feed = desk().feed
    return streamed(feed.listen, partial(events, feed), refusal="Zbyt wiele stron czeka na zmiany.")


@blueprint.get("/panel/zgloszenia/ostatnia-zmiana")
@in_background
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def latest_change() -> Response:
    """References that changed in the last minutes, for pages that have no stream."""
    found = desk()
    changed = found.inbox.repository.changes(found.inbox.clock() - dt.timedelta(minutes=2))
    return jsonify([{"reference": change.reference, "at": change.updated_at.isoformat()} for change in changed])


@blueprint.get("/panel/zgloszenia/podpowiedzi")
@allow(Role.CONSULTANT, Role.ADMINISTRATOR)
def acceptance() -> str:
    found = desk()
    since = found.inbox.clock() - dt.timedelta(days=_ACCEPTANCE_DAYS)
    return render_template(
        "panel/acceptance.html", rows=found.suggestions.repository.acceptance(since), days=_ACCEPTANCE_DAYS,
        topics=found.services.content.topics,
    )  # fmt: skip
