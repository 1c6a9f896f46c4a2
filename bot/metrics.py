"""All metrics of the bot, in one list."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
MESSAGES = Counter(
    "zielona_bot_messages_total", "Messages to the bot by the type of the last answer", ["type"], registry=REGISTRY
)
SECONDS = Histogram(
    "zielona_bot_seconds",
    "Time from a message to the bot's answer",
    buckets=(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
    registry=REGISTRY,
)
REFUSED = Counter("zielona_bot_refused_total", "Requests without the shared secret", registry=REGISTRY)
