"""Checks of translations: the same amounts as in Polish, none out of date without anybody knowing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge_base.check.style import line_of, money_findings
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.template import placeholders
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic
from knowledge_base.content.translations import Language, Translation, fingerprint, load_languages

MIN_QUESTIONS = 5


def translation_findings(paths: ContentPaths, topics: Mapping[str, Topic]) -> list[Finding]:
    """Everything wrong with translations; one that is out of date is a warning, since it is not shown."""
    try:
        languages = load_languages(paths.translations, topics)
    except ContentError as error:
        return error.findings
    found: list[Finding] = []
    for language in languages.values():
        for translation in language.translations.values():
            found += _findings(translation, topics[translation.topic])
        found += _repeated(language)
    return found


def _findings(translation: Translation, topic: Topic) -> Iterator[Finding]:
    path = translation.path
    if not translation.is_current(topic):
        message = f"nieaktualne tłumaczenie, nie jest pokazywane; po sprawdzeniu z polskim tekstem: of: {_now(topic)}"
        yield Finding(path, line_of(path, "of:"), message, warning=True)
        return
    for name in sorted(placeholders(topic.answer) ^ placeholders(translation.answer)):
        place = "tłumaczeniu" if name in placeholders(topic.answer) else "polskim tekście"
        yield Finding(path, line_of(path, "answer:"), f"w {place} brakuje „{name}”")
    if topic.answer.count("\n- ") != translation.answer.count("\n- "):
        yield Finding(path, line_of(path, "answer:"), "inna liczba punktów listy niż w polskim tekście")
    yield from money_findings(path, translation.answer)
    if len(translation.questions) < MIN_QUESTIONS:
        message = f"za mało pytań: {len(translation.questions)}, trzeba {MIN_QUESTIONS}"
        yield Finding(path, line_of(path, "questions:"), message)


def _repeated(language: Language) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for topic, question in language.questions():
        key = normalised(question)
        if seen.get(key, topic) != topic:
            translation = language.translations.get(topic) or language.translations.get(seen[key])
            if translation:
                path = translation.path
                yield Finding(
                    path, line_of(path, question), f"to samo pytanie jest w temacie „{seen[key]}”: {question}"
                )
        seen.setdefault(key, topic)


def _now(topic: Topic) -> str:
    # Digits alone would be read as a number.
    return f'"{fingerprint(topic)}"'


def overview(paths: ContentPaths, topics: Mapping[str, Topic]) -> str:
    """One line: translations by language, and how many of them are out of date."""
    try:
        languages = load_languages(paths.translations, topics)
    except ContentError:
        return ""
    parts = []
    for language in languages.values():
        current = sum(item.is_current(topics[item.topic]) for item in language.translations.values())
        parts.append(f"{language.code} {current} z {len(language.translations)} aktualnych")
    return f"Tłumaczenia: {', '.join(parts)}\n"
