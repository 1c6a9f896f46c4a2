"""The report as Markdown and as one HTML file, out of results alone."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from pathlib import Path

from markdown_it import MarkdownIt

from zielona.evaluation import tables
from zielona.evaluation.blame import costs
from zielona.evaluation.judging import of_set
from zielona.evaluation.results import Results
from zielona.evaluation.summary import Line
from zielona.evaluation.tables import Table

_COSTLIEST = 15
_NAMED = 8
_PICTURES = {
    "confusion": "Confusion of groups of topics",
    "reliability": "Reliability of the first topic's probability",
    "scope": "In scope against out of scope",
}
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
table { border-collapse: collapse; font-size: 0.85rem; display: block; overflow-x: auto; margin: 1rem 0 }
th, td { border-bottom: 1px solid #d5d9de; padding: 0.25rem 0.6rem; text-align: right }
th:first-child, td:first-child { text-align: left }
img { max-width: 100% }
"""


def markdown(results: Results, before: Results | None, *, pictures: Mapping[str, str], compact: bool = False) -> str:
    """The whole report, or with `compact` what a README links to; `pictures` are addresses by name."""
    parts = [
        "# How right the assistant is",
        _intro(results, before),
        _table(tables.headline(results, before)),
        _targets(results),
        *(["## Beside what one could install instead", _baselines(results)] if results.compared else []),
        "## By style of the question",
        _table(tables.by_group(of_set(results.records, "questions"))),
        "## Hard variants",
        _table(tables.by_group(of_set(results.records, "hard"))),
        "## Out of scope",
        _table(tables.outside(of_set(results.records, "out_of_scope"))),
        "## Pictures",
        *(f"![{_PICTURES[name]}]({address})" for name, address in pictures.items()),
        "## Topics that cost most" if compact else "## Topics",
        _table(_cut(tables.by_topic(of_set(results.records, "questions")), _COSTLIEST if compact else None)),
    ]
    if not compact:
        parts += _details(results)
    return "\n\n".join(parts) + "\n"


def _intro(results: Results, before: Results | None) -> str:
    versions = ", ".join(f"{name} {value}" for name, value in sorted(results.versions.items()))
    since = f" Compared with the run of {before.created}." if before else ""
    limited = f" **Only {results.limit} messages of each set were asked.**" if results.limit else ""
    notes = "".join(f"\n\n{note}" for note in results.notes)
    return (
        f"Made by `zielona evaluate` on {results.created[:10]} in {results.seconds:.0f} s ({versions}).{since}"
        f"{limited} Every message goes the whole way, over the public API. Nothing is trained on these questions or "
        "tuned to them; "
        f"intervals are 95% percentile bootstrap intervals of 2,000 resamples.{notes}"
    )


def _targets(results: Results) -> str:
    lines = [f"- **{line.label}**: {_blame(line, results)}" for line in tables.missed(results)]
    return "\n".join(["## Targets that are missed, and on what", "", *(lines or ["None."])])


def _blame(line: Line, results: Results) -> str:
    """By how much a target is missed, and where most of it comes from."""
    names = costs(line.key, results)
    ordered = sorted(set(names), key=lambda name: (-names.count(name), name))
    most = ", ".join(f"{name} {names.count(name)}" for name in ordered[:_NAMED]) or "–"
    return f"{tables.target(line, results.figures[line.key])}; most of it: {most}"


def _baselines(results: Results) -> str:
    lost = tables.beaten(results)
    words = ["Ours is best on every figure."] if not lost else ["Not best:", "", *(f"- {line}" for line in lost)]
    return "\n".join([_table(tables.comparison(results)), "", *words])


def _details(results: Results) -> list[str]:
    confident = tables.worst(results, "questions", lambda item: item.confidently_wrong, count=40)
    taken = tables.worst(results, "out_of_scope", lambda item: item.confidently_wrong, count=40)
    return [
        "## Wrong, and sure of it", _table(confident),
        "## Out of scope, and answered", _table(taken),
        "## Search: articles not among the first five", _table(tables.unfound(results, after=5, count=60)),
    ]  # fmt: skip


def _cut(table: Table, count: int | None) -> Table:
    return table[0], table[1][:count]


def _table(table: Table) -> str:
    head, rows = table
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(_escaped(cell) for cell in line) + " |" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def page(text: str, pictures: Mapping[str, Path]) -> str:
    """One HTML file with everything in it; a picture whose address is its file's name is put inside."""
    body: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    for path in pictures.values():
        data = base64.b64encode(path.read_bytes()).decode()
        body = body.replace(f'src="{html.escape(path.name)}"', f'src="data:image/svg+xml;base64,{data}"')
    head = f'<meta charset="utf-8"><title>How right the assistant is</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">{head}\n{body}</html>\n'
