"""The tables of the report, as rows of text out of results."""

from __future__ import annotations

import collections
from collections.abc import Callable, Sequence

from zielona.evaluation.figures import Figure
from zielona.evaluation.judging import JUDGEMENTS, RIGHT, Record, of_set
from zielona.evaluation.results import Results, changes
from zielona.evaluation.summary import COMPARED, LINES, OURS, Figures, Line

Table = tuple[list[str], list[list[str]]]


def shown(value: float, line: Line) -> str:
    return f"{value:.1%}" if line.share else f"{value:.3f}"


def interval(figure: Figure, line: Line) -> str:
    return f"{shown(figure.low, line)} – {shown(figure.high, line)}"


def headline(results: Results, before: Results | None) -> Table:
    """All figures with intervals, targets, and the change since the run before."""
    moved = changes(results.figures, before.figures) if before else {}
    rows = []
    for line in LINES:
        figure = results.figures[line.key]
        change = _signed(moved[line.key], line) if line.key in moved else "–"
        seen = [shown(figure.value, line), interval(figure, line)] if figure.count else ["–", "–"]
        rows.append([line.label, *seen, str(figure.count), target(line, figure), change])
    return ["figure", "value", "95% interval", "n", "target", "since last run"], rows


def _signed(change: float, line: Line) -> str:
    if abs(change) < 5e-4:
        return "="
    return f"{change * 100:+.1f} points" if line.share else f"{change:+.3f}"


def target(line: Line, figure: Figure) -> str:
    if line.target is None or not figure.count:
        return ""
    sign = "≥" if line.high else "≤"
    if line.met(figure.value):
        return f"{sign} {shown(line.target, line)} met"
    gap = abs(figure.value - line.target)
    return (
        f"{sign} {shown(line.target, line)} **missed by {f'{gap * 100:.1f} points' if line.share else f'{gap:.3f}'}**"
    )


def missed(results: Results) -> list[Line]:
    return [line for line in LINES if "missed" in target(line, results.figures[line.key])]


def comparison(results: Results) -> Table:
    """Each figure that baselines have, ours first; the best of a row is bold."""
    names = list(results.compared)
    rows = []
    for line in COMPARED:
        values = {name: items[line.key].value for name, items in results.compared.items() if line.key in items}
        best = (max if line.high else min)(values.values()) if values else 0.0
        cells = [_cell(values.get(name), best, line) for name in names]
        rows.append([line.label, *cells])
    return ["figure", *names], rows


def _cell(value: float | None, best: float, line: Line) -> str:
    if value is None:
        return ""
    return f"**{shown(value, line)}**" if value == best else shown(value, line)


def beaten(results: Results) -> list[str]:
    """Where a baseline is better than ours, in words."""
    ours: Figures = results.compared.get(OURS, {})
    found = []
    for line in COMPARED:
        for name, items in results.compared.items():
            if name == OURS or line.key not in items or line.key not in ours:
                continue
            gap = items[line.key].value - ours[line.key].value
            if gap > 0 if line.high else gap < 0:
                theirs, own = (shown(side[line.key].value, line) for side in (items, ours))
                found.append(f"{line.label}: {name} {theirs}, ours {own}")
    return found


def by_group(records: Sequence[Record]) -> Table:
    """How each style or kind of a set comes out."""
    rows = []
    for name in sorted({record.group for record in records}):
        of_group = [record for record in records if record.group == name]
        counts = collections.Counter(record.judgement for record in of_group)
        right = sum(counts[judgement] for judgement in RIGHT) / len(of_group)
        rows.append([name or "–", str(len(of_group)), f"{right:.1%}", *(str(counts[name]) for name in JUDGEMENTS)])
    return ["", "n", "right", *JUDGEMENTS], rows


def outside(records: Sequence[Record]) -> Table:
    """What became of messages that are none of our business, by kind; the costliest first."""
    rows = []
    kinds = {record.group for record in records}
    for name in sorted(kinds, key=lambda kind: -_wrong_share([item for item in records if item.group == kind])):
        of_kind = [record for record in records if record.group == name]
        counts = collections.Counter(record.judgement for record in of_kind)
        cells = [str(counts[judgement]) for judgement in ("unknown", "wrong choices", "wrong passage", "wrong answer")]
        rows.append([name, str(len(of_kind)), *cells])
    return ["kind", "n", "refused", "choices offered", "passage shown", "topic answered"], rows


def _wrong_share(records: Sequence[Record]) -> float:
    return sum(record.confidently_wrong for record in records) / len(records)


def by_topic(records: Sequence[Record]) -> Table:
    """Each topic with what it is most confused with; the ones that cost most first."""
    topics: dict[str, list[Record]] = collections.defaultdict(list)
    for record in records:
        topics[record.wanted[0]].append(record)
    rows = []
    for name, asked in sorted(topics.items(), key=lambda pair: (-_cost(pair[1]), pair[0])):
        right = sum(record.right for record in asked)
        wrong = sum(record.confidently_wrong for record in asked)
        rows.append([name, str(len(asked)), str(right), str(wrong), str(len(asked) - right - wrong), _confused(asked)])
    return ["topic", "n", "right", "wrong", "not answered", "most confused with"], rows


def _cost(records: Sequence[Record]) -> float:
    """A wrong answer costs twice what a refusal does."""
    return sum(2.0 if record.confidently_wrong else 1.0 for record in records if not record.right)


def _confused(records: Sequence[Record]) -> str:
    others = collections.Counter(
        record.topic for record in records if not record.right and record.topic and record.topic not in record.wanted
    )
    return ", ".join(f"{name} ({count})" for name, count in others.most_common(2))


def unfound(results: Results, *, after: int, count: int) -> Table:
    """Questions whose article search does not have among the first `after`."""
    lost = [item for item in results.found if (rank := item.ranks[OURS]) is None or rank >= after]
    rows = [[item.text, ", ".join(article for _, article in item.articles), _rank(item.ranks[OURS])] for item in lost]
    return ["question", "wanted", "rank"], rows[:count]


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank + 1)


def worst(results: Results, name: str, wrong: Callable[[Record], bool], *, count: int) -> Table:
    """The surest among the wrong ones of a set."""
    records = sorted((item for item in of_set(results.records, name) if wrong(item)), key=lambda item: -item.inside)
    rows = [
        [item.text, ", ".join(item.wanted[:1]), item.topic or "–", f"{item.inside:.2f}"] for item in records[:count]
    ]
    return ["message", "wanted", "taken for", "probability"], rows
