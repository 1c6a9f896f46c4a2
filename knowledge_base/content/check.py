"""`zielona check-content`: finds what an editor can break, with file and line."""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from knowledge_base.content.acts import Act, load_acts
from knowledge_base.content.amounts import Amounts, UnknownAmountError, load_amounts
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.passages import Passage, load_passage
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.template import placeholders
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic, load_topic

MIN_EXAMPLES = 25
ENDS_SOON = dt.timedelta(days=60)
# Filled in from the settings, see widget and bot: they are not amounts.
CONSTANTS = frozenset({"infolinia_numer", "infolinia_godziny", "formularz_kontaktowy"})
Loaded = TypeVar("Loaded")
_MONEY = re.compile(r"\d[\d\s\u00a0.,]*(?:zł|PLN|złot)", re.IGNORECASE)
_ARTICLE = re.compile(r"art\. \d+[a-z]*(\(\d+[a-z]*\))?\b")


def check_content(paths: ContentPaths, *, today: dt.date) -> list[Finding]:
    """Return everything wrong with the content, sorted by file and line."""
    try:
        acts = load_acts(paths.acts)
        amounts = load_amounts(paths.amounts)
    except ContentError as error:
        return error.findings
    findings: list[Finding] = list(_amount_findings(paths.amounts, amounts, today))
    topics, broken = _load_each(sorted(paths.topics.glob("*/*.yml")), lambda path: load_topic(path, acts))
    findings += broken
    passages, broken = _load_each(
        sorted(paths.passages.glob("*/*.md")), lambda path: load_passage(path, paths.passages, acts)
    )
    findings += broken
    topic_names = {topic.name for topic in topics}
    passage_ids = {passage.id for passage in passages}
    seen: dict[str, str] = {}
    for topic in topics:
        findings += _topic_findings(topic, amounts, topic_names, today)
        findings += _repeated_examples(topic, seen)
    for passage in passages:
        findings += _passage_findings(passage, acts, amounts, topic_names, passage_ids, today)
    return sorted(set(findings), key=lambda finding: (str(finding.path), finding.line, finding.message))


def _load_each(paths: Iterable[Path], load: Callable[[Path], Loaded]) -> tuple[list[Loaded], list[Finding]]:
    loaded: list[Loaded] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            loaded.append(load(path))
        except ContentError as error:
            findings += error.findings
    return loaded, findings


def _amount_findings(path: Path, amounts: Amounts, today: dt.date) -> Iterator[Finding]:
    text = path.read_text(encoding="utf-8").splitlines()
    for name, parameter in amounts.parameters.items():
        line = next((n for n, row in enumerate(text, 1) if row.strip().startswith(f"{name}:")), 1)
        periods = sorted(parameter.periods, key=lambda period: period.valid_from)
        for earlier, later in itertools.pairwise(periods):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield Finding(path, line, f"okresy parametru „{name}” zachodzą na siebie")
        if not amounts.expected_on(name, today):
            continue
        try:
            amounts.period_on(name, today)
        except UnknownAmountError as error:
            yield Finding(path, line, str(error))


def amounts_ending_soon(amounts: Amounts, *, today: dt.date) -> list[str]:
    """Names of parameters whose value is missing today or ends within 60 days without one that follows.

    An amount of a rule that has ended is left out, and so is one derived from an amount that is named already.
    """
    ending = []
    for name, parameter in amounts.parameters.items():
        if parameter.of is not None or not parameter.covers(today):
            continue
        try:
            amounts.period_on(name, today + ENDS_SOON)
        except UnknownAmountError:
            ending.append(name)
    return ending


def _line(path: Path, needle: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if needle in line:
            return number
    return 1


def _text_findings(path: Path, text: str, amounts: Amounts, today: dt.date) -> Iterator[Finding]:
    for match in _MONEY.finditer(text):
        yield Finding(path, _line(path, match.group().strip()), f"kwota wpisana liczbą: „{match.group().strip()}”")
    for name in placeholders(text) - set(CONSTANTS):
        if name not in amounts:
            yield Finding(path, _line(path, name), f"nie ma parametru „{name}” w tabeli kwot")
        elif not amounts.expected_on(name, today):
            yield Finding(path, _line(path, name), f"parametr „{name}” nie ma dziś wartości, więc tekst się nie pokaże")


def _topic_findings(topic: Topic, amounts: Amounts, names: set[str], today: dt.date) -> Iterator[Finding]:
    path = topic.path
    yield from _text_findings(path, topic.answer, amounts, today)
    if len(topic.examples) < MIN_EXAMPLES:
        yield Finding(
            path, _line(path, "examples:"), f"za mało przykładów: {len(topic.examples)}, trzeba {MIN_EXAMPLES}"
        )
    if topic.is_faq and topic.group != "infolinia" and not topic.sources:
        yield Finding(path, _line(path, "sources:"), "odpowiedź nie ma źródła")
    if topic.verified and topic.sources and not any(source.verified for source in topic.sources):
        yield Finding(path, _line(path, "verified:"), "odpowiedź oznaczona jako sprawdzona, a żadne źródło nie jest")
    for source in topic.sources:
        if not _ARTICLE.match(source.article):
            yield Finding(path, _line(path, source.article), f"niepoprawny zapis artykułu „{source.article}”")
        if not source.in_force(today):
            yield Finding(path, _line(path, source.article), f"źródło nie obowiązuje dziś: {source.article}")
    for name in topic.related:
        if name not in names:
            yield Finding(path, _line(path, "related:"), f"nieznany temat „{name}”")


def _repeated_examples(topic: Topic, seen: dict[str, str]) -> Iterator[Finding]:
    for example in topic.examples:
        key = normalised(example)
        if key in seen and seen[key] != topic.name:
            yield Finding(
                topic.path, _line(topic.path, example), f"taki sam przykład jest w temacie „{seen[key]}”: {example}"
            )
        seen.setdefault(key, topic.name)


def _passage_findings(
    passage: Passage, acts: dict[str, Act], amounts: Amounts, topics: set[str], passages: set[str], today: dt.date
) -> Iterator[Finding]:
    path = passage.path
    act = acts[passage.source.act]
    yield from _text_findings(path, passage.text, amounts, today)
    if not _ARTICLE.match(passage.source.article):
        yield Finding(path, _line(path, "article:"), f"niepoprawny zapis artykułu „{passage.source.article}”")
    if not 2 <= len(passage.questions) <= 5:
        yield Finding(path, _line(path, "questions:"), f"pytań powinno być od 2 do 5, jest {len(passage.questions)}")
    if act.valid_to and (passage.source.valid_to is None or passage.source.valid_to > act.valid_to):
        yield Finding(path, _line(path, "valid_to:"), f"akt {act.eli} obowiązywał do {act.valid_to}; podaj „valid_to”")
    if passage.source.valid_from < act.valid_from:
        yield Finding(path, _line(path, "valid_from:"), f"akt {act.eli} obowiązuje dopiero od {act.valid_from}")
    if act.replaced_by and not passage.replaced_by:
        yield Finding(path, 1, "fragment dawnej ustawy musi wskazać „replaced_by”")
    if passage.replaced_by and passage.replaced_by not in passages:
        yield Finding(path, _line(path, "replaced_by:"), f"nie ma fragmentu „{passage.replaced_by}”")
    for name in passage.related:
        if name not in topics:
            yield Finding(path, _line(path, "related:"), f"nieznany temat „{name}”")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="zielona check-content", description="Sprawdza treści: tematy, fragmenty, kwoty."
    )
    parser.add_argument("paths", nargs="*", type=Path, help="pokaż tylko uwagi do tych plików lub folderów")
    options = parser.parse_args(arguments)
    paths = ContentPaths()
    today = dt.datetime.now(tz=dt.timezone.utc).date()
    wanted = [path.resolve() for path in options.paths]
    findings = [
        finding
        for finding in check_content(paths, today=today)
        if not wanted or any(finding.path.is_relative_to(path) for path in wanted)
    ]
    out = sys.stdout.write
    for finding in findings:
        out(f"{finding.path.relative_to(paths.root)}:{finding.line}: {finding.message}\n")
    if not wanted:
        for name in amounts_ending_soon(load_amounts(paths.amounts), today=today):
            out(f"uwaga: parametr „{name}” nie ma wartości na dzień za 60 dni – trzeba go uzupełnić\n")
    topics = len(list(paths.topics.glob("*/*.yml")))
    passages = len(list(paths.passages.glob("*/*.md")))
    out(f"Tematy: {topics}, fragmenty: {passages}, uwagi: {len(findings)}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
