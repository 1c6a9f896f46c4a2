"""Rasa's own starter pipeline on our examples: trained once for its inputs, then kept with what it made of texts."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from knowledge_base.content.store import Content, load_content
from zielona.artifacts import code_hash
from zielona.environments import BOT_PYTHON, process_environment
from zielona.evaluation.classifiers import Guess
from zielona.progress import run_step
from zielona.settings import ROOT, Settings

CONFIG = Path(__file__).with_name("stock.yml")
_FALLBACK = "nlu_fallback"
_EPOCHS = "epochs: 100"
_BAR = re.compile(r"Epochs: [^\r\n]*?(\d+/\d+) \[[\d:]+<([\d:]+)")


def config_text(epochs: int) -> str:
    """The starter pipeline; other than its 100 epochs only for who cannot wait."""
    return CONFIG.read_text(encoding="utf-8").replace(_EPOCHS, f"epochs: {epochs}")


def time_left(log: str) -> str:
    """What the trainer's own bar last said: epochs done, and how long the others take."""
    found = _BAR.findall(log)
    return f", epoka {found[-1][0]}, zostało około {found[-1][1]}" if found else ""


class Stock:
    """The starter pipeline, trained in `folder` for one state of content, code and configuration."""

    def __init__(self, settings: Settings, folder: Path, *, epochs: int) -> None:
        self._settings = settings
        self._folder = folder
        self._epochs = epochs
        code = code_hash("bot/importer.py", "requirements/bot.txt")
        parts = [code, config_text(epochs), *_learned(load_content())]
        self.key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def model(self) -> Path:
        return self._folder / f"{self.key}.tar.gz"

    def train(self) -> Path:
        """Train unless that was done for the same inputs. Raises StepError."""
        if self.model.exists():
            return self.model
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / f"{self.key}.yml"
        config.write_text(config_text(self._epochs), encoding="utf-8")
        command = [
            str(BOT_PYTHON), "-m", "rasa", "train", "nlu", "--config", str(config), "--domain", "bot/domain",
            "--nlu", "bot/data", "--out", str(self._folder), "--fixed-model-name", self.key,
        ]  # fmt: skip
        run_step(
            f"Trenuję wzorzec porównania (DIET, epok: {self._epochs}; raz na dane; Ctrl+C pomija)", command,
            log=self._settings.var / "log" / "stock.log", environment=process_environment(self._settings, self._folder),
            detail=time_left,
        )  # fmt: skip
        return self.model

    def guesses(self, texts: Sequence[str]) -> list[Guess]:
        """What the model takes each text for, without its fallback, which only hides the ranking."""
        mark = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
        kept = self._folder / f"{self.key}-{mark}.json"
        if not kept.exists():
            kept.write_text(json.dumps(self._parse(texts)), encoding="utf-8")
        rankings = json.loads(kept.read_text(encoding="utf-8"))
        return [_guess(ranking) for ranking in rankings]

    def _parse(self, texts: Sequence[str]) -> list[list[list[object]]]:
        process = subprocess.Popen(
            [str(BOT_PYTHON), "-m", "zielona.evaluation.rasa_parse", str(self.train())],
            cwd=ROOT, env=process_environment(self._settings, self._folder), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stdout is not None  # noqa: S101
        with process:
            process.stdin.write(json.dumps(list(texts)))
            process.stdin.close()
            lines = (line for line in process.stdout if line.startswith('{"name"'))
            bar = tqdm(lines, total=len(texts), desc="DIET", unit="", file=sys.stdout)
            found = [json.loads(line)["ranking"] for line in bar]
        if process.returncode != 0 or len(found) != len(texts):
            raise RuntimeError(f"the stock model answered {len(found)} of {len(texts)} messages")
        return found


def _learned(content: Content) -> list[str]:
    """All that the importer teaches: another answer or amount costs no training."""
    topics = [f"{topic.name} {example}" for topic in content.topics.values() for example in topic.examples]
    starts = [f"{dialogue.intent} {example}" for dialogue in content.dialogues.values() for example in dialogue.start]
    passages = [
        f"{passage.related[:1]} {question}" for passage in content.passages.values() for question in passage.questions
    ]
    return sorted([*topics, *starts, *passages])


def _guess(ranking: Sequence[Sequence[object]]) -> Guess:
    named = [(str(name), float(str(score))) for name, score in ranking if name != _FALLBACK]
    return Guess(tuple(name for name, _ in named[:3]), named[0][1] if named else 0.0)
