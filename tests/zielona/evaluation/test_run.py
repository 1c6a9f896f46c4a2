"""The whole of an evaluation, over the running services and a handful of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zielona.evaluation.examples import results
from zielona.client import ServiceClient
from zielona.environments import secret
from zielona.evaluation.asking import ask
from zielona.evaluation.command import show, write_report
from zielona.evaluation.run import evaluate
from zielona.evaluation.sets import NAMES, Asked
from zielona.evaluation.stock import config_text, time_left
from zielona.evaluation.summary import LINES
from zielona.sandbox import Running

pytestmark = pytest.mark.timeout(600)


def test_a_handful_of_questions_from_asking_to_report(running: Running, tmp_path: Path) -> None:
    run = evaluate(running, tmp_path, compare=False, epochs=0, limit=3)
    assert {record.set for record in run.records} >= set(NAMES) - {"search"}
    assert {line.key for line in LINES} == set(run.figures)
    assert len(run.found) == 3
    # The explanations came along.
    assert any(record.ranking and record.sure > 0 for record in run.records)
    assert {"content", "model"} <= set(run.versions)
    write_report(run, None, tmp_path)
    assert "Only 3 messages of each set" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_a_follow_up_is_asked_after_the_question_before(running: Running) -> None:
    client = ServiceClient(running.settings, secret=secret(running.settings))
    item = Asked("follow_up", "a na pół etatu?", wanted=("urlop_wymiar",), before="ile mam dni urlopu w roku")
    together, alone = ask(client, item), ask(client, Asked("follow_up", item.text, wanted=item.wanted))
    assert together.ranking != alone.ranking


def test_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    show(results(), None)
    assert "right answer, or right passage first" in capsys.readouterr().out


def test_the_starter_pipeline_keeps_its_epochs_unless_told() -> None:
    assert "epochs: 100" in config_text(100)
    assert "epochs: 3\n" in config_text(3)
    assert "epochs: 100" not in config_text(3)


def test_the_trainers_bar_is_read_for_the_time_left() -> None:
    log = "Epochs:   1%|          | 1/100 [04:40<7:42:44, 280.45s/it]\rEpochs:   2%|▏| 2/100 [07:43<6:04:13, 223s/it]"
    assert time_left(log) == ", epoka 2/100, zostało około 6:04:13"
    assert time_left("Starting to train") == ""
