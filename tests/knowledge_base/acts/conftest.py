from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from knowledge_base.acts.client import EliClient
from knowledge_base.acts.store import ActStore
from tests.knowledge_base.acts.server import Service, start


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    server = start(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> ActStore:
    return ActStore(tmp_path / "acts")


@pytest.fixture
def client(service: Service, store: ActStore) -> Iterator[EliClient]:
    with EliClient(service.url, store.parts, progress=False, timeout=httpx.Timeout(0.5), first_wait=0.01) as made:
        yield made
