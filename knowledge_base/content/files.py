"""Reading YAML and front matter with line numbers for error messages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content.errors import ContentError, Finding

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Record:
    """A mapping read from a file, with getters that collect findings instead of raising at the first one."""

    path: Path
    values: dict[str, Any]
    text: str
    first_line: int = 1
    findings: list[Finding] = field(default_factory=list)

    def line_of(self, key: str) -> int:
        for number, line in enumerate(self.text.splitlines(), self.first_line):
            if re.match(rf"[\s-]*{re.escape(key)}\s*:", line):
                return number
        return self.first_line

    def report(self, key: str, message: str) -> None:
        self.findings.append(Finding(self.path, self.line_of(key), message))

    def string(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            self.report(key, f"brakuje pola „{key}” albo nie jest ono tekstem")
            return ""
        return value.strip()

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.report(key, f"pole „{key}” musi być listą tekstów")
            return ()
        return tuple(item.strip() for item in value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            self.report(key, f"pole „{key}” musi mieć wartość true albo false")
            return False
        return value

    def date(self, key: str) -> dt.date:
        value = self.optional_date(key)
        if value is None:
            self.report(key, f"brakuje daty w polu „{key}” (rrrr-mm-dd)")
            return dt.date.min
        return value

    def optional_date(self, key: str) -> dt.date | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            self.report(key, f"pole „{key}” nie jest datą w postaci rrrr-mm-dd")
            return None
        return value

    def records(self, key: str) -> list[Record]:
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.report(key, f"pole „{key}” musi być listą wpisów")
            return []
        start = self.line_of(key)
        return [Record(self.path, item, "", start, self.findings) for item in value]


def parse_yaml(path: Path, text: str, *, first_line: int = 1) -> Record:
    """Parse a mapping. Raises ContentError for broken YAML or another kind of document."""
    try:
        values = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, chosen above
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise ContentError([Finding(path, line, f"plik nie jest poprawnym YAML: {error}".split("\n")[0])]) from error
    if not isinstance(values, dict):
        raise ContentError([Finding(path, first_line, "plik musi zawierać pola „nazwa: wartość”")])
    return Record(path, values, text, first_line)


def read_yaml(path: Path) -> Record:
    return parse_yaml(path, read_text(path))


def read_front_matter(path: Path) -> tuple[Record, str]:
    """Return the front matter and the body of a Markdown file."""
    match = re.match(r"---\n(.*?\n)---\n(.*)\Z", read_text(path), re.DOTALL)
    if not match:
        raise ContentError([Finding(path, 1, "brakuje nagłówka między liniami „---”")])
    return parse_yaml(path, match.group(1), first_line=2), match.group(2).strip()


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ContentError([Finding(path, 1, "plik nie jest zapisany w UTF-8")]) from error
