"""The index: a unit for the text of a passage, one for each lay question about it, and one for each example of a topic.

A folder `var/index/<version>/` holds everything of one version; the file `current` beside them names the one in use
and is replaced in one step, so a reader sees the old index or the new one and nothing between.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from knowledge_base.content.answers import comparison_sources, comparison_text
from knowledge_base.content.comparisons import Comparison
from knowledge_base.content.passages import Passage
from knowledge_base.content.store import Content
from knowledge_base.search.analysis import Analyser, Analysis
from knowledge_base.search.cache import VectorCache
from knowledge_base.search.lexical import LexicalIndex
from knowledge_base.search.ranking import EXAMPLE, FEATURES, QUESTION, TEXT, Ranking
from knowledge_base.search.topics import FEWEST_TOPICS, TopicModel
from knowledge_base.search.vectors import Encoder

# Units that FAISS hands over for a query; what lies further away has no say.
_NEAREST_UNITS = 1500
_SHORT = 3
_KEEP_VERSIONS = 3
_CURRENT = "current"
_TOPICS = "topics"


@dataclass(frozen=True)
class Entry:
    """What the index knows of a passage; the text itself still holds its placeholders.

    `also` are further sources, of a comparison the former rule.
    """

    id: str
    title: str
    text: str
    source: dict[str, Any]
    audience: tuple[str, ...]
    related: tuple[str, ...]
    questions: tuple[str, ...]
    replaced_by: str | None
    also: tuple[dict[str, Any], ...] = ()

    def in_force(self, day: dt.date) -> bool:
        start = dt.date.fromisoformat(self.source["valid_from"])
        end = self.source["valid_to"]
        return start <= day and (end is None or day <= dt.date.fromisoformat(end))

    def addressed_to(self, audience: str | None) -> bool:
        return audience is None or audience in self.audience or "wszyscy" in self.audience


@dataclass(frozen=True)
class Scored:
    """A passage with its score (about the probability that it is asked about) and what the score was made of."""

    entry: Entry
    score: float
    features: tuple[float, ...]

    def explained(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in zip(FEATURES, self.features)}


@dataclass
class Units:
    """What is compared with a query: texts and questions of entries, then examples of topics.

    `owners` (units,) are numbers of entries or, for examples, of topics; `kinds` (units,) are TEXT, QUESTION, EXAMPLE.
    """

    owners: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]

    def of(self, kind: int) -> npt.NDArray[np.bool_]:
        return np.asarray(self.kinds == kind)


@dataclass
class Index:
    """All of one version in memory; read-only, so threads share it.

    `related` (entries,) is the number of each entry's first topic, or one past the last where it has none. Without
    examples of topics there is no `topic_model`.
    """

    version: str
    entries: list[Entry]
    units: Units
    vectors: Any
    surface: LexicalIndex
    reduced: LexicalIndex
    titles: LexicalIndex
    terms: list[Analysis]
    topics: list[str]
    related: npt.NDArray[np.int64]
    ranking: Ranking = field(default_factory=Ranking)
    topic_model: TopicModel | None = None

    def __post_init__(self) -> None:
        names = self.topic_model.names if self.topic_model else []
        pairs = [
            (number, names.index(name))
            for number, entry in enumerate(self.entries)
            for name in entry.related
            if name in names
        ]
        self._modelled = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """Owners of the units that belong to entries."""
        return self.units.owners[: len(self.terms)]

    def search(
        self,
        query: Analysis,
        vector: npt.NDArray[np.float32],
        *,
        on: dt.date,
        audience: str | None = None,
        limit: int = 5,
        without_units: Sequence[int] = (),
    ) -> list[Scored]:
        """Return the best passages in force on `on` for the audience, best first.

        `vector` has shape (dimensions,). `without_units` leaves units out, for fitting.
        """
        allowed = np.array([e.in_force(on) and e.addressed_to(audience) for e in self.entries])
        if not allowed.any():
            return []
        found = self.features(query, vector, allowed, without_units)
        scores = self.ranking.scores(found)
        scores[~allowed] = -np.inf
        order = np.argsort(-scores, kind="stable")[:limit]
        return [
            Scored(self.entries[i], float(1 / (1 + np.exp(-scores[i]))), tuple(found[i].tolist()))
            for i in order
            if allowed[i]
        ]

    def features(
        self,
        query: Analysis,
        vector: npt.NDArray[np.float32],
        allowed: npt.NDArray[np.bool_],
        without_units: Sequence[int] = (),
    ) -> npt.NDArray[np.float32]:
        """What speaks for each entry, shape (entries, len(FEATURES)); zero for entries that are not allowed."""
        units = self.units
        usable = units.of(EXAMPLE)
        usable[: len(self.terms)] = allowed[self.owners]
        usable[list(without_units)] = False
        near = self._vector_scores(vector, np.flatnonzero(usable))
        reduced = np.where(usable, self.reduced.scores(query.reduced), 0.0)
        surface = np.where(usable[: len(self.terms)], self.surface.scores(query.surface), 0.0)
        texts, questions = (units.of(kind)[: len(self.terms)] for kind in (TEXT, QUESTION))
        own = slice(0, len(self.terms))
        columns = [
            self._best(scores, which) for scores in (near[own], surface, reduced[own]) for which in (texts, questions)
        ]
        titles = np.where(allowed, self.titles.scores(query.reduced), 0.0)
        topical = [self._best_topics(scores)[self.related] for scores in (near, reduced)]
        return np.stack([*columns, titles, *topical, self._topic_shares(query)], axis=1).astype(np.float32)

    def _topic_shares(self, query: Analysis) -> npt.NDArray[np.float32]:
        """The likeliest of each entry's topics; the root, so that a second topic of a query has its say."""
        best = np.zeros(len(self.entries), dtype=np.float32)
        if self.topic_model and len(self._modelled):
            shares = self.topic_model.shares(query.reduced)
            np.maximum.at(best, self._modelled[:, 0], shares[self._modelled[:, 1]])
        return np.sqrt(best)

    def _best(self, scores: npt.NDArray[Any], which: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        best = np.zeros(len(self.entries), dtype=np.float32)
        np.maximum.at(best, self.owners[which], scores[which])
        return best

    def _best_topics(self, scores: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        best = np.zeros(len(self.topics) + 1, dtype=np.float32)
        examples = self.units.of(EXAMPLE)
        np.maximum.at(best, self.units.owners[examples], scores[examples])
        return best

    def _vector_scores(self, vector: npt.NDArray[np.float32], units: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        selector = faiss.IDSelectorBatch(units)
        found, ids = self.vectors.search(
            vector[None, :],
            min(len(units), _NEAREST_UNITS),
            params=faiss.SearchParameters(sel=selector),  # type: ignore[call-arg]
        )
        scores = np.zeros(len(self.units.owners), dtype=np.float32)
        scores[ids[0][ids[0] >= 0]] = np.maximum(found[0][ids[0] >= 0], 0.0)
        return scores


def build_index(
    content: Content, analyse: Analyser, encoder: Encoder, *, version: str, cache: VectorCache | None = None
) -> Index:
    """Build the index of passages and comparisons in memory; examples of topics point to the passages of the topic."""
    entries = [_entry(passage) for passage in content.passages.values()]
    entries += [_comparison_entry(comparison, content) for comparison in content.comparisons.values()]
    examples = [
        (topic.name, text)
        for topic in content.topics.values()
        if topic.is_faq
        for text in topic.examples
        # Typed without diacritics, an example says the same as another once it is repaired, and repairing takes time.
        if not text.isascii() or len(text.split()) <= _SHORT
    ]
    outside = [(topic.name, text) for topic in content.topics.values() if not topic.is_faq for text in topic.examples]
    return index_entries(entries, analyse, encoder, version=version, cache=cache, examples=examples, outside=outside)


def index_entries(
    entries: list[Entry],
    analyse: Analyser,
    encoder: Encoder,
    *,
    version: str,
    cache: VectorCache | None = None,
    examples: Sequence[tuple[str, str]] = (),
    outside: Sequence[tuple[str, str]] = (),
) -> Index:
    """Build an index in memory: a unit for each text, each question and each example (topic, text) of a topic.

    `entries` must not be empty. `outside` are examples of topics that no passage is about: they teach the topic model.
    """
    owners, kinds, texts = [], [], []
    for number, entry in enumerate(entries):
        for kind, text in [(TEXT, f"{entry.title}. {entry.text}"), *((QUESTION, item) for item in entry.questions)]:
            owners.append(number)
            kinds.append(kind)
            texts.append(text)
    topics = list(dict.fromkeys(topic for topic, _ in examples))
    terms = [analyse(text) for text in texts]
    asked = [analyse(text) for _, text in examples]
    taught = [(topic, term.reduced) for (topic, _), term in zip(examples, asked)]
    taught += [(topic, analyse(text).reduced) for topic, text in outside]
    # As a query is encoded: repaired and in lower case.
    everything = [term.text for term in (*terms, *asked)]
    vectors = cache.encode(everything, encoder.passages) if cache else encoder.passages(everything)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return Index(
        version=version,
        entries=entries,
        units=Units(
            owners=np.array([*owners, *(topics.index(topic) for topic, _ in examples)], dtype=np.int64),
            kinds=np.array([*kinds, *[EXAMPLE] * len(examples)], dtype=np.int64),
        ),
        vectors=flat,
        surface=LexicalIndex.build([term.surface for term in terms]),
        reduced=LexicalIndex.build([term.reduced for term in (*terms, *asked)]),
        titles=LexicalIndex.build([analyse(entry.title).reduced for entry in entries]),
        terms=terms,
        topics=topics,
        related=_first_topics(entries, topics),
        topic_model=TopicModel.fit(taught) if len({topic for topic, _ in taught}) >= FEWEST_TOPICS else None,
    )


def _first_topics(entries: Sequence[Entry], topics: Sequence[str]) -> npt.NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(topics)}
    return np.array([numbers.get(entry.related[0] if entry.related else "", len(topics)) for entry in entries])


def _entry(passage: Passage) -> Entry:
    return Entry(
        id=passage.id,
        title=passage.title,
        text=passage.text,
        source=passage.source.as_dict(),
        audience=passage.audience,
        related=passage.related,
        questions=passage.questions,
        replaced_by=passage.replaced_by,
    )


def _comparison_entry(comparison: Comparison, content: Content) -> Entry:
    before, after = comparison_sources(comparison, content)
    return Entry(
        id=f"porownania/{comparison.id}",
        title=comparison.title,
        text=comparison_text(comparison, content),
        source=after,
        audience=("wszyscy",),
        related=comparison.topics,
        questions=comparison.questions,
        replaced_by=None,
        also=(before,),
    )


def save_index(index: Index, folder: Path) -> None:
    """Write one version into `folder`, which appears only when it is complete."""
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    faiss.write_index(index.vectors, str(fresh / "vectors.faiss"))
    index.surface.save(fresh / "bm25-surface")
    index.reduced.save(fresh / "bm25-reduced")
    index.titles.save(fresh / "bm25-titles")
    if index.topic_model:
        index.topic_model.save(fresh / _TOPICS)
    data = {
        "version": index.version,
        "entries": [vars(entry) for entry in index.entries],
        "owners": index.units.owners.tolist(),
        "kinds": index.units.kinds.tolist(),
        "terms": [[term.text, term.surface, term.reduced] for term in index.terms],
        "topics": index.topics,
        "ranking": asdict(index.ranking),
    }
    (fresh / "entries.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def load_index(folder: Path) -> Index:
    """Read one version. Raises OSError or ValueError where the folder is not a whole index."""
    data = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
    terms = [Analysis(text, tuple(surface), tuple(reduced)) for text, surface, reduced in data["terms"]]
    entries = [
        Entry(**{**entry, **{name: tuple(entry[name]) for name in ("audience", "related", "questions", "also")}})
        for entry in data["entries"]
    ]
    return Index(
        version=data["version"],
        entries=entries,
        units=Units(np.array(data["owners"], dtype=np.int64), np.array(data["kinds"], dtype=np.int64)),
        vectors=faiss.read_index(str(folder / "vectors.faiss")),
        surface=LexicalIndex.load(folder / "bm25-surface"),
        reduced=LexicalIndex.load(folder / "bm25-reduced"),
        titles=LexicalIndex.load(folder / "bm25-titles"),
        terms=terms,
        topics=data["topics"],
        related=_first_topics(entries, data["topics"]),
        ranking=Ranking(**data["ranking"]),
        topic_model=TopicModel.load(folder / _TOPICS) if (folder / _TOPICS).exists() else None,
    )


def publish(root: Path, version: str) -> None:
    """Make `version` the current one in one step and drop versions long out of use."""
    pointer = root / f".{_CURRENT}.{os.getpid()}"
    pointer.write_text(version, encoding="utf-8")
    pointer.replace(root / _CURRENT)
    versions = sorted(
        (folder for folder in root.iterdir() if (folder / "entries.json").exists() and folder.name != version),
        key=lambda folder: folder.stat().st_mtime,
        reverse=True,
    )
    for folder in versions[_KEEP_VERSIONS - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def current_version(root: Path) -> str | None:
    try:
        return (root / _CURRENT).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
