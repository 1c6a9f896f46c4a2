"""How a version is asked: what is kept, and what of people's messages is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.widget.studio.content import git, topic_path
from tests.widget.studio.small_content import OUTSIDE, make_small_content, write_sets
from widget.storage.engine import database_engine, migrate
from widget.studio.labelling.models import LABELLED, UNKNOWN, VISITOR
from widget.studio.labelling.repository import LabelRepository
from widget.studio.releases import Releases
from widget.studio.training import measuring, run
from widget.studio.training.comparison import PEOPLE, people
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.measuring import Version, answers
from widget.studio.training.novelty import NEW
from widget.studio.training.run import Training
from zielona.clock import utc_now
from zielona.evaluation.asking import Reply, Said
from zielona.evaluation.sets import Asked
from zielona.publishing.state import Beginning, Slot, State, write_state
from zielona.sandbox import settings_with

ITEMS = [Asked("questions", "jedno", ("kfs",)), Asked("questions", "drugie", ("kfs",))]
WRITTEN = [Asked(PEOPLE, "co napisał człowiek")]


def reply(text: str) -> Reply:
    said = Said(kind="answer", topic="kfs", confidence=0.9, offered=(), sources=(), text=text)
    return Reply(said=(said,), ranking=(("kfs", 0.9),), found=None, versions={})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was asked each time, without services."""
    found: list[list[str]] = []

    @contextmanager
    def serving(folder: Path, settings: object, model: Path) -> Iterator[SimpleNamespace]:
        (folder / "sandbox.db").write_text("rozmowa", encoding="utf-8")
        yield SimpleNamespace(settings=settings)

    def ask_all(_: object, items: Sequence[Asked], tell: Callable[[int], None]) -> list[Reply]:
        found.append([item.text for item in items])
        tell(len(items))
        return [reply(f"Odpowiedź na {item.text}") for item in items]

    monkeypatch.setattr(measuring, "serving", serving)
    monkeypatch.setattr(measuring, "ask_all", ask_all)
    return found


def test_held_out_answers_are_kept_and_people_are_asked_each_time(tmp_path: Path, asked: list[list[str]]) -> None:
    settings = settings_with(VAR=str(tmp_path), CONTENT=str(make_small_content(tmp_path / "content")))
    version, kept, told = Version(settings, tmp_path / "m.tar.gz"), tmp_path / "kept", list[tuple[int, int]]()
    for _ in range(2):
        replies, others = answers(
            version, ITEMS, WRITTEN, tmp_path / "work", kept, lambda done, total: told.append((done, total))
        )
        assert [one.said[0].text for one in replies] == ["Odpowiedź na jedno", "Odpowiedź na drugie"]
        assert [one.said[0].text for one in others] == ["Odpowiedź na co napisał człowiek"]
    assert asked == [["jedno", "drugie", "co napisał człowiek"], ["co napisał człowiek"]]
    assert told == [(0, 3), (3, 3), (0, 1), (1, 1)]
    assert "człowiek" not in next(kept.glob("*.json")).read_text(encoding="utf-8")
    assert not list((tmp_path / "work").rglob("*.db"))
    assert answers(version, ITEMS, [], tmp_path / "work", kept, lambda *_: None)[1] == []
    assert len(asked) == 2


def test_a_training_measures_both_versions_and_says_what_is_new(
    tmp_path: Path, folder: Path, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without services: a topic was added after the version was built that answers now."""
    now = utc_now()
    old, new = tmp_path / "old.tar.gz", tmp_path / "new.tar.gz"
    begun = git(folder, "rev-parse", "HEAD").strip()
    text = topic_path(folder).read_text(encoding="utf-8").replace("topic: szkolenia", "topic: bon")
    topic_path(folder).with_name("bon.yml").write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Nowy temat")
    write_sets(folder / "tests" / "evaluation", [("kfs", "jedno")])
    database, running = f"sqlite:///{tmp_path / 'z.db'}", str(tmp_path / "run")
    settings = settings_with(VAR=str(tmp_path), CONTENT=str(folder), DATABASE_URL=database, RUN=running)
    write_state(settings.run_folder, State("a", {"a": Slot(old.name, {})}, beginning=Beginning(begun, "")))
    migrate(settings.database_url)
    engine = database_engine(settings.database_url)
    jobs, labels = TrainingJobs(engine), LabelRepository(engine)
    message = {"text": "chcę bon", "source": VISITOR, "reason": UNKNOWN, "created_at": now, "state": LABELLED}
    labels.add([message, {**message, "created_at": now - dt.timedelta(days=1)}])
    settings.index_root.mkdir()
    (settings.index_root / "current").write_text("abc\n", encoding="utf-8")
    monkeypatch.setattr(run, "version_before", lambda *_: Version(settings, old))
    job = jobs.add(by="u1", now=now)
    assert job is not None
    jobs.begin(job.id, worker="w", now=now)
    found = Training(settings, jobs, Releases(engine), labels, job)._measure(Version(settings, new))
    assert asked == [["jedno", *OUTSIDE, "chcę bon"]] * 2
    assert [(one["name"], one["change"]) for one in found["news"]] == [("bon", NEW)]
    assert found["unmeasured"] == [found["news"][0]["title"]]
    assert found["people"] == {"asked": 1, "changed": []}
    assert found["asked"] == 1 + len(OUTSIDE)
    at = jobs.get(job.id)
    assert at is not None
    assert at.step in {f"porownanie {done}/{2 + len(OUTSIDE)}" for done in (0, 2 + len(OUTSIDE))}


def test_only_changed_answers_to_people_are_listed_and_by_id() -> None:
    found = people(["a", "b"], [reply("x"), reply("y")], [reply("x"), reply("z")], {"kfs": "Fundusz"})
    assert found["asked"] == 2
    (changed,) = found["changed"]
    assert (changed["id"], changed["before"]["text"], changed["after"]["text"]) == ("b", "y", "z")
    assert changed["after"]["topic"] == "Fundusz"
