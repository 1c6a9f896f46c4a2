"""A stack on ports and with a database of its own, for tests and benchmarks beside a running assistant."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zielona.artifacts import Artifacts
from zielona.processes import Stack
from zielona.settings import Settings, current_settings

PORTS = (
    "PORT", "BOT_PORT", "ACTIONS_PORT", "SEARCH_PORT", "SECOND_BOT_PORT", "SECOND_ACTIONS_PORT", "SECOND_SEARCH_PORT",
)  # fmt: skip


@dataclass
class Running:
    """A stack that answers, with the settings it was started with."""

    stack: Stack
    settings: Settings

    @property
    def address(self) -> str:
        return self.stack.address

    @contextmanager
    def stopped(self, *names: str) -> Iterator[None]:
        """Stop services by name for a while."""
        for name in names:
            self.stack.halt(name)
        try:
            yield
        finally:
            for name in names:
                self.stack.restart(name)


def settings_with(**values: str) -> Settings:
    return Settings({**os.environ, **{f"ZL_{name}": value for name, value in values.items()}})


def free_ports(count: int) -> list[int]:
    """Ports that are free now; all are held until the last is found, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for held in sockets:
        held.bind(("127.0.0.1", 0))
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


@contextmanager
def running_stack(folder: Path, **values: str) -> Iterator[Running]:
    """Build what is missing, start all services and stop them at the end; `folder` takes logs and databases."""
    limits = {"RATE_LIMIT": "1000 per minute", "TICKET_LIMIT": "1000 per minute"}
    settings = _apart(current_settings(), folder, {**limits, **values})
    artifacts = Artifacts(settings, folder)
    artifacts.build_all()
    stack = Stack(settings, artifacts.model, folder)
    stack.start()
    try:
        yield Running(stack, settings)
    finally:
        stack.stop()


@contextmanager
def serving(folder: Path, base: Settings, model: Path) -> Iterator[Running]:
    """Start all services with what is built already, such as a release, and stop them at the end."""
    settings = _apart(base, folder, {"RATE_LIMIT": "1000000 per minute"})
    Artifacts(settings, folder).migrate()
    stack = Stack(settings, model, folder, alone=True)
    stack.start()
    try:
        yield Running(stack, settings)
    finally:
        stack.stop()


def _apart(base: Settings, folder: Path, values: dict[str, str]) -> Settings:
    """The settings with free ports and a database in the folder."""
    ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    own = {
        **ports,
        "RUN": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'sandbox.db'}",
        "ACTIONS_URL": "",
        "BOT_URL": "",
        "SEARCH_URL": "",
    }
    return Settings({**base.values, **{f"ZL_{name}": value for name, value in {**own, **values}.items()}})
