"""Releases are published, tried out and taken back over running services, with real models, in one story."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.zielona.publishing.site import ASKED, Site, running_site, until
from widget.studio.models import Release
from widget.studio.publishing.models import DONE, END_TRIAL, FAILED, PUBLISH, TRY_OUT
from zielona.publishing.slots import programs

pytestmark = pytest.mark.timeout(1500)
GOOD = {"answered", "search", "choices", "question"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("releases")) as made:
        yield made


@pytest.fixture(scope="module")
def first(site: Site) -> Release:
    return site.add_release("Pierwsza")


@pytest.fixture(scope="module")
def second(site: Site) -> Release:
    return site.add_release("Druga")


def is_clean(site: Site, release: Release) -> None:
    """The release answers, from the one slot that runs, and nothing half done is left."""
    state = site.state
    assert list(state.slots) == [state.live]
    assert state.trial is None
    assert state.slots[state.live].release == release.id
    running = site.stack.pids()
    assert not set(running) & set(programs(state.spare))
    assert {"search", "actions", "bot", "widget", "publisher"} <= set(running)


def test_a_conversation_goes_on_while_a_release_is_published(site: Site, first: Release) -> None:
    talk, widget = site.start(), site.stack.pids()["widget"]
    assert site.say(talk, "policz mi okres wypowiedzenia")["type"] == "question"
    assert "Pierwsza" not in site.answer()
    with site.talking() as outcomes:
        order = site.ended(site.order(PUBLISH, first))
        until(lambda: site.answer().startswith("Pierwsza. "))
    assert (order.state, order.failure) == (DONE, "")
    assert set(outcomes) <= GOOD
    is_clean(site, first)
    # The form that the former model began is filled in with the new one.
    assert site.say(talk, "na stałe")["type"] == "question"
    answered = site.client.say(talk, ASKED)["messages"]
    assert any(message["text"].startswith("Pierwsza. ") for message in answered)
    current = site.releases.current()
    assert current is not None
    assert (current.id, current.published_by) == (first.id, "redaktorka")
    # The widget's own words follow, and its process is still the same.
    assert site.start()["messages"][0]["text"].startswith("Pierwsza. ")
    assert site.stack.pids()["widget"] == widget


def test_killing_the_new_model_ends_the_publication_and_nothing_else(
    site: Site, first: Release, second: Release
) -> None:
    spare = site.state.spare
    with site.talking() as outcomes:
        order = site.order(PUBLISH, second)
        until(lambda: f"bot-{spare}" in site.stack.pids())
        os.kill(site.stack.pids()[f"bot-{spare}"], signal.SIGKILL)
        ended = site.ended(order)
    assert ended.state == FAILED
    assert "zakończyła pracę" in ended.failure
    assert set(outcomes) <= GOOD
    is_clean(site, first)
    assert site.answer().startswith("Pierwsza. ")


def test_killing_the_publisher_leaves_nothing_half_done(site: Site, first: Release, second: Release) -> None:
    spare = site.state.spare
    order = site.order(PUBLISH, second)
    until(lambda: f"bot-{spare}" in site.stack.pids())
    os.kill(site.stack.pids()["publisher"], signal.SIGKILL)
    ended = site.ended(order)
    assert ended.state == FAILED
    assert "przerwane" in ended.failure
    until(lambda: "publisher" in site.stack.pids())
    is_clean(site, first)
    assert site.answer().startswith("Pierwsza. ")


def test_a_trial_answers_new_conversations_only_and_is_published_from_there(
    site: Site, first: Release, second: Release
) -> None:
    old = site.start()
    assert site.say(old, ASKED)["text"].startswith("Pierwsza. ")
    assert site.ended(site.order(TRY_OUT, second, share=1.0)).state == DONE
    trial = site.orders.trial()
    assert trial is not None
    assert (trial.release_id, trial.beside, trial.share) == (second.id, first.id, 1.0)
    assert site.say(old, ASKED)["text"].startswith("Pierwsza. ")
    new = site.start()
    assert site.say(new, ASKED)["text"].startswith("Druga. ")
    assert set(site.orders.talked(trial)) == {new["id"]}
    assert site.ended(site.order(PUBLISH, second)).state == DONE
    assert site.orders.trial() is None
    assert site.say(old, ASKED)["text"].startswith("Druga. ")
    is_clean(site, second)


def test_a_trial_can_be_stopped(site: Site, first: Release, second: Release) -> None:
    assert site.ended(site.order(TRY_OUT, first, share=0.5)).state == DONE
    assert site.state.trial is not None
    assert site.ended(site.order(END_TRIAL, first)).state == DONE
    assert site.orders.trial() is None
    is_clean(site, second)


def test_an_earlier_release_is_taken_back_by_publishing_it(site: Site, first: Release) -> None:
    assert site.ended(site.order(PUBLISH, first)).state == DONE
    assert site.answer().startswith("Pierwsza. ")
    is_clean(site, first)


def test_the_published_release_answers_after_a_restart_of_all_services(site: Site, first: Release) -> None:
    site.stack.stop()
    site.stack.start()
    assert site.answer().startswith("Pierwsza. ")
    is_clean(site, first)
