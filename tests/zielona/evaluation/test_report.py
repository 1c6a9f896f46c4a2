from __future__ import annotations

import json
from pathlib import Path

from tests.zielona.evaluation.examples import results
from zielona.evaluation.baselines import compare_search
from zielona.evaluation.blame import costs
from zielona.evaluation.command import publish_report, write_report
from zielona.evaluation.figures import Figure
from zielona.evaluation.report import markdown
from zielona.evaluation.results import Results, changes, latest
from zielona.evaluation.summary import LINES, OURS
from zielona.evaluation.tables import beaten, by_topic, headline, missed


def test_a_saved_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    run = results(compared={OURS: {"mrr": Figure(0.5, 0.4, 0.6, 2)}})
    assert Results.load(run.save(tmp_path)) == run


def test_the_newest_run_over_as_many_questions_counts(tmp_path: Path) -> None:
    results(created="first").save(tmp_path / "1")
    results(created="second").save(tmp_path / "2")
    results(created="short", limit=3).save(tmp_path / "3")
    (tmp_path / "4").mkdir()
    (tmp_path / "4" / "results.json").write_text(json.dumps({"created": "old"}), encoding="utf-8")
    found = latest(tmp_path, limit=None)
    assert found is not None
    assert found.created == "second"
    assert latest(tmp_path / "none", limit=None) is None


def test_figures_of_a_run() -> None:
    figures = results().figures
    expected = {"answer": 0.5, "confidently_wrong": 0.25, "refused": 0.25, "outside_answered": 0.5, "both": 0.0,
                "one": 1.0, "recall_1": 0.5, "mrr": 0.5, "hard": 0.0, "hard_loss": 0.5}  # fmt: skip
    assert {name: figures[name].value for name in expected} == expected


def test_the_report_says_what_is_missed_by_how_much_and_on_what() -> None:
    text = markdown(results(), None, pictures={})
    assert "| right answer, or right passage first | 50.0% |" in text
    assert "missed by 42.0 points" in text
    assert (
        "wrong answer or passage given as the answer**: ≤ 2.0% **missed by 23.0 points**; most of it: urlop_wymiar 1"
        in text
    )
    assert "AUROC, in scope against out of scope" in {line.label for line in missed(results())}
    # A cell may hold what would end it.
    assert "zasiłek \\| wysokość" in text


def test_every_target_knows_what_costs() -> None:
    run = results()
    blamed = {line.key: costs(line.key, run) for line in LINES if line.target is not None}
    assert blamed["answer"] == ["urlop_wymiar", "urlop_wymiar"]
    assert blamed["confidently_wrong"] == ["urlop_wymiar"]
    assert blamed["auroc"] == ["other_law"]
    assert blamed["hard_loss"] == ["sms"]
    assert blamed["recall_5"] == ["DU/2025/620 art. 224"]
    assert blamed["no_diacritics_loss"] == []


def test_changes_since_the_run_before() -> None:
    now, before = results(), results()
    before.figures["answer"] = Figure(0.25, 0.2, 0.3, 4)
    assert changes(now.figures, before.figures)["answer"] == 0.25
    rows = {row[0]: row for row in headline(now, before)[1]}
    assert rows["right answer, or right passage first"][-1] == "+25.0 points"
    assert rows["refused though in scope"][-1] == "="


def test_a_topic_names_what_it_is_confused_with() -> None:
    _, rows = by_topic([record for record in results().records if record.set == "questions"])
    assert rows == [["urlop_wymiar", "4", "2", "1", "1", "zasilek_prawo (1)"]]


def test_where_a_baseline_is_better_is_said() -> None:
    better, worse = Figure(0.9, 0.8, 1.0, 9), Figure(0.1, 0.0, 0.2, 9)
    run = results(compared={OURS: {"mrr": worse, "accepted": worse}, "other": {"mrr": better, "accepted": better}})
    assert beaten(run) == ["search, mean reciprocal rank: other 0.900, ours 0.100"]
    assert "**0.900**" in markdown(run, None, pictures={})


def test_searches_are_compared_way_by_way() -> None:
    found = results().found
    compared = compare_search(found, found)
    assert compared[OURS]["recall_1"].value == 0.5
    assert compared[OURS]["mrr_no_diacritics"].value == 0.5


def test_files_of_a_report_stand_alone(tmp_path: Path) -> None:
    write_report(results(), results(), tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/svg+xml;base64,") == 3
    assert "<table>" in page
    assert "<script" not in page
    assert "Compared with the run of 2026-11-26" in page


def test_the_published_report_shows_no_question(tmp_path: Path) -> None:
    publish_report(results(), None, tmp_path / "evaluation.md")
    text = (tmp_path / "evaluation.md").read_text(encoding="utf-8")
    assert "(images/evaluation-confusion.svg)" in text
    assert (tmp_path / "images" / "evaluation-confusion.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert "ile mam urlopu" not in text
    assert "wysokość" not in text
