"""Structured logs of all services: one JSON object a line, with the id of the request that it belongs to.

Only the standard library, since both environments use it. No text of a visitor may get here: of an exception only its
type and place are written, for its text may quote what somebody wrote.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
import traceback
import uuid
from contextvars import ContextVar
from typing import Any

HEADER = "X-Request-Id"
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_FITTING = re.compile(r"[A-Za-z0-9_-]{8,64}")
_FRAMES = 12
# Rasa sets the root's level when its server has started, so ours have one of their own.
_OURS = ("actions", "bot", "knowledge_base", "widget", "zielona")


def begin_request(given: str | None) -> str:
    """Take over the id of a caller if it is one, else make one; everything logged from now on bears it."""
    request_id = given if given and _FITTING.fullmatch(given) else uuid.uuid4().hex
    REQUEST_ID.set(request_id)
    return request_id


def facts(**values: Any) -> dict[str, Any]:
    """Fields of a log line: `log.info("answered", extra=facts(status=200))`. Numbers and names only."""
    return {"facts": values}


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON. `service` is the name of the process."""

    def __init__(self, service: str = "") -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, tz=dt.timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        request_id = REQUEST_ID.get()
        if request_id:
            line["request_id"] = request_id
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["frames"] = _frames(record.exc_info)
        _unfold(line)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(service: str, level: str) -> None:
    """Send all logs of this process to its standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(service))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


def _frames(exc_info: Any) -> list[str]:
    found = traceback.extract_tb(exc_info[2])[-_FRAMES:]
    return [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in found]


def _unfold(line: dict[str, Any]) -> None:
    """Rasa logs JSON of its own as a message, which may hold local variables: keep what happened, drop the rest."""
    if not line["message"].startswith("{"):
        return
    try:
        told = json.loads(line["message"])
    except ValueError:
        return
    if isinstance(told, dict) and "event" in told:
        line["message"] = str(told["event"])
        errors = told.get("exception")
        if isinstance(errors, list) and errors and isinstance(errors[0], dict):
            line["exception"] = str(errors[0].get("exc_type", ""))
