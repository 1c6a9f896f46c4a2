"""How long an act takes to split: pages and PDF of invented acts, from small to the size of a code.

Run with `.venv/app/bin/python -m benchmarks.importer`; needs neither pipeline nor index.
"""

from __future__ import annotations

import argparse
import resource
import statistics
from collections.abc import Callable

from benchmarks.table import show, timed
from knowledge_base.acts.html import split_html
from knowledge_base.acts.pdf import split_pdf
from knowledge_base.acts.tree import Unit
from tests.knowledge_base.acts.invented import ELI, big_act, big_pdf

_LIMIT_SECONDS = 5.0


def row(name: str, size: int, split: Callable[[], list[Unit]], repeats: int) -> tuple[list[str], float]:
    units = split()
    seconds = statistics.median(timed(split) for _ in range(repeats)) / 1000
    articles = sum(unit.kind == "art" for unit in units)
    return [name, str(articles), str(len(units)), f"{size / 2**20:.2f}", f"{seconds:.2f}"], seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    rows, slowest = [], 0.0
    for articles in (50, 500, 1500):
        page, document = big_act(articles), big_pdf(articles)
        for name, size, split in (
            ("HTML", len(page.encode()), lambda page=page: split_html(page, ELI)),
            ("PDF", len(document), lambda document=document: split_pdf(document, ELI)),
        ):
            cells, seconds = row(name, size, split, repeats)
            rows.append(cells)
            slowest = max(slowest, seconds if articles == 500 else 0.0)
    show("Splitting an act", ("form", "articles", "units", "MiB", "s (median)"), rows)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(f"500 articles: slowest {slowest:.2f} s, limit {_LIMIT_SECONDS:.0f} s")
    return 0 if slowest <= _LIMIT_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
