"""`zielona publish --watch`: carries out what was ordered in the studio, one order after the other.

A process of its own under supervisor, so that an order outlives the request that gave it; where this process itself is
killed, the next one tidies up first.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from widget.storage.engine import database_engine
from widget.studio.models import Release
from widget.studio.publishing.models import END_TRIAL, PUBLISH, WAITING, Publication
from widget.studio.publishing.repository import Publications
from widget.studio.releases import Releases
from zielona import logs
from zielona.clock import utc_now
from zielona.environments import secret
from zielona.publishing.examining import Examiner
from zielona.publishing.publisher import Candidate, Publisher, PublishError
from zielona.publishing.state import Trial, read_state
from zielona.publishing.supervision import Supervision
from zielona.settings import Settings

log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_AWAY_SECONDS = 10.0
BROKEN = "Publikowanie zostało przerwane, zanim nowa wersja zaczęła odpowiadać. Można zlecić je jeszcze raz."


class Worker:
    """Takes orders from the database. Raises SQLAlchemyError where that is away."""

    def __init__(self, settings: Settings, publisher: Publisher, orders: Publications, releases: Releases) -> None:
        self._settings = settings
        self._publisher = publisher
        self._orders = orders
        self._releases = releases

    def recover(self) -> None:
        """After a start: whatever was cut off is stopped, and its order ends as what the state says it came to."""
        self._publisher.tidy()
        state = read_state(self._settings.run_folder)
        if state is None:
            return
        if state.beginning.commit:
            # A release of this content may be older than the start of the services.
            self._releases.mark_start(state.beginning.commit)
        self._orders.end_trials(now=utc_now(), but=state.trial.id if state.trial else None)
        order = self._orders.opened()
        if order is None or order.state == WAITING:
            return
        answers = state.slots[state.live].release
        tried = state.slots[state.trial.slot].release if state.trial else None
        came_true = {PUBLISH: answers == order.release_id, END_TRIAL: tried is None}
        if not came_true.get(order.kind, tried == order.release_id):
            self._orders.end(order.id, now=utc_now(), failure=BROKEN)
        elif order.kind == PUBLISH:
            before = self._releases.current()
            self._published(order, replaced=before.id if before and before.id != order.release_id else None)
        else:
            self._orders.end(order.id, now=utc_now())

    def look(self) -> bool:
        """Carry out the order that waits, if one does."""
        order = self._orders.opened()
        if order is None:
            return False
        try:
            self._carry_out(order)
        except PublishError as error:
            self._fail(order, str(error))
        except SQLAlchemyError:
            raise
        except Exception as error:
            log.exception("order %d failed", order.id)
            told = f"Nieoczekiwany błąd: {type(error).__name__}. Szczegóły są w dzienniku programu publisher."
            self._fail(order, told)
        return True

    def _carry_out(self, order: Publication) -> None:
        def tell(step: str) -> None:
            self._orders.step(order.id, step)

        tell("Przygotowanie")
        if order.kind == END_TRIAL:
            self._publisher.end_trial(tell)
            self._orders.end_trials(now=utc_now())
            self._orders.end(order.id, now=utc_now())
            return
        release = self._releases.get(order.release_id)
        if release is None:
            raise PublishError("Nie ma takiej wersji.")
        if order.kind == PUBLISH:
            self._published(order, replaced=self._publisher.publish(candidate(release), tell))
        else:
            self._try_out(order, release)

    def _try_out(self, order: Publication, release: Release) -> None:
        share = order.share or 0.0

        def make() -> Trial:
            state, now = self._publisher.state(), utc_now()
            beside = state.slots[state.live].release
            record = self._orders.begin_trial(release.id, beside=beside, share=share, by=order.by, now=now)
            return Trial(record.id, "", share, now.timestamp())

        self._publisher.begin_trial(candidate(release), make, lambda step: self._orders.step(order.id, step))
        self._orders.end(order.id, now=utc_now())

    def _published(self, order: Publication, *, replaced: int | None) -> None:
        now = utc_now()
        self._releases.mark_published(order.release_id, by=order.by, reason=order.reason, now=now)
        self._orders.end_trials(now=now)
        self._orders.end(order.id, now=now, replaced=replaced)

    def _fail(self, order: Publication, reason: str) -> None:
        state = read_state(self._settings.run_folder)
        self._orders.end_trials(now=utc_now(), but=state.trial.id if state and state.trial else None)
        self._orders.end(order.id, now=utc_now(), failure=reason)


def candidate(release: Release) -> Candidate:
    return Candidate(release.id, f"models/{release.model}", release.content, release.index)


def make_worker(settings: Settings) -> Worker:
    engine = database_engine(settings.database_url)
    publisher = Publisher(settings, Supervision(settings.run_folder), Examiner(settings))
    return Worker(settings, publisher, Publications(engine), Releases(engine))


def run(settings: Settings, *, watch: bool) -> int:
    """Carry out the order that waits; with `watch` wait for more and never return."""
    settings = Settings({**settings.values, "ZL_SECRET": secret(settings)})
    logs.configure("publisher", settings.text("LOG_LEVEL"))
    with _alone(settings.run_folder) as alone:
        return _loop(make_worker(settings), watch=watch) if alone else 1


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process carries out orders of this folder; a second one would tidy up what the first does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "publisher.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.error("another process publishes already")
            yield False
        else:
            yield True


def _loop(worker: Worker, *, watch: bool) -> int:
    recovered = False
    while True:
        try:
            if not recovered:
                worker.recover()
                recovered = True
            done = worker.look()
            if not watch:
                return 0
            if not done:
                time.sleep(_LOOK_SECONDS)
        except (SQLAlchemyError, OSError) as error:
            # The database or supervisor is away, or still starting.
            log.error("not now: %s", type(error).__name__)
            if not watch:
                return 1
            recovered = False
            time.sleep(_AWAY_SECONDS)
