"""What Rasa's policies predict around the forms, by `rasa test core` over the stories in `core`.

They predict without the action server, so these stories hold what Rasa decides: which form begins, that it goes on
whatever is said in between, what follows when it closes. What is said in a dialogue comes from custom actions, which
`rasa test` does not run; therefore the stories of `test_stories.py` are told to the running server.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from knowledge_base.content.store import Content
from zielona.artifacts import Artifacts
from zielona.environments import BOT_PYTHON, process_environment
from zielona.settings import ROOT, Settings

STORIES = Path(__file__).parent / "core"


def test_every_dialogue_has_a_story(content: Content) -> None:
    stories = yaml.safe_load((STORIES / "dialogues.yml").read_text(encoding="utf-8"))["stories"]
    begun = {story["steps"][0]["intent"] for story in stories}
    assert {dialogue.intent for dialogue in content.dialogues.values()} <= begun


@pytest.mark.timeout(600)
def test_rasa_predicts_every_action_of_the_stories(settings: Settings, tmp_path: Path) -> None:
    artifacts = Artifacts(settings, tmp_path)
    artifacts.build_all()
    command = [
        str(BOT_PYTHON), "-m", "rasa", "test", "core", "--model", str(artifacts.model), "--stories", str(STORIES),
        "--out", str(tmp_path), "--fail-on-prediction-errors", "--no-plot",
    ]  # fmt: skip
    environment = process_environment(settings, tmp_path)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    assert report["conversation_accuracy"]["correct"] == report["conversation_accuracy"]["total"] > 0
