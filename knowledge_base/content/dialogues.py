"""Texts of guided dialogues, `data/dialogues/<name>.yml`: editors change them, `actions/dialogues` asks them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import Record, read_yaml

MIN_START_EXAMPLES = 15


@dataclass(frozen=True)
class OptionText:
    """`value` is what the rules read, `title` the button, `synonyms` what people write instead."""

    value: str
    title: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class QuestionText:
    """`ask` is the question, `why` says what it is for, `hint` how to answer; `names` are those of the answer.

    `skip` is the button for an answer that may be left out, where "Nie wiem" would not fit.
    """

    name: str
    ask: str
    why: str
    hint: str
    names: tuple[str, ...]
    options: tuple[OptionText, ...]
    skip: str | None = None


@dataclass(frozen=True)
class DialogueText:
    """`start` are examples of what people say to begin the dialogue; `button` is the title of a button to it."""

    name: str
    title: str
    button: str
    intro: str
    start: tuple[str, ...]
    questions: dict[str, QuestionText]
    related: tuple[str, ...]
    path: Path

    @property
    def intent(self) -> str:
        return f"dialog_{self.name}"

    @property
    def form(self) -> str:
        return f"{self.name}_form"

    @property
    def start_payload(self) -> str:
        return f'/rozpocznij{{"dialog": "{self.name}"}}'

    def slot(self, question: str) -> str:
        return f"{self.name}_{question}"


def load_dialogue(path: Path) -> DialogueText:
    """Read one file. Raises ContentError with everything found wrong."""
    record = read_yaml(path)
    values = record.values.get("questions") or {}
    dialogue = DialogueText(
        name=record.string("dialog"),
        title=record.string("title"),
        button=record.string("button"),
        intro=record.string("intro"),
        start=record.strings("start"),
        questions={name: _question(name, item or {}, record) for name, item in values.items()},
        related=record.strings("related"),
        path=path,
    )
    if dialogue.name != path.stem:
        record.report("dialog", f"nazwa dialogu „{dialogue.name}” różni się od nazwy pliku „{path.stem}”")
    if len(dialogue.start) < MIN_START_EXAMPLES:
        record.report("start", f"za mało przykładów: {len(dialogue.start)}, trzeba {MIN_START_EXAMPLES}")
    if not dialogue.questions:
        record.report("questions", "dialog nie ma pytań")
    if record.findings:
        raise ContentError(record.findings)
    return dialogue


def _question(name: str, values: dict[str, object], root: Record) -> QuestionText:
    record = Record(root.path, values, root.text, root.line_of(name), root.findings)
    return QuestionText(
        name=name,
        ask=record.string("ask"),
        why=record.string("why"),
        hint=record.string("hint"),
        names=record.strings("names"),
        options=tuple(
            OptionText(item.string("value"), item.string("title"), item.strings("synonyms"))
            for item in record.records("options")
        ),
        skip=record.string("skip") if "skip" in values else None,
    )


def load_dialogues(folder: Path) -> dict[str, DialogueText]:
    """Read all dialogues by name. Raises ContentError with the findings of all files."""
    dialogues: dict[str, DialogueText] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            dialogue = load_dialogue(path)
        except ContentError as error:
            findings.extend(error.findings)
        else:
            dialogues[dialogue.name] = dialogue
    if findings:
        raise ContentError(findings)
    return dialogues
