"""What people do with releases: publish one, go back to one, try one out on a share of the conversations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from widget.accounts.models import User
from widget.studio.models import CURRENT, REJECTED, Release
from widget.studio.publishing.models import DONE, END_TRIAL, PUBLISH, RETURN, RUNNING, TRY_OUT, Publication, TrialRecord
from widget.studio.publishing.outcomes import Outcome, outcome
from widget.studio.publishing.repository import Publications
from widget.studio.releases import Releases
from widget.studio.rights import may_publish
from widget.studio.training.starting import Starting
from zielona.clock import utc_now

SHORTEST_REASON = 10
LONGEST_REASON = 1000
# Percent of conversations that a candidate may answer.
LEAST, MOST = 1, 50


class NotNowError(ValueError):
    """It cannot be ordered; the text says why."""


@dataclass(frozen=True)
class Standing:
    """A release as its page shows it: may it be published, and what goes on.

    `returns` says that it answered before, `can_go_back` that what answers now is a release, too. `is_starting` says
    that it keeps the version that the assistant was started with.
    """

    release: Release
    may: bool
    is_current: bool
    is_rejected: bool
    returns: bool
    can_go_back: bool
    starting: Starting
    is_starting: bool
    needs_reason: bool
    order: Publication | None
    trial: TrialRecord | None
    history: Sequence[Publication]
    titles: Mapping[int, str]
    trials: Mapping[int, TrialRecord]

    @property
    def is_tried(self) -> bool:
        """Whether it answers a share of the conversations now."""
        return self.trial is not None and self.trial.release_id == self.release.id


@dataclass(frozen=True)
class PublishingDesk:
    """The service behind the pages. Raises SQLAlchemyError where the database is away."""

    orders: Publications
    releases: Releases
    starting: Callable[[], Starting]

    def standing(self, release: Release, user: User) -> Standing:
        start = self.starting()
        is_starting = start.is_made(release)
        history = self.orders.of_release(release.id)
        return Standing(
            release=release,
            may=may_publish(user),
            is_current=release.state == CURRENT,
            is_rejected=release.state == REJECTED,
            returns=release.has_answered and not (is_starting and start.answers),
            can_go_back=not start.answers,
            starting=start,
            is_starting=is_starting,
            needs_reason=needs_reason(release),
            order=self.orders.opened(),
            trial=self.orders.trial(),
            history=history,
            titles=self.titles(history),
            trials=self.trials_of(history),
        )

    def publish(self, release: Release, user: User, reason: str) -> Publication:
        """Raises NotNowError."""
        if release.state == CURRENT:
            raise NotNowError("Ta wersja już odpowiada odwiedzającym.")
        if needs_reason(release) and len(reason.strip()) < SHORTEST_REASON:
            raise NotNowError(
                f"Nie wszystkie warunki są spełnione, więc publikacja wymaga uzasadnienia: co najmniej "
                f"{SHORTEST_REASON} znaków."
            )
        return self._order(PUBLISH, release, user, reason)

    def try_out(self, release: Release, user: User, percent: str) -> Publication:
        """Raises NotNowError."""
        if release.state == CURRENT:
            raise NotNowError("Ta wersja już odpowiada wszystkim.")
        if not percent.isascii() or not percent.isdigit() or not LEAST <= int(percent) <= MOST:
            raise NotNowError(f"Część rozmów to liczba procent od {LEAST} do {MOST}.")
        return self._order(TRY_OUT, release, user, "", share=int(percent) / 100)

    def end_trial(self, user: User) -> Publication:
        """Raises NotNowError."""
        trial = self.orders.trial()
        release = self.releases.get(trial.release_id) if trial else None
        if release is None:
            raise NotNowError("Nie trwa żadna próba.")
        return self._order(END_TRIAL, release, user, "")

    def titles(self, orders: Sequence[Publication]) -> dict[int, str]:
        """What each order is, by its id: a publication of what had answered before is a return."""
        published, kept = self.orders.published(), self.starting().release
        return {order.id: _title(order, published, kept) for order in orders}

    def trials_of(self, orders: Sequence[Publication]) -> dict[int, TrialRecord]:
        """The trial that an order began or ended, by the id of the order."""
        known = self.orders.trials(limit=10_000) if any(order.kind != PUBLISH for order in orders) else []
        found = {order.id: _trial_of(order, known) for order in orders}
        return {number: trial for number, trial in found.items() if trial is not None}

    def compared(self, trial: TrialRecord) -> Outcome:
        return outcome(self.orders.talked(trial), trial=trial.id, share=trial.share)

    def _order(
        self, kind: str, release: Release, user: User, reason: str, *, share: float | None = None
    ) -> Publication:
        if release.state == REJECTED:
            raise NotNowError("Ta wersja została odrzucona.")
        said = reason.strip()[:LONGEST_REASON]
        return self.orders.order(kind, release.id, by=user.id, reason=said, now=utc_now(), share=share)


def _title(order: Publication, published: Mapping[int, int], kept: Release | None) -> str:
    """`kept` is the release of what answered before the first publication."""
    before = {release for number, release in published.items() if number < order.id}
    if before and kept is not None:
        before.add(kept.id)
    return RETURN if order.kind == PUBLISH and order.release_id in before else order.kind_label


def _trial_of(order: Publication, trials: Sequence[TrialRecord]) -> TrialRecord | None:
    """Orders are carried out one at a time, so what began or ended while one was is its work."""
    if order.state != DONE or order.ended_at is None or order.kind == PUBLISH:
        return None
    for trial in trials:
        moment = trial.started_at if order.kind == TRY_OUT else trial.stopped_at
        if trial.release_id == order.release_id and moment and order.at <= moment <= order.ended_at:
            return trial
    return None


def state_of(order: Publication, trial: TrialRecord | None) -> str:
    """How an order stands, in words. A trial goes on after its order was carried out."""
    if order.kind != TRY_OUT or order.state not in (RUNNING, DONE):
        return order.state_label
    if order.state == RUNNING:
        return "rozpoczyna się"
    if trial is None:
        return "rozpoczęta"
    return "zakończona" if trial.stopped_at else "trwa"


def needs_reason(release: Release) -> bool:
    """Whether a publication has to be explained: not where the release did well, nor where it answered before."""
    return not release.gates_hold and not release.has_answered
