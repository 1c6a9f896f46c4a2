"""Asking the search service, with a time limit; None is the answer when it is away."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp

from actions import metrics
from zielona.logs import HEADER, REQUEST_ID

log = logging.getLogger(__name__)


class SearchClient:
    """One client of one event loop; connections are kept open between calls."""

    def __init__(self, url: str, *, timeout: float) -> None:
        self._url = url
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def search(self, text: str, *, on: str) -> dict[str, Any] | None:
        return await self._call("POST", "/search", json={"q": text, "on": on})

    async def passage(self, passage_id: str, *, on: str) -> dict[str, Any] | None:
        return await self._call("GET", f"/passages/{passage_id}", params={"on": on})

    async def _call(self, method: str, path: str, **options: Any) -> dict[str, Any] | None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        headers = {HEADER: REQUEST_ID.get()} if REQUEST_ID.get() else {}
        try:
            async with self._session.request(method, self._url + path, headers=headers, **options) as answer:
                if answer.status != 200:
                    log.warning("search service answered %d", answer.status)
                    return None
                data: dict[str, Any] = await answer.json()
                return data
        except (aiohttp.ClientError, asyncio.TimeoutError):
            log.warning("search service is away")
            metrics.SEARCH_AWAY.inc()
            return None
