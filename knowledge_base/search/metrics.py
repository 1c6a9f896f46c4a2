"""All metrics of the search service, in one list."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "zielona_search_requests_total", "Requests to the search service", ["endpoint", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "zielona_search_seconds",
    "Time of a search",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3),
    registry=REGISTRY,
)
DECISIONS = Counter("zielona_search_decisions_total", "Searches by decision", ["decision"], registry=REGISTRY)
INDEX = Gauge("zielona_search_index_info", "The index in use", ["version"], registry=REGISTRY)
