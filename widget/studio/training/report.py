"""Comparisons as files below ZL_VAR, named by their training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from widget.studio.models import Release
from zielona.settings import Settings

_FOLDER = "evaluation/trainings"


def save(settings: Settings, job_id: int, comparison: dict[str, Any]) -> str:
    """Write it; return its path below ZL_VAR."""
    path = settings.var / _FOLDER / f"{job_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(comparison, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    part.replace(path)
    return path.relative_to(settings.var).as_posix()


def read(var: Path, release: Release) -> dict[str, Any] | None:
    """None where the file was cleared away."""
    try:
        found: dict[str, Any] = json.loads((var / release.report).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found
