"""Text of the assistant as blocks for pages without JavaScript; the same rules as `static/chat/nodes.js`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_PARTS = re.compile(r"(\*\*[^*]+\*\*|https?://[^\s)]+[^\s).,;:!?])")
_ITEM = re.compile(r"\s*[-•]\s+(.*)")


@dataclass(frozen=True)
class Span:
    """A piece of a line: plain, strong, or a link."""

    text: str
    is_strong: bool = False
    href: str = ""


@dataclass
class Block:
    """A paragraph, or a list of items; `lines` are its lines or items."""

    is_list: bool
    lines: list[list[Span]] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Paragraphs and lists of a message.

    >>> [(block.is_list, len(block.lines)) for block in blocks("Tak.\\n- raz\\n- dwa")]
    [(False, 1), (True, 2)]
    """
    found: list[Block] = []
    current: Block | None = None
    for line in text.split("\n"):
        item = _ITEM.fullmatch(line)
        if not item and not line.strip():
            current = None
            continue
        if current is None or current.is_list != bool(item):
            current = Block(is_list=bool(item))
            found.append(current)
        current.lines.append(list(_spans(item.group(1) if item else line)))
    return found


def _spans(line: str) -> Iterator[Span]:
    for part in _PARTS.split(line):
        if part.startswith("**") and part.endswith("**") and len(part) > 4:
            yield Span(part[2:-2], is_strong=True)
        elif part.startswith(("http://", "https://")):
            yield Span(re.sub(r"^https?://", "", part), href=part)
        elif part:
            yield Span(part)
