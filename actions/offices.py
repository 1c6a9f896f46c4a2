"""Find my labour office: by town, county, postal code, or a phrase such as "w Łomży", "z Ełku", "koło Białegostoku".

Nothing found is nothing, never a guess; a name that several places bear gives all of them, for the caller to ask back.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actions.place_names import PlaceNames, Span, Token
from knowledge_base.content.offices import (
    DISTRICT,
    TOWN,
    VOIVODESHIP_OFFICE,
    VOIVODESHIPS,
    County,
    Office,
    Offices,
    Place,
    load_offices,
)
from knowledge_base.content.store import ContentPaths
from knowledge_base.content.text import fold, normalised
from knowledge_base.language.morphology import Morphology, morphology

# "Koło Białegostoku" is anything so near to it, in kilometres.
NEAR_KM = 15.0
_KM_PER_DEGREE = 111.2
_WELL_KNOWN = 25_000
_POSTAL = re.compile(r"(?<![\d-])(\d{2})\s?[-–]\s?(\d{3})(?![\d-])")
_BARE_POSTAL = re.compile(r"(?:^|\bkod\w*\s(?:pocztow\w+\s)?)(\d{2}) ?(\d{3})\s*[.?!]*$", re.IGNORECASE)
_COUNTY_WORDS = frozenset("powiat powiatu powiecie powiatem powiatowi pow".split())
_TOWN_WORDS = frozenset("miasto miasta miescie miastem m".split())
_VOIVODESHIP_ENDINGS = ("ie", "iego", "iemu", "im", "iem")


@dataclass(frozen=True)
class Match:
    """An office and why: a place, a county or a postal code. Not `sure`: a slip was repaired, so ask first."""

    office: Office
    county: County | None = None
    place: Place | None = None
    postal_code: str = ""
    sure: bool = True

    @property
    def label(self) -> str:
        """What was understood, so exact that looking it up again finds this office and no other."""
        if self.county is None:
            return self.office.name
        parts = [self.county.title, f"województwo {self.office.voivodeship}"]
        if self.place and not (self.county.city and self.place.name == self.county.name):
            parts.insert(0, self.place.name)
        return ", ".join(parts)


@dataclass(frozen=True)
class Found:
    """What a text says about offices; `matches` has each office once, the likeliest first."""

    matches: tuple[Match, ...] = ()

    @property
    def offices(self) -> tuple[Office, ...]:
        return tuple(match.office for match in self.matches)

    @property
    def ambiguous(self) -> bool:
        """Tell whether to ask back: several offices, or one found only by repairing a slip."""
        return len(self.matches) > 1 or any(not match.sure for match in self.matches)


class OfficeFinder:
    """Looks offices up; made once, some milliseconds a text."""

    def __init__(self, data: Offices, morphology: Morphology) -> None:
        self.data = data
        self._places = PlaceNames(((place.name, place) for place in data.places), morphology, well_known=_well_known)
        counties = [county for county in data.counties.values() if not county.city]
        self._counties = PlaceNames(((county.name, county) for county in counties), morphology, strict=False)
        self._serving = {county: office for office in data.offices.values() for county in office.counties}
        self._by_name = {normalised(office.name): office for office in data.offices.values()}
        self._regional = {
            office.voivodeship: office for office in data.offices.values() if office.kind == VOIVODESHIP_OFFICE
        }
        self._voivodeships = {
            form: name for name in VOIVODESHIPS for form in _neuter_forms(fold(name).rpartition("-")[2])
        }
        # What restores diacritics loads its model at the first use: now, and not while somebody waits.
        self._places.find(self._places.tokens("bialystk"), slips=True)
        self._postal = sorted(data.postal, key=lambda codes: codes.first)
        self._postal_starts = [codes.first for codes in self._postal]

    def by_id(self, office: str) -> Office | None:
        return self.data.offices.get(office)

    def by_county(self, county: County) -> Office | None:
        return self._serving.get(county)

    def postal_code(self, code: str) -> tuple[County, ...]:
        """Counties of a code such as `18-400`; empty where the code is unknown.

        >>> finder().postal_code("18-400")[0].name
        'Łomża'
        """
        digits = code.replace("-", "").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) == 5):
            return ()
        number = int(digits)
        position = bisect_right(self._postal_starts, number) - 1
        if position < 0 or number > self._postal[position].last:
            return ()
        return self._postal[position].counties

    def find(self, text: str) -> Found:
        """Offices for what the text names: places, counties, postal codes, narrowed by a voivodeship if it names one.

        Asked for a "wojewódzki urząd pracy" or "WUP", finds that of the voivodeship; by its full name, any office.
        """
        named = self._by_name.get(normalised(text))
        if named:
            return Found((Match(named),))
        code, rest = _postal_code(text)
        tokens = self._places.tokens(rest)
        counties, taken = self._named_counties(tokens)
        narrowing = set(self._voivodeship_words(tokens))
        spans = self._places.find(tokens, taken=taken, beside=narrowing)
        if not (spans or counties or code):
            spans = self._places.find(tokens, taken=taken, beside=narrowing, slips=True)
        voivodeships = self._named_voivodeships(tokens, taken | _covered(spans))
        if not (spans or counties or code or voivodeships):
            counties = self._counties_alone(tokens)
        spans, cities = _towns_that_narrow(spans, tokens)

        limits = _Limits({*counties, *cities, *self.postal_code(code)}, voivodeships)
        matches = [match for span in spans for match in self._of_span(span, tokens, limits)]
        of_counties = [self._match(county) for county in counties if limits.allow(county)]
        matches = _agreed(matches, of_counties, strict=True)
        others = [self._match(county) for county in cities]
        others += [self._match(county, postal_code=code) for county in self.postal_code(code)]
        matches = _agreed(matches, others, strict=False)
        if _asks_for_regional(tokens):
            regions = [match.office.voivodeship for match in matches] or sorted(voivodeships)
            matches = [Match(self._regional[name]) for name in regions if name in self._regional]
        return Found(tuple(_once(matches)))

    def _match(self, county: County, *, postal_code: str = "") -> Match | None:
        office = self._serving.get(county)
        return Match(office, county, postal_code=postal_code) if office else None

    def _named_counties(self, tokens: Sequence[Token]) -> tuple[list[County], set[int]]:
        """Counties beside the word "powiat", after it rather than before, and the positions of these words."""
        found: list[County] = []
        taken: set[int] = set()
        spans = self._counties.find(tokens)
        for position, token in enumerate(tokens):
            if token.folded not in _COUNTY_WORDS:
                continue
            after = [span for span in spans if span.start == position + 1]
            beside = after or [span for span in spans if span.end == position and span.exact]
            for span in beside:
                found += span.exact or span.longer
                taken |= {position, *range(span.start, span.end)}
        return list(dict.fromkeys(found)), taken

    def _counties_alone(self, tokens: Sequence[Token]) -> list[County]:
        """A bare "łomżyński" as the whole text."""
        spans = self._counties.find(tokens)
        whole = len(spans) == 1 and (spans[0].start, spans[0].end) == (0, len(tokens))
        return list(spans[0].exact) if whole else []

    def _voivodeship_words(self, tokens: Sequence[Token]) -> Iterator[int]:
        for position, token in enumerate(tokens):
            if token.folded in self._voivodeships or token.folded.startswith("woj"):
                yield position

    def _named_voivodeships(self, tokens: Sequence[Token], taken: set[int]) -> set[str]:
        found = set()
        for position, token in enumerate(tokens):
            name = self._voivodeships.get(token.folded)
            if name is None or position in taken:
                continue
            before = tokens[position - 1].folded if position else ""
            compound = [v for v in VOIVODESHIPS if fold(v).startswith(f"{before}-") and token.folded[:5] in fold(v)]
            found.add(compound[0] if before and compound else name)
        return found

    def _of_span(self, span: Span[Place], tokens: Sequence[Token], limits: _Limits) -> Iterator[Match]:
        before = tokens[span.start - 1].folded if span.start else ""
        for place in _meant(span, limits, only_towns=before in _TOWN_WORDS):
            counties = [place.county]
            if span.near:
                counties = self._around(place)
            elif before in _COUNTY_WORDS and place.county.city:
                counties += self._land_counties(place)
            for county in counties:
                match = self._match(county)
                if match:
                    yield replace(match, place=place if county == place.county else None, sure=not span.slip)

    def _land_counties(self, city: Place) -> list[County]:
        """Counties with their office in a town that is no part of them."""
        return [
            county
            for county, office in self._serving.items()
            if not county.city and county.voivodeship == city.county.voivodeship and office.town == city.name
        ]

    def _around(self, place: Place) -> list[County]:
        """Counties with a place near this one, its own first, then by distance."""
        near: dict[County, float] = {}
        for other in self.data.places:
            if abs(place.latitude - other.latitude) * _KM_PER_DEGREE > NEAR_KM:
                continue
            distance = _kilometres(place, other)
            if distance <= NEAR_KM:
                near[other.county] = min(distance, near.get(other.county, distance))
        near[place.county] = -1.0
        return sorted(near, key=lambda county: near[county])


@lru_cache(maxsize=1)
def finder() -> OfficeFinder:
    """The finder of this process over the real data; loading takes about a second."""
    return OfficeFinder(load_offices(ContentPaths().offices), morphology())


def find(text: str) -> Found:
    """Look up offices for a text, see `OfficeFinder.find`."""
    return finder().find(text)


@dataclass(frozen=True)
class _Limits:
    """Counties and voivodeships that the text names besides places; empty ones limit nothing."""

    counties: set[County]
    voivodeships: set[str]

    def allow(self, county: County) -> bool:
        return not self.voivodeships or county.voivodeship in self.voivodeships


def _meant(span: Span[Place], limits: _Limits, *, only_towns: bool) -> list[Place]:
    """Places that a name stands for: those of that name, and towns whose longer name people shorten to it."""
    longer = [place for place in span.longer if place.kind == TOWN]
    places = list(dict.fromkeys([*_by_size(span.exact), *_by_size(longer)]))
    places = [place for place in places if limits.allow(place.county)]
    places = [place for place in places if place.county in limits.counties] or places
    if only_towns:
        # "Miasto Tarnów" is no village.
        places = [place for place in places if place.kind == TOWN] or places
    if any(place.kind == TOWN for place in places):
        # "Siedlce" is the town, not a part of Gdańsk.
        places = [place for place in places if place.kind != DISTRICT]
    return places


def _agreed(matches: Sequence[Match], others: Sequence[Match | None], *, strict: bool) -> list[Match]:
    """Of places (`matches`) and other signs, what they agree on; both where they do not, for the caller to ask back.

    `strict`: our list of villages is not complete, so "Zalesie, powiat grójecki" is a village of that county even if
    the list knows Zalesie elsewhere only. Towns are complete: one elsewhere is another place.
    """
    known = [other for other in others if other]
    counties = {other.county for other in known}
    agreed = [match for match in matches if match.county in counties]
    if agreed or not known:
        return agreed or list(matches)
    apart = [match for match in matches if not strict or (match.place and match.place.kind == TOWN)]
    return [*known, *apart] if strict else [*apart, *known]


def _covered(spans: Iterable[Span[Place]]) -> set[int]:
    return {position for span in spans for position in range(span.start, span.end)}


def _towns_that_narrow(spans: Sequence[Span[Place]], tokens: Sequence[Token]) -> tuple[list[Span[Place]], list[County]]:
    """In "Bielany, miasto Warszawa" the town says which Bielany: its county, and the spans without it."""
    rest, counties = [], []
    for span in spans:
        cities = [place.county for place in span.exact if place.county.city and place.name == place.county.name]
        if cities and len(spans) > 1 and span.start and tokens[span.start - 1].folded in _TOWN_WORDS:
            counties += cities
        else:
            rest.append(span)
    return (rest, counties) if rest else (list(spans), [])


def _well_known(place: Place) -> bool:
    return place.kind == TOWN and place.population >= _WELL_KNOWN


def _by_size(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.kind != TOWN, -place.population, place.county))


def _once(matches: Iterable[Match]) -> list[Match]:
    """Each office once, by its first match."""
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.office.id, match)
    return list(found.values())


def _postal_code(text: str) -> tuple[str, str]:
    """The code in the text, if any, and the text without it."""
    match = _POSTAL.search(text) or _BARE_POSTAL.search(text.strip())
    if not match:
        return "", text
    return f"{match.group(1)}-{match.group(2)}", text.replace(match.group(), " ")


def _asks_for_regional(tokens: Sequence[Token]) -> bool:
    folded = [token.folded for token in tokens]
    return "wup" in folded or any(
        word.startswith("wojewodzk") and other.startswith("urz") for word, other in itertools.pairwise(folded)
    )


def _neuter_forms(name: str) -> Iterator[str]:
    return (name.removesuffix("ie") + ending for ending in _VOIVODESHIP_ENDINGS)


def _kilometres(one: Place, other: Place) -> float:
    """Distance on a plane, good to a per cent within Poland."""
    north = (one.latitude - other.latitude) * _KM_PER_DEGREE
    east = (one.longitude - other.longitude) * _KM_PER_DEGREE * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)
