"""Puts the studio into the application."""

from __future__ import annotations

from flask import Flask

from knowledge_base.content.store import ContentPaths
from widget.chat.services import Services
from widget.console.live.stream import Bell
from widget.statistics.writing import percent
from widget.studio.catalogue import Catalogue
from widget.studio.figures import TopicFigures
from widget.studio.held_out import HeldOut
from widget.studio.publishing import views as publishing
from widget.studio.releases import Releases
from widget.studio.repository import ContentRepository
from widget.studio.service import Studio
from widget.studio.training import views as training
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.queue import TrainingQueue
from widget.studio.training.service import TrainingDesk
from widget.studio.training.texts import spent
from widget.studio.views import blueprint
from zielona.settings import Settings


def register(app: Flask, settings: Settings, services: Services) -> None:
    repository = ContentRepository(settings.content_root)
    catalogue = Catalogue(ContentPaths(settings.content_root))
    held_out = HeldOut(settings.evaluation_root)
    app.extensions["zielona_studio"] = Studio(
        repository=repository,
        catalogue=catalogue,
        held_out=held_out,
        figures=TopicFigures(services.engine),
        lines=services.content,
        constants=services.constants,
    )
    app.register_blueprint(blueprint)
    jobs = TrainingJobs(services.engine)
    app.extensions[training.DESK] = TrainingDesk(
        settings, repository, catalogue, held_out, jobs, Releases(services.engine), TrainingQueue(settings)
    )
    app.extensions[training.BELL] = Bell(jobs.mark, limit=int(settings.number("STREAM_LIMIT")))
    app.register_blueprint(training.blueprint)
    app.jinja_env.filters |= {"share": percent, "spent": spent}
    publishing.register(app, services.engine)
