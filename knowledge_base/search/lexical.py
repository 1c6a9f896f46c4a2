"""BM25 over terms (library bm25s), scaled so that queries of different length compare."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

# Lucene's form of BM25; units are short, so length is normalised less than the usual 0.75.
_K1 = 1.2
_B = 0.6


class LexicalIndex:
    """Scores every unit for a query; a score is the share of the query's weight that the unit covers (about 0 to 1)."""

    def __init__(self, bm25: bm25s.BM25, document_frequency: dict[str, int], size: int) -> None:
        self._bm25 = bm25
        self._frequency = document_frequency
        self._size = size

    @classmethod
    def build(cls, units: Sequence[Sequence[str]]) -> LexicalIndex:
        bm25 = bm25s.BM25(method="lucene", k1=_K1, b=_B)
        # An empty unit would end the vocabulary; a term nobody types keeps its place.
        bm25.index([list(unit) or ["\u0000"] for unit in units], show_progress=False)
        return cls(bm25, _document_frequency(units), len(units))

    def scores(self, terms: Sequence[str]) -> npt.NDArray[np.float32]:
        known = [term for term in dict.fromkeys(terms) if term in self._frequency]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        ideal = sum(self._idf(term) for term in dict.fromkeys(terms))
        scores = self._bm25.get_scores(known)
        return np.asarray(scores, dtype=np.float32) / np.float32(ideal)

    def _idf(self, term: str) -> float:
        frequency = self._frequency.get(term, 0)
        return float(np.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5)))

    def save(self, folder: Path) -> None:
        self._bm25.save(folder)
        counts = {"frequency": self._frequency, "size": self._size}
        (folder / "frequency.json").write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        counts = json.loads((folder / "frequency.json").read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(folder), counts["frequency"], counts["size"])


def _document_frequency(units: Sequence[Sequence[str]]) -> dict[str, int]:
    frequency: dict[str, int] = {}
    for unit in units:
        for term in set(unit):
            frequency[term] = frequency.get(term, 0) + 1
    return frequency
