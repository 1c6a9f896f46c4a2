"""Fixtures over what is really built: the content, the Polish pipeline, the index, the running services."""

from __future__ import annotations

import dataclasses
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from knowledge_base.content.store import Content, load_content
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.engine import SearchEngine, Thresholds
from knowledge_base.search.vectors import Encoder
from zielona.artifacts import Artifacts
from zielona.processes import Stack
from zielona.settings import Settings, current_settings


def free_ports(count: int) -> list[int]:
    """Ports that are free now; all are held until the last is found, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for held in sockets:
        held.bind(("127.0.0.1", 0))
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


def settings_with(**values: str) -> Settings:
    return Settings({**os.environ, **{f"ZL_{name}": value for name, value in values.items()}})


@pytest.fixture(scope="session")
def settings() -> Settings:
    return current_settings()


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


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


@dataclasses.dataclass
class Running:
    """The whole stack on ports of its own with a database of its own."""

    stack: Stack
    settings: Settings

    @property
    def address(self) -> str:
        return self.stack.address

    def stopped(self, *names: str) -> Stopped:
        return Stopped(self.stack, names)


class Stopped:
    """A context in which services of the stack are stopped."""

    def __init__(self, stack: Stack, names: tuple[str, ...]) -> None:
        self._stack = stack
        self._names = names

    def __enter__(self) -> None:
        for name in self._names:
            self._stack.control("stop", name)

    def __exit__(self, *_: object) -> None:
        from zielona.processes import SERVICES

        for service in SERVICES:
            if service.name in self._names:
                self._stack.control("start", service.name)
                self._stack.wait_ready(service)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("stack")
    ports = free_ports(4)
    settings = settings_with(
        PORT=str(ports[0]),
        BOT_PORT=str(ports[1]),
        ACTIONS_PORT=str(ports[2]),
        SEARCH_PORT=str(ports[3]),
        DATABASE_URL=f"sqlite:///{folder / 'test.db'}",
        RATE_LIMIT="1000 per minute",
    )
    artifacts = Artifacts(settings, folder)
    artifacts.build_all()
    stack = Stack(settings, artifacts.model, folder)
    stack.start()
    yield Running(stack, settings)
    stack.stop()


@pytest.fixture
def root() -> Path:
    return Path(__file__).resolve().parents[1]
