"""Printing results."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

Row = Sequence[str]


def show(title: str, head: Row, rows: Sequence[Row]) -> None:
    """Print a table, first column to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}")
    for row in (head, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  ".join(cells), flush=True)


def timed(call: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    started = perf_counter()
    call()
    return (perf_counter() - started) * 1000


def spread(times: Sequence[float]) -> list[str]:
    """Median and 95th percentile of milliseconds, as text."""
    return [f"{statistics.median(times):.1f}", f"{statistics.quantiles(times, n=20)[18]:.1f}"]


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
