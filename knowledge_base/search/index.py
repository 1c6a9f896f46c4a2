"""The index: one unit for the text of a passage and one for each lay question about it.

A folder `var/index/<version>/` holds everything of one version; the file `current` beside them names the one in use
and is replaced in one step, so a reader sees the old index or the new one and nothing between.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
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
from knowledge_base.search.vectors import Encoder

# Chosen on lay questions of the passages, each searched with itself left out; not on any evaluation set.
VECTOR_WEIGHT = 0.5
SURFACE_WEIGHT = 0.2
REDUCED_WEIGHT = 0.3
_KEEP_VERSIONS = 3
_CURRENT = "current"


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
    """A passage with its fused score and the parts of it, each about 0 to 1."""

    entry: Entry
    score: float
    vector: float
    surface: float
    reduced: float


@dataclass
class Index:
    """All of one version in memory; read-only, so threads share it."""

    version: str
    entries: list[Entry]
    owners: npt.NDArray[np.int64]
    vectors: Any
    surface: LexicalIndex
    reduced: LexicalIndex
    terms: list[Analysis]

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

        `vector` has shape (dimensions,). `without_units` leaves units out, for calibration.
        """
        allowed = np.array([e.in_force(on) and e.addressed_to(audience) for e in self.entries])
        unit_allowed = allowed[self.owners]
        unit_allowed[list(without_units)] = False
        if not unit_allowed.any():
            return []
        parts = np.stack(
            [
                self._vector_scores(vector, np.flatnonzero(unit_allowed)),
                self.surface.scores(query.surface),
                self.reduced.scores(query.reduced),
            ]
        )
        parts[:, ~unit_allowed] = 0.0
        best = np.zeros((3, len(self.entries)), dtype=np.float32)
        for row in range(3):
            np.maximum.at(best[row], self.owners, parts[row])
        fused = np.array([VECTOR_WEIGHT, SURFACE_WEIGHT, REDUCED_WEIGHT], dtype=np.float32) @ np.minimum(best, 1.0)
        fused[~allowed] = -1.0
        order = np.argsort(-fused, kind="stable")[:limit]
        return [
            Scored(self.entries[i], float(fused[i]), float(best[0, i]), float(best[1, i]), float(best[2, i]))
            for i in order
            if allowed[i]
        ]

    def _vector_scores(self, vector: npt.NDArray[np.float32], units: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        selector = faiss.IDSelectorBatch(units)
        found, ids = self.vectors.search(
            vector[None, :],
            min(len(units), 256),
            params=faiss.SearchParameters(sel=selector),  # type: ignore[call-arg]
        )
        scores = np.zeros(len(self.owners), dtype=np.float32)
        scores[ids[0][ids[0] >= 0]] = np.maximum(found[0][ids[0] >= 0], 0.0)
        return scores


def build_index(
    content: Content, analyse: Analyser, encoder: Encoder, *, version: str, cache: VectorCache | None = None
) -> Index:
    """Build the index of passages and comparisons in memory."""
    entries = [_entry(passage) for passage in content.passages.values()]
    entries += [_comparison_entry(comparison, content) for comparison in content.comparisons.values()]
    return index_entries(entries, analyse, encoder, version=version, cache=cache)


def index_entries(
    entries: list[Entry], analyse: Analyser, encoder: Encoder, *, version: str, cache: VectorCache | None = None
) -> Index:
    """Build an index in memory: a unit for each text and for each question. `entries` must not be empty."""
    owners, texts = [], []
    for number, entry in enumerate(entries):
        for text in (f"{entry.title}. {entry.text}", *entry.questions):
            owners.append(number)
            texts.append(text)
    terms = [analyse(text) for text in texts]
    vectors = cache.encode(texts, encoder.passages) if cache else encoder.passages(texts)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return Index(
        version=version,
        entries=entries,
        owners=np.array(owners, dtype=np.int64),
        vectors=flat,
        surface=LexicalIndex.build([term.surface for term in terms]),
        reduced=LexicalIndex.build([term.reduced for term in terms]),
        terms=terms,
    )


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
    data = {
        "version": index.version,
        "entries": [vars(entry) for entry in index.entries],
        "owners": index.owners.tolist(),
        "terms": [[term.text, term.surface, term.reduced] for term in index.terms],
    }
    (fresh / "entries.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def load_index(folder: Path) -> Index:
    """Read one version. Raises OSError or ValueError where the folder is not a whole index."""
    data = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
    terms = [Analysis(text, tuple(surface), tuple(reduced)) for text, surface, reduced in data["terms"]]
    return Index(
        version=data["version"],
        entries=[
            Entry(**{**entry, **{name: tuple(entry[name]) for name in ("audience", "related", "questions", "also")}})
            for entry in data["entries"]
        ],
        owners=np.array(data["owners"], dtype=np.int64),
        vectors=faiss.read_index(str(folder / "vectors.faiss")),
        surface=LexicalIndex.load(folder / "bm25-surface", [term.surface for term in terms]),
        reduced=LexicalIndex.load(folder / "bm25-reduced", [term.reduced for term in terms]),
        terms=terms,
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
