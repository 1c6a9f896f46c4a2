"""One training from its first step to its last, in a process of its own; the worker watches it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge_base.check.rules import load
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import Content, ContentPaths, load_content
from widget.locks import alone
from widget.storage.engine import database_engine
from widget.studio.held_out import HeldOut
from widget.studio.labelling.repository import LabelRepository
from widget.studio.models import TrainingJob
from widget.studio.releases import Releases
from widget.studio.repository import ContentRepository, RepositoryError
from widget.studio.training.checks import findings
from widget.studio.training.comparison import PEOPLE, Measured, compare, people
from widget.studio.training.jobs import TrainingJobs
from widget.studio.training.keeping import clear
from widget.studio.training.measuring import Tell, Version, answers, questions, version_before
from widget.studio.training.novelty import Pieces, novelties, unmeasured
from widget.studio.training.report import save
from widget.studio.training.snapshot import NAME_LENGTH, clear_parts, content_commit, export
from widget.studio.training.starting import starting_commit
from widget.studio.training.steps import At, progress_at
from widget.studio.training.steps import written as place
from widget.studio.words import title_of
from zielona.artifacts import Artifacts
from zielona.client import ServiceError
from zielona.clock import today, utc_now
from zielona.evaluation.judging import Judge
from zielona.evaluation.sets import Asked
from zielona.processes import StartError
from zielona.progress import StepError, say
from zielona.releases import ReleaseFiles
from zielona.settings import Settings, current_settings

# Seconds between two signs of how many questions are answered.
_TOLD_EVERY = 1.0
# The newest messages of people that both versions are asked.
_WRITTEN = 200


class CheckError(RuntimeError):
    """The content may not be learned as it is."""


@dataclass(frozen=True)
class Training:
    """A job with what its steps need."""

    settings: Settings
    jobs: TrainingJobs
    releases: Releases
    labels: LabelRepository
    job: TrainingJob

    @property
    def folder(self) -> Path:
        """What is needed while it works."""
        return self.settings.var / "training"

    def run(self) -> int:
        """All steps; returns the number of the release. Raises what `main` tells."""
        self._clear()
        files, commit = self._snapshot()
        self._check(files)
        model = self._build(files)
        comparison = self._measure(Version(files.serving, model))
        release = self.releases.add(
            commit=commit, content=files.content, model=model.name, index=comparison.pop("index"),
            figures=comparison["figures"], gates=comparison["gates"],
            report=save(self.settings, self.job.id, comparison),
            job_id=self.job.id, by=self.job.created_by, now=utc_now(),
        )  # fmt: skip
        self._clear()
        clear(self.settings, self.releases, now=utc_now())
        say(f"Wersja {release.id} czeka na decyzję.")
        return release.id

    def _clear(self) -> None:
        """Nothing of a training that was interrupted is taken for whole."""
        shutil.rmtree(self.folder, ignore_errors=True)
        clear_parts(self.settings.var / "content")
        for part in (self.settings.var / "models").glob("new-*"):
            shutil.rmtree(part, ignore_errors=True)

    def _snapshot(self) -> tuple[ReleaseFiles, str]:
        repository = ContentRepository(self.settings.content_root)
        commit = self.job.commit or content_commit(repository)
        self._begin("wersja", commit=commit)
        files = ReleaseFiles(self.settings, commit[:NAME_LENGTH])
        export(repository, commit, files.folder)
        say(f"Treść z zapisu {commit[:NAME_LENGTH]}")
        return files, commit

    def _check(self, files: ReleaseFiles) -> None:
        self._begin("kontrola")
        say("Sprawdzam treść…")
        found = findings(load(ContentPaths(files.folder)), HeldOut(self.settings.evaluation_root), today=today())
        self._begin("kontrola", findings=[item.as_dict() for item in found])
        stops = sum(item.stops for item in found)
        say(f"Do poprawy: {stops}, do przemyślenia: {len(found) - stops}")
        if stops:
            raise CheckError(f"Kontrola treści znalazła błędy: {stops}. Lista jest poniżej.")

    def _build(self, files: ReleaseFiles) -> Path:
        artifacts = Artifacts(self.settings, self.folder, release=files)
        self._begin("jezyk")
        artifacts.build_language("app")
        artifacts.build_language("bot")
        self._begin("indeks")
        artifacts.build_index()
        self._begin("model")
        return artifacts.train()

    def _measure(self, after: Version) -> dict[str, Any]:
        items, (ids, written) = questions(self.settings), self._written()
        kept = self.settings.var / "evaluation" / "answers"
        content = after.content
        titles = {name: title_of(topic) for name, topic in content.topics.items()}
        self._begin("pomiar")
        say(f"Zadaję nowej wersji pytania kontrolne ({len(items)})…")
        replies, to_people = answers(after, items, written, self.folder / "after", kept, self._tell("pomiar"))
        now = Measured.of(items, replies, Judge(content))
        current = self.releases.current()
        before = version_before(self.settings, current)
        self._begin("porownanie")
        old, found_of_people, base = None, None, None
        if before is not None:
            say("Zadaję te same pytania wersji, która odpowiada teraz…")
            answering = before.content
            titles = {**{name: title_of(topic) for name, topic in answering.topics.items()}, **titles}
            replies, before_to_people = answers(
                before, items, written, self.folder / "before", kept, self._tell("porownanie")
            )
            old = Measured.of(items, replies, Judge(answering))
            found_of_people = people(ids, before_to_people, to_people, titles)
            base = answering if current else self._started_with()
        return {
            **compare(items, old, now, titles),
            **_news(base, content, items),
            "people": found_of_people,
            "before": current.id if current else None,
            "index": (after.settings.index_root / "current").read_text(encoding="utf-8").strip(),
        }

    def _written(self) -> tuple[list[str], list[Asked]]:
        """What people really wrote, each text once: ids and questions."""
        found = {text: name for name, text in reversed(self.labels.written(limit=_WRITTEN))}
        return [*found.values()], [Asked(PEOPLE, text) for text in found]

    def _started_with(self) -> Content | None:
        """The content that the version built outside the studio was made of, where that is known."""
        commit = starting_commit(self.settings)
        if not commit:
            return None
        target = self.folder / "base"
        try:
            export(ContentRepository(self.settings.content_root), commit, target)
            return load_content(ContentPaths(target))
        except (RepositoryError, ContentError):
            return None

    def _begin(self, step: str, **values: Any) -> None:
        self.jobs.advance(self.job.id, step, progress_at(step), **values)

    def _tell(self, step: str) -> Tell:
        last = -_TOLD_EVERY

        def tell(count: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= _TOLD_EVERY:
                last = time.monotonic()
                self.jobs.advance(self.job.id, place(At(step, count, total)), progress_at(step, count / total))

        return tell


def _news(base: Content | None, content: Content, items: Sequence[Asked]) -> dict[str, Any]:
    """What is new beside the base, None where nobody knows, and new topics that no control question is about."""
    if base is None:
        return {"news": None, "unmeasured": []}
    found = novelties(*(Pieces.of(one.topics.values(), one.passages.values(), one.amounts) for one in (base, content)))
    asked = {name for item in items for name in (*item.wanted, *item.both)}
    return {"news": [one.as_dict() for one in found], "unmeasured": unmeasured(found, asked)}


def main(job_id: int) -> int:
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_die_with_worker, daemon=True).start()
    settings = current_settings()
    engine = database_engine(settings.database_url)
    jobs = TrainingJobs(engine)
    job = jobs.get(job_id)
    if job is None:
        return 1
    training = Training(settings, jobs, Releases(engine), LabelRepository(engine), job)
    content = settings.var / "content"
    content.mkdir(parents=True, exist_ok=True)
    try:
        # A training whose worker was killed may still be ending.
        with alone(content):
            training.run()
    except (CheckError, StepError, StartError, ServiceError, ContentError, RepositoryError) as error:
        say(str(error))
        return 1
    return 0


def _stop(*_: object) -> None:
    """Leave in order, once: another signal would break off the stopping of what was started."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def _die_with_worker() -> None:
    """The worker holds the other end of the input; it closes when the worker dies, however that comes."""
    # Not through `sys.stdin`: its lock would be held when the interpreter ends.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
