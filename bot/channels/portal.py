"""The channel that the widget uses: whole messages with type, sources and trace, behind a shared secret."""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from bot import metrics
from bot.channels.erasing import NoSqlStoreError, erase
from zielona import logs
from zielona.settings import current_settings

log = logging.getLogger(__name__)
NAME = "portal"


class PortalOutput(CollectingOutputChannel):
    """Collects bot messages as they are; Rasa's own collector keeps only text, buttons and images."""

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        kept = {key: value for key, value in message.items() if value not in (None, [], {})}
        kept.pop("timestamp", None)
        self.messages.append(kept)


class PortalInput(InputChannel):
    """POST `{"sender", "message", "metadata"}` with the header `X-Zielona-Secret` gives `{"messages", "model"}`.

    `metadata` may hold `previous`, the question before, for follow-ups, and `office`, the name of the office whose
    page it is. POST `{"sender"}` or `{"before": seconds}` to
    `/erase` deletes trackers and gives `{"events"}`.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> PortalInput:
        secret = (credentials or {}).get("secret")
        if not secret or secret.startswith("${"):
            raise ValueError("the portal channel needs a secret: set ZL_SECRET")
        return cls(str(secret))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("portal_webhook")
        # Here, and not at the start: Rasa sets up its own logs before it makes its channels.
        logs.configure("bot", current_settings().text("LOG_LEVEL"))

        @webhook.get("/")
        async def health(request: Request) -> HTTPResponse:
            model = _model_id(request.app)
            return json({"status": "ok" if model else "no model", "model": model}, status=200 if model else 503)

        @webhook.get("/metrics")
        async def show_metrics(request: Request) -> HTTPResponse:
            return raw(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)

        @webhook.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                metrics.REFUSED.inc()
                return json({"error": "forbidden"}, status=403)
            body = request.json or {}
            sender, text = body.get("sender"), body.get("message")
            if not isinstance(sender, str) or not isinstance(text, str):
                return json({"error": "sender and message are needed"}, status=400)
            output = PortalOutput()
            given = body.get("metadata")
            metadata = {
                **(given if isinstance(given, dict) else {}),
                "request_id": logs.begin_request(request.headers.get(logs.HEADER)),
            }
            started = time.perf_counter()
            await on_new_message(UserMessage(text, output, sender, input_channel=NAME, metadata=metadata))
            _note(output.messages, time.perf_counter() - started)
            return json({"messages": output.messages, "model": _model_id(request.app)})

        @webhook.post("/erase")
        async def forget(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                return json({"error": "forbidden"}, status=403)
            body = request.json or {}
            sender, before = body.get("sender"), body.get("before")
            if not isinstance(sender, str) and not isinstance(before, (int, float)):
                return json({"error": "sender or before is needed"}, status=400)
            agent = getattr(request.app.ctx, "agent", None)
            try:
                return json({"events": erase(agent.tracker_store if agent else None, sender=sender, before=before)})
            except NoSqlStoreError:
                return json({"error": "no SQL tracker store"}, status=501)

        return webhook

    def _is_ours(self, request: Request) -> bool:
        given = request.headers.get("x-zielona-secret", "")
        return hmac.compare_digest(given.encode(), self._secret.encode())


def _note(messages: list[dict[str, Any]], spent: float) -> None:
    kind = str(messages[-1].get("type") or "answer") if messages else "none"
    metrics.MESSAGES.labels(kind).inc()
    metrics.SECONDS.observe(spent)
    log.info("message", extra=logs.facts(type=kind, milliseconds=round(spent * 1000)))


def _model_id(app: Sanic) -> str | None:
    agent = getattr(app.ctx, "agent", None)
    return agent.model_id if agent else None
