"""Collecting the text of a unit piece by piece, with spaces and lines as a reader sees them."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[^\S\n]+")
_SUPERSCRIPT = re.compile(r"\[?\(?(\d+[a-z]{0,2})\)?\]?")
_NUMBER_BEFORE = re.compile(r"\d[a-z]{0,2}$", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\x00-\x08]")
_JOIN = "\x02"


class TextBuffer:
    """Pieces of text; nothing is thrown away before `render`."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        """Add running text; line ends of the source are only layout."""
        self._pieces.append(re.sub(r"\s", " ", _INVISIBLE.sub("", text)))

    def new_line(self) -> None:
        self._pieces.append("\n")

    def join(self) -> None:
        """What comes before and next stays on one line: a number and its text, two cells of a row."""
        self._pieces.append(_JOIN)

    def mark(self) -> int:
        """A place to look back to with `since` and `raise_since`."""
        return len(self._pieces)

    def since(self, mark: int) -> str:
        return tidy("".join(self._pieces[mark:]))

    def raise_since(self, mark: int) -> None:
        """What was added since is printed raised: after a number it becomes `25(1)`, elsewhere it stays as it is."""
        raised = _SUPERSCRIPT.fullmatch(self.since(mark))
        before = next((piece for piece in reversed(self._pieces[:mark]) if piece), "")
        if raised and _NUMBER_BEFORE.search(before):
            self._pieces[mark:] = [f"({raised[1]})"]
        elif self.since(mark).endswith(")"):
            self._pieces.append(" ")

    def render(self) -> str:
        return tidy("".join(self._pieces))


def tidy(text: str) -> str:
    """Collapse spaces and drop empty lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in re.sub(rf"\s*{_JOIN}\s*", " ", text).split("\n"))
    return "\n".join(line for line in lines if line)
