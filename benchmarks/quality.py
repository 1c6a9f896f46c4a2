"""How right the assistant is, on the questions in tests/evaluation, which nothing is trained on or tuned to.

Run with `make evaluate`. `--baseline` also trains Rasa's stock pipeline (DIET) on the same examples: several minutes.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import share, show
from knowledge_base.content.store import load_content
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.calibration import article_key
from knowledge_base.search.index import Index, current_version, load_index
from knowledge_base.search.ranking import Ranking
from knowledge_base.search.vectors import Encoder
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.environments import BOT_PYTHON, process_environment
from zielona.progress import run_step, say
from zielona.sandbox import Running, running_stack
from zielona.settings import ROOT, Settings

_SETS = ROOT / "tests" / "evaluation"
Record = dict[str, Any]


def load(name: str) -> list[Record]:
    return [json.loads(line) for line in (_SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Parsed:
    """What a model made of a text: the intent after the fallback's verdict, and the ranking before it."""

    intent: str
    ranking: list[str]


def parse(model: Path, texts: Sequence[str], settings: Settings) -> list[Parsed]:
    done = subprocess.run(
        [str(BOT_PYTHON), "-m", "benchmarks.parse", str(model)],
        cwd=ROOT, env=process_environment(settings, settings.var / "run"), check=True, text=True,
        input=json.dumps(list(texts)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    parsed = []
    for line in done.stdout.splitlines():
        if line.startswith('{"name"'):
            item = json.loads(line)
            ranking = [name for name, _ in item["ranking"] if name != "nlu_fallback"]
            parsed.append(Parsed(item["name"], ranking))
    return parsed


def right_topics(record: Record) -> set[str]:
    return {record["topic"], *record.get("also", [])}


def intents(models: dict[str, Path], settings: Settings) -> None:
    """Accuracy of the intents by style, and how often something out of scope is taken for a topic."""
    content = load_content()
    questions = [record for record in load("questions") if record["topic"] in content.topics]
    small_talk, outside = load("small_talk"), load("out_of_scope")
    texts = [record["text"] for record in (*questions, *small_talk, *outside)]
    rows: dict[str, list[str]] = collections.defaultdict(list)
    for name, model in models.items():
        say(f"Pytam model „{name}”: {len(texts)} wiadomości")
        parsed = parse(model, texts, settings)
        asked = list(zip(questions, parsed, strict=False))
        talked = list(zip(small_talk, parsed[len(questions) :], strict=False))
        refused = parsed[len(questions) + len(small_talk) :]
        rows["first intent right"].append(_rate(asked, lambda r, p: p.ranking[0] in right_topics(r)))
        rows["right among first three"].append(_rate(asked, lambda r, p: bool(right_topics(r) & set(p.ranking[:3]))))
        for style in sorted({record["style"] for record in questions}):
            of_style = [pair for pair in asked if pair[0]["style"] == style]
            rows[f"  {style} ({len(of_style)})"].append(_rate(of_style, lambda r, p: p.ranking[0] in right_topics(r)))
        sure = [pair for pair in asked if pair[1].intent != "nlu_fallback"]
        rows["answered without fallback"].append(share(len(sure), len(asked)))
        rows["  of these right"].append(_rate(sure, lambda r, p: p.intent in right_topics(r)))
        rows["small talk right"].append(_rate(talked, lambda r, p: p.intent in right_topics(r)))
        taken = sum(content.topics[p.intent].is_faq for p in refused if p.intent in content.topics)
        rows["out of scope taken for a topic"].append(share(taken, len(refused)))
    show(
        f"Intents: {len(questions)} questions, {len(small_talk)} small talk, {len(outside)} out of scope",
        ["", *models],
        [[label, *values] for label, values in rows.items()],
    )


def _rate(pairs: Sequence[tuple[Record, Parsed]], right: Callable[[Record, Parsed], bool]) -> str:
    return share(sum(right(record, parsed) for record, parsed in pairs), len(pairs))


def search(settings: Settings) -> None:
    """Recall and mean reciprocal rank of the article, fused and for each part alone."""
    version = current_version(settings.index_root)
    assert version is not None  # noqa: S101 - the stack has just built it
    index = load_index(settings.index_root / version)
    analyse = Analyser(load_pipeline(settings.var / "language" / "app"))
    encoder = Encoder(settings.text("ENCODER"))
    today = dt.datetime.now(tz=dt.timezone.utc).date()
    records = load("search")
    queries = [analyse(record["text"]) for record in records]
    vectors = encoder.queries([query.text for query in queries])
    ways = {
        "vectors (FAISS)": (1, 1, 0, 0, 0, 0, 0, 0, 0),
        "BM25, words": (0, 0, 1, 1, 0, 0, 0, 0, 0),
        "BM25, stems": (0, 0, 0, 0, 1, 1, 0, 0, 0),
    }
    rankings = {**{name: Ranking(weights, 0.0) for name, weights in ways.items()}, "ours": index.ranking}
    rows = []
    for name, ranking in rankings.items():
        index.ranking = ranking
        ranks = [
            _rank(index, query, vector, record, today)
            for query, vector, record in zip(queries, vectors, records, strict=True)
        ]
        found = [sum(rank is not None and rank < k for rank in ranks) for k in (1, 3, 5)]
        reciprocal = sum(1 / (rank + 1) for rank in ranks if rank is not None) / len(ranks)
        rows.append([name, *(share(count, len(ranks)) for count in found), f"{reciprocal:.3f}"])
    show(
        f"Search: {len(records)} questions over {len(index.entries)} passages",
        ["ranking", "recall@1", "recall@3", "recall@5", "MRR"],
        rows,
    )


def _rank(index: Index, query: Any, vector: Any, record: Record, today: dt.date) -> int | None:
    results = index.search(query, np.asarray(vector), on=today, limit=20)
    wanted = {article_key({"act": record["act"], "article": article}) for article in record["articles"]}
    for rank, key in enumerate(dict.fromkeys(article_key(result.entry.source) for result in results)):
        if key in wanted:
            return rank
    return None


def whole_way(running: Running) -> None:
    """What a visitor gets. Wrong: an answer or passage about something else."""
    content, client = load_content(), ServiceClient(running.settings)
    questions = [record for record in load("questions") if record["topic"] in content.topics]
    counts: collections.Counter[str] = collections.Counter()
    say(f"Pytam asystenta: {len(questions)} pytań")
    for record in questions:
        counts[judge(client.ask(record["text"]), right_topics(record), content.topics)] += 1
    rows = [[label, str(counts[label]), share(counts[label], len(questions))] for label in JUDGEMENTS]
    show("Whole way, questions in scope", ["outcome", "n", "share"], rows)

    outside = load("out_of_scope")
    say(f"Pytam asystenta: {len(outside)} wiadomości spoza zakresu")
    kinds: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for record in outside:
        kind = client.ask(record["text"])["messages"][-1]["type"]
        kinds[record["kind"]][kind] += 1
    names = ["unknown", "choice", "search", "answer", "handover"]
    table = [[name, *(str(kinds[name][kind]) for kind in names)] for name in sorted(kinds)]
    table.append(["all", *(str(sum(kinds[name][kind] for name in kinds)) for kind in names)])
    show("Whole way, out of scope: type of message", ["kind", *names], table)


JUDGEMENTS = ("right answer", "right passage", "right among choices", "wrong choices", "unknown", "wrong passage",
              "wrong answer")  # fmt: skip


def judge(answer: dict[str, Any], wanted: set[str], topics: dict[str, Any]) -> str:
    """Say which of JUDGEMENTS an answer is, for a question about the topics `wanted`."""
    message = answer["messages"][-1]
    rules = {article_key(source.as_dict()) for name in wanted if name in topics for source in topics[name].sources}
    offered = {button["payload"].lstrip("/").split("{")[0] for button in message["buttons"]}
    if message["type"] == "choice":
        return "right among choices" if wanted & offered else "wrong choices"
    if message["type"] == "search":
        near = wanted & offered or article_key(message["sources"][0]) in rules
        return "right passage" if near else "wrong passage"
    if message["type"] == "unknown":
        return "unknown"
    return "right answer" if message["topic"] in wanted else "wrong answer"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--baseline", action="store_true", help="train and compare Rasa's stock pipeline")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, running_stack(Path(name)) as running:
        settings = running.settings
        models = {"ours": Artifacts(settings, Path(name)).model}
        if options.baseline:
            models["stock DIET"] = train_stock(Path(name), settings)
        search(settings)
        intents(models, settings)
        whole_way(running)


def train_stock(folder: Path, settings: Settings) -> Path:
    command = [
        str(BOT_PYTHON), "-m", "rasa", "train", "--config", "benchmarks/stock.yml", "--domain", "bot/domain",
        "--data", "bot/data", "--out", str(folder), "--fixed-model-name", "stock", "--force",
    ]  # fmt: skip
    environment = process_environment(settings, folder)
    run_step("Trenuję wzorzec porównania (DIET)", command, log=settings.var / "log" / "stock.log",
             environment=environment)  # fmt: skip
    return folder / "stock.tar.gz"


if __name__ == "__main__":
    main()
