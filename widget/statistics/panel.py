"""Puts the statistics into the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from flask import Flask

from knowledge_base.content.store import Content
from knowledge_base.content.topics import Topic
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


class LiveTopics(Mapping[str, Topic]):
    """The topics of the release that answers, whenever they are looked at."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def __getitem__(self, name: str) -> Topic:
        return self._content.topics[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content.topics)

    def __len__(self) -> int:
        return len(self._content.topics)


def statistics_of(found: Services) -> Statistics:
    return make_statistics(found.engine, Names(LiveTopics(found.content), found.access.partners))


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
