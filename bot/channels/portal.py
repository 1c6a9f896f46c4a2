"""The channel that the widget uses: whole messages with type, sources and trace, behind a shared secret."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.erasing import NoSqlStoreError, erase

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

    `metadata` may hold `previous`, the question before, for follow-ups. POST `{"sender"}` or `{"before": seconds}` to
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

        @webhook.get("/")
        async def health(request: Request) -> HTTPResponse:
            model = _model_id(request.app)
            return json({"status": "ok" if model else "no model", "model": model}, status=200 if model else 503)

        @webhook.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_ours(request):
                return json({"error": "forbidden"}, status=403)
            body = request.json or {}
            sender, text = body.get("sender"), body.get("message")
            if not isinstance(sender, str) or not isinstance(text, str):
                return json({"error": "sender and message are needed"}, status=400)
            output = PortalOutput()
            metadata = body.get("metadata") if isinstance(body.get("metadata"), dict) else {}
            await on_new_message(UserMessage(text, output, sender, input_channel=NAME, metadata=metadata))
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


def _model_id(app: Sanic) -> str | None:
    agent = getattr(app.ctx, "agent", None)
    return agent.model_id if agent else None
