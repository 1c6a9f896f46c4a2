"""Puts the studio into the application."""

from __future__ import annotations

from flask import Flask

from knowledge_base.content.store import ContentPaths
from widget.chat.services import Services
from widget.studio.approval import views as approval
from widget.studio.approval.repository import ProposalRepository
from widget.studio.approval.service import Approvals
from widget.studio.catalogue import Catalogue
from widget.studio.figures import TopicFigures
from widget.studio.held_out import HeldOut
from widget.studio.labelling import views as labelling
from widget.studio.labelling.process import GroupingProcess
from widget.studio.labelling.repository import LabelRepository
from widget.studio.labelling.service import Labelling
from widget.studio.pieces import views as pieces
from widget.studio.pieces.amounts import AmountDesk
from widget.studio.pieces.faults import faults
from widget.studio.pieces.passages import Passages
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
    app.extensions["zielona_approvals"] = Approvals(
        made.repository,
        ProposalRepository(services.engine),
        lambda path, text: faults(path, text, made.catalogue.now().acts),
    )
    app.extensions["zielona_passages"] = Passages(made.repository, made.catalogue, services.constants)
    app.extensions["zielona_amounts"] = AmountDesk(made.repository, made.catalogue)
    app.extensions["zielona_review_days"] = int(settings.number("REVIEW_DAYS"))
    for one in (blueprint, labelling.blueprint, pieces.blueprint, approval.blueprint):
        app.register_blueprint(one)
