"""Four eyes: who may not publish proposes, another person decides, both names stand in the history."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.widget.accounts.people import Browser, actions, add_person, signed_in
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.forms import fields
from tests.widget.studio.pieces.conftest import passage_file
from widget.accounts.roles import Role
from widget.studio.approval.merging import merged

LIST = "/panel/studio/propozycje"
TOPIC = "/panel/studio/tematy/szkolenia"
AMOUNT = "/panel/studio/kwoty/{}"
AMOUNT_FORM = 'form[method="post"]:has(input[name=periods])'


def propose_topic(learner: Browser, title: str = "Kursy Oli") -> None:
    sent = fields(learner.get(TOPIC).text, "form#temat")
    sent["title"] = [title]
    assert learner.send(TOPIC, **sent).status_code == 303


def propose_amount(learner: Browser, name: str, value: str) -> None:
    page = AMOUNT.format(name)
    sent = fields(learner.get(page).text, AMOUNT_FORM) | {"period.7.value": [value]}
    assert learner.send(page, **sent, co="zapis").status_code == 303


def waiting(browser: Browser) -> list[str]:
    """Addresses of all proposals, those that wait first."""
    return re.findall(rf'href="({LIST}/[0-9a-f-]{{36}})"', browser.get(LIST).text)


def seen(page: str) -> list[str]:
    return re.findall(r'name="seen" value="(\w+)"', page)


def title_in(folder: Path) -> str:
    found = re.search(r"^title: (.*)$", topic_path(folder).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_change_waits_until_another_person_approves_it(
    app: Flask, learner: Browser, editor: Browser, folder: Path
) -> None:
    assert "Wyślij do zatwierdzenia" in learner.get(TOPIC).text
    before = title_in(folder)
    propose_topic(learner)
    assert title_in(folder) == before
    assert git(folder, "log", "--format=%s").count("\n") == 2
    assert "czeka na zatwierdzenie" in learner.get(TOPIC).text
    [address] = waiting(editor)
    page = editor.get(address).text
    assert "<dt>Tytuł</dt>" in page
    assert "dodane: </span>Kursy Oli<span" in page
    assert "dodane: </span>title: Kursy Oli" in page.split("Plik (dla programisty)")[1]
    assert editor.send(address, co="zatwierdz", seen=seen(page)).status_code == 303
    assert title_in(folder) == "Kursy Oli"
    told = git(folder, "log", "-1", "--format=%an|%b").strip()
    assert told == "Ola Mała|Zatwierdzenie: Osoba Redaktor <redaktor@example.org>"
    history = editor.get(f"{TOPIC}/historia").text
    assert "Ola Mała, zatwierdzenie: Osoba Redaktor" in history
    assert ("studio.zatwierdzenie", "Temat: Kursy Oli") in actions(app)
    again = editor.send(address, co="zatwierdz", seen=seen(page))
    assert again.status_code == 409
    assert "ktoś już zdecydował" in again.text


def test_nobody_approves_their_own_and_only_who_may(
    app: Flask, learner: Browser, editor: Browser, folder: Path
) -> None:
    administrator = signed_in(app, Role.ADMINISTRATOR, publishes=False)
    propose_topic(learner)
    [address] = waiting(learner)
    versions = seen(editor.get(address).text)
    assert "To własna propozycja" in learner.get(address).text
    assert learner.send(address, co="zatwierdz", seen=versions).status_code == 403
    # Not even with the right, given later.
    accounts = app.extensions["zielona_accounts"]
    ola = app.extensions["zielona_account_repository"].user_by_email("ola@example.org")
    accounts.change(ola, name=ola.name, role=ola.role, publishes=True)
    assert learner.send(address, co="zatwierdz", seen=versions).status_code == 403
    other = add_person(app, Role.EDITOR, email="jan@example.org", publishes=False)
    jan = Browser(app)
    jan.sign_in(other.email)
    assert jan.send(address, co="zatwierdz", seen=versions).status_code == 403
    assert jan.send(address, co="zwroc", note="nie").status_code == 403
    assert jan.send(address, co="wycofaj").status_code == 403
    assert title_in(folder) != "Kursy Oli"
    assert administrator.send(address, co="zatwierdz", seen=versions).status_code == 303
    assert title_in(folder) == "Kursy Oli"


def test_return_needs_a_reason_and_shows_it(learner: Browser, editor: Browser, folder: Path) -> None:
    propose_topic(learner)
    [address] = waiting(editor)
    refused = editor.send(address, co="zwroc", note=" ")
    assert refused.status_code == 409
    assert "co poprawić" in refused.text
    assert editor.send(address, co="zwroc", note="Tytuł jest za krótki.").status_code == 303
    assert "Tytuł jest za krótki." in learner.get(LIST).text
    assert "trafi znowu do zatwierdzenia" in learner.get(address).text
    assert title_in(folder) != "Kursy Oli"


def test_withdrawn_by_its_author(learner: Browser, editor: Browser) -> None:
    propose_topic(learner)
    [address] = waiting(learner)
    assert editor.send(address, co="wycofaj").status_code == 403
    assert learner.send(address, co="wycofaj").status_code == 303
    assert "wycofana" in learner.get(LIST).text
    assert editor.send(address, co="nic").status_code == 400
    assert editor.get(f"{LIST}/nie-ma").status_code == 404


def test_changes_of_other_lines_are_joined(learner: Browser, editor: Browser, folder: Path) -> None:
    propose_amount(learner, "minimalne_wynagrodzenie", "4960,00")
    propose_amount(learner, "minimalna_stawka_godzinowa", "32,60")
    first, second = waiting(editor)
    page = editor.get(second).text
    editor.send(first, co="zatwierdz", seen=seen(editor.get(first).text))
    stale = editor.send(second, co="zatwierdz", seen=seen(page))
    assert stale.status_code == 409
    assert "odkąd pokazano różnice" in stale.text
    assert editor.send(second, co="zatwierdz", seen=seen(stale.text)).status_code == 303
    text = (folder / "data" / "amounts.yml").read_text(encoding="utf-8")
    assert "4960.00" in text
    assert "32.60" in text


def test_changes_of_the_same_lines_are_never_overwritten(learner: Browser, editor: Browser, folder: Path) -> None:
    propose_topic(learner)
    path = topic_path(folder)
    path.write_text(re.sub("title: .*", "title: Inny", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    [address] = waiting(editor)
    page = editor.get(address).text
    assert "te same wiersze" in page
    assert "Zatwierdź zmianę" not in page
    blob = git(folder, "hash-object", str(path)).strip()
    assert editor.send(address, co="zatwierdz", seen=[blob]).status_code == 409
    assert title_in(folder) == "Inny"


def test_what_would_break_the_content_is_not_approved(learner: Browser, editor: Browser, folder: Path) -> None:
    propose_topic(learner)
    acts = folder / "data" / "acts.yml"
    text = acts.read_text(encoding="utf-8")
    acts.write_text(text.replace("DU/2025/620:", "DU/2025/999:"), encoding="utf-8")
    [address] = waiting(editor)
    answer = editor.send(address, co="zatwierdz", seen=seen(editor.get(address).text))
    assert answer.status_code == 409
    assert "treść byłaby błędna" in answer.text
    assert title_in(folder) != "Kursy Oli"


def test_every_way_to_change_an_answer_waits_but_examples_do_not(
    learner: Browser, editor: Browser, folder: Path
) -> None:
    commits = git(folder, "log", "--format=%s").count("\n")
    passage = f"/panel/studio/fragmenty/kodeks-pracy/{passage_file(folder).stem}"
    sent = fields(learner.get(passage).text, 'form[method="post"]:has(textarea)') | {"title": ["Tytuł Oli"]}
    assert learner.send(passage, **sent, co="zapis").status_code == 303
    assert learner.send(passage, **{**sent, "since": ["2027-06-01"]}, co="przyszla").status_code == 303
    propose_amount(learner, "minimalne_wynagrodzenie", "4960,00")
    new: dict[str, Any] = {
        "group": "pomoc", "title": "Kurs drona", "audience": "wszyscy", "answer": "Tak.",
        "checked_on": "2026-11-26", "examples": "kurs drona", "source.0.act": "DU/2025/620",
        "source.0.article": "art. 99", "source.0.title": "Szkolenia", "source.0.valid_from": "2025-06-01",
        "source.0.checked_on": "2026-11-26",
    }  # fmt: skip
    assert learner.send("/panel/studio/tematy/nowy", **new).headers["Location"] == LIST
    assert learner.send("/panel/studio/przeglad", item=["temat:szkolenia"]).status_code == 303
    assert git(folder, "log", "--format=%s").count("\n") == commits
    assert len(waiting(editor)) == 5
    page = learner.get(f"{TOPIC}/przyklady").text
    version = re.findall(r'name="version" value="(\w+)"', page)[0]
    assert learner.send(f"{TOPIC}/przyklady", co="dodaj", version=version, texts="kurs zegarmistrza").status_code == 303
    assert git(folder, "log", "--format=%s").count("\n") == commits + 1
    for address in waiting(editor):
        if "kurs_drona" in (page := editor.get(address).text):
            assert editor.send(address, co="zatwierdz", seen=seen(page) or [""]).status_code == 303
    assert topic_path(folder, "kurs_drona").exists()


@pytest.mark.parametrize(("sent", "right"), [({"publishes": "tak"}, True), ({}, False)])
def test_administrator_gives_and_takes_the_right(app: Flask, sent: dict[str, str], right: bool) -> None:
    administrator = signed_in(app, Role.ADMINISTRATOR)
    user = add_person(app, Role.EDITOR, email="jan@example.org", publishes=not right)
    page = f"/panel/uzytkownicy/{user.id}"
    assert ('name="publishes" value="tak" checked' in administrator.get(page).text) is not right
    assert administrator.send(page, name=user.name, role=user.role, **sent).status_code == 303
    assert app.extensions["zielona_account_repository"].user(user.id).publishes is right


LINES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map(lambda lines: "\n".join(lines) + "\n")


@given(LINES, LINES)
def test_merging_is_no_ones_loss(base: str, other: str) -> None:
    assert merged(base, base, other) == other
    assert merged(base, other, base) == other
    assert merged(base, other, other) == other
