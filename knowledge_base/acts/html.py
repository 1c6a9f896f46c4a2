"""Reading the service's HTML: `div.unit.unit_arti` and its kin, nested as the act is.

selectolax parses as a browser does, so no page is too broken to read. The tree is walked with a stack of our own: a
page nested a thousand levels deep must not end in a traceback.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge_base.acts.errors import ActError
from knowledge_base.acts.text import TextBuffer
from knowledge_base.acts.tree import Draft, Kind, Tree, Unit
from knowledge_base.content.text import fold

MAX_DEPTH = 3000
_KINDS = {
    "book": Kind.BOOK,
    "part": Kind.PART,
    "titl": Kind.TITLE,
    "bran": Kind.DIVISION,
    "chpt": Kind.CHAPTER,
    "schp": Kind.SUBCHAPTER,
    "arti": Kind.ARTICLE,
    "para": Kind.PARAGRAPH,
    "pass": Kind.PASSUS,
    "pint": Kind.POINT,
    "lett": Kind.LETTER,
}
_SKIPPED = {"head", "script", "style", "template"}
# Wording that an act gives to another one, and provisions that a notice only cites.
_QUOTES = {"cite-box", "pro-cite-text", "pro-rplc-text"}
_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADS | set(
    "address article aside blockquote body br center dd div dl dt fieldset figure footer form header hr li main nav "
    "ol p pre section table tbody tfoot thead tr ul".split()
)
_CELLS = {"td", "th"}
# Elements that close by themselves do not nest, however many of them stand in a page.
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[drh]|tbody|thead|tfoot|option|br|hr|img|input|meta|link|col|wbr)\b)[a-z][^\s>/]*",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """Where the reader is: the unit that text belongs to, and what an element inside may still begin."""

    draft: Draft
    buffer: TextBuffer
    quoted: bool = False
    is_unit: bool = False
    head_from: int | None = None
    raised_from: int | None = None


def decode(data: bytes) -> str:
    """UTF-8 as the service sends it; pages saved by hand may say otherwise."""
    declared = _CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "", "cp1250"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", errors="replace")


def split_html(html: str, eli: str) -> list[Unit]:
    """Split a page into units; every word of the page is in exactly one of them. Raises ActError where it nests
    deeper than any act does."""
    _refuse_depth(html)
    tree = Tree(eli)
    body = LexborHTMLParser(html).body
    if body is not None:
        _Reader(tree, _roles(body)).read(body)
    return tree.units()


def _refuse_depth(html: str) -> None:
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ActError("Strona jest uszkodzona: elementy zagnieżdżone głębiej niż w jakimkolwiek akcie.")


def _roles(body: LexborNode) -> dict[str, Kind]:
    """What each `section id=part_N` is: a notice comes before the consolidated text that it announces."""
    roles: dict[str, Kind] = {}
    sections = [node for node in body.css("section") if (node.attributes.get("id") or "").startswith("part_")]
    titles = [_title(node) for node in sections]
    main = next((i for i, title in enumerate(titles) if "tekst jednolity" in title), 0)
    for number, node in enumerate(sections):
        kind = Kind.ACT if number == main else Kind.NOTICE if number < main else Kind.ANNEX
        roles.setdefault(node.attributes.get("id") or "", kind)
    return roles


def _title(section: LexborNode) -> str:
    head = section.css_first("h2")
    return " ".join(fold(head.text(deep=True, separator=" ")).split())[:300] if head else ""


class _Reader:
    """Walks the page and writes each text into the unit it belongs to."""

    def __init__(self, tree: Tree, roles: dict[str, Kind]) -> None:
        self._tree = tree
        self._roles = roles
        self._places = [_Place(tree.root, tree.root.text)]
        self._annexes = 0

    def read(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, seen = stack.pop()
            if seen:
                self._leave(node)
            elif node.is_text_node:
                self._places[-1].buffer.add(node.text_content or "")
            elif node.is_element_node and node.tag not in _SKIPPED:
                self._enter(node)
                stack.append((node, True))
                child = node.last_child
                while child is not None:
                    stack.append((child, False))
                    child = child.prev

    def _enter(self, node: LexborNode) -> None:
        here = self._places[-1]
        tag = node.tag or ""
        classes = set((node.attributes.get("class") or "").split())
        if tag in _BLOCKS and not (here.is_unit and tag in _HEADS):
            here.buffer.new_line()
        elif tag in _CELLS and _has_cell_before(node):
            here.buffer.join()
            here.buffer.add("|")
            here.buffer.join()
        self._places.append(self._place(node, tag, classes, here))

    def _place(self, node: LexborNode, tag: str, classes: set[str], here: _Place) -> _Place:
        inner = replace(here, is_unit=False, head_from=None, raised_from=None)
        if "gloss-link" in classes:
            here.draft.notes.append(TextBuffer())
            return replace(inner, buffer=here.draft.notes[-1], quoted=True)
        if here.quoted:
            return replace(inner, raised_from=here.buffer.mark()) if tag == "sup" else inner
        if "gloss-section" in classes:
            return self._begin(Kind.NOTES, self._tree.root, "", quoted=True)
        if classes & _QUOTES:
            return replace(inner, quoted=True)
        if tag == "section" and not here.draft.is_numbered:
            return self._section(node, inner)
        if "unit" in classes:
            return self._unit(node, classes, inner)
        if here.is_unit and tag in _HEADS:
            return replace(inner, head_from=here.buffer.mark())
        return replace(inner, raised_from=here.buffer.mark()) if tag == "sup" else inner

    def _section(self, node: LexborNode, here: _Place) -> _Place:
        role = self._roles.get(node.attributes.get("id") or "", Kind.ACT)
        if role is Kind.ACT:
            return here
        self._annexes += role is Kind.ANNEX
        return self._begin(role, self._tree.root, str(self._annexes) if role is Kind.ANNEX else "")

    def _unit(self, node: LexborNode, classes: set[str], here: _Place) -> _Place:
        kind = next((_KINDS[name[5:]] for name in sorted(classes) if name[5:] in _KINDS and name[:5] == "unit_"), None)
        if kind is None:
            return here
        parent: Draft | None = _above(here.draft, kind)
        depth = here.draft.kind.depth
        if depth is not None and (kind.depth is None or kind.depth <= depth):
            # Pages sometimes nest `ust. 1a` in `ust. 1`; an article inside a point is wording of another act.
            parent = here.draft.parent if kind.depth == depth and depth > 0 and not _opens_quote(node) else None
        if parent is None:
            return replace(here, quoted=True)
        return self._begin(kind, parent, "", data_id=node.attributes.get("data-id") or "")

    def _begin(self, kind: Kind, parent: Draft, number: str, *, quoted: bool = False, data_id: str = "") -> _Place:
        draft = self._tree.add(kind, parent, number or data_id.partition("_")[2][:40])
        return _Place(draft, draft.text, quoted=quoted, is_unit=not quoted)

    def _leave(self, node: LexborNode) -> None:
        left = self._places.pop()
        here = self._places[-1]
        if left.raised_from is not None:
            left.buffer.raise_since(left.raised_from)
        if left.head_from is not None:
            number = left.draft.kind.read_number(left.buffer.since(left.head_from))
            left.draft.number = number or left.draft.number
            left.buffer.join()
        elif node.tag in _BLOCKS:
            here.buffer.new_line()


def _opens_quote(node: LexborNode) -> bool:
    head = node.css_first("h3")
    return head is None or head.text(deep=True).lstrip()[:1] in ("", "„", '"', "”", "«")


def _above(draft: Draft, kind: Kind) -> Draft:
    """The draft that a unit hangs on: a heading inside a unit of its own rank closes that unit."""
    order = list(Kind)
    while kind.is_heading and draft.kind.is_heading and draft.parent and order.index(draft.kind) >= order.index(kind):
        draft = draft.parent
    return draft


def _has_cell_before(node: LexborNode) -> bool:
    before = node.prev
    while before is not None and before.tag not in _CELLS:
        before = before.prev
    return before is not None
