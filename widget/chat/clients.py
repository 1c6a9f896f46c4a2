"""The services behind the widget, each with a time limit and one kind of failure."""

from __future__ import annotations

import threading
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter

from zielona.logs import HEADER, REQUEST_ID
from zielona.publishing.slots import Addresses
from zielona.settings import Settings


class AwayError(Exception):
    """The service did not give a usable answer in time."""


class _Client:
    """Keeps connections open; `requests` sessions belong to one thread.

    The service is that of the slot which answers now, or of the one named `slot`.
    """

    _service = ""

    def __init__(self, settings: Settings, slot: str | None, *, timeout: float) -> None:
        self._addresses = Addresses(settings, slot)
        self._timeout = timeout
        self._local = threading.local()

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            session = requests.Session()
            session.trust_env = False
            session.mount("http://", HTTPAdapter(pool_connections=2, pool_maxsize=2))
            self._local.session = session
        session_: requests.Session = self._local.session
        return session_

    def call(self, method: str, path: str, *, timeout: float | None = None, **options: Any) -> requests.Response:
        headers = {**options.pop("headers", {}), **({HEADER: REQUEST_ID.get()} if REQUEST_ID.get() else {})}
        try:
            return self._session().request(
                method,
                self._addresses.of(self._service) + path,
                timeout=timeout or self._timeout,
                headers=headers,
                **options,
            )
        except requests.RequestException as error:
            raise AwayError(type(error).__name__) from error

    def is_ready(self, path: str) -> bool:
        try:
            return self.call("GET", path, timeout=2).status_code == 200
        except AwayError:
            return False


class BotClient(_Client):
    """The Rasa server."""

    _service = "bot"

    def __init__(self, settings: Settings, slot: str | None = None) -> None:
        super().__init__(settings, slot, timeout=settings.number("BOT_TIMEOUT"))
        self._headers = {"X-Zielona-Secret": settings.text("SECRET")}

    def send(
        self,
        conversation_id: str,
        text: str,
        *,
        previous: str | None = None,
        office: str | None = None,
        staff: bool = False,
        timeout: float | None = None,
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return the bot's messages and the model that made them; `previous` is the question before, for follow-ups.

        `office` is the name of the labour office to which visitors of the page belong. `staff` marks what no visitor
        asked, so that nobody counts it. Raises AwayError.
        """
        metadata = {
            "previous": {"text": previous},
            **({"office": office} if office else {}),
            **({"staff": True} if staff else {}),
        }
        body = {"sender": conversation_id, "message": text, "metadata": metadata}
        answer = self.call("POST", "/webhooks/portal/webhook", json=body, headers=self._headers, timeout=timeout)
        found = _json(answer)
        return list(found["messages"]), found.get("model")

    def forget(self, *, sender: str | None = None, before: float | None = None) -> int:
        """Erase the tracker of one conversation, or of all silent since `before` (Unix time); the number of events.

        Raises AwayError.
        """
        body = {"sender": sender} if sender is not None else {"before": before}
        return int(_json(self.call("POST", "/webhooks/portal/erase", json=body, headers=self._headers))["events"])

    def ready(self) -> bool:
        return self.is_ready("/webhooks/portal/")


class SearchClient(_Client):
    """The search service."""

    _service = "search"

    def __init__(self, settings: Settings, slot: str | None = None) -> None:
        super().__init__(settings, slot, timeout=settings.number("SEARCH_TIMEOUT"))

    def search(self, query: dict[str, Any], *, timeout: float | None = None) -> dict[str, Any]:
        """Return what the service found. Raises AwayError."""
        return _json(self.call("POST", "/search", json=query, timeout=timeout))

    def topics(self, text: str, language: str) -> dict[str, Any]:
        """What a message in another language may ask about: `decision`, `topics`. Raises AwayError."""
        return _json(self.call("POST", "/topics", json={"q": text, "language": language}))

    def ready(self) -> bool:
        return self.is_ready("/readyz")


class ActionsClient(_Client):
    """Calculators and the office finder of the action server, for staff."""

    _service = "actions"

    def __init__(self, settings: Settings, slot: str | None = None) -> None:
        super().__init__(settings, slot, timeout=settings.number("ACTIONS_TIMEOUT"))
        self._headers = {"X-Zielona-Secret": settings.text("SECRET")}

    def calculators(self) -> list[dict[str, Any]]:
        """Return a JSON Schema per calculator. Raises AwayError."""
        answer = self.call("GET", "/desk/calculators", headers=self._headers)
        return cast("list[dict[str, Any]]", _json(answer))

    def calculate(self, name: str, values: Any) -> tuple[dict[str, Any], bool]:
        """Return the result and True, or the field to correct and False. Raises AwayError and LookupError."""
        body = {"calculator": name, "values": values}
        answer = self.call("POST", "/desk/calculate", json=body, headers=self._headers)
        if answer.status_code == 404:
            raise LookupError(name)
        if answer.status_code == 422:
            return cast("dict[str, Any]", answer.json()), False
        return _json(answer), True

    def offices(self, text: str) -> dict[str, Any]:
        """Return the offices that fit. Raises AwayError."""
        return _json(self.call("POST", "/desk/offices", json={"text": text}, headers=self._headers))


def _json(answer: requests.Response) -> dict[str, Any]:
    if answer.status_code != 200:
        raise AwayError(f"HTTP {answer.status_code}")
    try:
        body: dict[str, Any] = answer.json()
    except ValueError as error:
        raise AwayError("answer is not JSON") from error
    return body
