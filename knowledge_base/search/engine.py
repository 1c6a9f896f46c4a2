"""The search engine: analyses, searches, calibrates and renders; takes a newly published index without a gap."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.content.amounts import Amounts, UnknownAmountError, load_amounts
from knowledge_base.content.template import amounts_verified, render
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.calibration import Calibration, Decision
from knowledge_base.search.foreign import Matcher, Polish, load_matchers
from knowledge_base.search.index import Index, Scored, current_version, load_index
from knowledge_base.search.vectors import Encoder

log = logging.getLogger(__name__)
MAX_QUERY = 2000


class NoIndexError(RuntimeError):
    """No index has been published yet."""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities from which a passage may answer, or be offered as a choice."""

    answer: float
    choices: float

    def decide(self, probability: float) -> Decision:
        if probability >= self.answer:
            return Decision.ANSWER
        return Decision.CHOICES if probability >= self.choices else Decision.UNKNOWN


@dataclass(frozen=True)
class Loaded:
    """One version with everything that belongs to it; replaced as a whole."""

    index: Index
    calibration: Calibration
    amounts: Amounts
    matchers: dict[str, Matcher]
    polish: Polish


class SearchEngine:
    """Answers searches from the index published under `root`."""

    def __init__(
        self,
        root: Path,
        pipeline: Path | str,
        encoder: Encoder,
        *,
        thresholds: Thresholds,
        constants: Mapping[str, str],
        official_root: Path | None = None,
    ) -> None:
        self._root = root
        self._official_root = official_root
        self._official: Index | None = None
        self._official_version: str | None = None
        self._analyse = Analyser(load_pipeline(pipeline, entities=False))
        self._encoder = encoder
        self._thresholds = thresholds
        self._constants = constants
        self._loaded: Loaded | None = None
        self._lock = threading.Lock()

    @property
    def version(self) -> str | None:
        return self._loaded.index.version if self._loaded else None

    @property
    def index(self) -> Index:
        """The index in use. Raises NoIndexError."""
        if self._loaded is None:
            raise NoIndexError
        return self._loaded.index

    def reload(self) -> bool:
        """Load the published version if it is not the one in use; searches go on with the old one meanwhile."""
        with self._lock:
            # Both are looked at: a new index of one kind must not keep the other waiting.
            return bool(self._reload_official() | self._reload_passages())

    def _reload_official(self) -> bool:
        version = current_version(self._official_root) if self._official_root else None
        if self._official_root is None or version == self._official_version:
            return False
        self._official_version = version
        try:
            self._official = load_index(self._official_root / version) if version else None
        except (OSError, ValueError, KeyError, RuntimeError):
            # An extra must not keep the service from answering.
            log.exception("the index of official texts cannot be loaded")
            self._official = None
        return True

    def _reload_passages(self) -> bool:
        version = current_version(self._root)
        if version is None or version == self.version:
            return False
        folder = self._root / version
        index = load_index(folder)
        self._loaded = Loaded(
            index=index,
            calibration=Calibration.load(folder / "calibration.json"),
            amounts=load_amounts(folder / "amounts.yml"),
            matchers=load_matchers(folder),
            polish=Polish.of(index),
        )
        return True

    def search(
        self, text: str, *, on: dt.date, audience: str | None = None, limit: int = 5, official: bool = False
    ) -> dict[str, Any]:
        """Return passages with their scores, the probability that the first is right, and the decision.

        With `official`, texts of acts come in a list of their own, which no decision looks at. Raises NoIndexError.
        """
        loaded = self._loaded
        if loaded is None:
            raise NoIndexError
        query = self._analyse(text[:MAX_QUERY])
        vector = self._encoder.queries([query.text])[0]
        results = loaded.index.search(query, vector, on=on, audience=audience, limit=max(limit, 5))
        probability = loaded.calibration.probability(results)
        decision = self._thresholds.decide(probability)
        found: dict[str, Any] = {
            "query": query.text,
            "on": on.isoformat(),
            "index": loaded.index.version,
            "decision": decision.value,
            "probability": round(probability, 4),
            "results": [shown for result in results[:limit] if (shown := self._show(result, loaded, on))],
        }
        if official:
            texts = self._official
            found["official"] = (
                [_show_official(result) for result in texts.search(query, vector, on=on, limit=limit)] if texts else []
            )
        return found

    def topics(self, text: str, language: str) -> dict[str, Any]:
        """Topics that a message in another language may ask about, and what may be done with them.

        Raises NoIndexError, and KeyError for a language without questions.
        """
        loaded = self._loaded
        if loaded is None:
            raise NoIndexError
        vector = self._encoder.queries([text[:MAX_QUERY]])[0]
        ranking = loaded.matchers[language].ranking(text[:MAX_QUERY], vector, loaded.polish)
        probability = ranking[0][1] if ranking else 0.0
        return {
            "decision": self._thresholds.decide(probability).value,
            "probability": round(probability, 4),
            "topics": [name for name, _ in ranking],
            "index": loaded.index.version,
        }

    def passage(self, passage_id: str, *, on: dt.date) -> dict[str, Any] | None:
        """Return one passage by its id, or None where it does not exist. Raises NoIndexError."""
        loaded = self._loaded
        if loaded is None:
            raise NoIndexError
        for entry in loaded.index.entries:
            if entry.id == passage_id:
                return self._show(Scored(entry, 1.0, ()), loaded, on)
        return None

    def _show(self, result: Scored, loaded: Loaded, on: dt.date) -> dict[str, Any] | None:
        entry = result.entry
        try:
            text = render(entry.text, day=on, amounts=loaded.amounts, constants=self._constants)
            verified = entry.source["verified"] and amounts_verified(entry.text, day=on, amounts=loaded.amounts)
        except UnknownAmountError:
            # An amount without a value on that day: better no passage than one with a hole.
            return None
        return {
            "id": entry.id,
            "title": entry.title,
            "text": text,
            "score": round(result.score, 4),
            "features": result.explained(),
            "verified": verified,
            "audience": list(entry.audience),
            "related": list(entry.related),
            "replaced_by": entry.replaced_by,
            "source": entry.source,
            "sources": [entry.source, *entry.also],
        }


def _show_official(result: Scored) -> dict[str, Any]:
    """The words of an act as they are printed: nothing in them is a placeholder."""
    entry = result.entry
    return {
        "id": entry.id,
        "kind": "official",
        "title": entry.title,
        "text": entry.text,
        "score": round(result.score, 4),
        "source": entry.source,
    }
