"""Talks to the running service over its public API."""

from __future__ import annotations

from typing import Any

import requests

from zielona.settings import Settings

_TIMEOUT = 30


class ServiceError(RuntimeError):
    """The service is away or refuses; the text says what to do."""


class ServiceClient:
    """What the command line and the benchmarks need of the public API."""

    def __init__(self, settings: Settings, *, secret: str | None = None) -> None:
        """With the `secret` of the services, every message comes with its `trace`."""
        self._base = f"http://{settings.text('HOST')}:{settings.port('PORT')}/api/v1"
        self._session = requests.Session()
        self._session.trust_env = False
        if secret is not None:
            self._session.headers["X-Zielona-Secret"] = secret

    def ask(self, question: str) -> dict[str, Any]:
        """Ask one question in a fresh conversation; return `messages` and `outcome`. Raises ServiceError."""
        conversation = self._call("POST", "/conversations", json={})
        return self.say(conversation, question)

    def start(self) -> dict[str, Any]:
        return self._call("POST", "/conversations", json={})

    def say(self, conversation: dict[str, Any], text: str) -> dict[str, Any]:
        """Say something in a conversation that `start` began."""
        return self._call(
            "POST",
            f"/conversations/{conversation['id']}/messages",
            json={"text": text},
            headers={"Authorization": f"Bearer {conversation['token']}"},
        )

    def search(
        self,
        query: str,
        *,
        on: str | None = None,
        audience: str | None = None,
        limit: int = 5,
        official: bool = False,
    ) -> dict[str, Any]:
        """Search the passages, and official texts where asked for. Raises ServiceError."""
        wanted = {"q": query, "on": on, "audience": audience, "limit": limit, "official": "1" if official else None}
        return self._call("GET", "/search", params={key: value for key, value in wanted.items() if value is not None})

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            answer = self._session.request(method, self._base + path, timeout=_TIMEOUT, **options)
        except requests.RequestException as error:
            raise ServiceError(f"Asystent nie odpowiada pod adresem {self._base}. Czy działa `make run`?") from error
        try:
            body: dict[str, Any] = answer.json()
        except ValueError as error:
            raise ServiceError(f"Serwer odpowiedział kodem {answer.status_code} bez treści JSON") from error
        if not answer.ok:
            raise ServiceError(body.get("detail", f"Serwer odpowiedział kodem {answer.status_code}"))
        return body
