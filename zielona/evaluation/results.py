"""One run as a file: what was asked, what became of it, and the figures; the report is made of it alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zielona.evaluation.figures import Figure
from zielona.evaluation.judging import Record
from zielona.evaluation.retrieval import Found
from zielona.evaluation.summary import LINES, Figures

FILE = "results.json"


@dataclass(frozen=True)
class Results:
    """A run.

    `compared` are figures by baseline, ours among them; `groups` the group of each topic; `limit` how many messages of
    each set were asked, None for all; `notes` what a reader must know.
    """

    created: str
    seconds: float
    versions: dict[str, str]
    records: list[Record]
    found: list[Found]
    figures: Figures
    compared: dict[str, Figures]
    groups: dict[str, str]
    limit: int | None = None
    notes: list[str] = field(default_factory=list)

    def save(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, allow_nan=False), encoding="utf-8")
        return path

    @classmethod
    def load(cls, path: Path) -> Results:
        """Raises OSError, KeyError, TypeError or ValueError where the file is no whole run of this version."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            **{
                **data,
                "records": [Record.from_dict(item) for item in data["records"]],
                "found": [_found(item) for item in data["found"]],
                "figures": _figures(data["figures"]),
                "compared": {name: _figures(items) for name, items in data["compared"].items()},
            }
        )


def latest(root: Path, *, limit: int | None) -> Results | None:
    """The newest saved run over as many questions that can still be read, or None."""
    for path in sorted(root.glob(f"*/{FILE}"), reverse=True):
        try:
            found = Results.load(path)
        except (OSError, KeyError, TypeError, ValueError):
            # A run of a former version, or one that was cut off.
            continue
        if found.limit == limit:
            return found
    return None


def changes(now: Figures, before: Figures) -> dict[str, float]:
    """How much each figure that both have has grown."""
    return {
        line.key: now[line.key].value - before[line.key].value
        for line in LINES
        if line.key in now and line.key in before
    }


def _figures(data: Mapping[str, Any]) -> Figures:
    return {name: Figure(**item) for name, item in data.items()}


def _found(data: Mapping[str, Any]) -> Found:
    articles: Sequence[Sequence[str]] = data["articles"]
    return Found(data["text"], data["group"], tuple((act, article) for act, article in articles), data["ranks"])
