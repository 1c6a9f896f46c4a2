"""The job that keeps statistics: one thread in one of all processes, by a lease in the database."""

from __future__ import annotations

import datetime as dt
import logging
import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from widget.events.repository import EventRepository
from widget.mail import Mailer, MailError
from widget.statistics.models import JOBS
from widget.statistics.monthly import send_monthly
from widget.statistics.periods import read_month
from widget.statistics.service import Statistics
from zielona.clock import WARSAW, utc_now

log = logging.getLogger(__name__)
ROLLUPS, SWEEP, MONTHLY, NIGHT, LABELS = "rollups", "sweep", "monthly-report", "night", "label-queue"
_PAUSE = 20.0
_LEASE = dt.timedelta(minutes=5)
# Events of a conversation that was just begun may still wait; links are looked at when all have come.
_SETTLED = dt.timedelta(hours=1)
# Reports go out when people come to work, and late events of the last day are in.
_REPORT_HOUR = 6


class Leases:
    """Who does which job, and what was done last. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._holder = f"{socket.gethostname()[:27]}-{uuid.uuid4()}"

    def take(self, name: str, *, now: dt.datetime) -> bool:
        """Take or keep the job; a holder that died loses it when its lease ends."""
        mine = or_(JOBS.c.until < now, JOBS.c.holder == self._holder)
        values = {"holder": self._holder, "until": now + _LEASE}
        with self._engine.begin() as connection:
            if connection.execute(update(JOBS).where(JOBS.c.name == name, mine).values(values)).rowcount:
                return True
            if connection.scalar(select(JOBS.c.name).where(JOBS.c.name == name)) is not None:
                return False
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(JOBS).values(name=name, **values))
        except IntegrityError:
            # Somebody else was quicker.
            return False
        return True

    def done(self, name: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(JOBS.c.done).where(JOBS.c.name == name))

    def finish(self, name: str, what: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(JOBS).where(JOBS.c.name == name).values(done=what))


@dataclass
class Keeper:
    """Does what is due; `tick` once, or `run` for ever in a thread.

    `night` makes tickets of conversations that ended badly out of hours, `labels` puts what was not understood into
    the studio's queue, once an hour; both may be called at any time.
    """

    engine: Engine
    events: EventRepository
    statistics: Statistics
    mailer: Mailer | None = None
    recipients: Sequence[str] = ()
    night: Callable[[dt.datetime], object] | None = None
    labels: Callable[[], object] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._leases = Leases(self.engine)

    def start(self) -> None:
        threading.Thread(target=self.run, daemon=True, name="statistics").start()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self.tick(utc_now())
            except SQLAlchemyError as error:
                log.warning("statistics wait, the database is away: %s", type(error).__name__)
            except Exception:
                log.exception("statistics job failed")
            self.stopping.wait(_PAUSE)

    def tick(self, now: dt.datetime) -> None:
        """Everything that is due now, each job where its lease can be had. Raises SQLAlchemyError."""
        if self._leases.take(ROLLUPS, now=now):
            self.statistics.rollups.refresh()
        hour = now.strftime("%Y-%m-%dT%H")
        if self._leases.take(SWEEP, now=now) and self._leases.done(SWEEP) != hour:
            self.events.sweep(before=now - _SETTLED)
            self._leases.finish(SWEEP, hour)
        if self.night is not None and self._leases.take(NIGHT, now=now):
            self.night(now)
        if self.labels is not None and self._leases.take(LABELS, now=now) and self._leases.done(LABELS) != hour:
            self.labels()
            self._leases.finish(LABELS, hour)
        self._report(now)

    def _report(self, now: dt.datetime) -> None:
        """The report of the last month, once; what could not be sent is tried again at the next tick."""
        there = now.astimezone(WARSAW)
        if self.mailer is None or not self.recipients or there.hour < _REPORT_HOUR:
            return
        month = read_month(None, today=there.date())
        name = f"{month.first:%Y-%m}"
        if not self._leases.take(MONTHLY, now=now) or self._leases.done(MONTHLY) == name:
            return
        self.statistics.rollups.refresh()
        try:
            send_monthly(self.statistics.report(month), self.mailer, self.recipients)
        except MailError as error:
            log.error("monthly report not sent: %s", error)
            return
        self._leases.finish(MONTHLY, name)
