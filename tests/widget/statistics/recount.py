"""The roll-ups counted naively, one event after the other, from facts that never saw a database."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from widget.events.facts import Facts
from zielona.clock import WARSAW

ANSWERED = {"answered", "search"}
FAILED = {"failed_bot", "failed_actions", "failed_all"}
OUTCOME_COLUMNS = {"choices": "choices", "question": "asked", "unknown": "unknown", "handed_over": "handed_over",
                   "unreadable": "unreadable"}  # fmt: skip
COLUMN_OF_KIND = {"search": "searches", "ticket": "tickets", "call": "calls"}


def measures(facts: Facts) -> Counter[str]:
    """What one event adds to every row that it belongs to."""
    found: Counter[str] = Counter()
    if facts.kind in {"question", "search", "ticket", "call"}:
        found["contacts"] += 1
    if facts.kind in COLUMN_OF_KIND:
        found[COLUMN_OF_KIND[facts.kind]] += 1
    if facts.kind == "question":
        found["questions"] += 1
        if facts.outcome in ANSWERED:
            found["answered"] += 1
        elif facts.outcome in FAILED:
            found["failed"] += 1
        elif facts.outcome:
            found[OUTCOME_COLUMNS[facts.outcome]] += 1
        if facts.milliseconds is not None:
            found["milliseconds"] += facts.milliseconds
            found["timed"] += 1
            found["quick"] += facts.milliseconds < 1000
    if facts.kind == "rating" and facts.helpful is not None:
        found["helpful" if facts.helpful else "unhelpful"] += 1
    if facts.kind == "suggestion":
        found[f"suggestions_{facts.outcome}"] += 1
    found["made_up"] += facts.made_up
    return found


def local(facts: Facts) -> dt.datetime:
    return facts.at.astimezone(WARSAW)


def talks(events: Iterable[Facts]) -> list[dict[str, Any]]:
    """Each conversation: when it began, whose it was, and whether the assistant alone solved it."""
    by_conversation: dict[str, list[Facts]] = defaultdict(list)
    for facts in events:
        if facts.conversation:
            by_conversation[facts.conversation].append(facts)
    found = []
    for theirs in by_conversation.values():
        questions = [facts for facts in theirs if facts.kind == "question"]
        if not questions:
            continue
        human = any(facts.kind == "ticket" or facts.outcome == "handed_over" for facts in theirs)
        answered = any(facts.outcome in ANSWERED for facts in questions)
        found.append({
            "at": min(facts.at for facts in questions),
            "solved": answered and not human,
            "partner": max((facts.partner for facts in theirs if facts.partner), default=""),
            "voivodeship": max((facts.voivodeship for facts in theirs if facts.voivodeship), default=""),
        })  # fmt: skip
    return found


def hours(events: list[Facts]) -> dict[tuple[Any, ...], Counter[str]]:
    """By beginning of the hour (UTC), day and hour of the clock in Warsaw, and channel."""

    def key(at: dt.datetime, channel: str) -> tuple[Any, ...]:
        there = at.astimezone(WARSAW)
        whole = at.astimezone(dt.timezone.utc)
        return whole.replace(minute=0, second=0, microsecond=0), there.date(), there.hour, channel

    found: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for facts in events:
        found[key(facts.at, facts.channel)] += measures(facts)
    for talk in talks(events):
        found[key(talk["at"], "chat")] += Counter(talks=1, solved=int(talk["solved"]))
    return {key_: Counter({n: c for n, c in row.items() if c}) for key_, row in found.items()}


def values(events: list[Facts]) -> dict[tuple[Any, ...], Counter[str]]:
    """By dimension, span, day or first of the month, value and channel."""
    found: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)

    def add(dimension: str, at: dt.datetime, value: str, channel: str, counts: Counter[str]) -> None:
        day = at.astimezone(WARSAW).date()
        found[dimension, "d", day, value, channel] += counts
        found[dimension, "m", day.replace(day=1), value, channel] += counts

    for facts in events:
        county = f"{facts.voivodeship or ''}/{facts.county}" if facts.county else ""
        add("county", facts.at, county, facts.channel, measures(facts))
        for dimension in ("partner", "voivodeship", "topic", "audience", "model", "reason"):
            add(dimension, facts.at, getattr(facts, dimension) or "", facts.channel, measures(facts))
    for talk in talks(events):
        for dimension in ("partner", "voivodeship"):
            add(dimension, talk["at"], talk[dimension], "chat", Counter(talks=1, solved=int(talk["solved"])))
    return {key: Counter({n: c for n, c in row.items() if c}) for key, row in found.items()}
