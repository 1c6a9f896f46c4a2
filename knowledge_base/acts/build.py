"""Builds the index of official texts and publishes it beside that of our passages, never into it."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from knowledge_base.acts.passages import entries_of
from knowledge_base.acts.store import ActStore
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.cache import EMBEDDED
from knowledge_base.search.index import Entry, current_version, index_entries, publish, save_index
from knowledge_base.search.vectors import Encoder, model_cache_key

_CODE = Path(__file__).resolve().parents[1]


def official_entries(store: ActStore) -> list[Entry]:
    """Entries of all imported acts. Raises ActError where one is damaged."""
    acts = (store.load_folder(name) for name in store.names())
    return [entry for act in acts if act for entry in entries_of(act)]


def official_version(entries: list[Entry], encoder: str) -> str:
    digest = hashlib.sha256(f"{model_cache_key(encoder)}\n".encode())
    for entry in entries:
        digest.update(repr(entry).encode())
    for folder in ("search", "language"):
        for path in sorted((_CODE / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def build_official(
    store: ActStore, root: Path, pipeline: Path | str, encoder_name: str, *, prompts: tuple[str, str] = ("", "")
) -> tuple[str | None, int]:
    """Publish the index of all imported acts; return its version and how many texts it has. None: nothing to index."""
    entries = official_entries(store)
    if not entries:
        (root / "current").unlink(missing_ok=True)
        return None, 0
    root.mkdir(parents=True, exist_ok=True)
    version = official_version(entries, encoder_name)
    if not (root / version / "entries.json").exists():
        encoder = Encoder(encoder_name, query_prompt=prompts[0], passage_prompt=prompts[1])
        analyse = Analyser(load_pipeline(pipeline, entities=False))
        save_index(index_entries(entries, analyse, encoder, version=version), root / version)
    if current_version(root) != version:
        publish(root, version)
    return version, len(entries)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build and publish the index of official texts.")
    parser.add_argument("acts", type=Path)
    parser.add_argument("root", type=Path)
    parser.add_argument("pipeline")
    parser.add_argument("--encoder", default=EMBEDDED)
    parser.add_argument("--query-prompt", default="")
    parser.add_argument("--passage-prompt", default="")
    options = parser.parse_args(arguments)
    version, count = build_official(
        ActStore(options.acts),
        options.root,
        options.pipeline,
        options.encoder,
        prompts=(options.query_prompt, options.passage_prompt),
    )
    sys.stdout.write(f"{version or '-'} {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
