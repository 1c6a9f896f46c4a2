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
REQUESTS = Counter("zielona_requests_total", "Requests by view and status", ["view", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "zielona_request_seconds",
    "Time of a request by view",
    ["view"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
    registry=REGISTRY,
)
NOT_STORED = Counter("zielona_turns_not_stored_total", "Turns answered while the database was away", registry=REGISTRY)
SEARCHES = Counter("zielona_searches_total", "Searches over the public address", ["status"], registry=REGISTRY)
EVENTS = Counter("zielona_events_total", "Events stored for the statistics", registry=REGISTRY)
EVENTS_LOST = Counter(
    "zielona_events_lost_total", "Events that were not stored, by reason", ["reason"], registry=REGISTRY
)
