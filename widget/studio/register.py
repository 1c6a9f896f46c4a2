"""Puts the studio into the application."""

from __future__ import annotations

from flask import Flask

from knowledge_base.content.store import ContentPaths
from widget.chat.services import Services
from widget.studio.catalogue import Catalogue
from widget.studio.figures import TopicFigures
from widget.studio.held_out import HeldOut
from widget.studio.publishing import views as publishing
from widget.studio.repository import ContentRepository
from widget.studio.service import Studio
from widget.studio.views import blueprint
from zielona.settings import Settings


def register(app: Flask, settings: Settings, services: Services) -> None:
    app.extensions["zielona_studio"] = Studio(
        repository=ContentRepository(settings.content_root),
        catalogue=Catalogue(ContentPaths(settings.content_root)),
        held_out=HeldOut(settings.evaluation_root),
        figures=TopicFigures(services.engine),
        lines=services.content,
        constants=services.constants,
    )
    app.register_blueprint(blueprint)
    publishing.register(app, services.engine)
