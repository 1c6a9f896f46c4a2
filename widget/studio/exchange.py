"""Examples of topics as a file of Rasa NLU (YAML) and as a sheet (CSV), out and in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

import yaml

from widget.studio.topic_file import clean

FORMATS = {"yml": "application/yaml", "csv": "text/csv"}
_COLUMNS = ("temat", "przykład")
# As sheets were written before, and as people write who leave diacritics out.
_PLAIN_COLUMNS = ["temat", "przyklad"]
# A cell that a spreadsheet would take for a formula gets an apostrophe, as spreadsheets write it themselves.
_FORMULA = re.compile(r"'*[=+\-@]")
Examples = Mapping[str, Sequence[str]]


class ExchangeError(ValueError):
    """The file cannot be read; the text says why."""


def write(examples: Examples, kind: str) -> str:
    return _rasa(examples) if kind == "yml" else _csv(examples)


def read(text: str) -> dict[str, list[str]]:
    """Examples by topic, each once, from either format. Raises ExchangeError."""
    text = text.removeprefix("\ufeff")
    pairs = _from_rasa(text) if re.search(r"^\s*-?\s*(nlu|version)\s*:", text, re.MULTILINE) else _from_csv(text)
    found: dict[str, dict[str, None]] = {}
    for topic, example in pairs:
        if cleaned := clean(example):
            found.setdefault(topic.strip(), {})[cleaned] = None
    if not found:
        raise ExchangeError("W pliku nie ma przykładów.")
    return {topic: list(texts) for topic, texts in found.items()}


class _Block(str):
    """Text written as a block, as Rasa's own files have it."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Block, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|"))


def _rasa(examples: Examples) -> str:
    nlu = [
        {"intent": topic, "examples": _Block("".join(f"- {text}\n" for text in texts))}
        for topic, texts in examples.items()
    ]
    document = {"version": "3.1", "nlu": nlu}
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def _from_rasa(text: str) -> Iterable[tuple[str, str]]:
    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise ExchangeError("Plik nie jest poprawnym YAML.") from error
    items = document.get("nlu") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise ExchangeError("W pliku YAML brakuje listy „nlu”.")
    for item in items:
        if not isinstance(item, dict) or "intent" not in item:
            continue
        examples = item.get("examples") or ""
        lines = examples if isinstance(examples, list) else str(examples).split("\n")
        for line in lines:
            value = line.get("text", "") if isinstance(line, dict) else re.sub(r"^\s*- ?", "", str(line))
            yield str(item["intent"]), str(value)


def _csv(examples: Examples) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for topic, texts in examples.items():
        writer.writerows((topic, f"'{text}" if _FORMULA.match(text) else text) for text in texts)
    return out.getvalue()


def _from_csv(text: str) -> Iterable[tuple[str, str]]:
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ExchangeError("Plik nie jest poprawnym CSV.") from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if header[:2] not in (list(_COLUMNS), _PLAIN_COLUMNS):
        raise ExchangeError("Pierwszy wiersz pliku CSV musi mieć nagłówki: temat, przykład.")
    for row in rows[1:]:
        if len(row) >= 2:
            yield row[0], row[1][1:] if row[1].startswith("'") and _FORMULA.match(row[1]) else row[1]
