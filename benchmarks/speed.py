"""Speed and size: the whole way beside a bare Rasa REST call, search beside its parts, training, idle memory.

Run with `make bench`. Messages are training examples, taken evenly over all topics: time does not depend on whether
a question is new, and no evaluation set is needed for it.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from benchmarks.table import show, spread, timed
from knowledge_base.content.store import load_content
from knowledge_base.language.build import load_pipeline
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.engine import SearchEngine, Thresholds
from knowledge_base.search.vectors import Encoder
from zielona.artifacts import Artifacts
from zielona.client import ServiceClient
from zielona.clock import today
from zielona.environments import BOT_PYTHON, process_environment
from zielona.processes import StartError
from zielona.sandbox import Running, free_ports, running_stack
from zielona.settings import ROOT

_WARM_UP = 10


def messages(count: int) -> list[str]:
    """`count` examples spread evenly over the topics."""
    examples = [topic.examples[0] for topic in load_content().topics.values() if topic.is_faq]
    return [examples[i * len(examples) // count % len(examples)] for i in range(count)]


@contextmanager
def bare_rasa(running: Running, folder: Path) -> Iterator[str]:
    """`rasa run` with the same model and endpoints and only its own REST channel; gives the webhook's address."""
    port = free_ports(1)[0]
    folder.mkdir(parents=True, exist_ok=True)
    credentials = folder / "rest.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    model = Artifacts(running.settings, folder).model
    with (folder / "rasa.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [
                str(BOT_PYTHON), "-m", "rasa", "run", "--model", str(model), "--endpoints", "bot/endpoints.yml",
                "--credentials", str(credentials), "-i", "127.0.0.1", "-p", str(port),
            ],
            cwd=ROOT,
            env={**process_environment(running.settings, folder), "ZL_ACTIONS_URL": running.settings.actions_url},
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(f"http://127.0.0.1:{port}/webhooks/rest/", process)
            yield f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise StartError("the bare Rasa server did not start")


def whole_way(running: Running, folder: Path, count: int) -> None:
    """Each message goes to both by turns, in new conversations, so that neither has the quieter minute."""
    client = ServiceClient(running.settings)
    ours, bare = [], []
    with bare_rasa(running, folder / "bare") as url, requests.Session() as session:
        for number, text in enumerate(messages(count + _WARM_UP)):
            conversation = client.start()
            body = {"sender": f"bench-{number}", "message": text}
            pair = (
                timed(lambda text=text, conversation=conversation: client.say(conversation, text)),  # type: ignore[misc]
                timed(lambda body=body: session.post(url, json=body, timeout=30).raise_for_status()),  # type: ignore[misc]
            )
            if number >= _WARM_UP:
                ours.append(pair[0])
                bare.append(pair[1])
    ratio = sorted(ours)[count // 2] / sorted(bare)[count // 2]
    show(
        f"One message, {count} messages each, ms",
        ["way", "median", "p95", "× bare"],
        [
            ["bare Rasa, REST channel", *spread(bare), "1.00"],
            ["widget API → Rasa → stored answer", *spread(ours), f"{ratio:.2f}"],
        ],
    )


def search(running: Running, count: int) -> None:
    client = ServiceClient(running.settings)
    settings = running.settings
    engine = SearchEngine(
        settings.index_root,
        settings.var / "language" / "app",
        Encoder(settings.text("ENCODER")),
        thresholds=Thresholds(answer=settings.number("ANSWER_THRESHOLD"), choices=settings.number("CHOICE_THRESHOLD")),
        constants=settings.constants,
    )
    engine.reload()
    analyse = Analyser(load_pipeline(settings.var / "language" / "app", entities=False))
    encoder = Encoder(settings.text("ENCODER"))
    texts = messages(count + _WARM_UP)
    ways = {
        "Polish pipeline alone": lambda text: analyse(text),
        "sentence vector alone": lambda text: encoder.queries([text]),
        "search, in the process": lambda text: engine.search(text, on=today()),
        "search service, over HTTP": lambda text: requests.post(
            f"{settings.search_url}/search", json={"q": text}, timeout=10
        ).raise_for_status(),
        "public API /search": lambda text: client.search(text),
    }
    rows = []
    for name, call in ways.items():
        times = [timed(lambda text=text, call=call: call(text)) for text in texts]  # type: ignore[misc]
        rows.append([name, *spread(times[_WARM_UP:])])
    passages = len(load_content().passages)
    show(f"Search over {passages} passages, {count} queries each, ms", ["way", "median", "p95"], rows)


def memory(running: Running) -> None:
    """Proportional set size (pages shared by n processes count 1/n to each), services idle."""
    time.sleep(5)
    rows, total = [], 0.0
    for name, pid in running.stack.pids().items():
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        size = sum(process.memory_full_info().pss for process in family) / 2**20
        total += size
        rows.append([name, f"{size:.0f}"])
    show("Idle memory, MiB", ["service", "PSS"], [*rows, ["all", f"{total:.0f}"]])


def training(running: Running, folder: Path) -> None:
    artifacts = Artifacts(running.settings, folder)
    seconds = timed(lambda: artifacts.train(force=True)) / 1000
    examples = sum(len(topic.examples) for topic in load_content().topics.values())
    show(
        f"Training from a warm environment, {psutil.cpu_count()} cores",
        ["what", "examples", "s"],
        [["rasa train", str(examples), f"{seconds:.0f}"]],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=60, help="messages and queries per way")
    parser.add_argument("--no-training", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, running_stack(Path(name)) as running:
        memory(running)
        whole_way(running, Path(name), options.messages)
        search(running, options.messages)
        if not options.no_training:
            training(running, Path(name))


if __name__ == "__main__":
    main()
