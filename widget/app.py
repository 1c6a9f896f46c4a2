"""The application factory."""

from __future__ import annotations

import atexit
from functools import partial
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from widget import metrics, problems, tracing
from widget.accounts import panel
from widget.accounts.access import public
from widget.chat import api
from widget.chat.services import Services, make_services
from widget.console.desk import views as phone_desk
from widget.console.inbox import desk as inbox
from widget.console.inbox.command import collector as night_collector
from widget.console.live import api as live_api
from widget.console.live import views as live_chats
from widget.partners import admin
from widget.partners import api as partners
from widget.portal import plain
from widget.portal import views as portal
from widget.portal.assets import Assets
from widget.portal.statement import statement
from widget.statistics import panel as statistics
from widget.studio import register as studio
from widget.studio.labelling.collecting import collect
from widget.studio.labelling.repository import LabelRepository
from widget.tickets import api as tickets
from zielona import logs
from zielona.settings import Settings, current_settings

_MAX_BODY = 512 * 1024
_CONFIGURATION = "partners.configuration"


class NoSecretError(RuntimeError):
    """The widget may not start without a secret."""


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or current_settings()
    if not settings.text("SECRET"):
        raise NoSecretError(
            "Brakuje ZL_SECRET: polecenie `zielona run` ustawia je samo, w innym uruchomieniu trzeba je podać."
        )
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    found = make_services(settings)
    app.extensions["zielona"] = found
    app.extensions["zielona_events"] = found.recorder
    app.extensions["zielona_assets"] = Assets()
    app.extensions["zielona_statement"] = statement(settings)
    app.jinja_env.filters["polish_date"] = lambda day: ".".join(reversed(day.split("-")))
    problems.register(app)
    limiter = Limiter(
        key_func=_limit_key, app=app, storage_uri=settings.text("RATE_LIMIT_STORAGE"), headers_enabled=True,
        in_memory_fallback_enabled=True,
    )  # fmt: skip
    for blueprint in (api.blueprint, plain.blueprint, tickets.blueprint):
        limiter.limit(settings.text("RATE_LIMIT"))(blueprint)
    for blueprint in (
        api.blueprint, partners.blueprint, portal.blueprint, plain.blueprint, admin.blueprint, admin.public,
        tickets.blueprint,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    panel.register(app, settings, found.engine, limiter)
    inbox.register(app, settings, found, limiter)
    phone_desk.register(app, settings, found)
    live_chats.register(app, settings, found)
    limiter.limit(settings.text("LIVE_LIMIT"))(live_api.blueprint)
    app.register_blueprint(live_api.blueprint)
    studio.register(app, settings, found)
    limit = limiter.limit(settings.text("TICKET_LIMIT"), key_func=get_remote_address)
    for name in ("tickets.send_ticket", "plain.send_message"):
        limited: Any = limit(app.view_functions[name])
        app.view_functions[name] = limited
    statistics.register(app, found)
    _add_health(app, found)
    tracing.register(app)
    _guard_origins(app, found)
    _add_headers(app, found)
    return app


def serve() -> Flask:
    """The application of a serving process, with the jobs that run beside it."""
    settings = current_settings()
    logs.configure("widget", settings.text("LOG_LEVEL"))
    app = create_app(settings)
    found: Services = app.extensions["zielona"]
    night, labels = night_collector(found).collect, partial(collect, LabelRepository(found.engine), settings)
    statistics.keeper(found, settings, night=night, labels=labels).start()
    atexit.register(found.recorder.close)
    return app


def _limit_key() -> str:
    """A conversation has a limit of its own; what has no conversation is counted by address."""
    conversation = (request.view_args or {}).get("conversation")
    return str(conversation) if conversation else get_remote_address()


def _add_health(app: Flask, found: Services) -> None:
    @app.get("/healthz")
    @public
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @public
    def readyz() -> tuple[Response, int]:
        parts = {"bot": found.bot.ready(), "search": found.search.ready(), "database": _database_ready(found)}
        ready = all(parts.values())
        return jsonify(status="ok" if ready else "not ready", **parts), 200 if ready else 503

    @app.get("/metrics")
    @public
    def show_metrics() -> Response:
        return Response(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _database_ready(found: Services) -> bool:
    try:
        found.repository.ping()
    except SQLAlchemyError:
        return False
    return True


def _guard_origins(app: Flask, found: Services) -> None:
    @app.before_request
    def guard() -> None:
        """A page that nobody registered is told so; its configuration request says more, see `Access.partner`."""
        if request.path.startswith("/api/") and request.method != "OPTIONS" and request.endpoint != _CONFIGURATION:
            found.access.check(request.headers.get("Origin"), host=request.host)


def _add_headers(app: Flask, found: Services) -> None:
    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", portal.DEFAULT_CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
            origin = request.headers.get("Origin")
            # The configuration is readable everywhere: so a page that is not allowed can say why.
            if origin and (request.endpoint == _CONFIGURATION or found.access.knows(origin, host=request.host)):
                response.headers["Access-Control-Allow-Origin"] = origin
                response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
                response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE, OPTIONS"
                response.headers["Access-Control-Max-Age"] = "600"
            response.headers.add("Vary", "Origin")
        return response
