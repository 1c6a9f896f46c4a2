"""Who may publish what, and what the pages tell of it; nothing is started here."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser, actions, signed_in
from tests.widget.studio.conftest import app as app
from tests.widget.studio.conftest import editor as editor
from tests.widget.studio.conftest import folder as folder
from tests.widget.studio.content import git
from widget.accounts.roles import Role
from widget.storage.models import Message, Rating, Turn
from widget.studio.models import Release
from widget.studio.publishing.models import FAILED, PUBLISH, TRY_OUT, WAITING
from widget.studio.publishing.service import PublishingDesk
from widget.studio.training.service import TrainingDesk
from widget.studio.training.views import DESK
from zielona.clock import utc_now
from zielona.publishing.state import Beginning, Slot, State, write_state
from zielona.publishing.trials import is_chosen

GATE: dict[str, Any] = {"key": "a", "label": "Dobrych odpowiedzi nie jest mniej", "holds": True, "measured": True}
HOLDS = [GATE]
BREAKS = [{**GATE, "holds": False}]


@pytest.fixture
def admin(app: Flask) -> Browser:
    return signed_in(app, Role.ADMINISTRATOR)


@pytest.fixture
def desk(app: Flask) -> PublishingDesk:
    found: PublishingDesk = app.extensions["zielona_publishing"]
    return found


def make(desk: PublishingDesk, gates: list[dict[str, Any]] = HOLDS, *, commit: str = "a" * 40) -> Release:
    return desk.releases.add(
        commit=commit, content="c", model="release-m.tar.gz", index="1" * 12, figures={}, gates=gates, report="",
        job_id=None, by="u1", now=utc_now(),
    )  # fmt: skip


def page_of(release: Release) -> str:
    return f"/panel/studio/wersje/{release.id}"


def test_release_is_published_on_order(admin: Browser, app: Flask, desk: PublishingDesk) -> None:
    release = make(desk)
    page = admin.get(page_of(release)).text
    assert "Opublikuj tę wersję" in page
    assert 'name="reason"' not in page
    assert "wrócić do niej nie będzie można" in page
    sent = admin.send(f"{page_of(release)}/publikacja")
    assert sent.status_code == 303
    order = desk.orders.opened()
    assert order is not None
    assert (order.kind, order.release_id, order.state) == (PUBLISH, release.id, WAITING)
    assert sent.headers["Location"] == f"/panel/studio/publikacje/{order.id}"
    assert ("studio.publikacja", str(release.id)) in actions(app)
    page = admin.get(page_of(release)).text
    assert "Trwa publikacja" in page
    assert "Opublikuj tę wersję" not in page
    # A second order has to wait.
    assert admin.send(f"{page_of(make(desk))}/publikacja").status_code == 409


def test_editor_without_the_right_sees_everything_and_orders_nothing(app: Flask, desk: PublishingDesk) -> None:
    editor = signed_in(app, Role.EDITOR, publishes=False)
    release = make(desk)
    page = editor.get(page_of(release)).text
    assert "O publikacji i o próbie na części rozmów decyduje administrator" in page
    assert "Opublikuj tę wersję" not in page
    desk.orders.begin_trial(release.id, beside=None, share=0.1, by="u1", now=utc_now())
    for path in (f"{page_of(release)}/publikacja", f"{page_of(release)}/proba", "/panel/studio/proba/koniec"):
        assert editor.send(path, percent="10").status_code == 403
    assert desk.orders.opened() is None
    assert editor.get("/panel/studio/publikacje").status_code == 200
    assert editor.get("/panel/studio/proba").status_code == 200


@pytest.mark.parametrize("reason", ["", "bo tak", "   krótko   "])
def test_broken_gates_need_a_written_reason(admin: Browser, desk: PublishingDesk, reason: str) -> None:
    release = make(desk, BREAKS)
    assert "mimo niespełnionych warunków" in admin.get(page_of(release)).text
    assert admin.send(f"{page_of(release)}/publikacja", reason=reason).status_code == 422
    assert desk.orders.opened() is None
    assert admin.send(f"{page_of(release)}/publikacja", reason="Kwoty trzeba poprawić dziś.").status_code == 303
    order = desk.orders.opened()
    assert order is not None
    assert order.reason == "Kwoty trzeba poprawić dziś."
    assert "Kwoty trzeba poprawić dziś." in admin.get(f"/panel/studio/publikacje/{order.id}").text


def test_release_that_answered_before_is_taken_back_in_one_step(admin: Browser, desk: PublishingDesk) -> None:
    old, new = make(desk, BREAKS), make(desk)
    for release in (old, new):
        desk.releases.mark_published(release.id, by="u1", reason="Dawny powód.", now=utc_now())
    assert "odpowiada teraz odwiedzającym" in admin.get(page_of(new)).text
    assert admin.send(f"{page_of(new)}/publikacja").status_code == 422
    page = admin.get(page_of(old)).text
    assert "Wróć do tej wersji" in page
    assert "Do obecnej wersji można potem wrócić" in page
    assert 'name="reason"' not in page
    assert admin.send(f"{page_of(old)}/publikacja").status_code == 303


def test_rejected_release_is_not_published(admin: Browser, desk: PublishingDesk) -> None:
    release = make(desk)
    desk.releases.reject(release.id, reason="Gorsza.")
    assert admin.send(f"{page_of(release)}/publikacja").status_code == 422
    assert admin.send("/panel/studio/wersje/999/publikacja").status_code == 404


@pytest.mark.parametrize("percent", ["", "0", "51", "-3", "1.5", "dziesięć", "١٠"])
def test_share_of_a_trial_is_a_percentage(admin: Browser, desk: PublishingDesk, percent: str) -> None:
    release = make(desk)
    assert admin.send(f"{page_of(release)}/proba", percent=percent).status_code == 422
    assert desk.orders.opened() is None


def test_trial_is_ordered_and_ended(admin: Browser, app: Flask, desk: PublishingDesk) -> None:
    release = make(desk)
    # Numbers of orders and of trials are not the same.
    carried_out(admin, desk, make(desk, commit="b" * 40))
    assert admin.send(f"{page_of(release)}/proba", percent="10").status_code == 303
    order = desk.orders.opened()
    assert order is not None
    assert order.id == 2
    desk.orders.step(order.id, "Przygotowanie")
    assert "Próba: rozpoczyna się</h2>" in admin.get(f"/panel/studio/publikacje/{order.id}").text
    assert (order.kind, order.share) == (TRY_OUT, 0.1)
    desk.orders.begin_trial(release.id, beside=None, share=0.1, by="u1", now=utc_now())
    desk.orders.end(order.id, now=utc_now())
    page = admin.get("/panel/studio/proba").text
    assert "Zakończ próbę" in page
    assert "za mało" in page
    assert "Opublikuj tę wersję" in page
    assert "w 10% nowych rozmów" in admin.get(page_of(release)).text
    begun = f"/panel/studio/publikacje/{order.id}"
    assert "Próba nr 1: trwa</h2>" in admin.get(begun).text
    assert re.search(r">Próba nr 1</a>.*>trwa<", admin.get("/panel/studio/publikacje").text, re.DOTALL)
    assert re.search(r"Próba nr 1</a> [^<]*: trwa", admin.get(page_of(release)).text)
    sent = admin.send("/panel/studio/proba/koniec")
    assert sent.status_code == 303
    page = admin.get(sent.headers["Location"]).text
    assert "Zakończenie próby trwa zwykle kilka sekund" in page
    assert "Uruchomienie wersji" not in page
    desk.orders.end_trials(now=utc_now())
    ending = desk.orders.opened()
    assert ending is not None
    desk.orders.end(ending.id, now=utc_now())
    page = admin.get(begun).text
    assert "Próba nr 1: zakończona</h2>" in page
    assert "Próba już się skończyła" in page
    assert "Koniec próby nr 1: gotowe</h2>" in admin.get(sent.headers["Location"]).text
    facts = admin.get("/panel/studio/proba").text.split('<dl class="facts">')[1].split("</dl>")[0]
    assert "<dt>Do</dt>" in facts
    assert "<div>" not in facts
    assert {"studio.proba", "studio.proba_zakonczona"} <= {action for action, _ in actions(app)}


def test_version_on_trial_is_told_as_such(admin: Browser, desk: PublishingDesk, folder: Path) -> None:
    old, new = make(desk), make(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    for release in (old, new):
        desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    pages = (page_of(old), "/panel/studio/trening", "/panel/studio/tematy")
    assert not any("Trwa próba" in admin.get(page).text or "próba: " in admin.get(page).text for page in pages)
    former = 'data-label="Stan"><span class="badge ">odpowiadała dawniej</span>'
    # The starting version is one, too.
    assert admin.get("/panel/studio/trening").text.count(former) == 2
    desk.orders.begin_trial(old.id, beside=new.id, share=0.5, by="u1", now=utc_now())
    for page in pages[:2]:
        text = admin.get(page).text
        assert text.count('<span class="badge good">próba: 50%</span>') == 1
        assert text.count(former) == (page == "/panel/studio/trening")
    assert "próba: " not in admin.get(page_of(new)).text
    for page in pages[1:]:
        told = f'Trwa próba: <a href="{page_of(old)}">wersja nr {old.id}</a> odpowiada w 50% nowych rozmów.'
        assert f'{told} <a href="/panel/studio/proba">Wyniki próby</a>' in admin.get(page).text


def test_trial_is_not_ended_where_there_is_none(admin: Browser) -> None:
    assert "Nie było jeszcze żadnej próby" in admin.get("/panel/studio/proba").text
    assert admin.send("/panel/studio/proba/koniec").status_code == 422


def test_state_of_an_order_tells_its_step_and_its_end(admin: Browser, desk: PublishingDesk) -> None:
    release = make(desk)
    admin.send(f"{page_of(release)}/publikacja")
    order = desk.orders.opened()
    assert order is not None
    address = f"/panel/studio/publikacje/{order.id}/stan"
    page = admin.get(address).text
    assert "Publikacja: czeka" in page
    assert "Czeka na swoją kolej" in page
    desk.orders.step(order.id, "Uruchamianie nowej wersji")
    page = admin.get(address).text
    assert "Publikacja: trwa" in page
    assert "Uruchamianie nowej wersji" in page
    assert 'data-open="tak"' in page
    desk.orders.end(order.id, now=utc_now(), failure="Bo <nie>.")
    page = admin.get(address).text
    assert "Bo &lt;nie&gt;." in page
    assert 'data-open=""' in page
    assert "nie powiodło się" in page
    assert FAILED == "nieudane"
    assert "Publikacja nr" in admin.get("/panel/studio/publikacje").text
    assert admin.get("/panel/studio/publikacje/999").status_code == 404


def carried_out(admin: Browser, desk: PublishingDesk, release: Release) -> str:
    """Address of a publication that came true."""
    admin.send(f"{page_of(release)}/publikacja")
    order = desk.orders.opened()
    assert order is not None
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    desk.orders.end(order.id, now=utc_now())
    return f"/panel/studio/publikacje/{order.id}"


def test_going_back_is_called_so_and_says_what_stays(admin: Browser, desk: PublishingDesk) -> None:
    old, new = make(desk), make(desk)
    pages = [carried_out(admin, desk, release) for release in (old, new)]
    page = admin.get(pages[1]).text
    assert f"Publikacja wersji nr {new.id}" in page
    assert f"Wersja nr {new.id} odpowiada odwiedzającym." in page
    assert "Treść w studiu zostaje" not in page
    assert re.search(r'href="/demo">Sprawdź na czacie<', page)
    assert "Treść w studiu zostanie taka, jaka jest" in admin.get(page_of(old)).text
    admin.send(f"{page_of(old)}/publikacja")
    order = desk.orders.opened()
    assert order is not None
    # Nothing says that it answers before it does.
    page = admin.get(f"/panel/studio/publikacje/{order.id}").text
    assert "Powrót: czeka" in page
    assert "odpowiada odwiedzającym" not in page
    desk.orders.end(order.id, now=utc_now(), failure="Bo nie.")
    page = admin.get(carried_out(admin, desk, old)).text
    assert f"Powrót do wersji nr {old.id}" in page
    assert "Powrót: gotowe" in page
    assert "Treść w studiu zostaje taka, jaka jest" in page
    assert "Powrót</a>" in admin.get(page_of(old)).text
    assert "Powrót nr 4" in admin.get("/panel/studio/publikacje").text
    # What was published before that is told as it was.
    page = admin.get(pages[0]).text
    assert f"Publikacja wersji nr {old.id}" in page
    page = admin.get(pages[1]).text
    assert f"Wersja nr {new.id} zaczęła wtedy odpowiadać. Teraz odpowiada wersja nr {old.id}." in page


def test_going_back_to_the_start_is_a_return_though_nobody_published_it(
    app: Flask, admin: Browser, desk: PublishingDesk
) -> None:
    start, new = make(desk), make(desk, commit="b" * 40)
    training: TrainingDesk = app.extensions[DESK]
    state = State("a", {"a": Slot("models/m.tar.gz", {})}, beginning=Beginning(start.commit, ""))
    write_state(training.settings.run_folder, state)
    assert f"Publikacja wersji nr {new.id}" in admin.get(carried_out(admin, desk, new)).text
    assert f"Powrót do wersji nr {start.id}" in admin.get(carried_out(admin, desk, start)).text


def test_results_of_a_trial_are_compared(admin: Browser, app: Flask, desk: PublishingDesk, tmp_path: Path) -> None:
    release, now = make(desk), utc_now()
    trial = desk.orders.begin_trial(release.id, beside=None, share=0.5, by="u1", now=now)
    repository = app.extensions["zielona"].repository
    repository.create_conversation("before", now=now - dt.timedelta(hours=1))
    talk(app, "before", "answered", now)
    for number in range(200):
        name = f"c{number}"
        repository.create_conversation(name, now=now + dt.timedelta(seconds=1))
        talk(app, name, "answered" if is_chosen(name, trial.id, 0.5) else "unknown", now)
        if number == 20:
            early = admin.get("/panel/studio/proba").text
            assert "za wcześnie" in early
            assert not any(word in early for word in ("lepiej", "W nawiasie"))
    found = desk.compared(trial)
    assert found.candidate + found.other == 200
    page = admin.get("/panel/studio/proba").text
    assert re.search(r"Pytania z odpowiedzią.*lepiej", page, re.DOTALL)
    assert re.search(r"Pytania, na które asystent nie wie.*lepiej", page, re.DOTALL)
    assert "W nawiasie są granice" in page
    assert "za mało" not in page


def talk(app: Flask, conversation: str, outcome: str, now: dt.datetime) -> None:
    from sqlalchemy.orm import Session

    with Session(app.extensions["zielona"].engine) as session, session.begin():
        turn = Turn(id=f"t-{conversation}", conversation_id=conversation, number=1, client_id="x", text="?",
                    outcome=outcome, created_at=now)  # fmt: skip
        message = Message(id=f"m-{conversation}", turn_id=turn.id, position=0, type="answer", text="!", buttons=[],
                          sources=[], confidence=1.0, trace={})  # fmt: skip
        session.add(turn)
        session.flush()
        session.add(message)
        session.flush()
        session.add(Rating(message_id=message.id, helpful=True, created_at=now))
