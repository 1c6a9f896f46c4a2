"""The short table of figures in the README, written by the command, so that it says what the command printed."""

from __future__ import annotations

from pathlib import Path

from zielona.evaluation.results import Results
from zielona.evaluation.summary import COMPARED, LINES, OURS, Line
from zielona.evaluation.tables import interval, shown

BEGIN, END = "<!-- figures of zielona evaluate -->", "<!-- end of figures -->"
_ROWS = (
    "answer", "confidently_wrong", "topic", "topics", "outside_answered", "auroc", "no_diacritics_loss", "hard_loss",
    "both", "follow_up", "recall_1", "recall_5", "mrr",
)  # fmt: skip


def table(results: Results) -> str:
    """Our figures with their intervals, each beside the best baseline that has it."""
    lines, compared = ({line.key: line for line in group} for group in (LINES, COMPARED))
    rows = ["| what | n | ours | best baseline |", "|---|---|---|---|"]
    for key in _ROWS:
        figure, line = results.figures[key], lines[key]
        value = f"{shown(figure.value, line)} ({interval(figure, line)})"
        beside = _best(results, compared[key]) if key in compared else "–"
        rows.append(f"| {line.label} | {figure.count} | {value} | {beside} |")
    return "\n".join(rows)


def _best(results: Results, line: Line) -> str:
    others = {
        name: items[line.key].value for name, items in results.compared.items() if name != OURS and line.key in items
    }
    if not others:
        return "–"
    name = (max if line.high else min)(others, key=others.__getitem__)
    return f"{name}: {shown(others[name], line)}"


def write(results: Results, readme: Path) -> bool:
    """Put the table between its marks; False where the file has none."""
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return False
    readme.write_text(f"{before}{BEGIN}\n{table(results)}\n{END}{after}", encoding="utf-8")
    return True
