"""Starts the action server on loopback: rasa-sdk's own starter listens on all addresses."""

from __future__ import annotations

import logging
import time
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from actions import metrics
from actions.desk.endpoints import add_desk
from actions.offices import finder
from actions.services import content
from zielona import logs
from zielona.settings import current_settings

log = logging.getLogger(__name__)


def make_app() -> Sanic:
    """rasa-sdk's server with metrics, and with log lines that bear the id of the message."""
    app = create_app("actions")
    app.register_middleware(_begin, "request")
    app.register_middleware(_end, "response")
    app.add_route(show_metrics, "/metrics")
    return app


async def show_metrics(request: Request) -> HTTPResponse:
    return raw(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)


def request_id(call: Any) -> str | None:
    """The id that the widget gave the message, as Rasa's tracker carries it."""
    tracker = call.get("tracker") if isinstance(call, dict) else None
    latest = tracker.get("latest_message") if isinstance(tracker, dict) else None
    metadata = latest.get("metadata") if isinstance(latest, dict) else None
    found = metadata.get("request_id") if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else None


async def _begin(request: Request) -> None:
    if request.path == "/webhook" and request.body:
        request.ctx.started = time.perf_counter()
        logs.begin_request(request_id(request.json))


async def _end(request: Request, response: HTTPResponse) -> None:
    started = getattr(request.ctx, "started", None)
    if started is None:
        return
    # Names of actions that do not exist would be labels without end.
    name = str(request.json.get("next_action")) if response.status == 200 else "refused"
    spent = time.perf_counter() - started
    metrics.CALLS.labels(name, response.status).inc()
    metrics.SECONDS.labels(name).observe(spent)
    log.info("action", extra=logs.facts(action=name, status=response.status, milliseconds=round(spent * 1000)))


def main() -> None:
    settings = current_settings()
    # Loaded now, so that the first visitor who asks for an office does not wait for it.
    finder()
    app = make_app()
    add_desk(app, json, secret=settings.text("SECRET"), content=content)
    logs.configure("actions", settings.text("LOG_LEVEL"))
    app.run("127.0.0.1", settings.port("ACTIONS_PORT"), workers=1, access_log=False)


if __name__ == "__main__":
    main()
