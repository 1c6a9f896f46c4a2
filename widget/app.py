"""The application factory."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from widget import metrics, problems
from widget.chat import api
from widget.chat.services import Services, make_services
from widget.portal import views as portal
from zielona.settings import Settings, current_settings

_MAX_BODY = 512 * 1024
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class NoSecretError(RuntimeError):
    """The widget may not start without a secret."""


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or current_settings()
    if not settings.text("SECRET"):
        raise NoSecretError(
            "Brakuje ZL_SECRET: polecenie `zielona run` ustawia je samo, w innym uruchomieniu trzeba je podać."
        )
    logging.basicConfig(level=settings.text("LOG_LEVEL"))
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    found = make_services(settings)
    app.extensions["zielona"] = found
    problems.register(app)
    limiter = Limiter(
        key_func=_limit_key, app=app, storage_uri=settings.text("RATE_LIMIT_STORAGE"), headers_enabled=True,
        in_memory_fallback_enabled=True,
    )  # fmt: skip
    limiter.limit(settings.text("RATE_LIMIT"))(api.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(portal.blueprint)
    _add_health(app, found)
    _add_headers(app, {origin.strip() for origin in settings.text("ALLOWED_ORIGINS").split(",") if origin.strip()})
    return app


def _limit_key() -> str:
    """A conversation has a limit of its own; what has no conversation is counted by address."""
    conversation = (request.view_args or {}).get("conversation")
    return str(conversation) if conversation else get_remote_address()


def _add_health(app: Flask, found: Services) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        parts = {"bot": found.bot.ready(), "search": found.search.ready(), "database": _database_ready(found)}
        ready = all(parts.values())
        return jsonify(status="ok" if ready else "not ready", **parts), 200 if ready else 503

    @app.get("/metrics")
    def show_metrics() -> Response:
        return Response(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _database_ready(found: Services) -> bool:
    try:
        found.repository.ping()
    except SQLAlchemyError:
        return False
    return True


def _add_headers(app: Flask, origins: set[str]) -> None:
    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"
            origin = request.headers.get("Origin")
            if origin in origins:
                response.headers["Access-Control-Allow-Origin"] = str(origin)
                response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
                response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
                response.headers["Access-Control-Max-Age"] = "600"
            response.headers.add("Vary", "Origin")
        return response
