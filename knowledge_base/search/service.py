"""The search service: `/search`, health, and a quiet reload when a new index is published. Loopback only."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from typing import Any

from flask import Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from knowledge_base.content.topics import AUDIENCES
from knowledge_base.language.days import assumed_day
from knowledge_base.search import metrics
from knowledge_base.search.engine import MAX_QUERY, NoIndexError, SearchEngine, Thresholds
from knowledge_base.search.vectors import Encoder
from zielona import logs
from zielona.clock import today
from zielona.settings import Settings, current_settings

log = logging.getLogger(__name__)
_MAX_LIMIT = 20
_RELOAD_SECONDS = 1.0
# Views whose requests are counted and logged; who looks after the service asks the others all the time.
_NOTED = ("search", "passage")


class BadSearchError(ValueError):
    """The request cannot be understood; the text says what to change."""


def create_app(settings: Settings | None = None, *, watch: bool = True) -> Flask:
    settings = settings or current_settings()
    logs.configure("search", settings.text("LOG_LEVEL"))
    engine = SearchEngine(
        settings.index_root,
        settings.text("LANGUAGE_MODEL") or settings.var / "language" / "app",
        Encoder(
            settings.text("ENCODER"),
            query_prompt=settings.text("ENCODER_QUERY_PROMPT"),
            passage_prompt=settings.text("ENCODER_PASSAGE_PROMPT"),
        ),
        thresholds=Thresholds(answer=settings.number("ANSWER_THRESHOLD"), choices=settings.number("CHOICE_THRESHOLD")),
        constants=settings.constants,
        official_root=settings.official_index_root,
    )
    engine.reload()
    if watch:
        threading.Thread(target=_watch, args=[engine], daemon=True, name="index-watch").start()
    return app_for(engine)


def _watch(engine: SearchEngine) -> None:
    while True:
        time.sleep(_RELOAD_SECONDS)
        try:
            if engine.reload():
                log.info("index %s in use", engine.version)
        except (OSError, ValueError):
            log.exception("the published index cannot be loaded, the old one stays in use")


def app_for(engine: SearchEngine) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024

    @app.post("/search")
    def search() -> Response:
        asked = _read(request.get_json(silent=True))
        with metrics.SECONDS.time():
            found = engine.search(**asked)
        metrics.DECISIONS.labels(found["decision"]).inc()
        return jsonify(found)

    @app.post("/topics")
    def topics() -> tuple[Response, int]:
        data = request.get_json(silent=True)
        text = _read(data)["text"]
        language = str(data.get("language")) if isinstance(data, dict) else ""
        try:
            return jsonify(engine.topics(text, language)), 200
        except KeyError:
            return jsonify(error="nie ma pytań w tym języku"), 404

    @app.get("/passages/<path:passage_id>")
    def passage(passage_id: str) -> tuple[Response, int]:
        found = engine.passage(passage_id, on=_day(request.args.get("on")))
        return (jsonify(found), 200) if found else (jsonify(error="nie ma takiego fragmentu"), 404)

    @app.errorhandler(BadSearchError)
    def refused(error: BadSearchError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    @app.errorhandler(NoIndexError)
    def not_ready(_: NoIndexError) -> tuple[Response, int]:
        return jsonify(error="indeks nie jest jeszcze gotowy"), 503

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz() -> tuple[Response, int]:
        version = engine.version
        return jsonify(status="ok" if version else "no index", index=version), 200 if version else 503

    _observe(app, engine)
    return app


def _observe(app: Flask, engine: SearchEngine) -> None:
    """Metrics, and a line of the log for each search, with the id of the message that it belongs to."""

    @app.before_request
    def begin() -> None:
        logs.begin_request(request.headers.get(logs.HEADER))
        g.started = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.endpoint in _NOTED:
            metrics.REQUESTS.labels(request.endpoint, response.status_code).inc()
            spent = round((time.perf_counter() - g.started) * 1000)
            log.info(
                "request", extra=logs.facts(view=request.endpoint, status=response.status_code, milliseconds=spent)
            )
        return response

    @app.get("/metrics")
    def show_metrics() -> Response:
        metrics.INDEX.clear()
        metrics.INDEX.labels(engine.version or "").set(1)
        return Response(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _read(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not isinstance(data.get("q"), str) or not data["q"].strip():
        raise BadSearchError("pole „q” musi zawierać pytanie")
    audience = data.get("audience")
    if audience is not None and audience not in AUDIENCES:
        raise BadSearchError(f"nieznana grupa odbiorców; dozwolone: {', '.join(AUDIENCES)}")
    limit = data.get("limit", 5)
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= _MAX_LIMIT:
        raise BadSearchError(f"pole „limit” musi być liczbą od 1 do {_MAX_LIMIT}")
    official = data.get("official", False)
    if not isinstance(official, bool):
        raise BadSearchError("pole „official” musi mieć wartość true albo false")
    text = data["q"][:MAX_QUERY]
    on = _day(data["on"]) if data.get("on") is not None else assumed_day(text, today=today()) or today()
    return {"text": text, "on": on, "audience": audience, "limit": limit, "official": official}


def _day(value: Any) -> dt.date:
    if value is None:
        return today()
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise BadSearchError("pole „on” musi być datą w postaci rrrr-mm-dd") from error
