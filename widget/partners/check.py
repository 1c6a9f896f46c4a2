"""The widget's part of `zielona check-content`: partners and questions to begin with."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.store import ContentPaths, load_content
from widget.partners.registry import load_partners
from widget.partners.suggestions import load_suggestions


def findings(partners: Path, suggestions: Path) -> list[Finding]:
    """Everything wrong with both files; topics that cannot be loaded are the other check's business."""
    found: list[Finding] = []
    try:
        load_partners(partners)
    except ContentError as error:
        found += error.findings
    try:
        topics = load_content().topics
    except ContentError:
        return found
    try:
        load_suggestions(suggestions, topics)
    except ContentError as error:
        found += error.findings
    return found


def report(partners: Path, suggestions: Path) -> list[str]:
    """The findings as the lines that the command prints."""
    root = ContentPaths().root
    lines = []
    for finding in findings(partners, suggestions):
        path = finding.path.relative_to(root) if finding.path.is_relative_to(root) else finding.path
        lines.append(f"{path}:{finding.line}: błąd: {finding.message}")
    return lines
