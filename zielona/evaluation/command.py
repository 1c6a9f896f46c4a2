"""`zielona evaluate`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from zielona.clock import utc_now
from zielona.evaluation import readme, tables
from zielona.evaluation.pictures import draw_all
from zielona.evaluation.report import markdown, page
from zielona.evaluation.results import Results, latest
from zielona.evaluation.run import evaluate
from zielona.progress import say
from zielona.sandbox import running_stack
from zielona.settings import ROOT, Settings

# Nobody is kept waiting by the evaluation: it has the stack to itself.
_RATE_LIMIT = "1000000 per minute"


def run(settings: Settings, *, compare: bool, epochs: int, limit: int | None, publish: Path | None) -> int:
    """Evaluate, write the report below var/evaluation, and publish its short form where asked to."""
    root = settings.var / "evaluation"
    with tempfile.TemporaryDirectory() as name, running_stack(Path(name), RATE_LIMIT=_RATE_LIMIT) as running:
        results = evaluate(running, root, compare=compare, epochs=epochs, limit=limit)
    before = latest(root, limit=limit)
    folder = root / utc_now().strftime("%Y%m%dT%H%M%SZ")
    results.save(folder)
    write_report(results, before, folder)
    show(results, before)
    say(f"Raport: {folder / 'report.html'}")
    if publish is not None:
        publish_report(results, before, publish)
        if limit is None:
            readme.write(results, ROOT / "README.md")
        say(f"Skrót raportu: {publish}")
    return 0


def write_report(results: Results, before: Results | None, folder: Path) -> None:
    """Write `report.md`, `report.html` and the pictures."""
    pictures = draw_all(results, folder)
    text = markdown(results, before, pictures={name: path.name for name, path in pictures.items()})
    (folder / "report.md").write_text(text, encoding="utf-8")
    (folder / "report.html").write_text(page(text, pictures), encoding="utf-8")


def publish_report(results: Results, before: Results | None, target: Path) -> None:
    """Write the short report to `target`, its pictures beside it in `images`; it holds no question of a set."""
    images = target.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        addresses = {}
        for picture, path in draw_all(results, Path(name)).items():
            shutil.copy(path, images / f"evaluation-{path.name}")
            addresses[picture] = f"images/evaluation-{path.name}"
    target.write_text(markdown(results, before, pictures=addresses, compact=True), encoding="utf-8")


def show(results: Results, before: Results | None) -> None:
    """Print the figures."""
    for head, rows in (tables.headline(results, before), *([tables.comparison(results)] if results.compared else [])):
        widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in (head, *rows))
        sys.stdout.write("\n" + "\n".join(lines).replace("**", "") + "\n\n")
