"""Pages of trainings over a content folder of its own; nothing is trained here."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.widget.accounts.people import Browser, actions, signed_in
from tests.widget.studio.content import git, topic_path
from tests.widget.studio.labelling.written import write
from widget.accounts.roles import Role
from widget.studio.labelling.collecting import collect
from widget.studio.labelling.models import IGNORED
from widget.studio.models import BROKEN, DONE, FAILED, RUNNING, STOPPED, WAITING, Release
from widget.studio.pieces.review import AMOUNT, PASSAGE, TOPIC
from widget.studio.training.novelty import CHANGED, GONE, NEW, Novelty
from widget.studio.training.report import save
from widget.studio.training.service import TrainingDesk
from widget.studio.training.snapshot import export
from widget.studio.training.views import DESK
from zielona.clock import utc_now
from zielona.releases import ReleaseFiles

PAGE = "/panel/studio/trening"


@pytest.fixture
def desk(app: Flask) -> TrainingDesk:
    found: TrainingDesk = app.extensions[DESK]
    return found


def figure(value: float, count: int = 50) -> dict[str, Any]:
    return {"value": value, "low": value - 0.02, "high": value + 0.02, "count": count}


COMPARISON: dict[str, Any] = {
    "compared": True,
    "asked": 55,
    "before": None,
    "figures": {
        "answer": {
            "label": "Dobra odpowiedź", "high": True, "before": figure(0.9), "after": figure(0.92),
            "change": figure(0.02),
        }
    },
    "gates": [{"key": "accuracy", "label": "Dobrych odpowiedzi nie jest mniej", "holds": True, "measured": True}],
    "matrix": {"topics": ["Szkolenia", "KFS"], "cells": [[[0, 0], [3, 1]], [[0, 2], [0, 0]]]},
    "changes": [
        {
            "text": "czy dostanę na kurs <b>", "first": None, "set": "questions", "kind": "gorzej", "step": 6,
            "wanted": ["Szkolenia"],
            "before": {"judgement": "right answer", "topic": "Szkolenia", "text": "Urząd **opłaci**.", "offered": []},
            "after": {"judgement": "wrong answer", "topic": "KFS", "text": "Pracodawca składa.", "offered": []},
        },
        {
            "text": "kfs dla firmy", "first": "a to?", "set": "follow_up", "kind": "lepiej", "step": 2,
            "wanted": ["KFS"],
            "before": {"judgement": "wrong choices", "topic": "", "text": "Co jest ważne?", "offered": ["Szkolenia"]},
            "after": {"judgement": "right answer", "topic": "KFS", "text": "Pracodawca składa.", "offered": []},
        },
    ],
}  # fmt: skip


def add_release(
    desk: TrainingDesk, *, commit: str = "a" * 40, number: int = 1, job_id: int | None = None, **report: Any
) -> Release:
    """A candidate; `report` is put into its comparison."""
    shown = {**COMPARISON, **report}
    return desk.releases.add(
        commit=commit, content=commit[:12], model="release-m.tar.gz", index="1" * 12,
        figures=shown["figures"], gates=COMPARISON["gates"],
        report=save(desk.settings, number, shown),
        job_id=job_id, by="u1", now=utc_now(),
    )  # fmt: skip


def test_one_training_at_a_time_and_it_can_be_stopped(editor: Browser, app: Flask, desk: TrainingDesk) -> None:
    assert "Nikt jeszcze nie trenował" in editor.get(PAGE).text
    assert editor.send(PAGE).status_code == 303
    job = desk.jobs.opened()
    assert job is not None
    assert job.state == WAITING
    assert editor.send(PAGE).status_code == 409
    page = editor.get(PAGE).text
    assert "Zatrzymaj trening" in page
    assert "następny trening tej samej treści będzie szybszy" in page
    assert "<summary>Zapis pracy (dla programisty)</summary>" in page
    assert "Trenuj nową wersję" not in page
    assert editor.send(f"{PAGE}/{job.id}/zatrzymaj").status_code == 303
    assert desk.jobs.opened() is None
    assert [found.state for found in desk.past()] == [STOPPED]
    assert "zatrzymano" in editor.get(PAGE).text
    assert {"studio.trening", "studio.trening_zatrzymany"} <= {action for action, _ in actions(app)}


def test_state_tells_steps_log_and_findings(editor: Browser, desk: TrainingDesk) -> None:
    editor.send(PAGE)
    job = desk.jobs.opened()
    assert job is not None
    desk.jobs.begin(job.id, worker="w", now=utc_now())
    desk.jobs.advance(job.id, "indeks", 0.2)
    desk.jobs.beat(job.id, log="Buduję indeks <b>", now=utc_now())
    state = editor.get(f"{PAGE}/stan").text
    assert "Krok 4 z 7: Wyszukiwarka przepisów" in state
    assert 'value="20"' in state
    assert "Buduję indeks &lt;b&gt;" in state
    found = [{"text": "Przykład zawiera dane osobowe (PESEL).", "stops": True}, {"text": "Podobne", "stops": False}]
    desk.jobs.advance(job.id, "kontrola", 0.1, findings=found)
    desk.jobs.end(job.id, FAILED, reason="[zielona] Kontrola treści znalazła błędy: 1.", now=utc_now())
    page = editor.get(PAGE).text
    assert "Kontrola treści znalazła błędy: 1." in page
    assert "Przykład zawiera dane osobowe (PESEL)." in page
    assert "Do przemyślenia (1)" in page
    assert "Trenuj nową wersję" in page


def test_waiting_is_told_until_the_first_step(editor: Browser, desk: TrainingDesk) -> None:
    editor.send(PAGE)
    job = desk.jobs.opened()
    assert job is not None
    for waits_for in ("Czeka, aż zlecenie podejmie program", "podjął zlecenie i się uruchamia"):
        state = editor.get(f"{PAGE}/stan").text
        assert f"Trening nr {job.id}: czeka na rozpoczęcie</h2>" in state
        assert waits_for in state
        assert "Trwa " not in state
        # Its process starts: nothing is done yet.
        desk.jobs.begin(job.id, worker="w", now=utc_now())
    desk.jobs.advance(job.id, "wersja", 0.0)
    assert f"Trening nr {job.id}: trwa</h2>" in editor.get(f"{PAGE}/stan").text


def test_time_so_far_usual_time_and_questions_are_told(editor: Browser, desk: TrainingDesk) -> None:
    now = utc_now()
    for minutes in (2, 4, 9):
        done = desk.jobs.add(by="u1", now=now)
        assert done is not None
        desk.jobs.begin(done.id, worker="w", now=now - dt.timedelta(minutes=minutes))
        desk.jobs.end(done.id, DONE, reason="", now=now)
    editor.send(PAGE)
    assert "Cały trening trwa zwykle około 4 min." in editor.get(f"{PAGE}/stan").text
    job = desk.jobs.opened()
    assert job is not None
    desk.jobs.begin(job.id, worker="w", now=now - dt.timedelta(minutes=3))
    desk.jobs.beat(job.id, log="", now=utc_now())
    desk.jobs.advance(job.id, "pomiar 0/16", 0.7)
    assert "Uruchamia się wersja, która dostanie pytania (16)." in editor.get(f"{PAGE}/stan").text
    desk.jobs.advance(job.id, "pomiar 7/16", 0.75)
    state = editor.get(f"{PAGE}/stan").text
    assert "Krok 6 z 7: Pytania kontrolne do nowej wersji" in state
    assert re.search(r"Pytanie 7 z 16\. Trwa 3 min \d+ s, zwykle około 4 min\.", state)


def test_mistakes_are_told_before_a_training_begins(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    path = topic_path(folder)
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("related: [", "related: [nie_ma_takiego, "), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Pomyłka")
    answer = editor.send(PAGE)
    assert answer.status_code == 422
    assert desk.jobs.opened() is None
    assert "Trening się nie zaczął: najpierw trzeba poprawić treść (" in answer.text
    title = next(line for line in good.splitlines() if line.startswith("title: ")).removeprefix("title: ")
    link = f'<a href="/panel/studio/tematy/szkolenia">{title}</a> – nieznany temat „nie_ma_takiego”.'
    assert link in answer.text
    assert re.search(r"Dla programisty</summary><pre.*data/topics/pomoc/szkolenia\.yml:\d+:", answer.text, re.DOTALL)
    path.write_text(good, encoding="utf-8")
    assert editor.send(PAGE).status_code == 422, "what is not saved in the history is not trained"
    git(folder, "commit", "--quiet", "--all", "--message", "Poprawione")
    assert editor.send(PAGE).status_code == 303


def test_personal_data_in_new_examples_are_told_at_once(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    export(desk.repository, release.commit, ReleaseFiles(desk.settings, release.content).folder)
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - chcę kurs, mój pesel 44051401359\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Przykład z danymi")
    answer = editor.send(PAGE)
    assert answer.status_code == 422
    assert "Przykład zawiera dane osobowe (PESEL)" in answer.text
    assert "44051401359" not in answer.text


def test_silent_worker_is_found_dead(editor: Browser, desk: TrainingDesk) -> None:
    editor.send(PAGE)
    job = desk.jobs.opened()
    assert job is not None
    desk.jobs.begin(job.id, worker="w", now=utc_now().replace(year=2020))
    assert "został przerwany" in editor.get(PAGE).text
    found = desk.jobs.get(job.id)
    assert found is not None
    assert found.state == BROKEN
    assert editor.send(PAGE).status_code == 303


def test_page_tells_what_changed_since_the_current_release(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    export(desk.repository, release.commit, ReleaseFiles(desk.settings, release.content).folder)
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    assert "treść się nie zmieniła" in editor.get(PAGE).text
    path = topic_path(folder)
    path.write_text(path.read_text(encoding="utf-8") + "  - dofinansowanie z krajowego funduszu szkoleniowego\n")
    page = editor.get(PAGE).text
    assert "niezapisanych w historii: 1" in page
    assert "data/topics/pomoc/szkolenia.yml" in page
    git(folder, "commit", "--quiet", "--all", "--message", "Więcej przykładów")
    page = editor.get(PAGE).text
    assert "Więcej przykładów" in page
    assert "Temat: dodano 1 przykład" in page
    assert re.search(r'<a href="/panel/studio/tematy/szkolenia">[^<]+</a><br>', page)
    assert "niezapisanych" not in page


def test_what_is_saved_while_a_training_works_is_told_apart(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    export(desk.repository, release.commit, ReleaseFiles(desk.settings, release.content).folder)
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())

    def edit(name: str, message: str) -> None:
        path = topic_path(folder, name)
        path.write_text(
            path.read_text(encoding="utf-8") + "  - dofinansowanie z krajowego funduszu\n", encoding="utf-8"
        )
        git(folder, "commit", "--quiet", "--all", "--message", message)

    def lists() -> list[str]:
        return editor.get(PAGE).text.split("Co wejdzie do nowej wersji")[1].split("Dopiero w następnej wersji")

    edit("szkolenia", "Przed treningiem")
    job = desk.jobs.add(by="u1", now=utc_now())
    assert job is not None
    assert len(lists()) == 1, "it has copied nothing yet"
    desk.jobs.begin(job.id, worker="w", now=utc_now())
    copied = git(folder, "rev-parse", "HEAD").strip()
    desk.jobs.advance(job.id, "kontrola", 0.1, commit=copied)
    desk.jobs.beat(job.id, log="", now=utc_now())
    assert len(lists()) == 1
    edit("kfs", "Po skopiowaniu")
    # Without its copy the saved changes are told all the same.
    for has_copy in (False, True):
        if has_copy:
            export(desk.repository, copied, ReleaseFiles(desk.settings, copied[:12]).folder)
        first, second = lists()
        assert "Przed treningiem" in first
        assert "Po skopiowaniu" not in first
        assert "Po skopiowaniu" in second
        assert "Przed treningiem" not in second
        assert ("Temat: dodano 1 przykład" in first, "Temat: dodano 1 przykład" in second) == (has_copy, has_copy)
    assert first.count("Temat: dodano 1 przykład") == 1
    desk.jobs.end(job.id, STOPPED, reason="", now=utc_now())
    (whole,) = lists()
    assert "Przed treningiem" in whole
    assert "Po skopiowaniu" in whole


def test_changes_are_told_by_titles_and_lead_to_their_pages(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    amounts = folder / "data" / "amounts.yml"
    for path, message in (
        (topic_path(folder, "kfs"), "Temat kfs: zmiana odpowiedzi"),
        (amounts, "Kwota minimalne_wynagrodzenie: zmiana"),
    ):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        git(folder, "commit", "--quiet", "--all", "--message", message)
    found = re.search(r"^title: (.*)$", topic_path(folder, "kfs").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    title = found[1].strip("'")
    page = html.unescape(editor.get(PAGE).text)
    assert f"<b>Temat „{title}”: zmiana odpowiedzi</b>" in page
    assert f'<a href="/panel/studio/tematy/kfs">{title}</a>' in page
    assert 'href="/panel/studio/kwoty/minimalne_wynagrodzenie">Minimalne wynagrodzenie' in page
    assert f"Temat „{title}”: zmiana" in html.unescape(editor.get("/panel/studio/tematy/kfs/historia").text)
    assert "Kwota „Minimalne wyn" in editor.get("/panel/studio/kwoty/minimalne_wynagrodzenie/historia").text


def test_removal_is_told_with_title_reason_and_the_way_back(editor: Browser, desk: TrainingDesk, folder: Path) -> None:
    release = add_release(desk, commit=git(folder, "rev-parse", "HEAD").strip())
    desk.releases.mark_published(release.id, by="u1", reason="", now=utc_now())
    git(folder, "rm", "--quiet", str(topic_path(folder, "kfs")))
    git(folder, "commit", "--quiet", "--message", "Temat kfs: usunięty\n\nPowód: Fundusz zamknięto")
    page = html.unescape(editor.get(PAGE).text)
    assert re.search("<b>Temat „[^”]*Fundusz Szkoleniowy[^”]*”: usunięty</b><br>Powód: Fundusz zamknięto", page)
    assert '<a href="/panel/studio/tematy-usuniete">Usunięte tematy</a>' in page


def test_release_page_shows_regressions_first(editor: Browser, desk: TrainingDesk) -> None:
    release = add_release(desk)
    page = editor.get(f"/panel/studio/wersje/{release.id}").text
    assert re.search(r"Gorzej.*czy dostanę na kurs &lt;b&gt;.*Lepiej.*kfs dla firmy", page, re.DOTALL)
    assert "<strong>opłaci</strong>" in page
    assert "+2 punkty procentowe" in page
    assert "p.p." not in page
    assert "za mało, żeby ocenić" not in page
    assert "3 → 1" in page
    assert "W nawiasie" in page
    assert '<span class="badge good">spełniony</span>' in page
    only = editor.get(f"/panel/studio/wersje/{release.id}?rodzaj=lepiej").text
    assert "czy dostanę" not in only
    assert "kfs dla firmy" in only
    assert editor.get("/panel/studio/wersje/999").status_code == 404


def test_few_questions_make_no_share(editor: Browser, desk: TrainingDesk) -> None:
    few = {
        "label": "Dobra odpowiedź", "high": True, "before": figure(1.0, 11), "after": figure(10 / 11, 11),
        "change": figure(-1 / 11, 11),
    }  # fmt: skip
    release = add_release(desk, figures={"answer": few, "offered": few})
    page = editor.get(f"/panel/studio/wersje/{release.id}").text
    assert '<span class="badge ">nie wiadomo</span> Dobrych odpowiedzi' in page
    assert "spełniony</span>" not in page
    assert "W nawiasie" not in page
    assert page.count("zapytał, o co chodzi, i dobra sprawa była wśród propozycji.") == 1
    assert '10 z 11 pytań <span class="soft small">– za mało, żeby ocenić</span>' in page
    assert "wyraźnie mniej – zmierzono na 11 pytaniach, a to za mało, żeby ocenić." in page
    assert "90,9%" not in page
    assert "punkt" not in page
    listed = editor.get(PAGE).text
    assert "10 z 11" in listed
    assert 'data-label="Warunki"><span class="badge ">nie wiadomo</span>' in re.sub(r">\s+<", "><", listed)


def test_technical_names_are_folded(editor: Browser, desk: TrainingDesk) -> None:
    page = editor.get(f"/panel/studio/wersje/{add_release(desk).id}").text
    folded = page.split("<summary>Dane techniczne</summary>")[1].split("</details>")[0]
    for name in ("release-m.tar.gz", "1" * 12, "a" * 12):
        assert name in folded
        assert page.count(name) == 1


def test_release_page_says_what_is_new_and_what_nobody_measured(editor: Browser, desk: TrainingDesk) -> None:
    news = [
        Novelty(TOPIC, "bon", "Bon na zasiedlenie", NEW, added=15), Novelty(TOPIC, "stary", "Stary temat", GONE),
        Novelty(PASSAGE, "urpisz/art-1", "Kto dostaje bon", CHANGED), Novelty(AMOUNT, "bon_ile", "Kwota bonu", NEW),
    ]  # fmt: skip
    release = add_release(desk, news=[one.as_dict() for one in news], unmeasured=["Bon na zasiedlenie"])
    page = editor.get(f"/panel/studio/wersje/{release.id}").text
    for address, title in (
        ("tematy/bon", "Bon na zasiedlenie"), ("fragmenty/urpisz/art-1", "Kto dostaje bon"),
        ("kwoty/bon_ile", "Kwota bonu"),
    ):  # fmt: skip
        assert f'<a href="/panel/studio/{address}">{title}</a>' in page
    assert "Temat: nowy, 15 przykładów" in page
    assert '<b>Stary temat</b><br><span class="soft small">Temat: usunięty<' in page
    assert "Temat „Bon na zasiedlenie” nie ma pytań kontrolnych, więc ta ocena o nim nie mówi" in page
    same = editor.get(f"/panel/studio/wersje/{add_release(desk, number=2, news=[]).id}").text
    assert "Tematy, fragmenty i kwoty są takie same" in same
    assert "nie ma pytań kontrolnych, więc" not in same


def test_release_page_shows_what_people_wrote_until_it_is_erased(
    app: Flask, editor: Browser, desk: TrainingDesk
) -> None:
    for text in ("bon na przeprowadzkę <b>", "kot nie je", "nie do pokazania"):
        write(app, text)
    assert collect(desk.labels, desk.settings) == 3
    desk.labels.begin_grouping("h", now=utc_now(), dead_before=utc_now())
    ids = {text: name for name, text in desk.labels.open_texts()}
    assert desk.labels.written(limit=10) == []
    desk.labels.store_groups([("grupa", None)], [(name, 1, 0) for name in ids.values()], holder="h")
    ignored = ids.pop("nie do pokazania")
    desk.labels.decide([ignored], "u1", state=IGNORED, label=IGNORED, due=[], now=utc_now())
    assert dict(desk.labels.written(limit=10)) == {name: text for text, name in ids.items()}
    assert len(desk.labels.written(limit=1)) == 1
    before = {"kind": "unknown", "topic": "", "text": "Nie wiem.", "offered": []}
    after = {"kind": "answer", "topic": "Bon na zasiedlenie", "text": "Bon dostaje…", "offered": []}
    changed = [{"id": name, "before": before, "after": after} for name in (*ids.values(), "usunięta")]
    release = add_release(desk, people={"asked": 7, "changed": changed})
    page = editor.get(f"/panel/studio/wersje/{release.id}").text
    assert "Co napisali ludzie: odpowiedź się zmieniła (2)" in page
    assert "bon na przeprowadzkę &lt;b&gt;" in page
    assert "brak odpowiedzi → odpowiedź (Bon na zasiedlenie)" in page
    assert "nie wpływa na warunki publikacji" in page


def test_release_without_its_report_is_shown(editor: Browser, desk: TrainingDesk) -> None:
    release = add_release(desk)
    (desk.settings.var / release.report).unlink()
    assert "porównaniem już nie ma" in editor.get(f"/panel/studio/wersje/{release.id}").text


def test_consultants_do_not_train(app: Flask) -> None:
    consultant = signed_in(app, Role.CONSULTANT)
    assert consultant.get(PAGE).status_code == 403
    assert consultant.send(PAGE).status_code == 403


def test_trainings_are_a_tab_of_the_studio(editor: Browser) -> None:
    for page, current in ((PAGE, ' aria-current="page"'), ("/panel/studio/tematy", "")):
        assert f'<li><a href="{PAGE}"{current}>Trening i wersje</a></li>' in editor.get(page).text
    assert '<a class="button" href="/panel/studio/publikacje">Publikacje i próby</a>' in editor.get(PAGE).text


def test_stream_begins(editor: Browser) -> None:
    answer = editor.get(f"{PAGE}/strumien")
    assert answer.mimetype == "text/event-stream"
    assert "event: start" in next(answer.iter_encoded()).decode()
    answer.close()


def test_mark_changes_with_progress(desk: TrainingDesk) -> None:
    job = desk.jobs.add(by="u1", now=utc_now())
    assert job is not None
    marks = [desk.jobs.mark()]
    desk.jobs.begin(job.id, worker="w", now=utc_now())
    marks.append(desk.jobs.mark())
    desk.jobs.advance(job.id, "model", 0.4)
    marks.append(desk.jobs.mark())
    assert len(set(marks)) == len(marks)
    found = desk.jobs.get(job.id)
    assert found is not None
    assert found.state == RUNNING
    assert json.dumps(found.findings) == "[]"
