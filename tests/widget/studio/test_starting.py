"""The version that the assistant was started with is kept, so that one may return to it; nothing is trained here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser
from tests.widget.studio.content import git, topic_path
from widget.studio.models import BROKEN, CANDIDATE, DONE, FAILED, FORMER, STOPPED, SYSTEM, Release
from widget.studio.training import run
from widget.studio.training.run import Training
from widget.studio.training.service import TrainingDesk
from widget.studio.training.starting import keep_start
from widget.studio.training.views import DESK
from widget.studio.training.worker import Worker, make_queue
from zielona.clock import utc_now
from zielona.publishing.state import Beginning, Slot, State, write_state

PAGE = "/panel/studio/trening"


@dataclass
class Site:
    """The services run what was built of the first commit."""

    desk: TrainingDesk
    folder: Path
    commit: str

    def begin(self, beginning: Beginning) -> None:
        write_state(self.desk.settings.run_folder, State("a", {"a": Slot("models/m.tar.gz", {})}, beginning=beginning))

    def edit(self, subject: str = "Więcej przykładów") -> str:
        path = topic_path(self.folder)
        path.write_text(path.read_text(encoding="utf-8") + f"  - {subject}\n", encoding="utf-8")
        git(self.folder, "commit", "--quiet", "--all", "--message", subject)
        return git(self.folder, "rev-parse", "HEAD").strip()

    def train(self, *, by: str = "u1", state: str = DONE) -> Release | None:
        """The training that waits, or one that an editor orders, as the worker would end it."""
        desk = self.desk
        job = desk.jobs.opened() or desk.order(by=by)
        desk.jobs.begin(job.id, worker="w", now=utc_now())
        made = None
        if state == DONE:
            commit = job.commit or git(self.folder, "rev-parse", "HEAD").strip()
            made = desk.releases.add(
                commit=commit, content=commit[:12], model="release-m.tar.gz", index="1" * 12, figures={}, gates=[],
                report="", job_id=job.id, by=job.created_by, now=utc_now(),
            )  # fmt: skip
        desk.jobs.end(job.id, state, reason="", now=utc_now())
        if state == DONE:
            keep_start(desk.settings, desk.jobs, desk.releases, desk.queue)
        return desk.releases.get(made.id) if made else None


@pytest.fixture
def site(app: Flask, folder: Path) -> Site:
    made = Site(app.extensions[DESK], folder, git(folder, "rev-parse", "HEAD").strip())
    made.begin(Beginning(made.commit, ""))
    return made


def test_first_training_of_changed_content_is_followed_by_one_of_the_start(site: Site, editor: Browser) -> None:
    assert "Zachowa się sama zaraz po najbliższym udanym treningu" in editor.get(PAGE).text
    site.edit()
    assert "Zmiany zapisane po wersji startowej" in editor.get(PAGE).text
    first = site.train()
    assert first is not None
    assert first.state == CANDIDATE
    job = site.desk.jobs.opened()
    assert job is not None
    assert (job.created_by, job.commit) == (SYSTEM, site.commit)
    page = editor.get(PAGE).text
    assert f"Właśnie jest zachowywana (trening nr {job.id})" in page
    assert "Ten trening zachowuje wersję, z którą uruchomiono asystenta" in page
    assert f"Obejrzyj wersję nr {first.id}" in page
    assert f"Właśnie jest zachowywana (trening nr {job.id})" in editor.get(f"/panel/studio/wersje/{first.id}").text
    kept = site.train()
    assert kept is not None
    assert (kept.commit, kept.state) == (site.commit, FORMER)
    assert site.desk.jobs.opened() is None
    page = editor.get(PAGE).text
    assert f"jest odtworzona z tej samej treści jako wersja nr {kept.id}; może odpowiadać trochę inaczej." in page
    assert f"Obejrzyj wersję nr {first.id}" in page
    assert "asystent, żeby zachować wersję startową" in page
    # The next training brings no other.
    site.edit("Jeszcze więcej")
    site.train()
    assert site.desk.jobs.opened() is None


def test_training_of_unchanged_content_is_the_start_itself(site: Site, editor: Browser) -> None:
    made = site.train()
    assert made is not None
    assert made.state == FORMER
    assert site.desk.jobs.opened() is None
    page = editor.get(PAGE).text
    assert "zarazem zachowana wersja startowa, która odpowiada teraz" in page
    assert "odpowiadała dawniej" not in page
    page = editor.get(f"/panel/studio/wersje/{made.id}").text
    assert "publikować jej nie trzeba" in page
    assert "wersja startowa" in page


def test_training_of_the_start_takes_its_commit_and_not_the_newest(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.edit()
    job = site.desk.jobs.add(by=SYSTEM, now=utc_now(), commit=site.commit)
    assert job is not None
    monkeypatch.setattr(run, "say", lambda _: None)
    desk = site.desk
    files, commit = Training(desk.settings, desk.jobs, desk.releases, desk.labels, job)._snapshot()
    assert commit == site.commit
    assert "Więcej przykładów" not in topic_path(files.folder).read_text(encoding="utf-8")


def test_start_that_could_not_be_kept_is_tried_again_by_an_editor(site: Site, editor: Browser) -> None:
    assert "Zachowaj wersję startową" not in editor.get(PAGE).text
    site.edit()
    site.train()
    site.train(state=FAILED)
    page = editor.get(PAGE).text
    assert "Nie udało się jej zachować (trening nr 2: nie powiodło się)" in page
    assert "Zachowaj wersję startową" in page
    # It is not tried again and again behind the editors' backs.
    site.edit("Jeszcze więcej")
    site.train()
    assert site.desk.jobs.opened() is None
    assert editor.send(f"{PAGE}/startowa").status_code == 303
    job = site.desk.jobs.opened()
    assert job is not None
    assert job.commit == site.commit
    assert editor.send(f"{PAGE}/startowa").status_code == 303
    assert [item.id for item in site.desk.jobs.latest(9)] == [job.id, 3, 2, 1]
    site.train(state=BROKEN)
    site.edit("I jeszcze")
    site.train()
    again = site.desk.jobs.opened()
    assert again is not None
    assert again.commit == site.commit


def test_reason_is_told_where_the_start_cannot_be_kept(site: Site, editor: Browser) -> None:
    site.begin(Beginning("", "folder z treścią nie ma historii zmian"))
    made = site.train()
    assert made is not None
    assert made.state == CANDIDATE
    assert site.desk.jobs.opened() is None
    told = "Nie można jej zachować, bo folder z treścią nie ma historii zmian"
    page = editor.get(PAGE).text
    assert told in page
    assert "Zachowaj wersję startową" not in page
    assert told in editor.get(f"/panel/studio/wersje/{made.id}").text
    editor.send(f"{PAGE}/startowa")
    assert site.desk.jobs.opened() is None
    site.desk.releases.mark_published(made.id, by="u1", reason="", now=utc_now())
    page = editor.get(PAGE).text
    assert "więc nie można do niej wrócić" in page
    assert "nie będzie można" not in page


def test_one_returns_to_the_start_after_another_was_published(site: Site, editor: Browser) -> None:
    site.edit()
    first, kept = site.train(), site.train()
    assert first is not None
    assert kept is not None
    site.desk.releases.mark_published(first.id, by="u1", reason="", now=utc_now())
    page = editor.get(f"/panel/studio/wersje/{kept.id}").text
    assert "Wróć do tej wersji" in page
    assert 'name="reason"' not in page
    assert "odpowiadała dawniej" in page
    assert "powstała z treści, z którą uruchomiono asystenta" in page
    assert "więc można do niej wrócić" in editor.get(PAGE).text


def test_page_tells_the_true_state_of_what_was_trained(site: Site, editor: Browser) -> None:
    site.edit()
    first, _ = site.train(), site.train()
    site.edit("Drugi przykład")
    second = site.train()
    assert first is not None
    assert second is not None
    assert "Zanim zacznie odpowiadać" in editor.get(PAGE).text
    for release in (first, second):
        site.desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    page = editor.get(PAGE).text
    assert f"Powstała wersja nr {second.id}, która odpowiada teraz odwiedzającym." in page
    assert "Zanim zacznie odpowiadać" not in page
    site.desk.releases.mark_published(first.id, by="u1", reason="", now=utc_now())
    page = editor.get(PAGE).text
    assert f"która odpowiadała dawniej. Teraz odpowiada wersja nr {first.id}." in page
    assert "Nic: cała zapisana treść jest już w" in page
    assert f"Czego nie ma w wersji nr {first.id}, która odpowiada teraz (1)" in page
    assert "Zmiany zapisane po" not in page


@pytest.mark.parametrize(("ended", "follows"), [(DONE, True), (FAILED, False), (STOPPED, False)])
def test_worker_goes_on_with_the_start_after_a_training_that_ended_well(
    site: Site, monkeypatch: pytest.MonkeyPatch, ended: str, *, follows: bool
) -> None:
    desk, worker = site.desk, Worker(site.desk.settings, site.desk.jobs)
    monkeypatch.setattr(worker, "_watched", lambda _: (ended, ""))
    queue = make_queue(desk.settings, worker, desk.jobs, desk.releases)
    ordered = desk.order(by="u1")
    # As the consumer does it.
    _ = queue._task
    queue.huey.execute(queue.huey.dequeue())
    assert [(job.id, job.state) for job in desk.jobs.latest(9)][-1] == (ordered.id, ended)
    assert (desk.jobs.keeping(site.commit) is not None) == follows
    assert (queue.huey.dequeue() is not None) == follows


def test_release_that_is_older_than_the_start_counts_too(site: Site) -> None:
    releases = site.desk.releases
    made = releases.add(
        commit=site.commit, content="c", model="m", index="i", figures={}, gates=[], report="", job_id=None, by="u1",
        now=utc_now(),
    )  # fmt: skip
    assert site.desk.starting().state == "kept"
    found = releases.mark_start(site.commit)
    assert found is not None
    stored = releases.get(made.id)
    assert stored is not None
    assert stored.state == FORMER
    assert releases.mark_start("b" * 40) is None
