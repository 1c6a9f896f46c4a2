"""Passages over the pages: preview, saving, what changes on a day, history."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser, actions
from tests.widget.studio.content import git
from tests.widget.studio.forms import fields, version_of
from tests.widget.studio.pieces.conftest import passage_file
from zielona.clock import today


@pytest.fixture
def page(folder: Path) -> str:
    return f"/panel/studio/fragmenty/kodeks-pracy/{passage_file(folder).stem}"


def form_of(editor: Browser, page: str) -> dict[str, list[str]]:
    return fields(editor.get(page).text, 'form[method="post"]:has(textarea)')


def test_list_finds_and_filters(editor: Browser, folder: Path) -> None:
    name = passage_file(folder).stem
    assert name in editor.get("/panel/studio/fragmenty").text
    assert "1 z 1" in editor.get("/panel/studio/fragmenty?akt=DU/1974/141&szukaj=prac").text
    assert "Nic nie znaleziono" in editor.get("/panel/studio/fragmenty?szukaj=qqqq").text
    assert editor.get("/panel/studio/fragmenty/kodeks-pracy/nie-ma").status_code == 404


def test_form_sent_as_it_came_changes_nothing(editor: Browser, folder: Path, page: str) -> None:
    before = passage_file(folder).read_bytes()
    assert editor.send(page, **form_of(editor, page), co="zapis").status_code == 303
    assert passage_file(folder).read_bytes() == before


def test_change_is_a_commit_that_touches_only_what_changed(
    app: Flask, editor: Browser, folder: Path, page: str
) -> None:
    sent = form_of(editor, page)
    sent["title"] = ["Nowy tytuł"]
    assert editor.send(page, **sent, co="zapis").status_code == 303
    assert git(folder, "log", "-1", "--format=%an").strip() == "Osoba Redaktor"
    assert git(folder, "show", "--format=", "--shortstat").strip() == "1 file changed, 1 insertion(+), 1 deletion(-)"
    assert actions(app)[-1] == ("studio.fragment", f"kodeks-pracy/{passage_file(folder).stem}")


def test_preview_fills_in_amounts_and_saves_nothing(editor: Browser, folder: Path, page: str) -> None:
    sent = form_of(editor, page)
    before = passage_file(folder).read_bytes()
    sent["text"] = ["Najniższa płaca to {{ minimalne_wynagrodzenie }}. Dawniej 3000 zł."]
    shown = editor.send(page, **sent, co="podglad", dzien="2026-03-01").text
    assert "4806\u00a0zł" in shown
    assert "kwota wpisana liczbą" in shown
    assert "Nic jeszcze nie jest zapisane" in shown
    sent["text"] = ["Płaca to {{ nie_ma }}."]
    assert "nie da się pokazać" in editor.send(page, **sent, co="podglad").text
    assert passage_file(folder).read_bytes() == before


def test_mistakes_are_told_at_their_fields(editor: Browser, page: str) -> None:
    sent = form_of(editor, page) | {"title": [""], "questions": ["jedno"], "valid_to": ["1900-01-01"], "audience": []}
    answer = editor.send(page, **sent, co="zapis")
    assert answer.status_code == 422
    for told in ("potrzebuje tytułu", "Pytań powinno być od 2 do 8, jest 1", "wcześniej niż początek", "dla kogo"):
        assert told in answer.text


def test_what_changes_on_a_day_stands_beside_what_is_in_force(editor: Browser, folder: Path, page: str) -> None:
    old = passage_file(folder)
    day = today() + dt.timedelta(days=40)
    sent = form_of(editor, page) | {"text": ["Nowa treść od przyszłego roku."]}
    for wrong, told in (("", "Trzeba podać dzień"), (today().isoformat(), "już jest")):
        refused = editor.send(page, **{**sent, "since": [wrong]}, co="przyszla")
        assert refused.status_code == 422
        assert told in refused.text
    sent["since"] = [day.isoformat()]
    assert editor.send(page, **sent, co="przyszla").status_code == 303
    new = old.with_name(f"{old.stem}-od-{day}.md")
    assert f"valid_to: {day - dt.timedelta(days=1)}" in old.read_text(encoding="utf-8")
    assert "Nowa treść" not in old.read_text(encoding="utf-8")
    assert f"valid_from: {day}" in new.read_text(encoding="utf-8")
    assert "Nowa treść" in new.read_text(encoding="utf-8")
    assert git(folder, "show", "--format=", "--name-only").count("\n") == 2
    shown = editor.get(page).text
    assert "Teraz i później" in shown
    assert new.stem in shown
    assert editor.get(f"/panel/studio/fragmenty/kodeks-pracy/{new.stem}").status_code == 200


def test_conflict_history_and_return(editor: Browser, folder: Path, page: str) -> None:
    path, sent = passage_file(folder), form_of(editor, page)
    before = path.read_text(encoding="utf-8")
    path.write_text(re.sub("title: .*", "title: Tytuł inżyniera", before), encoding="utf-8")
    sent["title"] = ["Tytuł redaktorki"]
    answer = editor.send(page, **sent, co="zapis")
    assert answer.status_code == 409
    assert "Tytuł inżyniera" in answer.text
    assert "Tytuł redaktorki" in answer.text
    again = editor.send(page, **{**sent, "popraw": "tak"})
    sent["version"] = [version_of(again.text)]
    assert editor.send(page, **sent, co="zapis").status_code == 303
    revisions = re.findall(r"/historia/([0-9a-f]{40})", editor.get(f"{page}/historia").text)
    assert len(revisions) == 3
    oldest = f"{page}/historia/{revisions[-1]}"
    shown = editor.get(oldest).text
    assert editor.send(oldest, version="0" * 40).status_code == 409
    assert editor.send(oldest, version=version_of(shown)).status_code == 303
    assert path.read_text(encoding="utf-8") == before
    assert editor.get(f"{page}/historia/{'0' * 40}").status_code == 404
