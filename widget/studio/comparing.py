"""Two versions of a file: field by field as an editor knows them, and line by line as a programmer does."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from widget.studio.fields import PROSE, Fields, Names, Value, fields_in

_CONTEXT = 2
# A number with its points and dashes is one word, so is a date.
_WORD = re.compile(r"\d[\d.,:/-]*\d|\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """`kind` is added, removed, same, or gap for lines left out."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field that is not as it was: its words (`words`, in kinds of Line), or the items of a list that came and went.

    `part` is which legal basis or which amount the field belongs to, empty for a field of the whole.
    """

    label: str
    part: str = ""
    words: tuple[Line, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True)
class Difference:
    """`fields` is None where a version cannot be read as fields; `lines` is what a programmer reads.

    `is_new` and `is_gone`: there was no such file before, there is none after.
    """

    fields: tuple[FieldChange, ...] | None
    lines: tuple[Line, ...] = ()
    is_new: bool = False
    is_gone: bool = False


def difference(path: str, before: str, after: str, names: Names) -> Difference:
    """What changed in the file at `path`; no lines where nothing did."""
    old, new = fields_in(path, before, names), fields_in(path, after, names)
    found = None if old is None or new is None else tuple(_changes(old, new))
    return Difference(found, tuple(lines_between(before, after)), is_new=not before, is_gone=not after)


def _changes(old: Fields, new: Fields) -> Iterator[FieldChange]:
    noun = "Podstawa prawna" if old.plain or new.plain else "Kwoty i ich okresy"
    yield from _field_changes("", old.plain, new.plain)
    pairs = _pairs(old, new)
    for gone, come in pairs:
        if gone != come:
            # The same basis under another article, say.
            yield FieldChange(noun, words=_whole(gone, come))
        yield from _field_changes(come, old.parts[gone], new.parts[come])
    paired_old, paired_new = ({pair[place] for pair in pairs} for place in (0, 1))
    added = tuple(new.short(head) for head in new.parts if head not in paired_new)
    removed = tuple(old.short(head) for head in old.parts if head not in paired_old)
    if added or removed:
        yield FieldChange(noun, added=added, removed=removed)


def _pairs(old: Fields, new: Fields) -> list[tuple[str, str]]:
    """Parts that are one and the same before and after: by their head, else by all that stands in them."""
    pairs = [(head, head) for head in old.parts if head in new.parts]
    free = [head for head in new.parts if head not in old.parts]
    for head in (one for one in old.parts if one not in new.parts):
        same = next((one for one in free if new.parts[one] == old.parts[head]), None)
        if same:
            free.remove(same)
            pairs.append((head, same))
    return pairs


def _field_changes(part: str, old: dict[str, Value], new: dict[str, Value]) -> Iterator[FieldChange]:
    for label in dict.fromkeys([*new, *old]):
        before, after = old.get(label, ""), new.get(label, "")
        if before == after:
            continue
        if isinstance(before, tuple) or isinstance(after, tuple):
            yield _list_change(label, part, _items(before), _items(after))
        else:
            compare = words_between if label in PROSE and before and after else _whole
            yield FieldChange(label, part, words=compare(before, after))


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(filter(None, [value]))


def _list_change(label: str, part: str, before: tuple[str, ...], after: tuple[str, ...]) -> FieldChange:
    was, now = set(before), set(after)
    added, removed = tuple(one for one in after if one not in was), tuple(one for one in before if one not in now)
    return FieldChange(label, part, added=added, removed=removed, moved=not added and not removed)


def _whole(before: str, after: str) -> tuple[Line, ...]:
    return tuple(Line(kind, text) for kind, text in (("removed", before), ("added", after)) if text)


def words_between(before: str, after: str) -> tuple[Line, ...]:
    """The text with the words that came and went.

    >>> [(one.kind, one.text) for one in words_between("Kurs jest za darmo.", "Kurs bywa za darmo.")]
    [('same', 'Kurs '), ('removed', 'jest'), ('added', 'bywa'), ('same', ' za darmo.')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[tuple[str, str]] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [("removed", "".join(old[a:b])), ("added", "".join(new[c:d]))]
    return tuple(_joined(found))


def _joined(pieces: list[tuple[str, str]]) -> Iterator[Line]:
    """Neighbours in one: a space between two changed words is changed with them, so that phrases stay whole."""
    removed = added = ""
    for place, (kind, text) in enumerate(pieces):
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text.isspace() and "\n" not in text and 0 < place < len(pieces) - 1:
            removed, added = removed + text, added + text
        else:
            yield from _whole(removed, added)
            removed = added = ""
            yield Line(kind, text)
    yield from _whole(removed, added)


def lines_between(before: str, after: str) -> list[Line]:
    """What changed, with a few lines around; empty where nothing did."""
    found: list[Line] = []
    kinds = {"+": "added", "-": "removed", " ": "same"}
    for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=_CONTEXT, lineterm=""))[2:]:
        if line.startswith("@@"):
            if found:
                found.append(Line("gap", "…"))
        else:
            found.append(Line(kinds[line[0]], line[1:]))
    return found
