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
