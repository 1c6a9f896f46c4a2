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
from zielona.settings import Settings


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
    ports = free_ports(7)
    settings = settings_with(
        PORT=str(ports[0]),
        BOT_PORT=str(ports[1]),
        ACTIONS_PORT=str(ports[2]),
        SEARCH_PORT=str(ports[3]),
        SECOND_BOT_PORT=str(ports[4]),
        SECOND_ACTIONS_PORT=str(ports[5]),
        SECOND_SEARCH_PORT=str(ports[6]),
        DATABASE_URL=f"sqlite:///{folder / 'sandbox.db'}",
        **{"RATE_LIMIT": "1000 per minute", "TICKET_LIMIT": "1000 per minute", **values},
    )
    artifacts = Artifacts(settings, folder)
    artifacts.build_all()
    stack = Stack(settings, artifacts.model, folder)
    stack.start()
    try:
        yield Running(stack, settings)
    finally:
        stack.stop()
