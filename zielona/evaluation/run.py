"""One evaluation from asking to results."""

from __future__ import annotations

import time
from pathlib import Path

from knowledge_base.content.store import load_content
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.clock import utc_now
from zielona.environments import secret
from zielona.evaluation.asking import ask_all
from zielona.evaluation.comparing import Searching, compare_all
from zielona.evaluation.judging import Judge
from zielona.evaluation.results import Results
from zielona.evaluation.retrieval import rank_all
from zielona.evaluation.sets import NAMES, NO_DIACRITICS, load_sets
from zielona.evaluation.summary import OURS, summarise
from zielona.sandbox import Running


def evaluate(running: Running, root: Path, *, compare: bool, epochs: int, limit: int | None = None) -> Results:
    """Ask a running stack all sets, search, compare; `root` keeps what baselines need again."""
    started = time.monotonic()
    settings, content = running.settings, load_content()
    sets = load_sets(limit=limit)
    items = [item for name in (*NAMES, NO_DIACRITICS) if name != "search" for item in sets[name]]
    key = secret(settings)
    replies = ask_all(lambda: ServiceClient(settings, secret=key), items)
    judge = Judge(content)
    records = [judge.record(item, reply) for item, reply in zip(items, replies, strict=True)]
    versions = {name: value for reply in replies for name, value in reply.versions.items()}
    versions["model"] = Artifacts(settings, root).model.name.removesuffix(".tar.gz")
    searching = Searching(settings)
    compared = None
    if compare:
        compared = compare_all(searching, content, root, records, sets["search"], epochs=epochs)
    found = compared.found if compared else rank_all({OURS: searching.ours()}, sets["search"])
    return Results(
        created=utc_now().isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
        versions=versions,
        records=records,
        found=found,
        figures=summarise(records, found),
        compared=compared.figures if compared else {},
        groups={name: topic.group for name, topic in content.topics.items()},
        limit=limit,
        notes=compared.notes if compared else [],
    )
