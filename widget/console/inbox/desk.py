"""Everything that pages of the inbox use, made once per process."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app
from flask_limiter import Limiter

from widget.accounts.models import User
from widget.chat.services import Services
from widget.console.inbox.ready import ReadyTexts
from widget.console.inbox.repository import InboxRepository
from widget.console.inbox.service import Clock, Inbox
from widget.console.inbox.stream import Feed
from widget.console.mail.answering import Answering
from widget.console.mail.ratings import AnswerRatings
from widget.console.suggestions.gather import Gatherer
from widget.console.suggestions.law import LawCheck
from widget.console.suggestions.repository import SuggestionRepository
from widget.console.suggestions.service import Suggestions
from widget.console.suggestions.similar import SimilarAnswers
from widget.mail import mailer
from widget.tickets.models import Ticket
from zielona.clock import utc_now
from zielona.settings import Settings

_EXTENSION = "zielona_inbox"


@dataclass(frozen=True)
class Desk:
    """The inbox with its suggestions, answers and ratings."""

    inbox: Inbox
    suggestions: Suggestions
    answering: Answering
    ratings: AnswerRatings
    ready: ReadyTexts
    feed: Feed
    services: Services

    def values_of(self, ticket: Ticket, user: User) -> dict[str, str]:
        """What the placeholders of ready texts stand for."""
        topic = self.services.content.topics.get(ticket.topic or "")
        counties = self.services.tickets.counties
        office = counties.office_of(ticket.county)
        return {
            "numer": ticket.reference or "",
            "konsultant": user.name,
            "temat": topic.title if topic else "",
            "powiat": counties.titles.get(ticket.county or "", ""),
            "urzad": office.name if office else "",
            "infolinia": self.services.constants["infolinia_numer"],
            "godziny": self.services.constants["infolinia_godziny"],
        }


def make_desk(found: Services, settings: Settings, *, clock: Clock = utc_now) -> Desk:
    """Raises SettingError where the mail server's address is wrong."""
    repository, answers = InboxRepository(found.engine), SuggestionRepository(found.engine)
    inbox = Inbox(repository, clock=clock)
    similar = SimilarAnswers(answers.answered, answers.answered_mark, clock)
    gatherer = Gatherer(found.bot, found.search, similar, found.content, found.constants)
    suggestions = Suggestions(answers, repository, gatherer, clock=clock)
    answering = Answering(
        inbox, suggestions, LawCheck(found.content), mailer(settings), found.content, constants=found.constants,
        secret=found.secret,
    )  # fmt: skip
    return Desk(
        inbox=inbox,
        suggestions=suggestions,
        answering=answering,
        ratings=AnswerRatings(answers, repository, found.secret, clock=clock),
        ready=ReadyTexts(repository, clock=clock),
        feed=Feed(repository.changes, clock, limit=int(settings.number("STREAM_LIMIT"))),
        services=found,
    )


def desk() -> Desk:
    """The desk of this application."""
    found: Desk = current_app.extensions[_EXTENSION]
    return found


def register(app: Flask, settings: Settings, found: Services, limiter: Limiter) -> None:
    """Add the inbox and the page on which answers are rated."""
    from widget.console.inbox import ready_views, ticket_views, views
    from widget.console.mail import views as mail_views

    app.extensions[_EXTENSION] = make_desk(found, settings)
    limiter.limit(settings.text("RATE_LIMIT"))(mail_views.blueprint)
    for blueprint in (views.blueprint, ready_views.blueprint, ticket_views.blueprint, mail_views.blueprint):
        app.register_blueprint(blueprint)
