"""Open messages grouped by meaning, beside the pages: vectors of tens of thousands take minutes at first."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from knowledge_base.search.cache import VectorCache
from widget.studio.catalogue import Catalogue
from widget.studio.clusters import clusters, nearest_clusters, proposed_topic
from widget.studio.labelling.collecting import collect
from widget.studio.labelling.repository import LabelRepository
from zielona.clock import utc_now
from zielona.settings import Settings

log = logging.getLogger(__name__)
# Joining 50,000 messages takes most of a minute in which nothing can be counted.
_BEAT_SECONDS = 15.0
_BATCH = 256
_NAME = 120
Vectors = npt.NDArray[np.float32]
Clock = Callable[[], dt.datetime]


class Encodes(Protocol):
    """An encoder: unit rows of texts."""

    def queries(self, texts: Sequence[str]) -> Vectors: ...


class TakenOverError(RuntimeError):
    """Another run believed this one dead and goes on in its stead."""


@dataclass
class Grouper:
    """One run. `key` names the encoder, whose vectors are kept in `folder` between runs."""

    repository: LabelRepository
    catalogue: Catalogue
    settings: Settings
    encoder: Callable[[], Encodes]
    key: str
    folder: Path
    clock: Clock = utc_now

    def run(self, holder: str) -> int:
        """Collect and group; returns the number of groups. `holder` has taken the grouping before.

        Raises TakenOverError, and what went wrong, which is noted for the page.
        """
        stopping = threading.Event()
        threading.Thread(target=self._live, args=(holder, stopping), daemon=True).start()
        try:
            count = self._grouped(holder)
        except TakenOverError:
            raise
        except Exception as error:
            self.repository.end_grouping(holder, now=self.clock(), failed=True, step=type(error).__name__)
            raise
        finally:
            stopping.set()
        self.repository.end_grouping(holder, now=self.clock(), failed=False)
        return count

    def _grouped(self, holder: str) -> int:
        self._tell(holder, "Zbieranie wiadomości", 0, 0)
        collect(self.repository, self.settings)
        items = self.repository.open_texts()
        texts = [text for _, text in items]
        groups: list[tuple[str, str | None]] = []
        places: list[tuple[str, int, int]] = []
        if texts:
            encoder = self.encoder()
            vectors = self._vectors(encoder, "wiadomosci", texts, holder)
            topics = self._examples()
            known = self._vectors(encoder, "przyklady", [text for text, _ in topics], None) if topics else vectors[:0]
            self._tell(holder, "Łączenie w grupy", len(texts), len(texts))
            found = clusters(texts, vectors)
            for number, cluster in enumerate(found, 1):
                topic = proposed_topic(vectors[list(cluster.members)], known, [name for _, name in topics])
                groups.append((cluster.name[:_NAME], topic))
                places += [(items[member][0], number, place) for place, member in enumerate(cluster.members)]
            places += [(items[loose][0], -number, 0) for loose, number in nearest_clusters(found, vectors).items()]
        if not self.repository.store_groups(groups, places, holder=holder):
            raise TakenOverError
        return len(groups)

    def _examples(self) -> list[tuple[str, str]]:
        return [(text, topic.name) for topic in self.catalogue.now().topics for text in topic.examples]

    def _vectors(self, encoder: Encodes, name: str, texts: Sequence[str], holder: str | None) -> Vectors:
        """Vectors out of the cache and of the encoder, telling how far it is."""

        def encode(fresh: Sequence[str]) -> Vectors:
            parts = []
            for start in range(0, len(fresh), _BATCH):
                if holder is not None:
                    self._tell(holder, "Czytanie wiadomości", start, len(fresh))
                parts.append(encoder.queries(list(fresh[start : start + _BATCH])))
            return np.concatenate(parts)

        cache = VectorCache(self.folder, f"{name}:{self.key}")
        vectors = cache.encode(texts, encode)
        cache.save()
        return vectors

    def _tell(self, holder: str, step: str, done: int, total: int) -> None:
        if not self.repository.tell_grouping(holder, now=self.clock(), step=step, done=done, total=total):
            raise TakenOverError

    def _live(self, holder: str, stopping: threading.Event) -> None:
        """Signs of life."""
        while not stopping.wait(_BEAT_SECONDS):
            try:
                self.repository.tell_grouping(holder, now=self.clock())
            except Exception:
                log.exception("no sign of life")
