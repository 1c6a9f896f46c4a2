"""What all actions share: the content, and the client of the search service."""

from __future__ import annotations

from functools import lru_cache

from actions.search_client import SearchClient
from knowledge_base.content.store import Content, load_content
from zielona.settings import current_settings


@lru_cache(maxsize=1)
def content() -> Content:
    return load_content()


@lru_cache(maxsize=1)
def client() -> SearchClient:
    settings = current_settings()
    return SearchClient(settings.search_url, timeout=settings.number("SEARCH_TIMEOUT"))
