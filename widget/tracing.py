"""Every request: an id that goes along to the other services, one line in the log, and its metrics."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from widget import metrics
from zielona import logs

log = logging.getLogger(__name__)
# Asked for all the time by who looks after the service.
_QUIET = ("healthz", "readyz", "show_metrics")


def register(app: Flask) -> None:
    # First of all, so that whatever refuses a request bears its id.
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_note)


def _begin() -> None:
    g.request_id = logs.begin_request(request.headers.get(logs.HEADER))
    g.request_started = time.perf_counter()


def _note(response: Response) -> Response:
    """The view's name stands for the address, which may hold an id of a conversation or words of a search."""
    view = request.endpoint or "unknown"
    spent = time.perf_counter() - g.get("request_started", time.perf_counter())
    response.headers[logs.HEADER] = g.get("request_id", "")
    metrics.REQUESTS.labels(view, response.status_code).inc()
    metrics.REQUEST_SECONDS.labels(view).observe(spent)
    if view not in _QUIET:
        facts = logs.facts(
            view=view, method=request.method, status=response.status_code, milliseconds=round(spent * 1000)
        )
        log.info("request", extra=facts)
    return response
