"""`zielona index`: builds the index of the content and publishes it."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import shutil
import sys
from pathlib import Path

from knowledge_base.content.store import Content, ContentPaths, load_content
from knowledge_base.content.translations import load_languages
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.cache import EMBEDDED, VECTORS, VectorCache, index_key
from knowledge_base.search.calibration import fit
from knowledge_base.search.foreign import build_matchers, save_matchers
from knowledge_base.search.index import build_index, current_version, publish, save_index
from knowledge_base.search.vectors import MAX_WORDS, Encoder, model_cache_key
from zielona import clock

_CODE = Path(__file__).resolve().parents[1]


def index_version(content: Content, encoder: str) -> str:
    """Twelve hex digits over content, translations, encoder and the code that makes the index."""
    digest = hashlib.sha256(f"{content.version} {model_cache_key(encoder)}".encode())
    for path in ContentPaths().translation_files():
        digest.update(path.read_bytes())
    for folder in ("search", "language"):
        for path in sorted((_CODE / folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def build_and_publish(
    root: Path,
    pipeline: Path,
    content: Content,
    encoder_name: str,
    *,
    today: dt.date,
    prompts: tuple[str, str] = ("", ""),
) -> tuple[str, bool]:
    """Publish the index of the content; return its version and whether it had to be built."""
    root.mkdir(parents=True, exist_ok=True)
    version = index_version(content, encoder_name)
    folder = root / version
    built = not (folder / "calibration.json").exists()
    if built:
        analyse = Analyser(load_pipeline(pipeline, entities=False))
        encoder = Encoder(encoder_name, query_prompt=prompts[0], passage_prompt=prompts[1])
        for passage in content.passages.values():
            if len(passage.text.split()) > MAX_WORDS:
                raise ValueError(f"{passage.path}: fragment dłuższy niż {MAX_WORDS} słów trzeba podzielić")
        cache = VectorCache(root / VECTORS, index_key(model_cache_key(encoder_name), prompts[1]))
        index = build_index(content, analyse, encoder, version=version, cache=cache)
        cache.save()
        outside = [topic for topic in content.topics.values() if topic.out_of_scope]
        out_of_scope = [example for topic in outside for example in topic.examples]
        index.ranking, calibration = fit(index, analyse, encoder, out_of_scope, on=today)
        save_index(index, folder)
        shutil.copy(ContentPaths().amounts, folder / "amounts.yml")
        languages = load_languages(ContentPaths().translations, content.topics)
        save_matchers(build_matchers(languages, index, encoder), folder)
        calibration.save(folder / "calibration.json")
    if current_version(root) != version:
        publish(root, version)
    return version, built


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build and publish the search index.")
    parser.add_argument("root", type=Path)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("--encoder", default=EMBEDDED)
    parser.add_argument("--query-prompt", default="")
    parser.add_argument("--passage-prompt", default="")
    options = parser.parse_args(arguments)
    version, built = build_and_publish(
        options.root,
        options.pipeline,
        load_content(),
        options.encoder,
        today=clock.today(),
        prompts=(options.query_prompt, options.passage_prompt),
    )
    sys.stdout.write(f"{version} {'zbudowany' if built else 'bez zmian'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
