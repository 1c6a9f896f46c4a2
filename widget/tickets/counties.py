"""Counties that a visitor chooses from, with the labour office of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge_base.content.offices import Office, Offices, load_offices
from knowledge_base.content.store import ContentPaths

# Where people look for a name that begins with ł or ś.
_ORDER = {letter: index for index, letter in enumerate("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")}


def place_of(code: str | None) -> tuple[str | None, str | None]:
    """Voivodeship and name of the county with that code (`County.code`); of none, neither."""
    voivodeship, _, county = (code or "").partition("/")
    return voivodeship or None, county or None


@dataclass(frozen=True)
class Counties:
    """Counties by code, and their offices by the code of a county and by id."""

    titles: dict[str, str]
    offices: dict[str, Office]
    by_id: dict[str, Office]

    def known(self, code: str | None) -> str | None:
        """The code where the list has it, else nothing."""
        return code if code in self.titles else None

    def office_of(self, code: str | None) -> Office | None:
        return self.offices.get(code or "")

    def grouped(self) -> list[dict[str, Any]]:
        """For a list to choose from: `voivodeship` and its `counties` (`code`, `title`), as a Pole sorts them."""
        groups: dict[str, list[dict[str, str]]] = {}
        for code, title in sorted(self.titles.items(), key=lambda item: _sorted_name(item[1])):
            groups.setdefault(code.partition("/")[0], []).append({"code": code, "title": title})
        return [{"voivodeship": name, "counties": groups[name]} for name in sorted(groups, key=_sorted_name)]


def _sorted_name(text: str) -> list[int]:
    return [_ORDER.get(letter, ord(letter) - 1000) for letter in text.lower()]


@lru_cache(maxsize=1)
def offices() -> Offices:
    """What `data/offices` says, read once."""
    return load_offices(ContentPaths().offices)


@lru_cache(maxsize=1)
def counties() -> Counties:
    """The counties of `data/offices`."""
    data = offices()
    by_county = {county.code: office for office in data.offices.values() for county in office.counties}
    return Counties({county.code: county.title for county in data.counties.values()}, by_county, data.offices)
