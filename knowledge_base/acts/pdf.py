"""Reading the service's PDF: the only form of many acts, all of the latest years among them.

A PDF has lines, not units. The size of the print tells raised numbers (`25¹`) and footnotes apart; the rest is told by
how a line begins and by which number has to come next, so that a line which happens to begin with `2025.` stays text.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pypdf import PdfReader

from knowledge_base.acts.errors import ActError
from knowledge_base.acts.tree import Draft, Kind, Tree, Unit

MAX_PAGES = 3000
_FURNITURE = re.compile(
    r"©\s?Kancelaria Sejmu.*|s\. ?\d+ ?/ ?\d+|\d{4}-\d{2}-\d{2}"
    r"|(?:Dziennik Ustaw|Monitor Polski)\s*[–-]\s*\d+\s*[–-]\s*Poz\.\s*\d+"
)
_RAISED = re.compile(r"(\s*)\[?(\d+[a-z]{0,2})\]?(\s*)")
_MARKER = re.compile(r"\s*\d{1,3}\)\s*")
_SMALL = 0.85
_HEADING_LINES = 4
_NUMBER = r"\d+[a-z]{0,3}(?:\(\d+[a-z]{0,2}\)[a-z]{0,3})?"
# How a line begins that opens a unit; the whole match is what is printed before the text.
_STARTS = (
    (Kind.BOOK, re.compile(r"KSIĘGA\s+\w+\b")),
    (Kind.PART, re.compile(r"CZĘŚĆ\s+\w+\b")),
    (Kind.TITLE, re.compile(r"TYTUŁ\s+[IVXLC]+\w?\b")),
    (Kind.DIVISION, re.compile(r"D(?:ZIAŁ|ział)\s+[IVXLC]+\w?\b")),
    (Kind.CHAPTER, re.compile(r"R(?:OZDZIAŁ|ozdział)\s+(?:\d+|[IVXLC]+)\w?\b")),
    (Kind.SUBCHAPTER, re.compile(r"O(?:DDZIAŁ|ddział)\s+(?:\d+|[IVXLC]+)\w?\b")),
    (Kind.ARTICLE, re.compile(rf"Art\.\s?{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\.(?:\s|$)")),
    (Kind.PARAGRAPH, re.compile(rf"§\s?{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\.(?:\s|$)")),
    (Kind.PASSUS, re.compile(rf"{_NUMBER}(?:[-–]{_NUMBER})?\.(?:\s|$)")),
    (Kind.POINT, re.compile(rf"{_NUMBER}(?:[-–]{_NUMBER})?\)(?:\s|$)")),
    (Kind.LETTER, re.compile(r"[a-z]{1,2}\)(?:\s|$)")),
)


@dataclass(frozen=True)
class Line:
    """A printed line; `small` where its print is clearly smaller than the act's, as in footnotes."""

    text: str
    small: bool = False


def split_pdf(data: bytes, eli: str) -> list[Unit]:
    """Split a PDF into units. Raises ActError where it cannot be read or has no text."""
    return split_lines(read_lines(data), eli)


def read_lines(data: bytes) -> list[Line]:
    """The printed lines without headers and footers of pages. Raises ActError."""
    # What pypdf complains of is either read nonetheless or told below, in Polish.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > MAX_PAGES:
            raise ActError(f"PDF ma więcej niż {MAX_PAGES} stron; to nie jest jeden akt.")
        pages = [_page_lines(page) for page in reader.pages]
    except ActError:
        raise
    except Exception as error:  # pypdf lets through whatever a broken file makes it trip over
        raise ActError(f"Nie można odczytać pliku PDF – jest uszkodzony lub zabezpieczony hasłem ({error}).") from error
    sizes: Counter[float] = Counter()
    for text, size in (line for page in pages for line in page):
        sizes[size] += len(text)
    if sum(sizes.values()) < 20:
        raise ActError(
            "PDF nie ma warstwy tekstowej (to skan). Zapisz stronę aktu jako HTML albo rozpoznaj tekst programem OCR."
        )
    body = sizes.most_common(1)[0][0]
    return [
        Line(text, small=0 < size < _SMALL * body)
        for page in pages
        for text, size in page
        if not _FURNITURE.fullmatch(text)
    ]


def _page_lines(page: Any) -> list[tuple[str, float]]:
    pieces: list[tuple[str, float]] = []

    def visit(text: str, _: Any, matrix: Sequence[float], __: Any, size: float) -> None:
        if text:
            pieces.append((text, round(abs(size * (matrix[3] or matrix[0] or 1.0)), 1)))

    page.extract_text(visitor_text=visit)
    lines: list[tuple[str, float]] = []
    text, largest = "", 0.0
    for piece, size in pieces:
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append((text, largest))
                text, largest = "", 0.0
            raised = _RAISED.fullmatch(part)
            is_small = size < _SMALL * largest
            if is_small and _MARKER.fullmatch(part):
                # The mark of a footnote is no part of the word or number it stands at.
                text += f" {part}"
            elif is_small and raised and re.search(r"\d[a-z]{0,2}$", text):
                text += f"({raised[2]}){raised[3]}"
            else:
                text += part
                largest = max(largest, size if part.strip() else 0.0)
    lines.append((text, largest))
    tidied = ((" ".join(text.split()), size) for text, size in lines)
    return [(text, size) for text, size in tidied if text]


def split_lines(lines: Sequence[Line], eli: str) -> list[Unit]:
    """Split printed lines into units; every word is in exactly one of them, hyphens at line ends are mended."""
    tree = Tree(eli)
    reader = _Reader(tree)
    for line in _mended(lines):
        reader.take(line)
    return tree.units()


def _mended(lines: Sequence[Line]) -> Iterator[Line]:
    """Join a word that is broken over two lines of the same print."""
    carried = ""
    for line, following in zip_longest(lines, lines[1:]):
        text = carried + line.text
        carried = ""
        broken = re.search(r"[^\W\d_]{2}-$", text)
        if broken and following and following.small == line.small and re.match(r"[a-ząćęłńóśźż]{2}", following.text):
            head, _, tail = text.rpartition(" ")
            text, carried = head, tail[:-1]
        if text:
            yield Line(text, line.small)


class _Reader:
    """Takes lines in order and keeps the units that are open, outermost first."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open: list[Draft] = [tree.root]
        self._quotes = 0
        self._title_lines = 0
        self._last: dict[tuple[int, Kind], str] = {}
        self._note_open = False

    def take(self, line: Line) -> None:
        if line.small:
            self._take_note(line.text)
            return
        self._note_open = False
        rest = line.text
        while rest:
            begun = self._begin(rest)
            if begun is None:
                break
            rest = begun
        if rest:
            self._write(rest)

    def _take_note(self, text: str) -> None:
        draft = self._open[-1]
        if not self._note_open or re.match(r"\d+\)", text):
            draft.notes.append(type(draft.text)())
            self._note_open = True
        draft.notes[-1].add(f"{text} ")

    def _begin(self, text: str) -> str | None:
        """Open the unit that the text begins with and return what is left of it; None where it begins none."""
        for kind, pattern in _STARTS:
            printed = pattern.match(text)
            if not printed:
                continue
            number = kind.read_number(text)
            if not number or not self._may_begin(kind, number):
                continue
            if kind is Kind.ARTICLE:
                self._quotes = 0
            self._close_down_to(kind)
            parent = self._open[-1]
            draft = self._tree.add(kind, parent, number)
            self._open.append(draft)
            if kind.is_heading:
                self._title_lines = _HEADING_LINES
                draft.text.add(text)
                draft.text.new_line()
                return ""
            self._title_lines = 0
            self._last[id(self._counter(kind)), kind] = number
            draft.text.add(printed[0])
            draft.text.join()
            return text[printed.end() :]
        return None

    def _may_begin(self, kind: Kind, number: str) -> bool:
        if kind.is_heading or kind is Kind.ARTICLE:
            return self._quotes <= 0 or (kind is Kind.ARTICLE and self._follows(kind, number, strictly=True))
        if self._quotes > 0:
            return False
        if kind is Kind.PASSUS and not any(draft.kind in (Kind.ARTICLE, Kind.PARAGRAPH) for draft in self._open):
            return False
        if kind in (Kind.POINT, Kind.LETTER) and not self._open[-1].is_numbered:
            return False
        return self._follows(kind, number)

    def _follows(self, kind: Kind, number: str, *, strictly: bool = False) -> bool:
        """Whether the number is the next one: 1 or `a` first, then one more or the same with a letter."""
        last = self._last.get((id(self._counter(kind)), kind))
        if kind is Kind.LETTER:
            return (
                number[0] == "a" if last is None else 0 <= ord(number[0]) - ord(last[-1 if len(last) == 1 else 0]) <= 2
            )
        first = int(re.match(r"\d+", number)[0])  # type: ignore[index]
        if last is None:
            return first == 1
        before = int(re.findall(r"\d+", last.partition("-")[2] or last)[0])
        return first == before + 1 if strictly else first in (before, before + 1) and number != last

    def _counter(self, kind: Kind) -> Draft:
        """The unit within which numbers of this kind count."""
        if kind is Kind.ARTICLE:
            return self._tree.root
        depth = kind.depth or 0
        return next(d for d in reversed(self._open) if d.kind.depth is None or d.kind.depth < depth)

    def _close_down_to(self, kind: Kind) -> None:
        order = list(Kind)
        while len(self._open) > 1:
            top = self._open[-1]
            if kind.is_heading:
                closes = top.is_numbered or order.index(top.kind) >= order.index(kind)
            else:
                closes = top.kind.depth is not None and kind.depth is not None and top.kind.depth >= kind.depth
            if not closes:
                return
            self._open.pop()

    def _write(self, text: str) -> None:
        self._quotes = max(0, self._quotes + text.count("„") - text.count("”"))
        top = self._open[-1]
        if top.kind.is_heading:
            if self._title_lines == 0:
                top = self._tree.root
            self._title_lines = max(0, self._title_lines - 1)
        top.text.add(f"{text} ")
        if re.search(r"[.:;]$", text):
            top.text.new_line()
