"""Taking a topic out: who may, what stands in its way, what goes with it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from flask import Flask

from tests.widget.accounts.people import Browser, actions, add_person
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.forms import fields, version_of
from widget.accounts.roles import Role

REMOVED = "/panel/studio/tematy-usuniete"
PAGE = "/panel/studio/tematy/kfs"
FREE = "suggestions:\n  default: [szkolenia, nadgodziny]\n"


def free(folder: Path) -> None:
    """Nothing refers to the topic any more."""
    (folder / "data" / "suggestions.yml").write_text(FREE, encoding="utf-8")
    for name in ("szkolenia", "nadgodziny"):
        path = topic_path(folder, name)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join("related: []\n" if one.startswith("related:") else one for one in lines), "utf-8")
    comparisons = folder / "data" / "comparisons.yml"
    comparisons.write_text("comparisons: []\n", encoding="utf-8")


def test_topic_goes_in_one_commit_with_its_reason_and_its_translations(
    app: Flask, editor: Browser, folder: Path
) -> None:
    free(folder)
    translation = folder / "data" / "translations" / "en" / "kfs.yml"
    translation.write_text(
        "topic: kfs\ntitle: Fund\nanswer: It pays.\nof: x\nchecked_on: 2026-11-01\nquestions: [who pays]\n", "utf-8"
    )
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Nic nie odsyła")
    path, page = topic_path(folder, "kfs"), editor.get(PAGE).text
    assert "tłumaczenia (1)" in page
    version = version_of(page)
    refused = editor.send(f"{PAGE}/usun", version=version, reason="  ")
    assert (refused.status_code, path.exists()) == (422, True)
    assert "dlaczego temat znika" in refused.text
    assert editor.send(f"{PAGE}/usun", version="0" * 40, reason="x").status_code == 409
    assert path.exists()
    assert editor.send(f"{PAGE}/usun", version=version, reason="Fundusz zamknięto").status_code == 303
    assert not path.exists()
    assert not translation.exists()
    told = git(folder, "log", "-1", "--format=%an|%s|%b").strip()
    assert told == "Osoba Redaktor|Temat kfs: usunięty|Powód: Fundusz zamknięto"
    assert git(folder, "show", "--format=", "--name-only").count("\n") == 2
    assert git(folder, "status", "--porcelain") == ""
    assert editor.get(PAGE).status_code == 404
    assert actions(app)[-1] == ("studio.temat_usuniety", "kfs")


def test_what_refers_to_a_topic_is_listed_and_keeps_it(editor: Browser, folder: Path) -> None:
    free(folder)
    suggestions = folder / "data" / "suggestions.yml"
    suggestions.write_text(FREE.replace("nadgodziny", "kfs"), encoding="utf-8")
    other = topic_path(folder)
    other.write_text(other.read_text(encoding="utf-8").replace("related: []", "related: [kfs]"), encoding="utf-8")
    page = html.unescape(editor.get(PAGE).text)
    assert '<a href="/panel/studio/tematy/szkolenia">temat „Szkolenia' in page
    assert "pytania na początek rozmowy, lista „default” (zmienia programista)" in page
    assert "Dlaczego temat znika" not in page
    refused = editor.send(f"{PAGE}/usun", version=version_of(page), reason="x")
    assert (refused.status_code, topic_path(folder, "kfs").exists()) == (422, True)


def test_who_may_not_publish_is_told_who_can(app: Flask, folder: Path) -> None:
    free(folder)
    user = add_person(app, Role.EDITOR, email="ola@example.org", name="Ola Mała", publishes=False)
    learner = Browser(app)
    assert learner.sign_in(user.email).status_code == 303
    page = learner.get(PAGE).text
    assert "Temat usuwa osoba, która publikuje" in page
    assert learner.send(f"{PAGE}/usun", version=version_of(page), reason="x").status_code == 403
    assert topic_path(folder, "kfs").exists()


def test_waiting_change_is_decided_before_the_topic_goes(app: Flask, editor: Browser, folder: Path) -> None:
    free(folder)
    path = topic_path(folder, "kfs")
    add_person(app, Role.EDITOR, email="ola@example.org", name="Ola Mała", publishes=False)
    learner = Browser(app)
    learner.sign_in("ola@example.org")
    sent = fields(learner.get(PAGE).text, "form#temat") | {"title": ["Fundusz szkoleniowy"]}
    assert learner.send(PAGE, **sent).status_code == 303
    page = editor.get(PAGE).text
    assert "Zmiana tego tematu czeka na decyzję" in page
    assert "Dlaczego temat znika" not in page
    refused = editor.send(f"{PAGE}/usun", version=version_of(page), reason="x")
    assert (refused.status_code, path.exists()) == (422, True)
    assert "Najpierw trzeba ją zatwierdzić" in refused.text
    address = re.findall(r'href="(/panel/studio/propozycje/[0-9a-f-]{36})"', page)[0]
    assert learner.send(address, co="wycofaj").status_code == 303
    assert editor.send(f"{PAGE}/usun", version=version_of(page), reason="Fundusz zamknięto").status_code == 303
    assert not path.exists()


def take_out(browser: Browser, name: str = "kfs", *, reason: str = "Fundusz zamknięto") -> dict[str, str]:
    """Removes the topic; returns what the button to bring it back would send."""
    page = f"/panel/studio/tematy/{name}"
    version = version_of(browser.get(page).text)
    assert browser.send(f"{page}/usun", version=version, reason=reason).status_code == 303
    return next(one for one in sent_by(browser.get(REMOVED).text) if one["name"] == name)


def sent_by(page: str) -> list[dict[str, str]]:
    """What each button of the page of removed topics would send."""
    found = re.findall(r'name="name" value="(\w+)"><input type="hidden" name="revision" value="(\w+)"', page)
    return [{"name": name, "revision": revision} for name, revision in found]


def engineer_removes(folder: Path, name: str) -> None:
    git(folder, "rm", "--quiet", "--force", str(topic_path(folder, name)))
    git(folder, "commit", "--quiet", "--message", "Porządki")


def translated(folder: Path, name: str = "kfs") -> Path:
    path = folder / "data" / "translations" / "en" / f"{name}.yml"
    path.write_text(
        f"topic: {name}\ntitle: Fund\nanswer: It pays.\nof: x\nchecked_on: 2026-11-01\nquestions: [who pays]\n", "utf-8"
    )
    return path


def test_removed_topic_is_listed_and_comes_back_with_its_translations(
    app: Flask, editor: Browser, folder: Path
) -> None:
    free(folder)
    translation, path = translated(folder), topic_path(folder, "kfs")
    before = path.read_text("utf-8"), translation.read_text("utf-8")
    assert "Usunięte tematy" not in editor.get("/panel/studio/tematy").text
    assert "Nie ma usuniętych tematów" in editor.get(REMOVED).text
    sent = take_out(editor)
    assert f'href="{REMOVED}">Usunięte tematy (1)</a>' in editor.get("/panel/studio/tematy").text
    shown = editor.get(REMOVED).text
    for told in ("Krajowy Fundusz Szkoleniowy", "Fundusz zamknięto", "Osoba Redaktor", "Pomoc urzędu"):
        assert told in shown, told
    assert editor.send(REMOVED, **sent | {"revision": "0" * 40}).status_code == 409
    assert not path.exists()
    assert editor.send(REMOVED, **sent).headers["Location"].endswith(PAGE)
    assert (path.read_text("utf-8"), translation.read_text("utf-8")) == before
    assert git(folder, "log", "-1", "--format=%an|%s").strip() == "Osoba Redaktor|Temat kfs: przywrócony po usunięciu"
    assert git(folder, "show", "--format=", "--name-only").count("\n") == 2
    assert "po następnym treningu i publikacji" in editor.get(PAGE).text
    assert actions(app)[-1] == ("studio.temat_odzyskany", "kfs")
    assert "Nie ma usuniętych tematów" in editor.get(REMOVED).text


def test_topic_does_not_come_back_over_another_of_its_name(editor: Browser, folder: Path) -> None:
    free(folder)
    path = topic_path(folder, "kfs")
    text = path.read_text("utf-8")
    sent = take_out(editor)
    path.write_text(text.replace("title: ", "title: Nowy "), "utf-8")
    refused = editor.send(REMOVED, **sent)
    assert refused.status_code == 422
    assert "Temat o tej samej nazwie znowu istnieje: „Nowy " in refused.text
    assert path.read_text("utf-8") != text


def test_topic_does_not_come_back_to_what_is_gone(editor: Browser, folder: Path) -> None:
    free(folder)
    path = topic_path(folder, "kfs")
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    path.write_text("".join("related: [nadgodziny]\n" if one.startswith("related:") else one for one in lines), "utf-8")
    sent = take_out(editor)
    engineer_removes(folder, "nadgodziny")
    page = editor.get(REMOVED).text
    assert "bez podania powodu" in page
    overtime = next(one for one in sent_by(page) if one["name"] == "nadgodziny")
    refused = editor.send(REMOVED, **sent)
    assert (refused.status_code, path.exists()) == (422, False)
    assert re.search("Najpierw trzeba przywrócić temat „[^”]*nadgodzin[^”]*”", refused.text, re.IGNORECASE)
    assert editor.send(REMOVED, **overtime).status_code == 303
    assert editor.send(REMOVED, **sent).status_code == 303


def test_topic_does_not_come_back_with_an_example_of_another(editor: Browser, folder: Path) -> None:
    free(folder)
    example = "kto zapłaci za szkolenie pracownika z funduszu"
    page = editor.get(f"{PAGE}/przyklady").text
    editor.send(f"{PAGE}/przyklady", co="dodaj", version=version_of(page), texts=example)
    sent = take_out(editor)
    page = editor.get("/panel/studio/tematy/szkolenia/przyklady").text
    version = version_of(page)
    added = editor.send("/panel/studio/tematy/szkolenia/przyklady", co="dodaj", version=version, texts=example)
    assert added.status_code == 303
    refused = editor.send(REMOVED, **sent)
    assert refused.status_code == 422
    assert "Taki sam przykład jest w temacie „Szkolenia" in refused.text


def test_only_who_publishes_brings_a_topic_back(app: Flask, editor: Browser, folder: Path) -> None:
    free(folder)
    sent = take_out(editor)
    add_person(app, Role.EDITOR, email="ola@example.org", name="Ola Mała", publishes=False)
    learner = Browser(app)
    learner.sign_in("ola@example.org")
    page = learner.get(REMOVED).text
    assert "Fundusz zamknięto" in page
    assert "Przywróć" not in page
    assert learner.send(REMOVED, **sent).status_code == 403
    assert not list((folder / "data" / "topics").glob("*/kfs.yml"))


def test_moved_or_renamed_file_is_no_removal(editor: Browser, folder: Path) -> None:
    path = topic_path(folder, "kfs")
    git(folder, "mv", str(path), str(path.with_name("kfs_nowy.yml")))
    git(folder, "commit", "--quiet", "--message", "Inna nazwa pliku")
    assert "Nie ma usuniętych tematów" in editor.get(REMOVED).text


def test_department_stays_when_its_last_topic_goes(editor: Browser, folder: Path) -> None:
    free(folder)
    engineer_removes(folder, "szkolenia")
    take_out(editor)
    assert '<option value="pomoc">' in editor.get("/panel/studio/tematy/nowy").text
