"""What any text that visitors read may not contain: amounts typed as numbers, officialese, sentences too hard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.check.readability import fog, long_enough
from knowledge_base.content.amounts import Amounts
from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import read_yaml
from knowledge_base.content.template import placeholders

# Filled in from the settings, see widget and bot: they are not amounts.
CONSTANTS = frozenset({"infolinia_numer", "infolinia_godziny", "formularz_kontaktowy"})
# Filled in by the code that says the line, in lines of messages only.
LINE_PLACEHOLDERS = frozenset(
    {
        "valid_to",
        "day",
        "opens",
        "due",
        "administrator",
        "value",
        "name",
        "number",
        "total",
        "title",
        "other",
        "hint",
        "office",
    }
)
# Years of schooling; a secondary school has twelve. Passages retell law and may be a little harder than answers.
ANSWER_FOG = 15.0
PASSAGE_FOG = 18.0
_MONEY = re.compile(r"\d[\d\s\u00a0.,]*(?:zł|PLN|злот|zlot)|PLN\s?\d[\d.,]*", re.IGNORECASE)


@dataclass(frozen=True)
class Jargon:
    """A phrase that is not used, and what is said instead."""

    phrase: str
    instead: str
    pattern: re.Pattern[str]


def load_jargon(path: Path) -> list[Jargon]:
    """Read `data/style.yml`. Raises ContentError."""
    root = read_yaml(path)
    found = []
    for item in root.records("jargon"):
        phrase = item.string("phrase")
        pattern = re.escape(phrase).replace(r"\*", r"\w*")
        found.append(Jargon(phrase, item.string("instead"), re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)))
    if root.findings:
        raise ContentError(root.findings)
    return found


def line_of(path: Path, needle: str) -> int:
    """The first line of the file that holds `needle`, or 1."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if needle in line:
            return number
    return 1


def text_findings(
    path: Path,
    text: str,
    amounts: Amounts,
    jargon: list[Jargon],
    *,
    hardest: float,
    day: dt.date,
    known: frozenset[str] = CONSTANTS,
) -> Iterator[Finding]:
    """Findings of one text of the file at `path`, which is shown on `day`; `known` are placeholders besides amounts."""
    yield from money_findings(path, text)
    for name in sorted(placeholders(text) - known):
        if name not in amounts:
            yield Finding(path, line_of(path, name), f"nie ma parametru „{name}” w tabeli kwot")
        elif not amounts.expected_on(name, day):
            yield Finding(path, line_of(path, name), f"parametr „{name}” nie ma wartości na dzień {day}")
    for item in jargon:
        match_ = item.pattern.search(text)
        if match_:
            line = line_of(path, match_.group().split("\n")[0])
            yield Finding(path, line, f"język urzędowy: „{match_.group()}”; lepiej: {item.instead}")
    index = fog(text)
    if index > hardest and long_enough(text):
        first = text.strip().split("\n")[0]
        yield Finding(
            path,
            line_of(path, first),
            f"tekst za trudny: mglistość {index:.1f}, najwyżej {hardest:.0f} (krótsze zdania, krótsze słowa)",
        )


def money_findings(path: Path, text: str) -> Iterator[Finding]:
    """Amounts typed as numbers, in any language."""
    for match in _MONEY.finditer(text):
        amount = match.group().strip()
        yield Finding(path, line_of(path, amount), f"kwota wpisana liczbą: „{amount}”")
