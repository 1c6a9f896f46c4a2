"""Vectors kept between builds of the index, so that a change to one passage embeds that one alone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
# The encoder that comes with the project, in its setting and in keys of caches.
EMBEDDED = "embedded"
# Beside the versions of an index.
VECTORS = "vectors"


class VectorCache:
    """A file of vectors by the hash of their text, one file for each encoder and prompt.

    `others` are keys of caches that hold vectors of the same encoder: they are read and never written. `embedded`
    counts the texts that had to be encoded since the cache was opened.
    """

    def __init__(self, folder: Path, encoder_key: str, *, others: Sequence[str] = ()) -> None:
        self._folder = folder
        self._path = self._file(encoder_key)
        self._vectors: dict[str, Vectors] = {}
        for key in (*others, encoder_key):
            self._vectors |= self._read(self._file(key))
        self.embedded = 0

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.npz"

    def _read(self, path: Path) -> dict[str, Vectors]:
        try:
            with np.load(path, allow_pickle=False) as data:
                return dict(zip(data["keys"].tolist(), data["vectors"]))
        except (OSError, ValueError, KeyError):
            # Missing or broken: everything is encoded again.
            return {}

    def encode(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """Return the vectors of `texts`, shape (texts, dimensions), encoding only those that are new."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        fresh = {key: text for key, text in zip(keys, texts) if key not in self._vectors}
        if fresh:
            self._vectors.update(zip(fresh, encode(list(fresh.values()))))
            self.embedded += len(fresh)
        self._vectors = {key: self._vectors[key] for key in dict.fromkeys(keys)}
        return np.stack([self._vectors[key] for key in keys])

    def save(self) -> None:
        """Write what the last call of `encode` used; a reader sees the old file or the new one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f".{self._path.stem}.{os.getpid()}.npz")
        np.savez(part, keys=np.array(list(self._vectors)), vectors=np.stack(list(self._vectors.values())))
        part.replace(self._path)


def index_key(encoder: str, prompt: str) -> str:
    """The key of the index's own vectors: of passages, questions and examples, repaired and in lower case."""
    return f"{encoder} {prompt}"
