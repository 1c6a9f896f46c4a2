"""What is wrong with a topic as it stands in the form, before it is saved."""

from __future__ import annotations

import datetime as dt
import re
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge_base.check.rules import Loadable, check_topic
from knowledge_base.content.errors import ContentError
from knowledge_base.content.template import placeholders
from knowledge_base.content.text import normalised
from knowledge_base.content.topics import Topic, load_topic
from widget.chat.masking import mask
from widget.studio.held_out import HeldOut

# Share of letters in common, of 100: an estimate, not yet calibrated on pairs that editors judged.
ALIKE = 86
# Times the median number of examples; more of one topic pulls the classifier towards it.
_TOO_MANY = 3
_LABEL = re.compile(r"\[([^\[\]]+)\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]]+")
_SOUND_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(?:[/?#].*)?", re.IGNORECASE)
# Ids in the form of what a file's fields hold.
_PLACES = {
    "title": "pole-title", "audience": "pole-audience", "answer": "pole-answer", "checked_on": "pole-checked_on",
    "verified": "pole-checked_on", "sources": "zrodla", "related": "przyciski", "dialog": "pole-dialog",
    "effect": "pole-effect",
}  # fmt: skip
_FIELD = re.compile(r"^([a-z_]+):", re.MULTILINE)


@dataclass(frozen=True)
class Note:
    """A remark; what is no warning should be put right before the assistant learns the topic.

    `at` is the part of the form that it is about, empty where that is not known.
    """

    text: str
    warning: bool = False
    at: str = ""


@dataclass(frozen=True)
class Draft:
    """A topic that could be read from the edited file, or None with the reasons."""

    topic: Topic | None
    notes: tuple[Note, ...]

    @property
    def faults(self) -> int:
        """How many remarks are about what stops a training."""
        return sum(not note.warning for note in self.notes)

    def besides(self, wrong: Iterable[str], remarks: Iterable[Note] = ()) -> Draft:
        """The same with what is wrong with the form and what is to be thought of, first."""
        return replace(self, notes=tuple(dict.fromkeys([*map(Note, wrong), *remarks, *self.notes])))


def read_draft(text: str, *, group: str, name: str, content: Loadable) -> Draft:
    """The topic that the edited file would be."""
    with tempfile.TemporaryDirectory() as folder:
        path = _laid(Path(folder), group, name, text)
        try:
            return Draft(load_topic(path, content.acts), ())
        except ContentError as error:
            return Draft(None, tuple(Note(finding.message) for finding in error.findings))


def notes_on(text: str, *, group: str, name: str, content: Loadable, today: dt.date) -> Draft:
    """The draft with all remarks: rules of the content, examples of other topics, balance, addresses."""
    with tempfile.TemporaryDirectory() as folder:
        path = _laid(Path(folder), group, name, text)
        try:
            topic = load_topic(path, content.acts)
        except ContentError as error:
            return Draft(None, tuple(Note(finding.message) for finding in error.findings))
        others = [item for item in content.topics if item.name != name]
        beside = replace(content, topics=[*others, topic])
        notes = [
            Note(found.message, found.warning, _place(text, found.line))
            for found in check_topic(topic, beside, today=today)
        ]
    notes += _without_value(topic, content, today)
    notes += _balance(topic, others)
    notes += _addresses(topic.answer)
    notes += _days_of_acts(topic, content)
    notes += [Note(_alike_text(*pair), warning=True) for pair in alike(topic.examples, others)]
    return Draft(topic, tuple(dict.fromkeys(notes)))


def faulty(content: Loadable, topics: Iterable[Topic], *, today: dt.date) -> set[str]:
    """Names of those topics that have something to put right before a training."""
    return {
        topic.name
        for topic in topics
        if any(not found.warning for found in check_topic(topic, content, today=today))
        or any(_addresses(topic.answer))
        or any(_without_value(topic, content, today))
    }


def refusals(examples: Iterable[str], held_out: HeldOut) -> list[str]:
    """Why these new examples may not be saved at all; empty where they may."""
    found = []
    for example in examples:
        if (masked := mask(example)) != example:
            labels = [label for label in _LABEL.findall(masked) if f"[{label}]" not in example]
            what = ", ".join(dict.fromkeys(labels)) or "dane osobowe"
            found.append(f"Przykład zawiera dane osobowe ({what}). Trzeba je usunąć: „{masked}”")
        if example in held_out:
            found.append(
                f"To pytanie służy do mierzenia asystenta, więc nie może być przykładem: „{example}”. "
                "Można zapytać o to samo zupełnie innymi słowami."
            )
    return found


def alike(examples: Sequence[str], others: Sequence[Topic]) -> Iterator[tuple[str, str, Topic]]:
    """Examples that another topic has nearly so: the example, the other one, its topic."""
    known = [(text, topic) for topic in others for text in topic.examples]
    forms = [_form(text) for text, _ in known]
    for example in examples:
        form = _form(example)
        found = process.extractOne(form, forms, scorer=fuzz.ratio, score_cutoff=ALIKE) if form else None
        if found:
            yield example, *known[found[2]]


@lru_cache(maxsize=100_000)
def _form(text: str) -> str:
    return normalised(text)


def _laid(folder: Path, group: str, name: str, text: str) -> Path:
    path = folder / group / f"{name}.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def _place(text: str, line: int) -> str:
    """Where the form has what stands on that line of the file."""
    fields = _FIELD.findall("\n".join(text.splitlines()[:line]))
    return _PLACES.get(fields[-1], "") if fields else ""


def _alike_text(example: str, other: str, topic: Topic) -> str:
    return f"Przykład „{example}” jest prawie taki sam jak „{other}” z tematu „{topic.title}”."


def _without_value(topic: Topic, content: Loadable, today: dt.date) -> Iterator[Note]:
    """Amounts that take the whole answer away today, and where their values are written."""
    for name in sorted(placeholders(topic.answer) & content.amounts.parameters.keys()):
        if content.amounts.text_or_none(name, today) is None:
            yield Note(
                f"Kwota „{content.amounts.parameters[name].title}” ({name}) nie ma wartości na dziś, więc asystent nie "
                "pokaże tej odpowiedzi. Wartość wpisuje się w zakładce „Kwoty”."
            )


def _days_of_acts(topic: Topic, content: Loadable) -> Iterator[Note]:
    """Sources whose day says only since when their act is in force."""
    for source in topic.sources:
        if not source.article and source.valid_from == content.acts[source.act].valid_from:
            yield Note(
                f"Przepis „{source.title}” ma datę początkową całego aktu: od {source.valid_from:%d.%m.%Y}. "
                "Proszę ją sprawdzić.",
                warning=True,
                at=_PLACES["sources"],
            )


def _balance(topic: Topic, others: Sequence[Topic]) -> Iterator[Note]:
    usual = statistics.median([len(item.examples) for item in others]) if others else 0
    if usual and len(topic.examples) > _TOO_MANY * usual:
        yield Note(
            f"Ten temat ma {len(topic.examples)} przykładów, a zwykły temat {usual:.0f}. "
            "Asystent może wybierać go za często.",
            warning=True,
        )


def _addresses(answer: str) -> Iterator[Note]:
    for address in _ADDRESS.findall(answer):
        if not _SOUND_ADDRESS.fullmatch(address.rstrip(".,;:!?")):
            yield Note(f"Adres „{address}” nie zadziała. Pełny adres zaczyna się od https://")
