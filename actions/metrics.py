"""All metrics of the action server, in one list."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
CALLS = Counter("zielona_actions_total", "Calls of actions by name and status", ["action", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "zielona_action_seconds",
    "Time of an action",
    ["action"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 10),
    registry=REGISTRY,
)
SEARCH_AWAY = Counter("zielona_actions_search_away_total", "Times that the search service was away", registry=REGISTRY)
