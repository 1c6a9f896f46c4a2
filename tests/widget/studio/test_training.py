"""The parts of a training that need no model: snapshot, checks, comparison, jobs, the worker's watch."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.check.rules import load
from knowledge_base.content.store import ContentPaths, content_version
from tests.widget.studio.content import git, make_content, topic_path
from tests.widget.studio.small_content import make_small_content, write_sets
from widget.storage.engine import database_engine, migrate
from widget.studio.held_out import HeldOut
from widget.studio.models import BROKEN, DONE, RUNNING, STOPPED, WAITING
from widget.studio.pieces.review import TOPIC
from widget.studio.repository import ContentRepository
from widget.studio.training.checks import findings, twins
from widget.studio.training.jobs import PATIENCE, TrainingJobs
from widget.studio.training.queue import QueueError, TrainingQueue
from widget.studio.training.snapshot import changes_since, clear_parts, export
from widget.studio.training.steps import STEPS, At, place_of, progress_at, written
from widget.studio.training.texts import about, in_points, spent
from widget.studio.training.worker import Worker, note
from zielona.artifacts import Artifacts
from zielona.clock import today, utc_now
from zielona.releases import ReleaseFiles
from zielona.sandbox import settings_with


@pytest.fixture
def jobs(tmp_path: Path) -> TrainingJobs:
    url = f"sqlite:///{tmp_path / 'zielona.db'}"
    migrate(url)
    return TrainingJobs(database_engine(url))


def test_snapshot_is_the_commit_and_not_the_folder(folder: Path, tmp_path: Path) -> None:
    repository = ContentRepository(folder)
    head = repository.head()
    path = topic_path(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  - niezapisany przykład\n", encoding="utf-8")
    export(repository, head, tmp_path / "copy")
    copied = tmp_path / "copy" / path.relative_to(folder)
    assert copied.read_text(encoding="utf-8") == text
    assert not (tmp_path / "copy" / "tests").exists()
    changes = changes_since(repository, head)
    assert list(changes.revisions) == []
    assert list(changes.unsaved) == ["data/topics/pomoc/szkolenia.yml"]


def test_half_a_snapshot_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".abc.17" / "data").mkdir(parents=True)
    (tmp_path / "abc").mkdir()
    clear_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["abc"]


def test_changes_are_those_after_the_release(folder: Path) -> None:
    repository = ContentRepository(folder)
    old = repository.head()
    (folder / "README.md").write_text("nic\n", encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Opis, nie treść")
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - nowy przykład\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Nowy przykład")
    assert [item.subject for item in changes_since(repository, old).revisions] == ["Nowy przykład"]
    newest = repository.head()
    (folder / "README.md").write_text("inaczej\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Opis, nie treść")
    assert changes_since(repository, old).commit == newest != repository.head()
    assert list(changes_since(repository, None).revisions) == []


def test_personal_data_held_out_questions_and_mistakes_stop_the_training(tmp_path: Path) -> None:
    folder = make_small_content(tmp_path / "content")
    paths, held_out = ContentPaths(folder), HeldOut(folder / "tests" / "evaluation")
    assert not [item for item in findings(load(paths), held_out, today=today()) if item.stops]
    path = topic_path(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "  - mam pesel 44051401359 i chcę kurs\n  - ile stypendium dają podczas kursu z urzędu pracy\n",
        encoding="utf-8",
    )
    harmful = [item for item in findings(load(paths), held_out, today=today()) if item.stops]
    assert {(item.kind, item.name) for item in harmful} == {(TOPIC, "szkolenia")}
    stops = [item.text for item in harmful]
    assert len(stops) == 2
    assert "dane osobowe (PESEL)" in stops[0]
    assert "służy do mierzenia" in stops[1]
    path.write_text(text.replace("related: [kfs]", "related: [nie_ma_takiego]"), encoding="utf-8")
    (stop,) = [item for item in findings(load(paths), held_out, today=today()) if item.stops]
    assert (stop.kind, stop.name, stop.text) == (TOPIC, "szkolenia", "nieznany temat „nie_ma_takiego”.")
    assert re.fullmatch(r"data/topics/pomoc/szkolenia\.yml:\d+: nieznany temat „nie_ma_takiego”", stop.raw)


def test_held_out_folder_is_read_anew(tmp_path: Path) -> None:
    write_sets(tmp_path, [("kfs", "czy burmistrz dostanie pieniądze na kurs")])
    assert "Czy burmistrz dostanie pieniądze na kurs?" in HeldOut(tmp_path)


def test_nearly_the_same_examples_of_two_topics_are_told(folder: Path) -> None:
    path = topic_path(folder, "kfs")
    path.write_text(path.read_text(encoding="utf-8") + "  - kurs prawa jazdy z urzędu pracyy\n", encoding="utf-8")
    other = topic_path(folder)
    other.write_text(other.read_text(encoding="utf-8") + "  - kurs prawa jazdy z urzedu pracy\n", encoding="utf-8")
    topics = load(ContentPaths(folder)).topics
    found = [text for text in twins(topics) if "prawa jazdy z urzędu pracyy" in text]
    assert found
    assert twins(topics, only=["kurs prawa jazdy z urzędu pracyy"])
    assert twins(topics, only=[]) == []


def test_artifacts_of_a_release_are_keyed_by_its_own_content(tmp_path: Path) -> None:
    settings = settings_with(VAR=str(tmp_path / "var"))
    files = [ReleaseFiles(settings, name) for name in ("aaa", "bbb")]
    for place in files:
        make_content(place.folder)
    path = topic_path(files[1].folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - jeszcze jeden przykład\n", encoding="utf-8")
    models = [Artifacts(settings, tmp_path, release=place).model for place in files]
    assert [model.name.split("-")[:2] for model in models] == [["release", "aaa"], ["release", "bbb"]]
    assert models[0].name.split("-")[2] != models[1].name.split("-")[2]
    versions = {content_version(ContentPaths(place.folder)) for place in files}
    assert len(versions) == 2


def test_job_goes_its_way_once(jobs: TrainingJobs) -> None:
    job = jobs.add(by="u1", now=utc_now())
    assert job is not None
    assert jobs.add(by="u2", now=utc_now()) is None
    assert jobs.begin(job.id, worker="w", now=utc_now())
    assert not jobs.begin(job.id, worker="v", now=utc_now())
    assert jobs.beat(job.id, log="x", now=utc_now())
    assert jobs.cancel(job.id, now=utc_now())
    assert not jobs.beat(job.id, log="xy", now=utc_now())
    assert jobs.end(job.id, STOPPED, reason="", now=utc_now())
    assert not jobs.end(job.id, DONE, reason="", now=utc_now())
    assert not jobs.cancel(job.id, now=utc_now())
    found = jobs.get(job.id)
    assert found is not None
    assert (found.state, found.log, found.is_open) == (STOPPED, "xy", False)
    assert jobs.add(by="u2", now=utc_now()) is not None


def test_job_of_a_dead_worker_is_interrupted(jobs: TrainingJobs) -> None:
    job = jobs.add(by="u1", now=utc_now())
    assert job is not None
    assert jobs.waiting() == [job.id]
    begun = utc_now()
    jobs.begin(job.id, worker="w", now=begun)
    assert jobs.sweep(now=begun + PATIENCE) == []
    assert jobs.sweep(now=begun, worker="other") == []
    assert jobs.sweep(now=begun + PATIENCE + dt.timedelta(seconds=1)) == [job.id]
    found = jobs.get(job.id)
    assert found is not None
    assert found.state == BROKEN


def test_worker_that_starts_ends_what_its_forerunner_left(jobs: TrainingJobs) -> None:
    worker = Worker(settings_with(), jobs)
    job = jobs.add(by="u1", now=utc_now())
    assert job is not None
    assert worker.recover() == [job.id]
    jobs.begin(job.id, worker=worker.name, now=utc_now())
    assert worker.recover() == []
    found = jobs.get(job.id)
    assert found is not None
    assert found.state == BROKEN


def test_queue_carries_numbers_to_the_worker_once(tmp_path: Path) -> None:
    done: list[int] = []
    settings = settings_with(VAR=str(tmp_path))
    TrainingQueue(settings).put(17)
    worker = TrainingQueue(settings, done.append)
    # As the consumer does it.
    _ = worker._task
    task = worker.huey.dequeue()
    assert task is not None
    worker.huey.execute(task)
    assert done == [17]
    assert worker.huey.dequeue() is None


def test_queue_that_is_away_says_so() -> None:
    with pytest.raises(QueueError):
        TrainingQueue(settings_with(QUEUE_URL="redis://127.0.0.1:1/0")).put(1)


def test_progress_grows_from_step_to_step() -> None:
    points = [progress_at(step.name) for step in STEPS]
    assert points == sorted(points)
    assert points[0] == 0.0
    assert progress_at(STEPS[-1].name, 1.0) == pytest.approx(1.0)


@given(st.lists(st.integers(0, 500)))
def test_log_keeps_the_last_sign_of_life_of_a_step(seconds: list[int]) -> None:
    said: deque[str] = deque()
    note(said, "[zielona] Buduję indeks…")
    for number in seconds:
        note(said, f"[zielona] Buduję indeks… {number} s")
    note(said, "[zielona] Buduję indeks: gotowe (7 s)")
    assert len(said) == 2
    assert said[-1].endswith("gotowe (7 s)") or not seconds


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_place_is_read_as_it_was_written(done: int, total: int) -> None:
    at = At("porownanie", done if total else 0, total)
    assert len(written(at)) <= 32
    assert place_of(written(at)) == at


def test_time_is_told_in_minutes_and_seconds() -> None:
    assert about(dt.timedelta(seconds=250)) == "około 4 min"
    assert about(dt.timedelta(seconds=12)) == "mniej niż minutę"
    assert spent(dt.timedelta(seconds=42)) == "42 s"
    assert spent(dt.timedelta(seconds=200)) == "3 min 20 s"


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (0.0, "0 punktów procentowych"), (0.01, "+1 punkt procentowy"), (-0.02, "−2 punkty procentowe"),
        (0.12, "+12 punktów procentowych"), (-0.025, "−2,5 punktu procentowego"), (0.0004, "0 punktów procentowych"),
    ],
)  # fmt: skip
def test_differences_are_told_in_words(difference: float, text: str) -> None:
    assert in_points(difference) == text


def test_states_are_told_in_polish() -> None:
    assert {WAITING, RUNNING} == {"czeka", "trwa"}
