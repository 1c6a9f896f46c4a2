"""Real trainings on a small content: a first version, a worker killed in the middle, a second version beside it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.widget.studio.content import git, topic_path
from tests.widget.studio.small_content import make_small_content
from tests.widget.studio.trainer import Trainer, make_trainer
from widget.studio.models import BROKEN, DONE, STOPPED, Release
from zielona.clock import utc_now
from zielona.releases import ReleaseFiles

pytestmark = pytest.mark.timeout(7200)
FRESH = "Czy urząd pracy sfinansuje kurs operatora suwnicy?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_content(tmp_path_factory.mktemp("small") / "content")


@pytest.fixture(scope="module")
def trainer(folder: Path) -> Iterator[Trainer]:
    made = make_trainer(folder.parent, folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def first(trainer: Trainer) -> Release:
    job, release = trainer.train()
    assert job.state == DONE, f"{job.reason}\n{job.log}"
    assert release is not None
    return release


def ended(processes: list[psutil.Process]) -> bool:
    """Wait until none of them runs."""
    _, alive = psutil.wait_procs(processes, timeout=90)
    return not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def leftovers(trainer: Trainer) -> list[Path]:
    var = trainer.settings.var
    return [*(var / "models").glob("new-*"), *(var / "content").glob(".*.*"), *var.glob("training/*")]


def test_first_version_is_measured_and_keeps_its_own_files(trainer: Trainer, first: Release) -> None:
    files = ReleaseFiles(trainer.settings, first.content)
    assert files.model(first.model).exists()
    assert (files.index_root / first.index / "entries.json").exists()
    assert (files.language / "bot").exists()
    assert first.gates_hold
    assert first.figures["answer"]["before"] is None
    assert first.figures["answer"]["after"]["value"] > 0.5
    assert leftovers(trainer) == []


def test_worker_killed_in_the_middle_leaves_a_clean_state(trainer: Trainer, first: Release, folder: Path) -> None:
    trainer.releases.mark_published(first.id, by="u1", reason="", now=utc_now())
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + f"  - {FRESH}\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Nowy przykład")
    job = trainer.order()
    trainer.wait(job.id, lambda found: found.step == "model")
    assert trainer.process is not None
    family = psutil.Process(trainer.process.pid).children(recursive=True)
    assert family
    trainer.process.send_signal(signal.SIGKILL)
    trainer.process.wait()
    assert ended(family)
    trainer.start()
    assert trainer.wait(job.id, lambda found: not found.is_open).state == BROKEN
    current = trainer.releases.current()
    assert current is not None
    assert current.id == first.id
    assert trainer.releases.of_job(job.id) is None


def test_stopped_training_ends_with_all_that_it_started(trainer: Trainer, first: Release) -> None:
    job = trainer.order()
    trainer.wait(job.id, lambda found: found.step == "model")
    assert trainer.process is not None
    family = psutil.Process(trainer.process.pid).children(recursive=True)
    assert trainer.jobs.cancel(job.id, now=utc_now())
    assert trainer.wait(job.id, lambda found: not found.is_open).state == STOPPED
    assert ended(family)


def test_second_version_is_held_against_the_first(trainer: Trainer, first: Release, folder: Path) -> None:
    job, release = trainer.train()
    assert job.state == DONE, f"{job.reason}\n{job.log}"
    assert release is not None
    assert release.commit == git(folder, "rev-parse", "HEAD").strip() != first.commit
    comparison = json.loads((trainer.settings.var / release.report).read_text(encoding="utf-8"))
    assert comparison["compared"]
    assert comparison["before"] == first.id
    assert release.figures["answer"]["change"]["count"] == first.figures["answer"]["after"]["count"]
    assert leftovers(trainer) == []
    # Finished steps are not done again, and what was changed since does not reach the snapshot.
    assert FRESH in (
        ReleaseFiles(trainer.settings, release.content).folder / "data/topics/pomoc/szkolenia.yml"
    ).read_text(encoding="utf-8")
    assert "Trenuję model" in job.log


def test_personal_data_stop_a_training_with_the_list(trainer: Trainer, first: Release, folder: Path) -> None:
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - chcę kurs, mój pesel 44051401359\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Przykład z danymi")
    job, release = trainer.train()
    assert release is None
    assert "Kontrola treści znalazła błędy: 1" in job.reason
    assert [item["text"].split(":")[0] for item in job.findings if item["stops"]] == [
        "Przykład zawiera dane osobowe (PESEL). Trzeba je usunąć"
    ]
