"""The rules that content must keep, over all of it at once."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from knowledge_base.check.offices import office_findings
from knowledge_base.check.style import (
    ANSWER_FOG,
    CONSTANTS,
    LINE_PLACEHOLDERS,
    PASSAGE_FOG,
    Jargon,
    line_of,
    load_jargon,
    text_findings,
)
from knowledge_base.check.translations import translation_findings
from knowledge_base.content.acts import Act, load_acts
from knowledge_base.content.amounts import Amounts, Parameter, UnknownAmountError, load_amounts
from knowledge_base.content.comparisons import Comparison, load_comparisons
from knowledge_base.content.dialogues import DialogueText, QuestionText, load_dialogue
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.messages import load_messages
from knowledge_base.content.offices import Offices, load_offices
from knowledge_base.content.passages import FEWEST_QUESTIONS, MOST_QUESTIONS, Passage, load_passage
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic, load_topic

# A topic learns from the fewest already; with less than enough of them it is said to need more.
FEWEST_EXAMPLES, ENOUGH_EXAMPLES = 12, 25
ENDS_SOON = dt.timedelta(days=60)
REVIEW_DAYS = 365
Loaded = TypeVar("Loaded")
_ARTICLE = re.compile(r"(?:art\.|§) (?P<number>\d+)(?P<letter>[a-z]*)(\(\d+[a-z]*\))?\b")


@dataclass
class Loadable:
    """What could be loaded of the content, with what could not."""

    acts: dict[str, Act]
    amounts: Amounts
    jargon: list[Jargon]
    topics: list[Topic]
    passages: list[Passage]
    comparisons: list[Comparison]
    dialogues: list[DialogueText]
    offices: list[Offices]
    paths: ContentPaths
    broken: list[Finding]

    @cached_property
    def topic_names(self) -> frozenset[str]:
        return frozenset(topic.name for topic in self.topics)

    @cached_property
    def passage_ids(self) -> frozenset[str]:
        return frozenset(passage.id for passage in self.passages)


def check_content(paths: ContentPaths, *, today: dt.date, review_days: int = REVIEW_DAYS) -> list[Finding]:
    """Return everything wrong with the content, warnings included, sorted by file and line."""
    try:
        content = load(paths)
    except ContentError as error:
        return error.findings
    return check_loaded(content, today=today, review_days=review_days)


def check_loaded(content: Loadable, *, today: dt.date, review_days: int = REVIEW_DAYS) -> list[Finding]:
    """The same of content that is loaded already."""
    findings = list(content.broken)
    findings += _amount_findings(content, today)
    findings += _message_findings(content, today)
    for topic in content.topics:
        findings += _topic_findings(topic, content, today)
    findings += _repeated_examples(content.topics, content.dialogues)
    for passage in content.passages:
        findings += _passage_findings(passage, content, today)
    findings += _overlapping_versions(content.passages)
    for comparison in content.comparisons:
        findings += _comparison_findings(comparison, content, today)
    for dialogue in content.dialogues:
        findings += _dialogue_findings(dialogue, content, today)
    for offices in content.offices:
        findings += office_findings(offices, content.paths.offices)
    findings += translation_findings(content.paths, {topic.name: topic for topic in content.topics})
    findings += _stale(content, today - dt.timedelta(days=review_days))
    return sorted(set(findings), key=lambda finding: (str(finding.path), finding.line, finding.message))


def check_topic(topic: Topic, content: Loadable, *, today: dt.date) -> list[Finding]:
    """Findings of one topic, such as a draft, among the rest of the content."""
    return list(_topic_findings(topic, content, today))


def check_passage(passage: Passage, content: Loadable, *, today: dt.date) -> list[Finding]:
    """The same of one passage, its other versions among `content.passages` included."""
    found = [*_passage_findings(passage, content, today), *_overlapping_versions(content.passages)]
    return [finding for finding in found if finding.path == passage.path]


def check_amounts(content: Loadable, *, today: dt.date) -> list[Finding]:
    """The same of the table of amounts; messages name the parameter."""
    return list(_amount_findings(content, today))


def load(paths: ContentPaths) -> Loadable:
    """Load what can be loaded. Raises ContentError where acts, amounts or style cannot be read at all."""
    acts = load_acts(paths.acts)
    topics, broken = _load_each(sorted(paths.topics.glob("*/*.yml")), lambda path: load_topic(path, acts))
    passages, broken_passages = _load_each(
        sorted(paths.passages.glob("*/*.md")), lambda path: load_passage(path, paths.passages, acts)
    )
    comparisons, broken_comparisons = _load_each(
        [paths.comparisons], lambda path: list(load_comparisons(path, acts).values())
    )
    dialogues, broken_dialogues = _load_each(sorted(paths.dialogues.glob("*.yml")), load_dialogue)
    offices, broken_offices = _load_each([paths.offices], load_offices)
    return Loadable(
        acts=acts,
        amounts=load_amounts(paths.amounts),
        jargon=load_jargon(paths.style),
        topics=topics,
        passages=passages,
        comparisons=[item for table in comparisons for item in table],
        dialogues=dialogues,
        offices=offices,
        paths=paths,
        broken=broken + broken_passages + broken_comparisons + broken_dialogues + broken_offices,
    )


def _load_each(paths: Iterable[Path], load_one: Callable[[Path], Loaded]) -> tuple[list[Loaded], list[Finding]]:
    loaded: list[Loaded] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            loaded.append(load_one(path))
        except ContentError as error:
            findings += error.findings
    return loaded, findings


def _amount_findings(content: Loadable, today: dt.date) -> Iterator[Finding]:
    path = content.paths.amounts
    for name, parameter in content.amounts.parameters.items():
        line = line_of(path, f"  {name}:")
        yield from check_periods(path, parameter, line=line)
        message, warning = _missing_value(content.amounts, parameter, today)
        if message:
            yield Finding(path, line, message, warning=warning)


def check_periods(path: Path, parameter: Parameter, *, line: int = 1) -> Iterator[Finding]:
    """Periods that overlap, or end before they begin."""
    name = parameter.name
    periods = sorted(parameter.periods, key=lambda period: period.valid_from)
    for earlier, later in itertools.pairwise(periods):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            yield Finding(path, line, f"okresy parametru „{name}” zachodzą na siebie")
    for period in periods:
        if period.valid_to is not None and period.valid_to < period.valid_from:
            yield Finding(path, line, f"okres parametru „{name}” kończy się przed początkiem: {period.valid_from}")


def _missing_value(amounts: Amounts, parameter: Parameter, today: dt.date) -> tuple[str, bool]:
    """What to say of a value that is missing today or soon, empty where none is; and whether that is a warning."""
    name = parameter.name
    if not amounts.expected_on(name, today):
        waiting = parameter.awaiting and not any(period.covers(today) for period in parameter.periods)
        text = f"parametr „{name}” nie ma wartości na dziś – czeka na ogłoszenie i potwierdzenie"
        return (text if waiting else ""), True
    try:
        amounts.period_on(name, today)
    except UnknownAmountError as error:
        return str(error), False
    try:
        amounts.period_on(name, today + ENDS_SOON)
    except UnknownAmountError:
        text = f"parametr „{name}” nie ma wartości na dzień za {ENDS_SOON.days} dni – trzeba go uzupełnić"
        # A derived one ends with its base, which is named already.
        return (text if parameter.of is None else ""), True
    return "", False


def _message_findings(content: Loadable, today: dt.date) -> Iterator[Finding]:
    for text in load_messages(content.paths.messages).values():
        yield from text_findings(
            content.paths.messages,
            text,
            content.amounts,
            content.jargon,
            hardest=PASSAGE_FOG,
            day=today,
            known=CONSTANTS | LINE_PLACEHOLDERS,
        )


def _topic_findings(topic: Topic, content: Loadable, today: dt.date) -> Iterator[Finding]:
    path = topic.path
    yield from text_findings(path, topic.answer, content.amounts, content.jargon, hardest=ANSWER_FOG, day=today)
    if len(topic.examples) < ENOUGH_EXAMPLES:
        count = len(topic.examples)
        trains = count >= FEWEST_EXAMPLES
        enough = (
            f"przykłady: {count}; do trenowania to wystarczy"
            if trains
            else f"za mało przykładów: {count}; do trenowania potrzeba co najmniej {FEWEST_EXAMPLES}"
        )
        message = f"{enough}, a od {ENOUGH_EXAMPLES} asystent rozpoznaje temat dobrze"
        yield Finding(path, line_of(path, "examples:"), message, warning=trains)
    if topic.is_faq and topic.group != "infolinia" and not topic.sources:
        yield Finding(path, line_of(path, "sources:"), "odpowiedź nie ma podstawy prawnej")
    if topic.verified and topic.sources and not any(source.verified for source in topic.sources):
        message = "odpowiedź jest oznaczona jako potwierdzona, a żaden przepis z podstawy prawnej nie jest sprawdzony"
        yield Finding(path, line_of(path, "verified:"), message)
    for source in topic.sources:
        line = line_of(path, source.article or source.act)
        if source.article:
            yield from _article_findings(path, line, source.act, source.article, content.acts)
        else:
            yield Finding(path, line, f"przepis „{source.title}” nie ma jeszcze numeru artykułu", warning=True)
        yield from _validity_findings(path, line, source.valid_from, source.valid_to)
        if not source.in_force(today):
            yield Finding(path, line, f"przepis nie obowiązuje dziś: {source.article or source.act}")
    for name in topic.related:
        if name not in content.topic_names:
            yield Finding(path, line_of(path, "related:"), f"nieznany temat „{name}”")
    if topic.dialog is not None and topic.dialog not in {dialogue.name for dialogue in content.dialogues}:
        yield Finding(path, line_of(path, "dialog:"), f"nieznany dialog „{topic.dialog}”")


def _dialogue_findings(dialogue: DialogueText, content: Loadable, today: dt.date) -> Iterator[Finding]:
    path = dialogue.path
    texts = [dialogue.intro]
    for question in dialogue.questions.values():
        texts += [question.ask, question.why, question.hint]
        for repeated in _repeated_titles(question):
            yield Finding(path, line_of(path, f"  {question.name}:"), f"odpowiedź „{repeated}” jest tu dwa razy")
    for text in texts:
        yield from text_findings(path, text, content.amounts, content.jargon, hardest=ANSWER_FOG, day=today)
    for name in dialogue.related:
        if name not in content.topic_names:
            yield Finding(path, line_of(path, "related:"), f"nieznany temat „{name}”")


def _repeated_titles(question: QuestionText) -> Iterator[str]:
    """Titles and synonyms that stand for two options at once."""
    seen: dict[str, str] = {}
    for option in question.options:
        for name in {normalised(name): name for name in (option.title, *option.synonyms)}.values():
            if seen.setdefault(normalised(name), option.value) != option.value:
                yield name


def _article_findings(path: Path, line: int, eli: str, article: str, acts: dict[str, Act]) -> Iterator[Finding]:
    found = _ARTICLE.match(article)
    if not found:
        yield Finding(path, line, f"niepoprawny zapis artykułu „{article}”")
        return
    act = acts.get(eli)
    if act and act.last_article and int(found["number"]) > act.last_article:
        yield Finding(path, line, f"akt {eli} nie ma artykułu {found['number']}; ostatni to {act.last_article}")


def _validity_findings(path: Path, line: int, start: dt.date, end: dt.date | None) -> Iterator[Finding]:
    if end is not None and end < start:
        yield Finding(path, line, f"„valid_to” ({end}) jest wcześniej niż „valid_from” ({start})")


def _repeated_examples(topics: list[Topic], dialogues: list[DialogueText]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    examples = [(topic.name, topic.path, topic.examples) for topic in topics]
    examples += [(dialogue.intent, dialogue.path, dialogue.start) for dialogue in dialogues]
    for name, path, texts in examples:
        for example in texts:
            key = normalised(example)
            if key in seen and seen[key] != name:
                message = f"taki sam przykład jest w temacie „{seen[key]}”: {example}"
                yield Finding(path, line_of(path, example), message)
            seen.setdefault(key, name)


def _passage_findings(passage: Passage, content: Loadable, today: dt.date) -> Iterator[Finding]:
    path, source = passage.path, passage.source
    act = content.acts[source.act]
    shown = min(today, source.valid_to or today)
    yield from text_findings(path, passage.text, content.amounts, content.jargon, hardest=PASSAGE_FOG, day=shown)
    yield from _article_findings(path, line_of(path, "article:"), source.act, source.article, content.acts)
    yield from _validity_findings(path, line_of(path, "valid_to:"), source.valid_from, source.valid_to)
    if not FEWEST_QUESTIONS <= len(passage.questions) <= MOST_QUESTIONS:
        message = f"pytań powinno być od {FEWEST_QUESTIONS} do {MOST_QUESTIONS}, jest {len(passage.questions)}"
        yield Finding(path, line_of(path, "questions:"), message)
    if act.valid_to and (source.valid_to is None or source.valid_to > act.valid_to):
        message = f"akt {act.eli} obowiązywał do {act.valid_to}; podaj „valid_to”"
        yield Finding(path, line_of(path, "valid_to:"), message)
    if source.valid_from < act.valid_from:
        message = f"akt {act.eli} obowiązuje dopiero od {act.valid_from}"
        yield Finding(path, line_of(path, "valid_from:"), message)
    if act.replaced_by and not passage.replaced_by:
        yield Finding(path, 1, "fragment dawnej ustawy musi wskazać „replaced_by”")
    if passage.replaced_by and passage.replaced_by not in content.passage_ids:
        yield Finding(path, line_of(path, "replaced_by:"), f"nie ma fragmentu „{passage.replaced_by}”")
    for name in passage.related:
        if name not in content.topic_names:
            yield Finding(path, line_of(path, "related:"), f"nieznany temat „{name}”")


def _overlapping_versions(passages: list[Passage]) -> Iterator[Finding]:
    """Two versions of one passage (same act, article and title) may not be in force on the same day."""
    versions: dict[tuple[str, str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        versions[passage.source.act, passage.source.article, normalised(passage.title)].append(passage)
    for group in versions.values():
        ordered = sorted(group, key=lambda passage: passage.source.valid_from)
        for earlier, later in itertools.pairwise(ordered):
            end = earlier.source.valid_to
            if end is None or end >= later.source.valid_from:
                message = f"obowiązuje w tym samym czasie co „{earlier.id}” o tym samym tytule i artykule"
                yield Finding(later.path, line_of(later.path, "valid_from:"), message)


def _comparison_findings(comparison: Comparison, content: Loadable, today: dt.date) -> Iterator[Finding]:
    path = content.paths.comparisons
    line = line_of(path, f"- id: {comparison.id}")
    for side in (comparison.before, comparison.after):
        yield from text_findings(path, side.text, content.amounts, content.jargon, hardest=PASSAGE_FOG, day=today)
        yield from _article_findings(path, line, side.act, side.article, content.acts)
    for name in comparison.topics:
        if name not in content.topic_names:
            yield Finding(path, line, f"nieznany temat „{name}”")
    if len(comparison.questions) < 2:
        yield Finding(path, line, f"porównanie „{comparison.id}” potrzebuje co najmniej dwóch pytań")


def _stale(content: Loadable, limit: dt.date) -> Iterator[Finding]:
    """What nobody has checked against the law since `limit`."""
    checked = [(topic.path, topic.checked_on) for topic in content.topics if topic.is_faq]
    checked += [(passage.path, passage.source.checked_on) for passage in content.passages]
    for path, day in checked:
        if day < limit:
            yield Finding(path, line_of(path, "checked_on:"), f"nie sprawdzano od {day.isoformat()}", warning=True)
