"""Fixtures over what is really built: the content, the Polish pipeline, the index, the running services."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

# As the services run, see zielona.environments; read when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings as hypothesis_settings
from spacy.language import Language

from knowledge_base.content.store import Content, load_content
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.engine import SearchEngine, Thresholds
from knowledge_base.search.vectors import Encoder
from zielona.sandbox import Running, running_stack
from zielona.settings import Settings, current_settings

# A loaded machine is no failure.
hypothesis_settings.register_profile("ours", deadline=None)
hypothesis_settings.load_profile("ours")


@pytest.fixture(scope="session")
def settings() -> Settings:
    return current_settings()


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def checked_day(content: Content) -> dt.date:
    """The last day on which an answer was checked. The amounts of content hold on it, whenever the tests run."""
    return max(topic.checked_on for topic in content.topics.values())


@pytest.fixture(scope="session")
def nlp(settings: Settings) -> Language:
    return load_pipeline(settings.var / "language" / "app")


@pytest.fixture(scope="session")
def engine(settings: Settings) -> SearchEngine:
    thresholds = Thresholds(answer=settings.number("ANSWER_THRESHOLD"), choices=settings.number("CHOICE_THRESHOLD"))
    made = SearchEngine(
        settings.index_root,
        settings.var / "language" / "app",
        Encoder(),
        thresholds=thresholds,
        constants=settings.constants,
    )
    made.reload()
    return made


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_stack(tmp_path_factory.mktemp("stack")) as started:
        yield started


@pytest.fixture
def root() -> Path:
    return Path(__file__).resolve().parents[1]
