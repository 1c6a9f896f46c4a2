"""Puts the statistics into the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import Flask

from widget.chat.services import Services
from widget.events.repository import EventRepository
from widget.mail import mailer
from widget.statistics import views
from widget.statistics.jobs import Keeper
from widget.statistics.proportions import Share
from widget.statistics.report import Names
from widget.statistics.service import Statistics, make_statistics
from widget.statistics.writing import percent, written
from zielona.settings import Settings


def register(app: Flask, found: Services) -> None:
    """Add the pages."""
    app.extensions["zielona_statistics"] = statistics_of(found)
    app.jinja_env.filters |= {"written": written, "points": _points}
    app.jinja_env.tests["share"] = lambda value: isinstance(value, Share)
    app.register_blueprint(views.blueprint)


def statistics_of(found: Services) -> Statistics:
    return make_statistics(found.engine, Names(found.content.topics, found.access.partners))


def keeper(
    found: Services,
    settings: Settings,
    *,
    night: Callable[[dt.datetime], object] | None = None,
    labels: Callable[[], object] | None = None,
) -> Keeper:
    """The job of this process. Raises SettingError."""
    recipients = [address.strip() for address in settings.text("REPORT_EMAILS").split(",") if address.strip()]
    events = EventRepository(found.engine, found.secret)
    return Keeper(found.engine, events, statistics_of(found), mailer(settings), recipients, night, labels)


def _points(difference: float) -> str:
    """A difference of shares, in percentage points."""
    return ("+" if difference > 0 else "") + percent(difference).rstrip("%") + " p.p."
