"""The studio's pages over a content folder of its own."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy.orm import Session

from knowledge_base.content.answers import MAX_RELATED
from tests.widget.accounts.people import Browser, actions, signed_in
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.forms import fields as form_fields
from tests.widget.studio.forms import version_of
from widget.accounts.roles import Role
from widget.storage.models import Message, Rating, Turn
from widget.studio.service import free_name

PAGE = "/panel/studio/tematy/szkolenia"


def fields(html: str) -> dict[str, Any]:
    return form_fields(html, "form#temat")


def folded(html: str) -> str:
    """The first file that a programmer may unfold."""
    return html.split("Plik (dla programisty)")[1].split("</details>")[0]


def last_commit(folder: Path) -> str:
    return git(folder, "log", "-1", "--format=%an|%ae|%s").strip()


def test_list_finds_topics_by_words_without_diacritics(editor: Browser) -> None:
    assert editor.get("/panel/studio/").headers["Location"] == "/panel/studio/tematy"
    page = editor.get("/panel/studio/tematy?szukaj=wozki+widlowe").text
    assert "Szkolenia i kursy" in page
    assert "1 z 3" in page
    assert "Nic nie znaleziono" in editor.get("/panel/studio/tematy?szukaj=qqqq").text


def test_as_many_related_topics_can_be_chosen_as_are_shown(editor: Browser, folder: Path) -> None:
    assert "najwyżej trzy pokrewne tematy" in editor.get(PAGE).text
    assert editor.get(PAGE).text.count('name="related"') == MAX_RELATED == 3


def test_form_sent_as_it_came_changes_nothing(editor: Browser, folder: Path) -> None:
    before = topic_path(folder).read_bytes()
    assert editor.send(PAGE, **fields(editor.get(PAGE).text)).status_code == 303
    assert topic_path(folder).read_bytes() == before
    assert git(folder, "log", "--format=%s").count("\n") == 1


def test_changed_answer_is_a_commit_of_the_editor(app: Flask, editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    sent["title"] = ["Kursy z urzędu"]
    assert editor.send(PAGE, **sent).status_code == 303
    assert last_commit(folder) == "Osoba Redaktor|redaktor@example.org|Temat szkolenia: zmiana odpowiedzi"
    assert "Kursy z urzędu" in editor.get(PAGE).text
    assert git(folder, "show", "--format=", "--shortstat").strip() == "1 file changed, 1 insertion(+), 1 deletion(-)"
    assert actions(app)[-1] == ("studio.temat_zmieniony", "szkolenia")


def test_mistakes_are_told_at_their_fields_and_nothing_is_saved(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    sent |= {"title": [""], "source.0.valid_to": ["2020-01-01"], "source.0.act": ["DU/1900/1"], "checked_on": ["x"]}
    answer = editor.send(PAGE, **sent)
    assert answer.status_code == 422
    for text in ("potrzebuje tytułu", "koniec jest wcześniej", "trzeba wybrać akt", "nie jest data"):
        assert text in answer.text
    assert last_commit(folder).endswith("Treść na początek")


def test_conflict_shows_both_versions_and_overwrites_nothing(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8").replace("Szkolenia i kursy", "Kursy inżyniera"), encoding="utf-8")
    sent["title"] = ["Kursy redaktorki"]
    answer = editor.send(PAGE, **sent)
    assert answer.status_code == 409
    assert "Kursy inżyniera" in answer.text
    assert "Kursy redaktorki" in answer.text
    assert "Kursy inżyniera" in path.read_text(encoding="utf-8")
    again = editor.send(PAGE, **{**sent, "popraw": "tak"})
    assert 'value="Kursy redaktorki"' in again.text
    sent["version"] = [version_of(again.text)]
    assert editor.send(PAGE, **sent).status_code == 303
    assert "Kursy redaktorki" in path.read_text(encoding="utf-8")
    assert git(folder, "log", "--format=%an").split("\n")[:2] == ["Osoba Redaktor", "Zmiana w plikach"]


def test_examples_come_move_and_go(app: Flask, editor: Browser, folder: Path) -> None:
    page = f"{PAGE}/przyklady"
    version = version_of(editor.get(page).text)
    texts = "czy dadzą mi na kurs zegarmistrza\n\n czy  dadzą mi na kurs zegarmistrza \nkurs drona za darmo"
    assert editor.send(page, co="dodaj", version=version, texts=texts).status_code == 303
    assert (
        topic_path(folder)
        .read_text(encoding="utf-8")
        .endswith("  - czy dadzą mi na kurs zegarmistrza\n  - kurs drona za darmo\n")
    )
    version = version_of(editor.get(page).text)
    moved = editor.send(page, co="przenies", version=version, example=["kurs drona za darmo"], target="kfs")
    assert moved.status_code == 303
    assert "kurs drona" in topic_path(folder, "kfs").read_text(encoding="utf-8")
    assert git(folder, "show", "--format=", "--name-only").count("\n") == 2
    version = version_of(editor.get(page).text)
    assert (
        editor.send(page, co="usun", version=version, example=["czy dadzą mi na kurs zegarmistrza"]).status_code == 303
    )
    assert "zegarmistrza" not in topic_path(folder).read_text(encoding="utf-8")
    assert actions(app)[-1] == ("studio.przyklady", "szkolenia")


def test_examples_that_the_topic_has_already_are_told(editor: Browser) -> None:
    page = f"{PAGE}/przyklady"
    texts = "kurs drona za darmo\n\nKurs  drona za darmo\nczy dadzą mi na kurs zegarmistrza"
    editor.send(page, co="dodaj", version=version_of(editor.get(page).text), texts=texts)
    shown = editor.get(page).text
    assert "Zapisano: dodano 2 przykłady, pominięto 1 (temat już je ma)." in shown
    editor.send(page, co="usun", version=version_of(shown), example=["kurs drona za darmo"])
    assert "Zapisano: usunięto 1 przykład." in editor.get(page).text


def test_examples_are_counted_as_polish_does(editor: Browser, folder: Path) -> None:
    path = topic_path(folder)
    head, examples = path.read_text(encoding="utf-8").split("examples:\n")
    path.write_text(head + "examples:\n" + "".join(examples.splitlines(keepends=True)[:22]), encoding="utf-8")
    page = editor.get(f"{PAGE}/przyklady").text
    assert "Temat ma 22 przykłady. Do trenowania to wystarczy; od 25 asystent rozpoznaje temat dobrze." in page
    assert ">mało<" in editor.get("/panel/studio/tematy").text
    path.write_text(head + "examples:\n" + "".join(examples.splitlines(keepends=True)[:11]), encoding="utf-8")
    page = editor.get(f"{PAGE}/przyklady").text
    assert "Temat ma 11 przykładów. Do trenowania trzeba co najmniej 12; od 25 asystent rozpoznaje" in page
    assert ">za mało<" in editor.get("/panel/studio/tematy").text
    form = editor.get("/panel/studio/tematy/nowy").text
    assert "Temat można zapisać i z mniejszą liczbą, ale do trenowania trzeba co najmniej 12; od 25" in form


def test_amount_without_a_value_is_named_and_marked(editor: Browser) -> None:
    sent = fields(editor.get(PAGE).text)
    sent["answer"] = ["Dawne stypendium to {{ stypendium_stazowe_dawne }}, a płaca {{ minimalne_wynagrodzenie }}."]
    told = [note["text"] for note in editor.send(f"{PAGE}/sprawdzenie", **sent).json["notes"]]
    (note,) = [text for text in told if text.startswith("Kwota „")]
    assert "(stypendium_stazowe_dawne) nie ma wartości na dziś" in note
    assert "w zakładce „Kwoty”" in note
    for address in (PAGE, "/panel/studio/tematy/nowy"):
        rows = [row.text() for row in LexborHTMLParser(editor.get(address).text).css("#lista-kwot li")]
        (missing,) = [row for row in rows if "{{ stypendium_stazowe_dawne }}" in row]
        (there,) = [row for row in rows if "{{ minimalne_wynagrodzenie }}" in row]
        assert "brak wartości na dziś" in missing
        assert "zł" in there
        assert "Wstaw kwotę" in there


def test_examples_added_to_a_file_that_changed_are_a_conflict(editor: Browser, folder: Path) -> None:
    page = f"{PAGE}/przyklady"
    version = version_of(editor.get(page).text)
    with topic_path(folder).open("a", encoding="utf-8") as file:
        file.write("  - przykład inżyniera\n")
    answer = editor.send(page, co="dodaj", version=version, texts="kurs drona za darmo")
    assert answer.status_code == 409
    assert "przykład inżyniera" in answer.text
    assert "kurs drona" in answer.text
    again = editor.send(page, co="dodaj", version=version_of(answer.text), texts="kurs drona za darmo")
    assert again.status_code == 303
    assert topic_path(folder).read_text(encoding="utf-8").endswith("inżyniera\n  - kurs drona za darmo\n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"co": "dodaj", "texts": "mój pesel 44051401359"}, "dane osobowe (PESEL)"),
        ({"co": "dodaj", "texts": " \n"}, "Nie ma tu nowych"),
        ({"co": "usun"}, "Nie zaznaczono"),
        ({"co": "przenies", "example": "kurs paznokci z urzędu, da się załatwić", "target": "nie_ma"}, "wybrać temat"),
        ({"co": "przenies", "target": "kfs"}, "zaznaczyć przykłady"),
    ],
)
def test_refusals_say_why(editor: Browser, folder: Path, data: dict[str, str], told: str) -> None:
    page = f"{PAGE}/przyklady"
    answer = editor.send(page, version=version_of(editor.get(page).text), **data)
    assert answer.status_code == 422
    assert told in answer.text
    assert "44051401359" not in topic_path(folder).read_text(encoding="utf-8")


def test_example_of_another_topic_is_refused(editor: Browser, folder: Path) -> None:
    page = f"{PAGE}/przyklady"
    other = re.search(r"examples:\n  - (.+)\n", topic_path(folder, "nadgodziny").read_text(encoding="utf-8"))
    assert other
    answer = editor.send(page, co="dodaj", version=version_of(editor.get(page).text), texts=other[1].strip("'\""))
    assert answer.status_code == 422
    assert "Taki sam przykład jest w temacie" in answer.text


def test_new_topic(app: Flask, editor: Browser, folder: Path) -> None:
    form = {
        "group": "pomoc", "title": "Kurs drona", "audience": "wszyscy",
        "answer": "Tak: może być.", "checked_on": "2026-11-26", "examples": "kurs drona\nlatanie dronem za darmo",
        "source.0.act": "DU/2025/620", "source.0.article": "art. 99", "source.0.title": "Szkolenia",
        "source.0.valid_from": "2025-06-01", "source.0.checked_on": "2026-11-26", "related": "szkolenia",
    }  # fmt: skip
    for change, told in (
        ({"group": "../x"}, "wybrać dział"),
        ({"group": "", "title": ""}, '<a href="#pole-group">Trzeba wybrać dział'),
        ({"group": "", "title": ""}, '<a href="#pole-title">Temat potrzebuje tytułu.'),
        ({"answer": ""}, "potrzebuje odpowiedzi"),
        ({"examples": "tel. 600 700 800"}, "dane osobowe"),
    ):
        refused = editor.send("/panel/studio/tematy/nowy", **{**form, **change})
        assert refused.status_code == 422
        assert told in refused.text
    assert editor.send("/panel/studio/tematy/nowy", **form).headers["Location"] == "/panel/studio/tematy/kurs_drona"
    assert editor.get("/panel/studio/tematy/kurs_drona").status_code == 200
    assert last_commit(folder).endswith("Nowy temat kurs_drona")
    assert ("studio.temat_dodany", "kurs_drona") in actions(app)


def test_remarks_and_preview_while_typing(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    sent["answer"] = ["Najniższa płaca to {{ minimalne_wynagrodzenie }}, a kiedyś 3000 zł."]
    told = editor.send(f"{PAGE}/sprawdzenie", **sent, preview_day="2026-03-01").json
    assert "4806\u00a0zł" in told["preview"]
    assert any("kwota wpisana liczbą" in note["text"] for note in told["notes"])
    told = editor.send(f"{PAGE}/sprawdzenie", **sent, preview_day="2025-03-01").json
    assert "4666\u00a0zł" in told["preview"]
    told = editor.send(f"{PAGE}/sprawdzenie", **{**sent, "title": ""}).json
    assert told["notes"][0] == {"text": "Temat potrzebuje tytułu.", "warning": False, "at": ""}
    assert any("kwota wpisana liczbą" in note["text"] for note in told["notes"])
    assert "Najniższa płaca" in told["preview"]
    assert last_commit(folder).endswith("Treść na początek")


def test_remarks_and_preview_are_of_what_stands_in_the_form(editor: Browser) -> None:
    sent = fields(editor.get(PAGE).text)
    sent |= {"answer": ["Urząd płaci za kurs 3000 zł."], "source.0.valid_from": [""], "source.0.checked_on": [""]}
    page = editor.send(PAGE, **sent)
    assert page.status_code == 422
    shown = LexborHTMLParser(page.text)
    notes = [node.text() for node in shown.css("#lista-uwag li")]
    assert "do poprawy Przepis 1: brakuje daty „Obowiązuje od”." in notes
    assert "do poprawy Przepis 1: brakuje daty „Sprawdzono”." in notes
    assert any("3000 zł" in note for note in notes)
    preview = shown.css_first("#tekst-podgladu")
    assert preview
    assert preview.text().startswith("Urząd płaci za kurs 3000 zł.")
    told = editor.send(f"{PAGE}/sprawdzenie", **{**sent, "answer": ["Tak, płaci."]}).json
    assert told["preview"].startswith("Tak, płaci.")


def test_new_words_of_a_confirmed_answer_ask_whether_they_still_hold(editor: Browser) -> None:
    sent = fields(editor.get(PAGE).text)
    asked = "Czy nadal zgadza się z przepisami?"

    def remarks(**changed: list[str]) -> list[str]:
        found = editor.send(f"{PAGE}/sprawdzenie", **{**sent, **changed}).json["notes"]
        return [note["text"] for note in found if asked in note["text"] and note["warning"]]

    new = ["Urząd opłaci kurs."]
    day = dt.date.fromisoformat(sent["checked_on"][0])
    assert remarks() == []
    assert remarks(answer=new) == [
        f"Treść się zmieniła, a odpowiedź jest oznaczona jako potwierdzona {day:%d.%m.%Y}. {asked}"
    ]
    assert remarks(answer=new, checked_on=["2026-12-01"]) == []
    assert remarks(answer=new, verified=[]) == []


def test_unchecked_law_needs_no_day_and_keeps_the_one_it_has(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    sent["source.0.checked_on"] = [""]
    sent.pop("source.0.verified")
    before = topic_path(folder).read_text(encoding="utf-8")
    assert editor.send(PAGE, **sent).status_code == 303
    saved = topic_path(folder).read_text(encoding="utf-8")
    assert saved.count("checked_on:") == before.count("checked_on:")
    assert saved.count("verified: false") == before.count("verified: false") + 1
    again = editor.get(PAGE).text
    assert fields(again)["source.0.checked_on"] == [""]
    basis = [node.text() for node in LexborHTMLParser(again).css("#podstawa-podgladu li")]
    assert re.fullmatch(r"art\. .+ – .+, obowiązuje od \d\d\.\d\d\.\d{4}, przepis jeszcze niesprawdzony", basis[0])


def test_law_whose_article_is_not_known_yet(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    new = max(int(key.split(".")[1]) for key in sent if key.startswith("source."))
    row = f"source.{new}."
    sent |= {f"{row}act": ["DU/2025/620"], f"{row}title": ["Bon na kurs"]}
    missing = editor.send(PAGE, **sent)
    assert missing.status_code == 422
    assert f"Przepis {new + 1}: trzeba podać artykuł" in missing.text
    sent[f"{row}no_article"] = ["tak"]
    claimed = editor.send(PAGE, **{**sent, f"{row}verified": ["tak"]})
    assert "bez numeru artykułu przepis nie może być oznaczony jako sprawdzony" in claimed.text
    told = editor.send(f"{PAGE}/sprawdzenie", **sent).json
    remark = "Przepis „Bon na kurs” ma datę początkową całego aktu: od 01.06.2025. Proszę ją sprawdzić."
    assert {"text": remark, "warning": True, "at": "zrodla"} in told["notes"]
    line = "ustawa o rynku pracy i służbach zatrudnienia, przepis jeszcze niesprawdzony"
    assert told["basis"][-1] == line
    assert editor.send(PAGE, **sent).status_code == 303
    saved = topic_path(folder).read_text(encoding="utf-8")
    assert "article: ''\n    title: Bon na kurs\n    valid_from: 2025-06-01\n" in saved
    page = editor.get(PAGE).text
    assert last_commit(folder).endswith("|Temat szkolenia: zmiana podstawy prawnej")
    assert FROM_THE_ACT in page
    assert LexborHTMLParser(page).css("#podstawa-podgladu li")[-1].text() == line
    assert f'name="{row}no_article" value="tak" checked' in page
    notes = [node.text() for node in LexborHTMLParser(page).css("#lista-uwag li")]
    assert "uwaga przepis „Bon na kurs” nie ma jeszcze numeru artykułu" in notes
    assert all("nieznany temat" in note for note in notes if note.startswith("do poprawy"))
    assert editor.send(PAGE, **fields(page)).status_code == 303
    assert topic_path(folder).read_text(encoding="utf-8") == saved
    assert FROM_THE_ACT not in editor.get(PAGE).text


def test_day_of_an_act_is_told_of_a_new_topic_and_not_where_somebody_gave_one(editor: Browser) -> None:
    row = {"act": "DU/2025/620", "title": "Bon na kurs", "no_article": "tak"}
    source = {f"source.0.{key}": value for key, value in row.items()}
    editor.send("/panel/studio/tematy/nowy", **NEW, **source)
    page = editor.get("/panel/studio/tematy/bon_na_kurs").text
    assert FROM_THE_ACT in page
    editor.send("/panel/studio/tematy/bon_na_kurs", **{**fields(page), "source.0.valid_from": ["2026-01-01"]})
    page = editor.get("/panel/studio/tematy/bon_na_kurs").text
    assert FROM_THE_ACT not in page
    assert "datę początkową całego aktu" not in page


def test_new_topic_does_not_claim_to_be_checked(editor: Browser, folder: Path) -> None:
    address = "/panel/studio/tematy/nowy"
    assert form_fields(editor.get(address).text, "form#temat")["checked_on"] == [""]
    sent = {**NEW, "checked_on": ""}
    claimed = editor.send(address, **sent, verified="tak")
    assert claimed.status_code == 422
    assert "oznaczona jako potwierdzona, więc trzeba podać, kiedy ją sprawdzono" in claimed.text
    assert editor.send(address, **sent).status_code == 303
    shown = LexborHTMLParser(editor.get("/panel/studio/tematy").text).css("tbody tr")
    row = next(row for row in shown if "Bon na kurs" in row.text())
    assert row.css("td")[-1].text().strip() == "niesprawdzone"
    page = editor.get("/panel/studio/tematy/bon_na_kurs").text
    assert fields(page)["checked_on"] == [""]
    saved = topic_path(folder, "bon_na_kurs").read_text(encoding="utf-8")
    assert editor.send("/panel/studio/tematy/bon_na_kurs", **fields(page)).status_code == 303
    assert topic_path(folder, "bon_na_kurs").read_text(encoding="utf-8") == saved


FROM_THE_ACT = "Datę początkową przepisu wzięto z aktu: od 01.06.2025. Proszę ją sprawdzić."
NEW = {
    "group": "pomoc", "title": "Bon na kurs", "audience": "wszyscy", "answer": "Dostaje się do 9000 zł na",
    "checked_on": "2026-11-26", "examples": "bon na kurs\nile z bonu na kurs",
}  # fmt: skip


def test_new_topic_with_faults_says_so_and_is_marked(editor: Browser, folder: Path) -> None:
    sound = topic_path(folder)
    text = re.sub(r"related: .*", "related: []", sound.read_text(encoding="utf-8"))
    sound.write_text(text, encoding="utf-8")
    answer = editor.send("/panel/studio/tematy/nowy", **NEW)
    assert answer.headers["Location"] == "/panel/studio/tematy/bon_na_kurs"
    page = editor.get("/panel/studio/tematy/bon_na_kurs").text
    assert "Temat jest zapisany, ale 3 rzeczy trzeba poprawić przed trenowaniem." in page
    assert "Asystent pozna go" not in page
    assert '<a href="#uwagi">Co trzeba poprawić przed trenowaniem (3)</a>' in page
    assert '<a href="#zrodla">odpowiedź nie ma podstawy prawnej</a>' in page
    assert re.search('<a href="#pole-answer">kwota wpisana liczbą', page)
    shown = LexborHTMLParser(editor.get("/panel/studio/tematy").text).css("tbody tr")
    rows = {row.text().strip().split("\n")[0]: row.text() for row in shown}
    assert "do poprawy" in next(row for title, row in rows.items() if title.startswith("Bon na kurs"))
    assert "do poprawy" not in next(row for title, row in rows.items() if title.startswith("Szkolenia i kursy"))


def test_new_topic_has_remarks_and_preview_while_typing(app: Flask, editor: Browser, folder: Path) -> None:
    logged = actions(app)
    told = editor.send("/panel/studio/tematy/nowy/sprawdzenie", **{**NEW, "group": ""}).json
    texts = [note["text"] for note in told["notes"] if not note["warning"]]
    for expected in (
        "wybrać dział",
        "kwota wpisana liczbą: „9000 zł”",
        "nie ma podstawy prawnej",
        "za mało przykładów: 2",
    ):
        assert any(expected in text for text in texts), expected
    assert told["preview"].startswith("Dostaje się do 9000 zł na")
    taken = topic_path(folder, "kfs").read_text(encoding="utf-8").split("examples:\n  - ")[1].split("\n")[0]
    told = editor.send("/panel/studio/tematy/nowy/sprawdzenie", **{**NEW, "examples": taken}).json
    assert any(note["text"].startswith("Taki sam przykład jest w temacie") for note in told["notes"])
    editor.send(f"{PAGE}/sprawdzenie", **fields(editor.get(PAGE).text))
    assert actions(app) == logged, "what is only being typed is no change"
    assert last_commit(folder).endswith("Treść na początek")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Żółte kartki, a co?", "zolte_kartki_a_co"), ("x" * 60, "x" * 40), ("KFS", "kfs_2"), ("Nowy", "temat_nowy"),
        ("500+", "temat_500"), ("Zasady " * 8, "zasady_zasady_zasady_zasady_zasady_zasad"), ("?", "temat"),
    ],
)  # fmt: skip
def test_name_of_a_topic_is_made_of_its_title(title: str, name: str) -> None:
    assert free_name(title, {"kfs"}) == name


def test_history_difference_and_return(app: Flask, editor: Browser, folder: Path) -> None:
    before = topic_path(folder).read_text(encoding="utf-8")
    sent = fields(editor.get(PAGE).text)
    sent["title"] = ["Kursy z urzędu"]
    editor.send(PAGE, **sent)
    history = editor.get(f"{PAGE}/historia").text
    newest, oldest = re.findall(r"/historia/([0-9a-f]{40})", history)
    shown = editor.get(f"{PAGE}/historia/{newest}").text
    assert "Temat „Kursy z urzędu”: zmiana odpowiedzi. Autor: Osoba Redaktor" in shown
    assert "<dt>Tytuł</dt>" in shown
    assert '<del><span class="unseen">usunięte: </span>Szkolenia i kursy' in shown
    assert '<ins><span class="unseen">dodane: </span>Kursy<span' in shown
    assert "<dt>Przykłady</dt>" not in shown.split("Cała treść w tej wersji")[0]
    assert '<ins><span class="unseen">dodane: </span>title: Kursy z urzędu</ins>' in folded(shown)
    assert "audience:" not in shown.replace(folded(shown), "")
    old = editor.get(f"{PAGE}/historia/{oldest}").text
    stale = editor.send(f"{PAGE}/historia/{oldest}/przywroc", version="0" * 40)
    assert (stale.status_code, topic_path(folder).read_text(encoding="utf-8") == before) == (409, False)
    assert editor.send(f"{PAGE}/historia/{oldest}/przywroc", version=version_of(old)).status_code == 303
    assert topic_path(folder).read_text(encoding="utf-8") == before
    assert "powrót do wersji z" in last_commit(folder)
    assert editor.get(f"{PAGE}/historia/{'0' * 40}").status_code == 404
    assert actions(app)[-1] == ("studio.temat_przywrocony", "szkolenia")


def test_file_broken_by_an_engineer_is_shown_and_the_rest_works(editor: Browser, folder: Path) -> None:
    topic_path(folder, "kfs").write_text("topic: kfs\ntitle: [", encoding="utf-8")
    page = editor.get("/panel/studio/tematy").text
    assert "nie da się odczytać" in page
    assert "kfs.yml" in page
    assert editor.get("/panel/studio/tematy/kfs").status_code == 404
    assert editor.get(PAGE).status_code == 200


def test_import_shows_first_and_saves_when_confirmed(app: Flask, editor: Browser, folder: Path) -> None:
    text = (
        "temat,przyklad\nszkolenia,kurs drona za darmo\nszkolenia,pesel 44051401359\nobcy,x\n"
        "kfs,szkolenie z kfs dla brata\n"
    )
    shown = editor.send("/panel/studio/wymiana", plik=(io.BytesIO(text.encode()), "a.csv"))
    assert shown.status_code == 200
    for told in ("kurs drona za darmo", "dane osobowe", "obcy", "Dodaj te przykłady"):
        assert told in shown.text
    assert last_commit(folder).endswith("Treść na początek")
    assert editor.send("/panel/studio/wymiana", text=text, potwierdzam="tak").status_code == 303
    assert last_commit(folder).endswith("Import przykładów (2)")
    assert "44051401359" not in topic_path(folder).read_text(encoding="utf-8")
    assert actions(app)[-1] == ("studio.import", "przykłady")
    again = editor.send("/panel/studio/wymiana", text=text, potwierdzam="tak")
    assert "Nie ma czego dodać" in again.text
    assert editor.send("/panel/studio/wymiana", text="nic").status_code == 422


@pytest.mark.parametrize("kind", ["csv", "yml"])
def test_export_can_be_imported(editor: Browser, kind: str) -> None:
    sent = editor.get(f"/panel/studio/przyklady.{kind}")
    assert sent.headers["Content-Disposition"] == f'attachment; filename="przyklady.{kind}"'
    shown = editor.send("/panel/studio/wymiana", text=sent.text)
    assert "Nie ma czego dodać" in shown.text
    assert "<dt>Odrzucone</dt><dd>0</dd>" in shown.text
    assert editor.get("/panel/studio/przyklady.exe").status_code == 404


def test_how_a_topic_does(app: Flask, editor: Browser) -> None:
    engine, now = app.extensions["zielona"].engine, dt.datetime.now(tz=dt.timezone.utc)
    app.extensions["zielona"].repository.create_conversation("c", now=now)
    with Session(engine) as session:
        for number in range(4):
            at = now - dt.timedelta(days=number * 15)
            session.add(
                Turn(
                    id=f"t{number}", conversation_id="c", number=number, client_id=str(number), text="x", created_at=at
                )
            )
            ranking = [["szkolenia", 0.7], ["kfs", 0.2], ["nadgodziny", 0.01]]
            session.add(Message(
                id=f"m{number}", turn_id=f"t{number}", position=0, type="answer", text="x", buttons=[], sources=[],
                topic="szkolenia", confidence=0.7, trace={"ranking": ranking},
            ))  # fmt: skip
            session.flush()
            if number < 2:
                session.add(Rating(message_id=f"m{number}", helpful=number == 0, created_at=at))
        session.commit()
    page = editor.get(PAGE).text
    assert "<dt>Odpowiedzi w 30 dni</dt><dd>2</dd>" in page
    assert "<dd>1 z 2</dd>" in page
    assert re.search(r"Mylony z</dt><dd><a [^>]+>[^<]+</a> \(2\)", page)
    assert "Praca w godzinach" not in re.findall(r"Mylony z.*?</dd>", page)[0]


def test_consultants_have_no_studio(app: Flask) -> None:
    consultant = signed_in(app, Role.CONSULTANT)
    assert consultant.get(PAGE).status_code == 403
    assert "Studio" not in consultant.get("/panel/").text


def test_folder_without_git_can_be_read_and_says_why_not_saved(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text)
    (folder / ".git").rename(folder / "git")
    assert editor.get(PAGE).status_code == 200
    sent["title"] = ["Kursy"]
    answer = editor.send(PAGE, **sent)
    assert answer.status_code == 503
    assert "nie jest repozytorium git" in answer.text
