"""The fields of a file of content as an editor knows them: Polish names, dates and titles instead of names of files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from knowledge_base.check.rules import Loadable
from knowledge_base.content.amounts import format_amount
from widget.studio.forms import AUDIENCE_LABELS

Value = str | tuple[str, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT = re.compile(r"---\r?\n(.*?\r?\n)---\r?\n(.*)\Z", re.DOTALL)
# In the order in which they are shown; what a file has besides comes last.
LABELS = {
    "topic": "Nazwa pliku", "title": "Tytuł", "text": "Treść", "answer": "Treść odpowiedzi", "audience": "Dla kogo",
    "checked_on": "Sprawdzono", "verified": "Potwierdzone", "act": "Akt", "article": "Artykuł",
    "subject": "O czym jest", "valid_from": "Obowiązuje od", "valid_to": "Obowiązuje do", "sources": "Podstawa prawna",
    "related": "Pokrewne tematy", "dialog": "Rozmowa krok po kroku", "effect": "Formularz",
    "action": "Działanie zamiast odpowiedzi", "type": "Rodzaj wiadomości", "out_of_scope": "Sprawa spoza zakresu",
    "replaced_by": "Zastępuje go fragment", "questions": "Pytania ludzi", "examples": "Przykłady",
    "value": "Kwota", "source": "Źródło", "unit": "Jednostka", "awaiting": "Czeka na ogłoszenie",
    "formula": "Sposób liczenia",
}  # fmt: skip
# Texts in which single words are worth marking; anything else changes as a whole.
PROSE = frozenset({LABELS[key] for key in ("title", "text", "answer")})
UNCHECKED = "niesprawdzone"
_EFFECTS = {"contact_form": "formularz do konsultanta"}
_IN_FORMULA = {"of": "liczona z", "times": "razy", "round_up_to": "zaokrąglana w górę do"}


@dataclass(frozen=True)
class Names:
    """Titles of what files name: acts by their address, topics and dialogues by their names."""

    acts: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    dialogues: Mapping[str, str] = field(default_factory=dict)


def names_of(content: Loadable) -> Names:
    return Names(
        acts={eli: f"{act.short} ({eli})" for eli, act in content.acts.items()},
        topics={topic.name: topic.title for topic in content.topics},
        dialogues={dialogue.name: dialogue.button for dialogue in content.dialogues},
    )


@dataclass(frozen=True)
class Fields:
    """`plain` by label; `parts` are what a file has several of (legal bases, amounts, their periods), by their head.

    A part that is new, or gone, is told as a whole; `short` is its one line.
    """

    plain: dict[str, Value]
    parts: dict[str, dict[str, Value]]

    def short(self, head: str) -> str:
        """The part on one line."""
        return "; ".join([head, *(f"{label.lower()}: {_joined(value)}" for label, value in self.parts[head].items())])


def fields_in(path: str, text: str, names: Names) -> Fields | None:
    """What stands in the file, None where it cannot be read. A file that is not there has no fields."""
    if not text:
        return Fields({}, {})
    front = _FRONT.match(text) if path.endswith(".md") else None
    try:
        record = yaml.load(front[1] if front else text, Loader=_Loader)  # noqa: S506 - safe, only faster
    except (yaml.YAMLError, ValueError):
        return None
    if not isinstance(record, dict):
        return None
    try:
        if isinstance(record.get("parameters"), dict):
            return Fields({}, _amounts(record["parameters"]))
        if front:
            record["text"] = front[2].strip()
        return _topic(record, names)
    except (AttributeError, TypeError, ValueError):
        # Somebody's file of quite another shape.
        return None


def _topic(record: Mapping[str, Any], names: Names) -> Fields:
    parts: dict[str, dict[str, Value]] = {}
    for source in record.get("sources") or []:
        act = str(source.get("act", ""))
        article = str(source.get("article") or "")
        head = _free(", ".join(filter(None, [names.acts.get(act, act), article])), parts)
        own = {**source, "subject": source.get("title")}
        parts[head] = _values(own, names, leave_out={"act", "article", "title"})
    return Fields(_values(record, names, leave_out={"sources"}), parts)


def _amounts(parameters: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    parts: dict[str, dict[str, Value]] = {}
    titles = {name: str(parameter.get("title", name)) for name, parameter in parameters.items()}
    for name, parameter in parameters.items():
        unit = str(parameter.get("unit", ""))
        if own := _values(parameter, Names(topics=titles), leave_out={"title", "periods"}):
            parts[_free(titles[name], parts)] = own
        for period in parameter.get("periods") or []:
            head = _free(f"{titles[name]}, od {_day(period.get('valid_from'))}", parts)
            parts[head] = _values(period, Names(), leave_out={"valid_from"}, unit=unit)
    return parts


def _free(head: str, taken: Iterable[str]) -> str:
    """Two parts may not share one head."""
    found, number = head, 2
    while found in taken:
        found, number = f"{head} ({number})", number + 1
    return found


def _values(
    record: Mapping[str, Any], names: Names, *, leave_out: Iterable[str] = (), unit: str = ""
) -> dict[str, Value]:
    """The fields that hold something, by label."""
    known = [key for key in LABELS if key in record]
    found = {}
    for key in [*known, *(key for key in record if key not in LABELS)]:
        if key in leave_out:
            continue
        # The day of what nobody has confirmed is only when somebody last looked at it.
        is_unchecked = key == "checked_on" and record.get("verified") is False
        value = UNCHECKED if is_unchecked else _value(str(key), record[key], names, unit)
        if value:
            found[LABELS.get(key, f"Inne ustawienie ({key})")] = value
    return found


def _value(key: str, value: Any, names: Names, unit: str) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, dt.date):
        return _day(value)
    if isinstance(value, list):
        shown = {"audience": AUDIENCE_LABELS, "related": names.topics}.get(key, {})
        return tuple(shown.get(str(item), str(item)) for item in value)
    if key == "formula" and isinstance(value, dict):
        texts = {name: names.topics.get(str(item), str(item).replace(".", ",")) for name, item in value.items()}
        return ", ".join(f"{_IN_FORMULA.get(name, name)} {text}" for name, text in texts.items())
    if key == "value" and isinstance(value, int | float):
        return format_amount(Decimal(str(value)), unit)
    known = {"act": names.acts, "dialog": names.dialogues, "effect": _EFFECTS}.get(key, {})
    return known.get(str(value), str(value).strip())


def _day(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)
