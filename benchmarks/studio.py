"""How long 50,000 messages take to be grouped by meaning.

Messages are made of the examples of topics: the vector of each lies between two examples of one topic, with a little
noise, as if two people had asked nearly the same. Run with `python -m benchmarks.studio [count]`.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.table import show, timed
from knowledge_base.content.store import load_content
from knowledge_base.search.vectors import Encoder
from widget.studio.clusters import Cluster, clusters

COUNT = 50_000
LIMIT_S = 60
_NOISE = 0.02


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    topics = [topic for topic in load_content().topics.values() if topic.is_faq]
    examples = [(text, number) for number, topic in enumerate(topics) for text in topic.examples[:40]]
    encoder = Encoder()
    made: list[np.ndarray] = []
    encoding = timed(lambda: made.append(encoder.queries([text for text, _ in examples])))
    random = np.random.default_rng(1)
    owner = np.array([number for _, number in examples])
    first = random.integers(len(examples), size=count)
    second = np.array([random.choice(np.flatnonzero(owner == owner[number])) for number in first])
    part = random.uniform(0.6, 1, size=(count, 1)).astype(np.float32)
    rows = part * made[0][first] + (1 - part) * made[0][second]
    rows = rows + _NOISE * random.normal(size=rows.shape).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found: list[Cluster] = []
    time = timed(lambda: found.extend(clusters([examples[number][0] for number in first], rows)))
    purity = sum(np.bincount(owner[first[list(item.members)]]).max() for item in found)
    held = sum(len(item.members) for item in found)
    show(
        "Grupowanie wiadomości",
        ["co", "wartość"],
        [
            ["wiadomości", str(count)], ["grupy", str(len(found))], ["w grupach", f"{held / count:.0%}"],
            ["z tego samego tematu", f"{purity / max(held, 1):.0%}"],
            [f"czas, s (najwyżej {LIMIT_S})", f"{time / 1000:.1f}"],
            ["wektory 1000 wiadomości, s", f"{encoding / len(examples):.1f}"],
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
