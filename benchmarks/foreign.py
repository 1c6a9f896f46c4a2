"""How well messages in other languages are understood: `python -m benchmarks.foreign`.

On `tests/evaluation/foreign.jsonl`, beside the nearest Polish example by sentence vectors alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import show
from knowledge_base.search.engine import SearchEngine, Thresholds
from knowledge_base.search.foreign import Polish
from knowledge_base.search.vectors import Encoder
from zielona.settings import current_settings

QUESTIONS = Path(__file__).parents[1] / "tests" / "evaluation" / "foreign.jsonl"


def main() -> None:
    settings = current_settings()
    encoder = Encoder()
    thresholds = Thresholds(answer=settings.number("ANSWER_THRESHOLD"), choices=settings.number("CHOICE_THRESHOLD"))
    engine = SearchEngine(
        settings.index_root, settings.var / "language" / "app", encoder, thresholds=thresholds,
        constants=settings.constants,
    )  # fmt: skip
    engine.reload()
    polish = Polish.of(engine.index)
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        lines[item["language"]].append(item)
    rows = [row(language, items, engine, encoder, polish) for language, items in lines.items()]
    head = [
        "language",
        "asked",
        "first",
        "among three",
        "baseline first",
        "answered",
        "wrongly",
        "not ours",
        "answered",
    ]
    show("Messages in other languages", head, rows)


def row(
    language: str, items: list[dict[str, Any]], engine: SearchEngine, encoder: Encoder, polish: Polish
) -> list[str]:
    """The figures of one language."""
    ours = [item for item in items if item["topic"]]
    found = {item["text"]: engine.topics(item["text"], language) for item in items}
    vectors = encoder.queries([item["text"] for item in ours])
    nearest = [polish.topics[polish.owners[int(np.argmax(polish.vectors @ vector))]] for vector in vectors]
    sure = [item for item in ours if found[item["text"]]["decision"] == "answer"]
    outside = [item for item in items if not item["topic"]]

    def share(count: int) -> str:
        return f"{100 * count / len(ours):.0f}%"

    return [
        language,
        str(len(ours)),
        share(sum(found[item["text"]]["topics"][:1] == [item["topic"]] for item in ours)),
        share(sum(item["topic"] in found[item["text"]]["topics"] for item in ours)),
        share(sum(topic == item["topic"] for topic, item in zip(nearest, ours))),
        share(len(sure)),
        share(sum(found[item["text"]]["topics"][0] != item["topic"] for item in sure)),
        str(len(outside)),
        str(sum(found[item["text"]]["decision"] == "answer" for item in outside)),
    ]


if __name__ == "__main__":
    main()
