"""What a commit changed, told with the titles that editors know instead of the names of files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.check.rules import Loadable
from widget.studio.pieces.faults import AMOUNTS, PASSAGES
from widget.studio.pieces.review import AMOUNT, PASSAGE, TOPIC
from widget.studio.repository import Revision
from widget.studio.words import title_of

_TOPICS = "data/topics/"
# After one of these words the studio writes the name of a file.
_NAMED = re.compile(r"\b([Tt]emat|tematu|do|Kwota|Fragment) ([\w-]+)")
_AMOUNT = re.compile(r"^Kwota (\w+):")
_REMOVAL = re.compile(r"^Temat (\w+): usunięty$")
_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A topic, passage or amount with a page of its own."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True)
class Told:
    """A commit in words, the places that it changed, and how many more it changed.

    `is_removal`: it took out a topic that is not there now.
    """

    revision: Revision
    text: str
    places: tuple[Place, ...]
    more: int
    is_removal: bool = False


def told(revisions: Sequence[Revision], content: Loadable, removed: Mapping[str, str]) -> list[Told]:
    """`content` with its passages; `removed` are titles of topics that are no more, by name."""
    titles, places = {**removed, **titles_of(content)}, _places(content)
    return [_told(revision, titles, places, removed) for revision in revisions]


def titles_of(content: Loadable) -> dict[str, str]:
    """Titles by the names that stand in subjects of commits."""
    found = {one.id.rsplit("/", 1)[1]: one.title for one in content.passages}
    found |= {name: one.title for name, one in content.amounts.parameters.items()}
    return found | {topic.name: title_of(topic) for topic in content.topics}


def in_words(subject: str, titles: Mapping[str, str]) -> str:
    """A subject with titles.

    >>> in_words("Temat kfs: zmiana odpowiedzi", {"kfs": "Fundusz szkoleniowy"})
    'Temat „Fundusz szkoleniowy”: zmiana odpowiedzi'
    """
    return _NAMED.sub(lambda found: f"{found[1]} „{titles[found[2]]}”" if found[2] in titles else found[0], subject)


def _places(content: Loadable) -> dict[str, Place]:
    """By the path of a topic or passage, and by the name of an amount."""
    found = {f"{_TOPICS}{one.group}/{one.name}.yml": Place(TOPIC, one.name, title_of(one)) for one in content.topics}
    found |= {f"{PASSAGES}/{one.id}.md": Place(PASSAGE, one.id, one.title) for one in content.passages}
    return found | {name: Place(AMOUNT, name, one.title) for name, one in content.amounts.parameters.items()}


def _told(
    revision: Revision, titles: Mapping[str, str], places: Mapping[str, Place], removed: Mapping[str, str]
) -> Told:
    amount = _AMOUNT.match(revision.subject)
    keys = [amount[1] if amount and path == AMOUNTS else path for path in revision.paths]
    found = [places[key] for key in keys if key in places]
    gone = _REMOVAL.match(revision.subject)
    return Told(
        revision, in_words(revision.subject, titles), tuple(found[:_SHOWN]), max(len(found) - _SHOWN, 0),
        is_removal=bool(gone and gone[1] in removed),
    )  # fmt: skip
