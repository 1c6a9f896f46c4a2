"""Adds the content studio to the widget."""

from __future__ import annotations

from functools import partial

from flask import Flask

from knowledge_base.content.store import ContentPaths
from widget.chat.services import Services
from widget.console.live.stream import Bell
from widget.statistics.writing import percent
from widget.studio.approval import views as approval
from widget.studio.approval.repository import ProposalRepository
from widget.studio.approval.service import Approvals
from widget.studio.catalogue import Catalogue
from widget.studio.figures import TopicFigures
from widget.studio.held_out import HeldOut
from widget.studio.labelling import views as labelling
from widget.studio.labelling.collecting import collect
from widget.studio.labelling.process import GroupingProcess
from widget.studio.labelling.repository import LabelRepository
from widget.studio.labelling.service import Labelling
from widget.studio.pieces import views as pieces
from widget.studio.pieces.amounts import AmountDesk
from widget.studio.pieces.faults import faults
from widget.studio.pieces.passages import Passages
from widget.studio.publishing import views as publishing
from widget.studio.releases import Releases
from widget.studio.repository import ContentRepository
from widget.studio.service import Studio
from widget.studio.training import views as training
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.queue import TrainingQueue
from widget.studio.training.service import TrainingDesk
from widget.studio.training.texts import about, in_points, of_all, spent
from widget.studio.views import blueprint
from widget.studio.words import title_of
from zielona.settings import Settings


def register(app: Flask, settings: Settings, services: Services) -> None:
    studio = Studio(
        repository=ContentRepository(settings.content_root),
        catalogue=Catalogue(ContentPaths(settings.content_root)),
        held_out=HeldOut(settings.evaluation_root),
        figures=TopicFigures(services.engine),
        lines=services.content,
        constants=services.constants,
    )
    app.extensions["zielona_studio"] = studio
    _add_labelling(app, settings, services, studio)
    _add_pieces(app, settings, services, studio)
    _add_training(app, settings, services, studio)
    for one in (blueprint, labelling.blueprint, pieces.blueprint, approval.blueprint, training.blueprint):
        app.register_blueprint(one)


def _add_labelling(app: Flask, settings: Settings, services: Services, studio: Studio) -> None:
    labels = LabelRepository(services.engine)
    app.extensions["zielona_labelling"] = Labelling(labels, studio, partial(collect, labels, settings))
    app.extensions["zielona_grouping"] = GroupingProcess(labels, settings)


def _add_pieces(app: Flask, settings: Settings, services: Services, studio: Studio) -> None:
    """Passages and amounts, and what waits for another pair of eyes."""
    app.extensions["zielona_approvals"] = Approvals(
        studio.repository,
        ProposalRepository(services.engine),
        lambda path, text: faults(path, text, studio.catalogue.now().acts),
    )
    app.extensions["zielona_passages"] = Passages(studio.repository, studio.catalogue, services.constants)
    app.extensions["zielona_amounts"] = AmountDesk(studio.repository, studio.catalogue)
    app.extensions["zielona_review_days"] = int(settings.number("REVIEW_DAYS"))


def _add_training(app: Flask, settings: Settings, services: Services, studio: Studio) -> None:
    jobs = TrainingJobs(services.engine)
    desk = app.extensions[training.DESK] = TrainingDesk(
        settings, studio.repository, studio.catalogue, studio.held_out, jobs, Releases(services.engine),
        TrainingQueue(settings), LabelRepository(services.engine),
    )  # fmt: skip
    app.extensions[training.BELL] = Bell(jobs.mark, limit=int(settings.number("STREAM_LIMIT")))
    app.jinja_env.filters |= {
        "title_of": title_of,
        "share": percent,
        "spent": spent,
        "about": about,
        "of_all": of_all,
        "in_points": in_points,
    }
    publishing.register(app, services.engine, desk.starting)
