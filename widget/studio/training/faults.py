"""Mistakes of the content as an editor reads them: what it is about by its title, where it is put right, plain words.

The rules of `knowledge_base/check` name files, fields and parameters, as an engineer needs it; that line is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge_base.check.rules import Loadable
from knowledge_base.content.errors import Finding as Fault
from widget.studio.fields import LABELS
from widget.studio.pieces.faults import AMOUNTS, PASSAGES
from widget.studio.pieces.review import AMOUNT, PASSAGE, TOPIC

_FILES = {
    "data/messages.yml": "Stałe zdania asystenta", "data/acts.yml": "Spis aktów prawnych",
    "data/style.yml": "Zasady języka", "data/comparisons.yml": "Dawniej i teraz",
}  # fmt: skip
_FOLDERS = {
    "data/dialogues": "Rozmowa krok po kroku",
    "data/translations": "Tłumaczenie",
    "data/offices": "Urzędy pracy",
}
_QUOTED = re.compile(r"(?:\b(\w+) )?„([^”]+)”")
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_ACT = re.compile(r"\bakt(u)? (DU/\d+/\d+)\b")
_PARAMETER = {"parametr": "kwota", "parametru": "kwoty"}
# Of each kind of piece, by name.
Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Told:
    """A mistake for an editor: `kind` and `name` of the piece that has it, empty where no page of the studio is its."""

    title: str
    text: str
    raw: str
    kind: str = ""
    name: str = ""


def told(fault: Fault, content: Loadable) -> Told:
    path = fault.path.relative_to(content.paths.root).as_posix()
    kind, name = _piece(path, fault.message)
    titles = _titles(content)
    title = _title(kind, name, path, titles)
    if kind and name not in titles[kind]:
        # It cannot be read, so the studio has no page of it.
        kind, name = "", ""
    text = _plain(fault.message, titles, content)
    if kind == AMOUNT:
        text = text.removeprefix(f"kwota „{title}” ")
    return Told(title, f"{text}.", f"{path}:{fault.line}: {fault.message}", kind, name)


def _piece(path: str, message: str) -> tuple[str, str]:
    if path.startswith("data/topics/"):
        return TOPIC, path.rsplit("/", 1)[1].removesuffix(".yml")
    if path.startswith(PASSAGES):
        return PASSAGE, path.removeprefix(f"{PASSAGES}/").removesuffix(".md")
    named = re.search(r"parametru? „([^”]+)”", message)
    return (AMOUNT, named[1]) if path == AMOUNTS and named else ("", "")


def _title(kind: str, name: str, path: str, titles: Titles) -> str:
    """A piece that cannot be read has no title; its name has to do."""
    if kind:
        return titles[kind].get(name, name)
    folder = next((label for start, label in _FOLDERS.items() if path.startswith(start)), "")
    if folder:
        return f"{folder} ({path.rsplit('/', 1)[1].rsplit('.', 1)[0]})"
    return _FILES.get(path, "Kwoty" if path == AMOUNTS else path)


def _titles(content: Loadable) -> Titles:
    return {
        TOPIC: {one.name: one.title for one in content.topics},
        PASSAGE: {one.id: one.title for one in content.passages},
        AMOUNT: {one.name: one.title for one in content.amounts.parameters.values()},
    }


def _plain(message: str, titles: Titles, content: Loadable) -> str:
    """Names and days of the files in words of the pages."""
    text = _QUOTED.sub(_named(titles), message)
    text = _ACT.sub(lambda found: f"akt{found[1] or ''} „{_act(found[2], content)}”", text)
    return _DAY.sub(r"\3.\2.\1", text).replace(" na dzień ", " na ")


def _named(titles: Titles) -> Callable[[re.Match[str]], str]:
    def named(found: re.Match[str]) -> str:
        before, name = found[1] or "", found[2]
        if before in _PARAMETER:
            before, name = _PARAMETER[before], titles[AMOUNT].get(name, name)
        elif before.startswith("temat") or before == "temacie":
            name = titles[TOPIC].get(name, name)
        else:
            name = titles[PASSAGE].get(name, LABELS.get(name, name))
        return f"{before} „{name}”" if before else f"„{name}”"

    return named


def _act(eli: str, content: Loadable) -> str:
    act = content.acts.get(eli)
    return act.short if act else eli
