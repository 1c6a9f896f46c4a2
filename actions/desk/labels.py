"""Polish names of what calculators ask for and tell, from `data/calculators.yml`; a test holds them complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.content.store import ROOT

FILE = ROOT / "data" / "calculators.yml"


def key_of(thing: Any) -> str:
    """The name under which a function or class has its labels, such as `annual_leave.Job`."""
    return f"{thing.__module__.rpartition('.')[2]}.{thing.__qualname__}"


@dataclass(frozen=True)
class Labels:
    """`calculators`: title and results by name; `fields`, `options`: labels by `module.Class`; `parts` of periods."""

    calculators: Mapping[str, Mapping[str, Any]]
    fields: Mapping[str, Mapping[str, str]]
    options: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, str]

    def field(self, made_of: Callable[..., Any], name: str) -> str:
        return self.fields[key_of(made_of)][name]

    def option(self, item: Enum) -> str:
        return self.options[key_of(type(item))][item.value]

    def part(self, name: str) -> str:
        return self.parts[name]

    def title(self, calculator: str) -> str:
        return str(self.calculators[calculator]["title"])

    def results(self, calculator: str) -> Mapping[str, str]:
        """Attributes of the result that are shown, with their labels, in this order."""
        found: Mapping[str, str] = self.calculators[calculator]["results"]
        return found


@lru_cache(maxsize=1)
def load_labels(path: Path = FILE) -> Labels:
    """Raises OSError and yaml.YAMLError."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Labels(data["calculators"], data["fields"], data["options"], data["parts"])
