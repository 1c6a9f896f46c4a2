"""How long 50,000 messages take to be grouped by meaning, and the page of the queue to open with them.

Messages are made of the examples of topics: the vector of each lies between two examples of one topic, with a little
noise, as if two people had asked nearly the same. Run with `python -m benchmarks.studio [count]`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.table import show, timed
from knowledge_base.content.store import load_content
from knowledge_base.search.vectors import Encoder
from widget.app import create_app
from widget.storage.engine import migrate
from widget.studio.clusters import Cluster, clusters
from widget.studio.labelling.models import UNKNOWN, VISITOR
from widget.studio.labelling.repository import LabelRepository
from zielona.clock import utc_now
from zielona.settings import Settings

COUNT = 50_000
LIMIT_S = 60
PAGE_LIMIT_MS = 300
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
            [f"strona kolejki, ms (najwyżej {PAGE_LIMIT_MS})", f"{page_time(found, count):.0f}"],
        ],
    )  # fmt: skip


def page_time(found: list[Cluster], count: int) -> float:
    """Milliseconds in which the page of the queue opens, the best of five."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        migrate(f"sqlite:///{folder}/zielona.db")
        values = {"SECRET": "x" * 32, "DATABASE_URL": f"sqlite:///{folder}/zielona.db"}
        app = create_app(Settings({f"ZL_{key}": value for key, value in values.items()}))
        _fill(LabelRepository(app.extensions["zielona"].engine), found, count)
        user, password = app.extensions["zielona_accounts"].create(
            email="a@example.org", name="Osoba Redaktor", role="redaktor", password="siedem zielonych rowerów jedzie"
        )
        client = app.test_client()
        page = client.get("/panel/logowanie").text
        token = page.split('name="csrf-token" content="')[1].split('"')[0]
        form = {"email": user.email, "password": password, "csrf_token": token}
        client.post("/panel/logowanie", data=form)
        client.get("/panel/studio/wiadomosci")
        return min(timed(lambda: client.get("/panel/studio/wiadomosci")) for _ in range(5))


def _fill(repository: LabelRepository, found: list[Cluster], count: int) -> None:
    now = utc_now()
    item = {"source": VISITOR, "reason": UNKNOWN, "topic": None, "turn_id": None, "score": 1.0, "created_at": now}
    repository.add([{**item, "text": f"wiadomość o jakiejś sprawie numer {number}" * 3} for number in range(count)])
    ids = [name for name, _ in repository.open_texts()]
    repository.begin_grouping("pomiar", now=now, dead_before=now)
    places = [
        (ids[member], number, place)
        for number, cluster in enumerate(found, 1)
        for place, member in enumerate(cluster.members)
    ]
    repository.store_groups([(cluster.name, None) for cluster in found], places, holder="pomiar")
    repository.end_grouping("pomiar", now=now, failed=False)


if __name__ == "__main__":
    main()
