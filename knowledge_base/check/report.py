"""The command `zielona check-content`: findings by file and line, then a table of what there is."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from knowledge_base.check.rules import Loadable, check_loaded, load
from knowledge_base.check.translations import overview as translations
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.store import ContentPaths
from zielona.clock import today


def main(arguments: list[str] | None = None) -> int:
    """Print the findings and the table; 1 where there is an error, 0 where there are warnings at most."""
    parser = argparse.ArgumentParser(
        prog="zielona check-content", description="Sprawdza treści: tematy, fragmenty, porównania, kwoty, urzędy."
    )
    parser.add_argument("paths", nargs="*", type=Path, help="pokaż tylko uwagi do tych plików lub folderów")
    parser.add_argument("--index", type=Path, help="folder indeksów, do szukania powtórzeń")
    parser.add_argument("--review-days", type=int, default=365, help="po ilu dniach treść trzeba sprawdzić ponownie")
    options = parser.parse_args(arguments)
    paths = ContentPaths()
    try:
        content = load(paths)
    except ContentError as error:
        findings, table = error.findings, ""
    else:
        findings = check_loaded(content, today=today(), review_days=options.review_days)
        findings += _duplicates(content, options.index)
        table = overview(content)
    wanted = [path.resolve() for path in options.paths]
    shown = [item for item in findings if not wanted or any(item.path.is_relative_to(path) for path in wanted)]
    for finding in shown:
        kind = "uwaga" if finding.warning else "błąd"
        sys.stdout.write(f"{finding.path.relative_to(paths.root)}:{finding.line}: {kind}: {finding.message}\n")
    if not wanted:
        sys.stdout.write(table)
    errors = sum(not finding.warning for finding in shown)
    sys.stdout.write(f"Błędy: {errors}, uwagi: {len(shown) - errors}\n")
    return 1 if errors else 0


def _duplicates(content: Loadable, root: Path | None) -> list[Finding]:
    if root is None:
        return []
    # faiss is loaded only here, so that a check without an index takes no second.
    from knowledge_base.check.duplicates import duplicate_findings, published_index

    index = published_index(root)
    return list(duplicate_findings(content.passages, index)) if index else []


def overview(content: Loadable) -> str:
    """Counts per act and per group of topics, as a table."""
    groups = defaultdict(list)
    for passage in content.passages:
        groups[passage.source.act].append(passage)
    rows: list[Sequence[str]] = [("Akt", "fragmenty", "sprawdzone", "najdawniej", "tytuł")]
    for eli, passages in sorted(groups.items(), key=lambda item: -len(item[1])):
        verified = sum(passage.source.verified for passage in passages)
        oldest = min(passage.source.checked_on for passage in passages).isoformat()
        rows.append((eli, str(len(passages)), str(verified), oldest, content.acts[eli].short))
    total = sum(passage.source.verified for passage in content.passages)
    rows.append(("razem", str(len(content.passages)), str(total), "", ""))
    topics = Counter(topic.group for topic in content.topics)
    examples = Counter[str]()
    for topic in content.topics:
        examples[topic.group] += len(topic.examples)
    more: list[Sequence[str]] = [("Tematy", "liczba", "przykłady")]
    more += [(group, str(count), str(examples[group])) for group, count in sorted(topics.items())]
    more.append(("razem", str(len(content.topics)), str(sum(examples.values()))))
    counts = f"Porównania „dawniej i teraz”: {len(content.comparisons)}, parametry: {len(content.amounts.parameters)}\n"
    offices = [office for data in content.offices for office in data.offices.values()]
    counts += f"Urzędy pracy: {len(offices)}, sprawdzone: {sum(office.verified for office in offices)}\n"
    counts += translations(content.paths, {topic.name: topic for topic in content.topics})
    return f"\n{_table(rows)}\n{_table(more)}\n{counts}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * min(100, sum(widths) + 2 * len(widths)), *lines[1:]]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
