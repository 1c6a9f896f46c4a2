"""The same pipeline on public Polish sets, each beside a plain method in the same run, so that others can compare.

    .venv/app/bin/python -m benchmarks.public --data FOLDER [--only legal_exams poquad leyzer] [--all-examples]

The sets belong to others and are no part of this project. FOLDER holds `legal_exams_pl` (code_articles.jsonl,
article_queries.jsonl; of PiotrTyrakowski/PolishLawLLM-Benchmark), `poquad_dev_pl` (passages.jsonl, questions.jsonl; of
ipipan/poquad) and `leyzer_pl` (train.tsv, test.tsv; of cartesinus/leyzer); what is missing is passed over.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from tqdm import tqdm

from benchmarks.table import show
from knowledge_base.content.text import fold, words
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import STEM_LENGTH, Analyser
from knowledge_base.search.index import Entry, current_version, index_entries, load_index
from knowledge_base.search.ranking import Ranking
from knowledge_base.search.vectors import Encoder
from zielona.clock import today
from zielona.environments import BOT_PYTHON, process_environment
from zielona.settings import ROOT, Settings, current_settings

K1, B = 1.2, 0.75
DEPTH = 10
# Gold articles that overlap less with the answer are doubtful.
_OVERLAP = 0.9
Search = Callable[[str], list[str]]


@dataclass(frozen=True)
class Retrieval:
    """Documents (id, title, text) and queries (text, id of the one right document)."""

    name: str
    documents: list[tuple[str, str, str]]
    queries: list[tuple[str, str]]


def rows(path: Path) -> Iterable[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def legal_exams(folder: Path) -> Retrieval:
    articles = [(item["id"], f"art. {item['article']}", item["text"]) for item in rows(folder / "code_articles.jsonl")]
    queries = [
        (item["question_with_answer"], item["gold"])
        for item in rows(folder / "article_queries.jsonl")
        if item["gold_overlap"] >= _OVERLAP
    ]
    return Retrieval("legal exams, question → article", articles, queries)


def poquad(folder: Path) -> Retrieval:
    passages = [(item["id"], item["title"], item["text"]) for item in rows(folder / "passages.jsonl")]
    asked = [
        (item["question"], item["passage_id"]) for item in rows(folder / "questions.jsonl") if not item["is_impossible"]
    ]
    return Retrieval("PoQuAD, question → paragraph", passages, asked)


def gain(found: Sequence[str], wanted: str) -> float:
    """NDCG@10 where one document is right."""
    return 1 / float(np.log2(found.index(wanted) + 2)) if wanted in found[:DEPTH] else 0.0


def lower_words(text: str) -> list[str]:
    return words(text.lower())


def folded_words(text: str) -> list[str]:
    return words(fold(text))


def beginnings(text: str) -> list[str]:
    return [word[:STEM_LENGTH] for word in folded_words(text)]


def plain(data: Retrieval, terms: Callable[[str], list[str]]) -> Search:
    """BM25 over the terms of documents, as the floors were measured."""
    bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
    bm25.index([terms(f"{title} {text}") or ["\u0000"] for _, title, text in data.documents], show_progress=False)

    def search(text: str) -> list[str]:
        known = [term for term in terms(text) if term in bm25.vocab_dict]
        best = np.argsort(-bm25.get_scores(known), kind="stable")[:DEPTH] if known else []
        return [data.documents[number][0] for number in best]

    return search


def ours(data: Retrieval, settings: Settings, encoder: Encoder, analyse: Analyser) -> Search:
    """Our index over the documents, with the weights that were fitted on our own content."""
    source = {"act": data.name, "article": "", "valid_from": "1900-01-01", "valid_to": None, "verified": True}
    entries = [
        Entry(key, title, text, {**source, "article": key}, ("wszyscy",), (), (), None)
        for key, title, text in data.documents
    ]
    index = index_entries(entries, analyse, encoder, version="public")
    index.ranking = fitted(settings)

    def search(text: str) -> list[str]:
        query = analyse(text)
        found = index.search(query, encoder.queries([query.text])[0], on=today(), limit=DEPTH)
        return [result.entry.id for result in found]

    return search


def fitted(settings: Settings) -> Ranking:
    version = current_version(settings.index_root)
    return load_index(settings.index_root / version).ranking if version else Ranking()


def measure(data: Retrieval, settings: Settings, encoder: Encoder, analyse: Analyser, limit: int | None) -> None:
    print(f"{data.name}: indexing {len(data.documents)} documents", flush=True)
    ways = {
        "BM25, lower-cased words": plain(data, lower_words),
        "BM25, folded words": plain(data, folded_words),
        "BM25, first five letters": plain(data, beginnings),
        "ours": ours(data, settings, encoder, analyse),
    }
    step = max(1, len(data.queries) // limit) if limit else 1
    asked = data.queries[::step]
    table = []
    for name, search in ways.items():
        gains = [
            [gain(search(text), wanted), gain(search(fold(text)), wanted)]
            for text, wanted in tqdm(asked, desc=name, unit="", file=sys.stdout)
        ]
        table.append([name, *(f"{value:.3f}" for value in np.mean(gains, axis=0))])
    show(f"{data.name}: {len(asked)} queries", ["ranking", "NDCG@10", "stripped"], table)


def intents(folder: Path, settings: Settings, *, everything: bool) -> None:
    """Leyzer in the bot environment, where our classifier runs."""
    found = []
    for examples in ("10", "all") if everything else ("10",):
        print(f"Leyzer, {examples} examples a class: training", flush=True)
        done = subprocess.run(
            [str(BOT_PYTHON), "-m", "benchmarks.public_intents", str(folder), examples],
            cwd=ROOT, env=process_environment(settings, settings.var / "run"), check=True, text=True,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        for name, scores in json.loads(done.stdout.splitlines()[-1]).items():
            found.append([f"{name}, {examples} a class", f"{scores['accuracy']:.3f}", f"{scores['macro_f1']:.3f}"])
    show("Leyzer intents, test set", ["classifier", "accuracy", "macro-F1"], found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=["legal_exams", "poquad", "leyzer"])
    parser.add_argument("--limit", type=int, help="about that many queries of each retrieval set")
    parser.add_argument("--all-examples", action="store_true", help="Leyzer also with all its training examples")
    options = parser.parse_args()
    settings = current_settings()
    readers = {"legal_exams": ("legal_exams_pl", legal_exams), "poquad": ("poquad_dev_pl", poquad)}
    chosen = [
        read(options.data / folder)
        for name, (folder, read) in readers.items()
        if name in options.only and (options.data / folder).exists()
    ]
    if chosen:
        encoder, analyse = Encoder(), Analyser(load_pipeline(settings.var / "language" / "app", entities=False))
        for data in chosen:
            measure(data, settings, encoder, analyse, options.limit)
    leyzer = options.data / "leyzer_pl"
    if "leyzer" in options.only and leyzer.exists():
        intents(leyzer, settings, everything=options.all_examples)


if __name__ == "__main__":
    main()
