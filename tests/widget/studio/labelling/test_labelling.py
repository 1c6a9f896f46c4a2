"""Labelling over the pages: each message once, by one editor, as an example in one commit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.widget.accounts.people import Browser, actions, add_person
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.labelling.written import CATS, DRONES, collected, group, queue, write
from widget.accounts.roles import Role
from widget.studio.labelling import service
from widget.studio.labelling.models import IGNORED, LABELLED, NEW, OUTSIDE, LabelDecision, LabelItem
from zielona.clock import utc_now

LIST = "/panel/studio/wiadomosci"
PAGE = f"{LIST}/1"
SETTLED = f"{LIST}/oznaczone"
NEW_TOPIC = f"{PAGE}/nowy-temat"


@pytest.fixture
def grouped(app: Flask, tmp_path: Path) -> Flask:
    """Two groups: the first is of drones."""
    for text in DRONES + CATS:
        write(app, text)
    group(app, tmp_path)
    return app


def drones(app: Flask) -> list[tuple[str, str | None]]:
    """State and topic of the messages of the first group."""
    return [(item.state, item.topic) for text, item in queue(app).items() if text in DRONES]


@pytest.fixture
def second(app: Flask) -> Browser:
    """Another editor."""
    user = add_person(app, Role.EDITOR, email="ewa@example.org", name="Ewa Lis")
    browser = Browser(app)
    assert browser.sign_in(user.email).status_code == 303
    return browser


def shown(page: str) -> list[str]:
    """Ids of the messages on a page."""
    nodes = LexborHTMLParser(page).css("#wiadomosci input[type=checkbox]")
    return [node.attributes["value"] or "" for node in nodes]


def no_controls(monkeypatch: pytest.MonkeyPatch, *, all_of_them: bool = False) -> None:
    monkeypatch.setattr(service, "is_due", lambda _: all_of_them)


def examples(folder: Path, name: str = "szkolenia") -> str:
    return topic_path(folder, name).read_text(encoding="utf-8")


def test_bulk_label_is_one_commit_of_the_editor(grouped: Flask, editor: Browser, folder: Path) -> None:
    ids = shown(editor.get(PAGE).text)
    assert len(ids) == len(DRONES)
    answer = editor.send(PAGE, co="temat", topic="szkolenia", item=ids[:5])
    assert answer.headers["Location"] == PAGE
    assert git(folder, "log", "--format=%an|%s").split("\n")[0] == "Osoba Redaktor|Temat szkolenia: nowe przykłady (5)"
    assert sum(f"- {text}\n" in examples(folder) for text in DRONES) == 5
    assert drones(grouped).count((LABELLED, "szkolenia")) == 5
    page = editor.get(PAGE).text
    assert len(shown(page)) == len(DRONES) - 5
    assert "Nowe przykłady w temacie „Szkolenia" in page
    assert actions(grouped)[-1] == ("studio.oznaczenie", "szkolenia")


def test_last_label_is_taken_back_by_a_commit_of_the_editor(grouped: Flask, editor: Browser, folder: Path) -> None:
    before = examples(folder)
    assert "Cofnij" not in editor.get(PAGE).text
    ids = shown(editor.get(PAGE).text)
    editor.send(PAGE, co="temat", topic="szkolenia", item=ids[:3])
    # Somebody adds another example meanwhile, which stays.
    path = topic_path(folder)
    path.write_text(
        path.read_text(encoding="utf-8").rstrip("\n") + "\n  - kurs szydełkowania z urzędu\n", encoding="utf-8"
    )
    page = editor.get(PAGE).text
    assert "Ostatnie oznaczenie: dodane do tematu „Szkolenia i kursy" in page
    assert "(liczba wiadomości: 3)" in page
    answer = editor.send(f"{LIST}/cofnij")
    assert "wróciły do kolejki: 3" in editor.get(answer.headers["Location"]).text
    assert examples(folder) == before.rstrip("\n") + "\n  - kurs szydełkowania z urzędu\n"
    assert git(folder, "log", "-1", "--format=%an|%s").strip() == (
        "Osoba Redaktor|Temat szkolenia: cofnięte nowe przykłady (3)"
    )
    assert set(drones(grouped)) == {(NEW, None)}
    page = editor.get(PAGE).text
    assert set(shown(page)) == set(ids)
    assert "Cofnij" not in page
    assert actions(grouped)[-1] == ("studio.oznaczenie_cofniete", "szkolenia")
    commits = git(folder, "log", "--format=%s")
    again = editor.send(f"{LIST}/cofnij")
    assert "Nie ma czego cofnąć" in editor.get(again.headers["Location"]).text
    assert git(folder, "log", "--format=%s") == commits


def test_undo_stays_in_the_group(grouped: Flask, editor: Browser) -> None:
    editor.send(PAGE, co="pomin", item=shown(editor.get(PAGE).text)[:2])
    group_of_form = LexborHTMLParser(editor.get(PAGE).text).css_first(".last-label input[name=group]")
    assert group_of_form
    assert editor.send(f"{LIST}/cofnij", group=group_of_form.attributes["value"]).headers["Location"] == PAGE
    editor.send(PAGE, co="pomin", item=shown(editor.get(PAGE).text)[:2])
    assert editor.send(f"{LIST}/cofnij", group="77").headers["Location"] == LIST


def test_an_older_label_can_be_taken_back(grouped: Flask, editor: Browser, second: Browser, folder: Path) -> None:
    ids, before = shown(editor.get(PAGE).text), examples(folder)
    texts = {item.id: text for text, item in queue(grouped).items()}
    assert "Oznaczone i pominięte" not in editor.get(LIST).text
    editor.send(PAGE, co="temat", topic="szkolenia", item=ids[:1])
    editor.send(PAGE, co="pomin", item=ids[1:2])
    editor.send(PAGE, co="poza", item=ids[2:3])
    assert f'href="{SETTLED}">Oznaczone i pominięte</a>' in editor.get(LIST).text
    page = second.get(SETTLED).text
    places = [page.index(f">{texts[one]}</th>") for one in reversed(ids[:3])]
    assert places == sorted(places)
    for told in ("dodane do tematu „Szkolenia i kursy", ">pominięte</td>", ">Nie dla nas</td>", "Osoba Redaktor"):
        assert told in page, told
    only = second.get(f"{SETTLED}?stan={IGNORED}").text
    assert (texts[ids[1]] in only, texts[ids[0]] in only) == (True, False)
    told = second.get(second.send(SETTLED, item=ids[0]).headers["Location"]).text
    assert "Taki sam przykład zniknął z tematu" in told
    assert examples(folder) == before
    assert git(folder, "log", "-1", "--format=%an").strip() == "Ewa Lis"
    assert "zniknął" not in second.get(second.send(SETTLED, item=ids[1]).headers["Location"]).text
    states = {item.id: item.state for item in queue(grouped).values()}
    assert [states[one] for one in ids[:3]] == [NEW, NEW, OUTSIDE]
    assert actions(grouped)[-1] == ("studio.oznaczenie_cofniete", ids[1])
    again = second.send(SETTLED, item=ids[1])
    assert "nie jest już oznaczona" in second.get(again.headers["Location"]).text


def test_only_the_last_label_is_taken_back_and_only_by_its_editor(
    grouped: Flask, editor: Browser, second: Browser, folder: Path
) -> None:
    ids = shown(editor.get(PAGE).text)
    editor.send(PAGE, co="temat", topic="szkolenia", item=ids[:1])
    editor.send(PAGE, co="pomin", item=ids[1:3])
    assert "Cofnij" not in second.get(LIST).text
    assert "Ostatnie oznaczenie: pominięte (liczba wiadomości: 2)" in editor.get(LIST).text
    second.send(f"{LIST}/cofnij")
    assert drones(grouped).count((IGNORED, None)) == 2
    editor.send(f"{LIST}/cofnij")
    editor.send(f"{LIST}/cofnij")
    assert (drones(grouped).count((NEW, None)), drones(grouped).count((LABELLED, "szkolenia"))) == (13, 1)
    with Session(grouped.extensions["zielona"].engine) as session:
        assert [found.item_id for found in session.scalars(select(LabelDecision))] == ids[:1]


def test_a_label_made_meanwhile_is_the_last_one(grouped: Flask, editor: Browser) -> None:
    ids = shown(editor.get(PAGE).text)
    editor.send(PAGE, co="pomin", item=ids[:1])
    with Session(grouped.extensions["zielona"].engine) as session:
        [found] = session.scalars(select(LabelDecision))
        later = found.created_at + dt.timedelta(seconds=1)
        session.add(LabelDecision(item_id=ids[1], control=False, user_id=found.user_id, label="nowy", created_at=later))
        session.commit()
    assert "Cofnij" not in editor.get(PAGE).text
    answer = editor.send(f"{LIST}/cofnij")
    assert "To już nie jest ostatnie oznaczenie" in editor.get(answer.headers["Location"]).text
    assert drones(grouped).count((IGNORED, None)) == 1


def test_last_messages_lead_back_to_the_list(grouped: Flask, editor: Browser) -> None:
    answer = editor.send(PAGE, co="pomin", item=shown(editor.get(PAGE).text))
    assert answer.headers["Location"] == LIST
    assert "Do oznaczenia: 6" in editor.get(LIST).text
    assert set(drones(grouped)) == {(IGNORED, None)}
    editor.send(f"{LIST}/2", co="pomin", item=shown(editor.get(f"{LIST}/2").text))
    assert "Nie ma nic do oznaczenia" in editor.get(LIST).text
    assert "Wszystko z tej grupy jest oznaczone" in editor.get(PAGE).text


def test_known_examples_are_labelled_without_a_commit(app: Flask, editor: Browser, folder: Path) -> None:
    known = "kurs paznokci z urzędu, da się załatwić"
    write(app, known)
    collected(app)
    ids = shown(editor.get(f"{LIST}/0").text)
    assert editor.send(f"{LIST}/0", co="temat", topic="szkolenia", item=ids).status_code == 303
    assert git(folder, "log", "--format=%s").count("\n") == 1
    assert queue(app)[known].state == LABELLED


def test_personal_data_are_removed_or_refused(app: Flask, editor: Browser, folder: Path) -> None:
    write(app, "mój PESEL to [PESEL]. ile trwa kurs drona")
    collected(app)
    page = editor.get(f"{LIST}/0").text
    [name] = shown(page)
    assert ">ile trwa kurs drona</textarea>" in page
    form: dict[str, Any] = {"co": "temat", "topic": "szkolenia", "item": [name]}
    refused = editor.send(f"{LIST}/0", **form, **{f"text.{name}": "kurs, pesel 44051401359"})
    assert refused.status_code == 422
    assert "dane osobowe (PESEL)" in refused.text
    assert f'value="{name}" checked' in refused.text
    assert "kurs, pesel 44051401359</textarea>" in refused.text
    empty = editor.send(f"{LIST}/0", **form, **{f"text.{name}": " "})
    assert "po poprawce pusta" in empty.text
    assert queue(app).popitem()[1].state == NEW
    assert editor.send(f"{LIST}/0", **form, **{f"text.{name}": "ile trwa kurs"}).status_code == 303
    assert "  - ile trwa kurs\n" in examples(folder)
    assert "PESEL" not in examples(folder)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"co": "temat", "topic": "szkolenia"}, "Nie zaznaczono"),
        ({"co": "temat", "topic": "nie_ma", "item": True}, "wybrać temat z listy"),
        ({"co": "temat", "item": True}, "wybrać temat z listy"),
        ({"co": "poza", "outside": "szkolenia", "item": True}, "wybrać temat z listy"),
    ],
)
def test_refusals(grouped: Flask, editor: Browser, form: dict[str, Any], told: str) -> None:
    ids = shown(editor.get(PAGE).text)
    answer = editor.send(PAGE, **{**form, "item": ids[:2] if "item" in form else []})
    assert answer.status_code == 422
    assert told in answer.text
    assert {item.state for item in queue(grouped).values()} == {NEW}


def test_two_editors_never_have_the_same_message(
    grouped: Flask, editor: Browser, second: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PAGE_SIZE", 4)
    mine = shown(editor.get(PAGE).text)
    page = second.get(PAGE).text
    theirs = shown(page)
    assert (len(mine), len(theirs)) == (4, 4)
    assert not set(mine) & set(theirs)
    assert "Osoba Redaktor oznacza teraz część tej grupy (4)" in page
    answer = second.send(PAGE, co="pomin", item=mine)
    assert answer.status_code == 303
    assert "ma teraz ktoś inny" in second.get(PAGE).text
    assert {item.state for item in queue(grouped).values()} == {NEW}
    assert editor.send(PAGE, co="pomin", item=mine).status_code == 303
    again = editor.send(PAGE, co="temat", topic="szkolenia", item=mine)
    assert "ma teraz ktoś inny" in editor.get(again.headers["Location"]).text


def test_hold_ends_unless_the_page_is_open(grouped: Flask, editor: Browser, second: Browser) -> None:
    mine = shown(editor.get(PAGE).text)
    assert shown(second.get(PAGE).text) == []
    assert editor.send(f"{LIST}/zajete").json == {"held": True}
    assert second.send(f"{LIST}/zajete").json == {"held": False}
    with Session(grouped.extensions["zielona"].engine) as session:
        session.execute(update(LabelItem).values(held_until=utc_now() - dt.timedelta(seconds=1)))
        session.commit()
    assert editor.send(f"{LIST}/zajete").json == {"held": False}
    assert set(shown(second.get(PAGE).text)) == set(mine)
    editor.send(PAGE, co="pomin", item=mine)
    assert {item.state for item in queue(grouped).values()} == {NEW}


def test_not_ours_teaches_what_to_refuse(grouped: Flask, editor: Browser, folder: Path) -> None:
    ids = shown(editor.get(PAGE).text)
    assert "Rodzaj sprawy" not in editor.get(PAGE).text
    assert editor.send(PAGE, co="poza", item=ids[:1]).status_code == 303
    assert git(folder, "log", "--format=%s").count("\n") == 1
    path = folder / "data" / "topics" / "rozmowa" / "poza_zakresem.yml"
    path.parent.mkdir()
    text = examples(folder, "kfs").replace("topic: kfs", "topic: poza_zakresem\nout_of_scope: true")
    path.write_text(text.split("examples:")[0] + "examples:\n  - kot\n", encoding="utf-8")
    page = editor.get(PAGE).text
    assert "Rodzaj sprawy" in page
    named = [node.text() for node in LexborHTMLParser(page).css("option[value=poza_zakresem]")]
    assert named == ["Nie dla nas, Rozmowa (grzeczności)", "Nie dla nas"]
    for place in ("/panel/studio/tematy", "/panel/studio/tematy/poza_zakresem"):
        assert ">Nie dla nas<" in editor.get(place).text
    ids = shown(page)
    assert editor.send(PAGE, co="poza", outside="poza_zakresem", item=ids[:2]).status_code == 303
    assert path.read_text(encoding="utf-8").count("dron") == 2
    assert [item.state for item in queue(grouped).values()].count(OUTSIDE) == 3


def topic_form(page: str) -> dict[str, Any]:
    form = LexborHTMLParser(page).css_first("form[data-keep]")
    assert form
    area = form.css_first("textarea[name=examples]")
    return {
        "group": "pomoc", "title": "Kurs drona", "audience": "wszyscy",
        "answer": "Urząd może opłacić kurs.", "checked_on": "2026-11-26", "examples": area.text() if area else "",
        "item": [node.attributes["value"] or "" for node in form.css("input[name=item]")],
        "source.0.act": "DU/2025/620", "source.0.article": "art. 99", "source.0.title": "Szkolenia",
        "source.0.valid_from": "2025-06-01", "source.0.checked_on": "2026-11-26",
    }  # fmt: skip


def test_new_topic_from_a_group_in_one_step(grouped: Flask, editor: Browser, folder: Path) -> None:
    ids = shown(editor.get(PAGE).text)
    page = editor.send(NEW_TOPIC, item=ids[:12]).text
    assert 'action="/panel/studio/tematy/nowy"' in page
    assert '<option value="">– wybierz –</option>' in page
    assert not LexborHTMLParser(page).css("select[name=group] option[selected]")
    assert "Żeby zapisać temat, trzeba co najmniej 12; od 25 asystent rozpoznaje temat dobrze." in page
    form = topic_form(page)
    assert form["examples"].count("dron") == 12
    few = editor.send("/panel/studio/tematy/nowy", **{**form, "examples": "kurs drona"})
    assert few.status_code == 422
    assert "co najmniej 12 różnych przykładów, a ma 1" in few.text
    assert topic_form(few.text)["item"] == form["item"]
    assert editor.send("/panel/studio/tematy/nowy", **form).headers["Location"] == "/panel/studio/tematy/kurs_drona"
    assert examples(folder, "kurs_drona").count("  - ") >= 12
    assert drones(grouped).count((LABELLED, "kurs_drona")) == 12
    assert len(shown(editor.get(PAGE).text)) == 2


def test_form_of_a_new_topic_has_an_address_of_its_own(grouped: Flask, editor: Browser) -> None:
    page = editor.get(PAGE).text
    button = LexborHTMLParser(page).css_first("#nowy")
    assert button
    assert button.attributes["formaction"] == NEW_TOPIC
    nothing = editor.send(NEW_TOPIC)
    assert nothing.status_code == 422
    assert "Nie zaznaczono" in nothing.text
    form = LexborHTMLParser(nothing.text).css_first("#oznaczanie")
    assert form
    assert form.attributes["action"] == PAGE
    for _ in range(2):
        assert "Przykłady na dole są z zaznaczonych wiadomości (2)" in editor.send(NEW_TOPIC, item=shown(page)[:2]).text
    assert editor.get(NEW_TOPIC).headers["Location"] == PAGE


def test_new_topic_whose_messages_were_lost_can_still_be_saved(
    grouped: Flask, editor: Browser, second: Browser, folder: Path
) -> None:
    ids = shown(editor.get(PAGE).text)
    form = topic_form(editor.send(NEW_TOPIC, item=ids[:12]).text)
    with Session(grouped.extensions["zielona"].engine) as session:
        session.execute(update(LabelItem).values(held_until=utc_now() - dt.timedelta(seconds=1)))
        session.commit()
    second.get(PAGE)
    lost = editor.send("/panel/studio/tematy/nowy", **form)
    assert lost.status_code == 422
    assert "oznacza teraz ktoś inny" in lost.text
    assert editor.send("/panel/studio/tematy/nowy", **{**form, "item": []}).status_code == 303
    assert {item.state for item in queue(grouped).values()} == {NEW}


def test_second_look_by_another_editor(
    grouped: Flask, editor: Browser, second: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_controls(monkeypatch, all_of_them=True)
    ids = shown(editor.get(PAGE).text)
    editor.send(PAGE, co="temat", topic="szkolenia", item=ids[:10])
    editor.send(PAGE, co="pomin", item=ids[10:12])
    control = f"{LIST}/kontrola"
    assert shown(editor.get(control).text) == []
    assert "Drugie oznaczenie (12)" in second.get(LIST).text
    page = second.get(control).text
    assert set(shown(page)) == set(ids[:12])
    assert second.send(control, co="temat", topic="nie_ma", item=ids[:1]).status_code == 422
    assert second.send(control, co="temat", topic="szkolenia", item=ids[:9]).status_code == 303
    assert "Tak samo oznaczyła druga osoba: 9 z 9" in second.get(control).text
    assert second.send(control, co="pomin", item=ids[9:12]).status_code == 303
    page = second.get(control).text
    assert shown(page) == []
    assert "11 z 12" in page
    # Observed 11/12; by chance (10·9 + 2·3) / 144 = 2/3, so kappa is 0.75.
    assert "0,75" in page
    assert "Różnie oznaczone" in page
    assert second.send(control, co="pomin", item=ids[:1]).status_code == 303
    with Session(grouped.extensions["zielona"].engine) as session:
        assert len(list(session.scalars(select(LabelDecision).where(LabelDecision.control)))) == 12


def test_held_message_of_the_second_look_cannot_be_labelled_as_new(
    grouped: Flask, editor: Browser, second: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_controls(monkeypatch, all_of_them=True)
    ids = shown(editor.get(PAGE).text)
    editor.send(PAGE, co="pomin", item=ids[:2])
    assert set(shown(second.get(f"{LIST}/kontrola").text)) == set(ids[:2])
    assert second.send(PAGE, co="temat", topic="szkolenia", item=ids[:2]).status_code == 303
    assert queue(grouped)[DRONES[0]].state in {NEW, IGNORED}
    assert [item.state for item in queue(grouped).values()].count(IGNORED) == 2


def test_group_that_is_gone_is_told(app: Flask, editor: Browser) -> None:
    answer = editor.get(f"{LIST}/77")
    assert answer.status_code == 404
    assert "pogrupowane na nowo" in answer.text
