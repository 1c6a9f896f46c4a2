"""What of an act is searched: an article, or its paragraphs where it is long. Repealed provisions are left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from knowledge_base.acts.store import StoredAct
from knowledge_base.acts.tree import Unit
from knowledge_base.content.acts import public_url
from knowledge_base.search.index import Entry

# Sentence vectors blur long texts; a paragraph with its points rarely has more words.
MAX_WORDS = 200
_TOP = ("art", "par")


def entries_of(act: StoredAct) -> list[Entry]:
    """Entries of the search index, in the act's order; none where the act is out of force on an unknown day."""
    if not act.metadata.in_force and act.metadata.valid_to is None:
        return []
    children: dict[str, list[Unit]] = defaultdict(list)
    for unit in act.units:
        if unit.parent:
            children[unit.parent].append(unit)
    prefixes = tuple(f"{act.metadata.eli}/{kind}" for kind in _TOP)
    tops = [
        unit
        for unit in act.units
        if unit.kind in _TOP and unit.id.startswith(prefixes) and unit.id.count("/") == act.metadata.eli.count("/") + 1
    ]
    return [
        _entry(act, unit, number, text)
        for top in tops
        for unit, whole in _pieces(top, children)
        for number, text in enumerate(_cut(whole), 1)
    ]


def _pieces(unit: Unit, children: dict[str, list[Unit]]) -> Iterator[tuple[Unit, str]]:
    if unit.repealed:
        return
    whole = _whole(unit, children)
    below = children[unit.id]
    if len(whole.split()) <= MAX_WORDS or not below:
        yield unit, whole
        return
    if len(unit.text.split()) > 2:
        yield unit, unit.text
    for child in below:
        yield from _pieces(child, children)


def _whole(unit: Unit, children: dict[str, list[Unit]]) -> str:
    # Not recursive beyond the depth of law: article, paragraph, point, letter.
    return "\n".join([unit.text, *(_whole(child, children) for child in children[unit.id] if not child.repealed)])


def _cut(text: str) -> Iterable[str]:
    """Cut a text that has no units of its own at line ends, or at words where even a line is too long."""
    piece: list[str] = []
    for line in text.split("\n"):
        words = line.split()
        if piece and len(piece) + len(words) > MAX_WORDS:
            yield " ".join(piece)
            piece = []
        piece += words
        while len(piece) > MAX_WORDS:
            yield " ".join(piece[:MAX_WORDS])
            piece = piece[MAX_WORDS:]
    if piece:
        yield " ".join(piece)


def _entry(act: StoredAct, unit: Unit, number: int, text: str) -> Entry:
    facts, source = act.metadata, act.source
    return Entry(
        id=unit.id if number == 1 else f"{unit.id}#{number}",
        title=f"{unit.label} – {unit.headings[-1] if unit.headings else facts.title}",
        text=text,
        source={
            "act": facts.eli,
            "article": unit.label,
            "title": facts.title,
            "url": public_url(facts.eli),
            "valid_from": facts.valid_from.isoformat(),
            "valid_to": facts.valid_to.isoformat() if facts.valid_to else None,
            "checked_on": source.read_on.isoformat(),
            # A file saved by hand is what its bearer says it is.
            "verified": source.address.startswith("/acts/"),
            "text_date": source.text_date.isoformat() if source.text_date else None,
        },
        audience=("wszyscy",),
        related=(),
        questions=(),
        replaced_by=None,
    )
