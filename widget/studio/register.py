"""Puts the studio into the application."""

from __future__ import annotations

from flask import Flask

from knowledge_base.content.store import ContentPaths
from widget.chat.services import Services
from widget.studio.catalogue import Catalogue
from widget.studio.figures import TopicFigures
from widget.studio.held_out import HeldOut
from widget.studio.labelling import views as labelling
from widget.studio.labelling.process import GroupingProcess
from widget.studio.labelling.repository import LabelRepository
from widget.studio.labelling.service import Labelling
from widget.studio.repository import ContentRepository
from widget.studio.service import Studio
from widget.studio.views import blueprint
from zielona.settings import ROOT, Settings


def register(app: Flask, settings: Settings, services: Services) -> None:
    made = app.extensions["zielona_studio"] = Studio(
        repository=ContentRepository(settings.content_root),
        catalogue=Catalogue(ContentPaths(settings.content_root)),
        held_out=HeldOut(ROOT / "tests" / "evaluation"),
        figures=TopicFigures(services.engine),
        lines=services.content,
        constants=services.constants,
    )
    labels = LabelRepository(services.engine)
    app.extensions["zielona_labelling"] = Labelling(labels, made)
    app.extensions["zielona_grouping"] = GroupingProcess(labels, settings)
    for one in (blueprint, labelling.blueprint):
        app.register_blueprint(one)
