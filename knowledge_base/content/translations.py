"""Answers in other languages, `data/translations/<language>/`, and how people ask in them.

The Polish answer is the one that is checked against the law. A translation says of which Polish text it is one (`of`);
when that text changes, the translation is out of date and is not shown until somebody has looked at it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import Record, read_yaml
from knowledge_base.content.topics import Topic

LANGUAGES = ("uk", "en", "ru")
# Questions about topics that have no translation, and messages that are none of our business.
QUESTIONS = "questions.yml"


@dataclass(frozen=True)
class Translation:
    """A topic in another language; `of` is the `fingerprint` of the Polish text that was translated."""

    topic: str
    language: str
    title: str
    answer: str
    of: str
    checked_on: dt.date
    questions: tuple[str, ...]
    path: Path

    def is_current(self, topic: Topic) -> bool:
        return self.of == fingerprint(topic)


@dataclass(frozen=True)
class Language:
    """What there is in one language: translations by topic, further questions by topic, messages out of scope."""

    code: str
    translations: dict[str, Translation] = field(default_factory=dict)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    out_of_scope: tuple[str, ...] = ()

    def questions(self) -> Iterator[tuple[str, str]]:
        """Topic and question, of translations and of topics without one."""
        for name, translation in self.translations.items():
            yield from ((name, question) for question in translation.questions)
        for name, questions in self.asked.items():
            yield from ((name, question) for question in questions)


def fingerprint(topic: Topic) -> str:
    """Eight hex digits of the topic's title and answer, whatever the spaces."""
    text = " ".join(f"{topic.title} {topic.answer}".split())
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def load_languages(folder: Path, topics: Mapping[str, Topic]) -> dict[str, Language]:
    """Read all languages. Raises ContentError with the findings of all files."""
    found = {}
    findings: list[Finding] = []
    for code in LANGUAGES:
        try:
            found[code] = load_language(folder / code, topics)
        except ContentError as error:
            findings += error.findings
    findings += [
        Finding(path, 1, f"nieznany język „{path.parent.name}”; dozwolone: {', '.join(LANGUAGES)}")
        for path in sorted(folder.glob("*/*.yml"))
        if path.parent.name not in LANGUAGES
    ]
    if findings:
        raise ContentError(findings)
    return found


def load_language(folder: Path, topics: Mapping[str, Topic]) -> Language:
    """Read one language. Raises ContentError."""
    findings: list[Finding] = []
    translations = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == QUESTIONS:
            continue
        try:
            record = read_yaml(path)
        except ContentError as error:
            findings += error.findings
            continue
        translation = _translation(record, path, topics)
        translations[translation.topic] = translation
        findings += record.findings
    asked: dict[str, tuple[str, ...]] = {}
    out_of_scope: tuple[str, ...] = ()
    if (folder / QUESTIONS).exists():
        root = read_yaml(folder / QUESTIONS)
        asked, out_of_scope = _asked(root, topics), root.strings("out_of_scope")
        findings += root.findings
    if findings:
        raise ContentError(findings)
    return Language(folder.name, translations, asked, out_of_scope)


def _translation(record: Record, path: Path, topics: Mapping[str, Topic]) -> Translation:
    made = Translation(
        topic=record.string("topic"),
        language=path.parent.name,
        title=record.string("title"),
        answer=record.string("answer"),
        of=str(record.values.get("of") or ""),
        checked_on=record.date("checked_on"),
        questions=record.strings("questions"),
        path=path,
    )
    if made.topic != path.stem:
        record.report("topic", f"nazwa tematu „{made.topic}” różni się od nazwy pliku „{path.stem}”")
    if made.topic not in topics:
        record.report("topic", f"nieznany temat „{made.topic}”")
    return made


def _asked(root: Record, topics: Mapping[str, Topic]) -> dict[str, tuple[str, ...]]:
    values = root.values.get("questions") or {}
    record = Record(root.path, values if isinstance(values, dict) else {}, root.text, findings=root.findings)
    for name in record.values:
        if name not in topics:
            record.report(str(name), f"nieznany temat „{name}”")
    return {str(name): record.strings(name) for name in record.values}
