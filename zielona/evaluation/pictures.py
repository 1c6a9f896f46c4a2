"""The pictures of the report, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from zielona.evaluation.figures import equal_error, reliability, roc
from zielona.evaluation.judging import RIGHT, RIGHT_CHOICE, UNKNOWN, WRONG_CHOICE, WRONG_PASSAGE, Record, of_set
from zielona.evaluation.results import Results

_BLUE, _ORANGE, _GREY = "#1f5fa8", "#c4561a", "#8a8f98"
_OTHERS = ("passage", "choices", "refused")
# Text stays text: small, and readable by a screen reader. No date, so that a picture changes only with its data.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "zielona", "font.size": 9, "font.family": "sans-serif"})


def draw_all(results: Results, folder: Path) -> dict[str, Path]:
    """Draw the pictures into the folder; return them by name."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {
        "confusion": confusion(results),
        "reliability": reliability_diagram(results),
        "scope": scope(results),
    }
    paths = {}
    for name, picture in drawn.items():
        paths[name] = folder / f"{name}.svg"
        picture.savefig(paths[name], format="svg", bbox_inches="tight", metadata={"Date": None})
    return paths


def confusion(results: Results) -> Picture:
    """Groups of topics asked about (rows) against what was answered (columns), in shares of the row."""
    names = sorted(set(results.groups.values()))
    columns = [*names, *_OTHERS]
    counts = np.zeros((len(names), len(columns)))
    for record in of_set(results.records, "questions"):
        row = results.groups.get(record.wanted[0])
        if row is not None:
            counts[names.index(row), columns.index(_column(record, results.groups, row))] += 1
    asked = counts.sum(axis=1)
    kept = asked > 0
    shares = counts[kept] / asked[kept][:, None]
    picture = Picture(figsize=(7.6, 4.6))
    axes = picture.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(counts[kept]):
        if count:
            colour = "white" if shares[row, column] > 0.5 else "black"
            axes.text(column, row, f"{count:.0f}", ha="center", va="center", color=colour)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right")
    axes.set_yticks(range(int(kept.sum())), [f"{name} ({n:.0f})" for name, n in zip(names, asked) if n])
    axes.set_xlabel("answered with a topic of this group, or with …")
    axes.set_ylabel("asked about")
    return picture


def _column(record: Record, groups: dict[str, str], own: str) -> str:
    if record.judgement == UNKNOWN:
        return "refused"
    if record.judgement in {RIGHT_CHOICE, WRONG_CHOICE}:
        return "choices"
    if record.judgement in {WRONG_PASSAGE, "right passage"}:
        return "passage"
    return own if record.judgement in RIGHT else groups.get(record.topic or "", "refused")


def reliability_diagram(results: Results) -> Picture:
    """How often the first topic is right against how sure the classifier is of it."""
    records = [record for record in results.records if record.set in {"questions", "hard", "out_of_scope"}]
    bins = reliability([record.sure for record in records], [record.topic_right for record in records])
    picture = Picture(figsize=(4.6, 4.2))
    axes = picture.subplots()
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", label="perfect")
    axes.plot([item.confidence for item in bins], [item.accuracy for item in bins], "o-", color=_BLUE, label="ours")
    for item in bins:
        axes.annotate(str(item.count), (item.confidence, item.accuracy), xytext=(4, -10), textcoords="offset points")
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="probability of the first topic", ylabel="share that is right")
    axes.legend(loc="upper left", frameon=False)
    return picture


def scope(results: Results) -> Picture:
    """ROC of in scope against out of scope, and the scores of both."""
    inside = [record.inside for record in of_set(results.records, "questions")]
    outside = [record.inside for record in of_set(results.records, "out_of_scope")]
    picture = Picture(figsize=(8.2, 3.8))
    left, right = picture.subplots(1, 2)
    _roc(left, inside, outside)
    edges = np.linspace(0, 1, 21).tolist()
    for scores, colour, label in ((inside, _BLUE, "in scope"), (outside, _ORANGE, "out of scope")):
        right.hist(scores, bins=edges, weights=[1 / len(scores)] * len(scores), color=colour, alpha=0.6, label=label)
    right.set(xlabel="probability that the message is ours to answer", ylabel="share of messages")
    right.legend(frameon=False)
    picture.tight_layout()
    return picture


def _roc(axes: Axes, inside: Sequence[float], outside: Sequence[float]) -> None:
    first, second = np.asarray(inside), np.asarray(outside)
    _, accepted, kept = roc(first, second)
    rate, threshold = equal_error(first, second)
    axes.plot(accepted, kept, color=_BLUE)
    axes.plot([0, 1], [1, 0], color=_GREY, linestyle=":")
    axes.plot([rate], [1 - rate], "o", color=_ORANGE, label=f"equal error {rate:.1%} at {threshold:.2f}")
    axes.set(xlim=(-0.01, 1), ylim=(0, 1.01), xlabel="out of scope accepted", ylabel="in scope accepted")
    axes.legend(loc="lower right", frameon=False)
