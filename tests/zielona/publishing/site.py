"""A stack that runs in slots, with releases whose answers can be told apart; their model is the project's own."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from widget.storage.engine import database_engine, migrate
from widget.studio.models import Release
from widget.studio.publishing.models import Publication
from widget.studio.publishing.repository import Publications
from widget.studio.releases import Releases
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.clock import utc_now
from zielona.processes import Stack
from zielona.publishing.state import State
from zielona.sandbox import PORTS, free_ports, settings_with
from zielona.settings import ROOT, Settings, current_settings

ASKED = "Jak uzyskać z urzędu pracy sfinansowanie wybranego kursu?"
BY = "redaktorka"
# Seconds; a loaded machine starts a model slowly.
PATIENCE = 400.0


@dataclass
class Site:
    """The stack with its database, and what came of every message that was sent to it."""

    stack: Stack
    settings: Settings
    client: ServiceClient
    releases: Releases
    orders: Publications
    outcomes: list[str] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.stack.state

    def start(self) -> dict[str, Any]:
        return self.client.start()

    def say(self, conversation: dict[str, Any], text: str) -> dict[str, Any]:
        """The last message of the answer."""
        answer = self.client.say(conversation, text)
        self.outcomes.append(answer["outcome"])
        last: dict[str, Any] = answer["messages"][-1]
        return last

    def answer(self) -> str:
        """What a new conversation is told about courses."""
        return str(self.say(self.start(), ASKED)["text"])

    def order(self, kind: str, release: Release, *, share: float | None = None) -> Publication:
        return self.orders.order(kind, release.id, by=BY, reason="", now=utc_now(), share=share)

    def ended(self, order: Publication) -> Publication:
        """The order as it ended."""
        until(lambda: self._now(order).open is None)
        return self._now(order)

    def at_step(self, order: Publication, words: str) -> None:
        """Wait until the order has come so far."""
        until(lambda: words in self._now(order).step)

    def _now(self, order: Publication) -> Publication:
        found = self.orders.get(order.id)
        assert found is not None
        return found

    def add_release(self, mark: str) -> Release:
        """A release whose greeting and answer about courses begin with the mark."""
        make_release(self.settings.var, mark)
        index = (self.settings.var / "content" / mark / "index" / "current").read_text(encoding="utf-8")
        return self.releases.add(
            commit="0" * 40, content=mark, model=f"release-{mark}.tar.gz", index=index, figures={}, gates=[], report="",
            job_id=None, by=BY, now=utc_now(),
        )  # fmt: skip

    @contextmanager
    def talking(self) -> Iterator[list[str]]:
        """Somebody asks all the time; the outcomes so far."""
        done, outcomes = threading.Event(), []

        def talk() -> None:
            client = ServiceClient(self.settings)
            while not done.is_set():
                outcomes.append(client.ask(ASKED)["outcome"])
                done.wait(0.3)

        thread = threading.Thread(target=talk)
        thread.start()
        try:
            yield outcomes
        finally:
            done.set()
            thread.join()


def until(so: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not so():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.1)


def make_release(var: Path, mark: str) -> None:
    """Files of a release as a training leaves them, without the training."""
    built = current_settings()
    folder = var / "content" / mark
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "knowledge_base" / "passages", folder / "knowledge_base" / "passages")
    for path, before in ((folder / "data" / "messages.yml", "  greeting: |\n    "),
                         (folder / "data" / "topics" / "pomoc" / "szkolenia.yml", "answer: |\n  ")):  # fmt: skip
        path.write_text(path.read_text(encoding="utf-8").replace(before, f"{before}{mark}. "), encoding="utf-8")
    (folder / "language").symlink_to(built.var / "language")
    version = (built.index_root / "current").read_text(encoding="utf-8").strip()
    (folder / "index").mkdir()
    (folder / "index" / version).symlink_to(built.index_root / version)
    (folder / "index" / "current").write_text(version, encoding="utf-8")
    (var / "models").mkdir(exist_ok=True)
    (var / "models" / f"release-{mark}.tar.gz").symlink_to(Artifacts(built, var).model)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """The stack on ports of its own, with nothing published yet."""
    built = current_settings()
    Artifacts(built, folder).build_all()
    var = folder / "var"
    var.mkdir()
    for name in ("language", "index"):
        (var / name).symlink_to(built.var / name)
    values = {name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
    settings = settings_with(
        **values, VAR=str(var), DATABASE_URL=f"sqlite:///{folder / 'site.db'}", RATE_LIMIT="100000 per minute",
        BOT_TIMEOUT="20",
    )  # fmt: skip
    migrate(settings.database_url)
    engine = database_engine(settings.database_url)
    stack = Stack(settings, Artifacts(built, folder).model, folder / "run")
    stack.start()
    try:
        yield Site(stack, settings, ServiceClient(settings), Releases(engine), Publications(engine))
    finally:
        stack.stop()
        engine.dispose()
