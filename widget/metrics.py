"""All metrics of the widget, in one list."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
TURNS = Counter("zielona_turns_total", "Turns by outcome", ["outcome"], registry=REGISTRY)
TURN_SECONDS = Histogram(
    "zielona_turn_seconds",
    "Time from a message to its answer",
    buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
    registry=REGISTRY,
)
NOT_STORED = Counter("zielona_turns_not_stored_total", "Turns answered while the database was away", registry=REGISTRY)
SEARCHES = Counter("zielona_searches_total", "Searches over the public address", ["status"], registry=REGISTRY)
