"""Builds the Polish pipeline from the content and loads it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language

from knowledge_base.content.store import Content, load_content
from knowledge_base.language import components
from knowledge_base.language.entities import patterns
from knowledge_base.language.morphology import morphology
from knowledge_base.language.vocabulary import build_vocabulary

# What editors wrote with care teaches spelling more than examples that imitate visitors.
_ANSWER_WEIGHT = 1.0
_EXAMPLE_WEIGHT = 0.5
RULER = "entity_ruler"


def content_texts(content: Content) -> Iterable[tuple[str, float]]:
    for topic in content.topics.values():
        yield f"{topic.title} {topic.answer}", _ANSWER_WEIGHT
        for example in topic.examples:
            yield example, _EXAMPLE_WEIGHT
    for passage in content.passages.values():
        yield f"{passage.title} {passage.text}", _ANSWER_WEIGHT
        for question in passage.questions:
            yield question, _EXAMPLE_WEIGHT
    for act in content.acts.values():
        yield act.title, _ANSWER_WEIGHT


def build_pipeline(content: Content) -> Language:
    """Return the pipeline: `zl_restore`, `zl_lemmatizer`, `entity_ruler`."""
    nlp = spacy.blank("pl")
    nlp.meta["name"] = "zielona"
    vocabulary = build_vocabulary(content_texts(content), morphology())
    for name in (components.RESTORE, components.LEMMATIZER):
        nlp.add_pipe(name)
    for component in components.vocabulary_components(nlp):
        component.use(vocabulary)
    nlp.add_pipe(RULER).add_patterns(patterns(morphology()))  # type: ignore[attr-defined]
    return nlp


def load_pipeline(path: Path | str, *, entities: bool = True) -> Language:
    """Load a built pipeline, or an installed package such as `pl_core_news_lg` where its name is given.

    Without `entities` a text takes a quarter less time. Raises OSError where there is none.
    """
    return spacy.load(path, exclude=[] if entities else [RULER])


def build_to(path: Path, content: Content) -> None:
    """Write the pipeline so that a reader never sees half of it."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    build_pipeline(content).to_disk(fresh)
    old = path.with_name(f"{path.name}.old.{os.getpid()}")
    if path.exists():
        path.rename(old)
    fresh.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build the Polish pipeline of this environment.")
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    build_to(options.out, load_content())
    return 0


if __name__ == "__main__":
    sys.exit(main())
