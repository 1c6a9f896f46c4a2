"""Orders are carried out, and what a killed process left is brought to an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.zielona.publishing.test_publisher import Scene, is_clean
from tests.zielona.publishing.test_publisher import scene as scene
from tests.zielona.publishing.test_state import settings as settings
from widget.storage.engine import database_engine, migrate
from widget.studio.models import CANDIDATE, CURRENT, FORMER, Release
from widget.studio.publishing.models import DONE, END_TRIAL, FAILED, PUBLISH, RUNNING, TRY_OUT, Publication
from widget.studio.publishing.repository import Publications
from widget.studio.releases import Releases
from zielona.clock import utc_now
from zielona.publishing.publisher import PublishError
from zielona.publishing.slots import programs
from zielona.publishing.state import Beginning, Slot, State, write_state
from zielona.publishing.worker import BROKEN, Worker, _alone, candidate


class Office:
    """A worker over a database of its own, with two releases."""

    def __init__(self, scene: Scene) -> None:
        url = f"sqlite:///{scene.settings.var / 'worker.db'}"
        migrate(url)
        engine = database_engine(url)
        self.scene = scene
        self.orders, self.releases = Publications(engine), Releases(engine)
        self.worker = Worker(scene.settings, scene.publisher, self.orders, self.releases)
        self.one, self.two = (self._release(name) for name in ("one", "two"))

    def _release(self, name: str) -> Release:
        return self.releases.add(
            commit="0" * 40, content=name, model=f"release-{name}.tar.gz", index="i", figures={}, gates=[], report="",
            job_id=None, by="ja", now=utc_now(),
        )  # fmt: skip

    def order(self, kind: str, release: Release, share: float | None = None) -> int:
        return self.orders.order(kind, release.id, by="ja", reason="bo tak trzeba", now=utc_now(), share=share).id

    def done(self, order: int) -> Publication:
        """The order after one look of the worker."""
        assert self.worker.look()
        return self.found(order)

    def found(self, order: int) -> Publication:
        found = self.orders.get(order)
        assert found is not None
        return found

    @property
    def current(self) -> int | None:
        found = self.releases.current()
        return found.id if found else None


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def test_order_is_carried_out(office: Office) -> None:
    assert not office.worker.look()
    done = office.done(office.order(PUBLISH, office.one))
    assert (done.state, done.open, done.failure, done.replaced) == (DONE, None, "", None)
    is_clean(office.scene, "b", office.one.id)
    published = office.releases.current()
    assert published is not None
    assert (published.id, published.state, published.published_by) == (office.one.id, CURRENT, "ja")
    assert published.reason == "bo tak trzeba"
    assert office.done(office.order(PUBLISH, office.two)).replaced == office.one.id


def test_start_finds_the_release_of_what_answers(office: Office) -> None:
    """It was trained before the services started with its content: one may return to it."""
    office.worker.recover()
    assert {item.state for item in office.releases.list()} == {CANDIDATE}
    state = office.scene.state
    write_state(office.scene.settings.run_folder, replace(state, beginning=Beginning("0" * 40, "")))
    office.worker.recover()
    assert {item.id: item.state for item in office.releases.list()} == {
        office.one.id: FORMER, office.two.id: CANDIDATE,
    }  # fmt: skip


@pytest.mark.parametrize("error", [PublishError("Bo nie."), RuntimeError("co innego")])
def test_failure_ends_the_order_with_a_reason(office: Office, error: Exception) -> None:
    office.scene.wrong.append(error)
    done = office.done(office.order(PUBLISH, office.one))
    assert (done.state, done.open) == (FAILED, None)
    assert str(error) in done.failure or "RuntimeError" in done.failure
    assert office.current is None
    is_clean(office.scene, "a", None)
    office.scene.wrong.clear()
    assert office.done(office.order(PUBLISH, office.one)).state == DONE


def test_trial_is_recorded_and_ended(office: Office) -> None:
    office.done(office.order(PUBLISH, office.one))
    assert office.done(office.order(TRY_OUT, office.two, share=0.3)).state == DONE
    trial, state = office.orders.trial(), office.scene.state
    assert trial is not None
    assert state.trial is not None
    assert (state.trial.id, state.trial.share, state.trial.slot) == (trial.id, 0.3, state.spare)
    assert state.trial.since == pytest.approx(trial.started_at.timestamp())
    assert (trial.release_id, trial.beside) == (office.two.id, office.one.id)
    office.worker.recover()
    assert office.orders.trial() is not None
    assert office.done(office.order(END_TRIAL, office.two)).state == DONE
    assert office.orders.trial() is None
    is_clean(office.scene, "b", office.one.id)


def test_trial_that_cannot_begin_leaves_no_record_open(office: Office) -> None:
    office.scene.wrong.append(PublishError("Bo nie."))
    assert office.done(office.order(TRY_OUT, office.two, share=0.3)).state == FAILED
    assert office.orders.trial() is None


def test_publishing_ends_the_trial(office: Office) -> None:
    office.done(office.order(TRY_OUT, office.one, share=0.3))
    office.done(office.order(PUBLISH, office.one))
    assert office.orders.trial() is None
    is_clean(office.scene, "b", office.one.id)


def begun(office: Office, *, live: str) -> int:
    """An order whose worker was killed: before the switch (live is a) or after it (b)."""
    order = office.order(PUBLISH, office.two)
    office.orders.step(order, "Uruchamianie")
    former = candidate(office.two)
    slot = Slot(former.model, {}, former.release, former.content, former.index)
    write_state(office.scene.settings.run_folder, State(live, {"a": office.scene.state.slots["a"], "b": slot}))
    for program in programs("b"):
        office.scene.programs.start(program)
    return order


def test_killed_before_the_switch(office: Office) -> None:
    order = begun(office, live="a")
    office.worker.recover()
    assert (office.found(order).state, office.found(order).failure) == (FAILED, BROKEN)
    assert office.current is None
    is_clean(office.scene, "a", None)


def test_killed_after_the_switch(office: Office) -> None:
    order = begun(office, live="b")
    office.worker.recover()
    assert office.found(order).state == DONE
    assert office.current == office.two.id
    is_clean(office.scene, "b", office.two.id)


def test_order_that_only_waits_is_still_carried_out(office: Office) -> None:
    order = office.order(PUBLISH, office.one)
    office.worker.recover()
    assert office.found(order).open == 1
    assert office.done(order).state == DONE


def test_trial_that_the_state_does_not_know_is_over(office: Office) -> None:
    office.orders.begin_trial(office.one.id, beside=None, share=0.1, by="ja", now=utc_now())
    order = office.order(TRY_OUT, office.one, share=0.1)
    office.orders.step(order, "Uruchamianie")
    office.worker.recover()
    assert office.orders.trial() is None
    assert office.found(order).state == FAILED != RUNNING


def test_one_process_publishes(office: Office) -> None:
    folder = office.scene.settings.run_folder
    with _alone(folder) as first, _alone(folder) as second:
        assert (first, second) == (True, False)
    with _alone(folder) as again:
        assert again
