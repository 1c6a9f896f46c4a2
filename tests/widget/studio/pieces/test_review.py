"""What is due for another check, and noting that it was checked."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from tests.widget.accounts.people import Browser, actions
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.pieces.conftest import passage_file
from zielona.clock import today

PAGE = "/panel/studio/przeglad"


def age(path: Path, count: int = 0) -> None:
    """Make what was checked in the file long ago, `count` of it; 0: all."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"checked_on: [\d-]+", "checked_on: 2020-02-02", text, count=count), encoding="utf-8")


def confirm(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("verified: false", "verified: true"), encoding="utf-8")


def rows(html: str) -> list[str]:
    """The titles of the list, with what is said of them."""
    return [" ".join(row.text(separator=" ").split()) for row in LexborHTMLParser(html).css("tbody tr")]


def test_unconfirmed_ones_come_first_with_what_is_in_doubt(editor: Browser, folder: Path) -> None:
    topic, passage, amounts = topic_path(folder, "kfs"), passage_file(folder), folder / "data" / "amounts.yml"
    confirm(amounts)
    age(topic_path(folder))
    text = topic.read_text(encoding="utf-8").replace("    verified: true", "    verified: false", 1)
    topic.write_text(text, encoding="utf-8")
    passage.write_text(re.sub("verified: true", "verified: false", passage.read_text(encoding="utf-8")), "utf-8")
    page = editor.get(PAGE).text
    assert "Niepotwierdzone: 2. Dawno sprawdzone: 1." in page
    first, second, third = rows(page)
    article = re.search(r"article: (.*)", text)
    assert article
    assert f"temat niepotwierdzone {article[1]}" in first
    assert "potwierdź na stronie" in first
    assert re.search(r"\d\d\.\d\d\.\d{4} potwierdź", first)
    assert "fragment niepotwierdzone art. " in second
    assert "niesprawdzone potwierdź" in second
    assert "dawno sprawdzone 02.02.2020" in third
    assert re.findall(r'name="item" value="([^"]+)"', page) == ["temat:szkolenia"]


def test_answer_and_rule_of_an_amount_may_be_in_doubt(editor: Browser, folder: Path) -> None:
    path = topic_path(folder, "kfs")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nverified: true", "\nverified: false", 1), encoding="utf-8")
    found = rows(editor.get(PAGE).text)
    assert "temat niepotwierdzone odpowiedź niesprawdzone potwierdź" in found[0]
    assert any("kwota niepotwierdzone sposób liczenia" in row for row in found)


def test_everything_fresh_needs_no_check(editor: Browser, folder: Path) -> None:
    confirm(folder / "data" / "amounts.yml")
    assert "Wszystko jest sprawdzone" in editor.get(PAGE).text
    answer = editor.send(PAGE)
    assert answer.status_code == 422
    assert "Nie zaznaczono" in answer.text


def test_old_ones_are_listed_and_checked_in_one_commit(app: Flask, editor: Browser, folder: Path) -> None:
    topic, passage, amounts = topic_path(folder), passage_file(folder), folder / "data" / "amounts.yml"
    for path in (topic, passage, amounts):
        age(path)
    page = editor.get(PAGE).text
    keys = re.findall(r'name="item" value="([^"]+)"', page)
    assert {"temat:szkolenia", "kwota:minimalne_wynagrodzenie"} < set(keys)
    assert any(key.startswith("fragment:") for key in keys)
    assert "02.02.2020" in page
    chosen = ["temat:szkolenia", "kwota:minimalne_wynagrodzenie", *[key for key in keys if key.startswith("frag")]]
    assert editor.send(PAGE, item=[*chosen, "temat:nie_ma"]).status_code == 303
    day = today()
    assert f"checked_on: {day}" in topic.read_text(encoding="utf-8")
    assert "2020-02-02" not in topic.read_text(encoding="utf-8")
    assert f"checked_on: {day}" in passage.read_text(encoding="utf-8")
    # Only what is in force, or will be.
    assert amounts.read_text(encoding="utf-8").count(f"checked_on: {day}") == 2
    assert git(folder, "show", "--format=", "--name-only").count("\n") == 3
    assert not set(chosen) & set(re.findall(r'name="item" value="([^"]+)"', editor.get(PAGE).text))
    assert actions(app)[-1] == ("studio.sprawdzone", "treść")


def test_topic_without_the_number_of_an_article_waits_for_it(editor: Browser, folder: Path) -> None:
    path = topic_path(folder)
    text = re.sub(r"article: .*", "article: ''", path.read_text(encoding="utf-8"), count=1)
    head, sources = text.split("sources:")
    path.write_text(head + "sources:" + sources.replace("verified: true", "verified: false", 1), encoding="utf-8")
    page = editor.get(PAGE).text
    assert "brak numeru artykułu" in page
    assert "Szkolenia i kursy" in page
    assert 'value="temat:szkolenia"' not in page


def test_law_of_the_past_needs_no_check(editor: Browser, folder: Path) -> None:
    path = passage_file(folder)
    age(path)
    text = re.sub(r"valid_to:.*", f"valid_to: {today() - dt.timedelta(days=1)}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert "fragment:" not in editor.get(PAGE).text
