"""What labour offices must keep: every county served once, contacts well formed, nothing verified without a source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from knowledge_base.check.style import line_of
from knowledge_base.content.errors import Finding
from knowledge_base.content.offices import (
    COUNTY_OFFICE,
    DISTRICT,
    KINDS,
    TOWN,
    VILLAGE,
    VOIVODESHIP_OFFICE,
    County,
    Office,
    Offices,
    line_of_office,
)

# Nine digits as people group them, several numbers after commas, an extension after "wew.".
_PHONE = re.compile(r"(?:\+48 )?\d{2,3}(?: \d{2,3}){2,3}(?: wew\. \d{1,5})?")
_PHONE_DIGITS = 9
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_POSTAL_CODE = re.compile(r"\d{2}-\d{3}", re.ASCII)


def office_findings(data: Offices, folder: Path) -> Iterator[Finding]:
    """Everything wrong with the offices, the counties and the places of `data`, which was read from `folder`."""
    for office in data.offices.values():
        yield from (
            Finding(office.path, line_of_office(office.path, office.id), f"urząd „{office.id}”: {message}")
            for message in _faults(office)
        )
    yield from _served(data)
    yield from _voivodeships(data)
    kinds = {place.kind for place in data.places} - {TOWN, VILLAGE, DISTRICT}
    for kind in sorted(kinds):
        yield Finding(folder / "places.tsv", line_of(folder / "places.tsv", f"\t{kind}\t"), f"nieznany rodzaj „{kind}”")
    ordered = sorted(data.postal, key=lambda codes: codes.first)
    for codes, following in zip(ordered, [*ordered[1:], None]):
        if codes.last < codes.first or (following and codes.last >= following.first):
            path = folder / "postal_codes.tsv"
            code = f"{codes.first // 1000:02d}-{codes.first % 1000:03d}"
            yield Finding(path, line_of(path, code), f"zakres od {code} zachodzi na następny albo kończy się wcześniej")


def _faults(office: Office) -> Iterator[str]:
    if office.kind not in KINDS:
        yield f"nieznany rodzaj „{office.kind}”; są: {', '.join(KINDS)}"
    if office.kind == COUNTY_OFFICE and not office.counties:
        yield "nie obsługuje żadnego powiatu"
    if office.phone and not all(_is_phone(number) for number in office.phone.split(", ")):
        yield f"niepoprawny telefon „{office.phone}” – 9 cyfr, np. 85 123 45 67, kilka po przecinku"
    if office.email and not _EMAIL.fullmatch(office.email):
        yield f"niepoprawny e-mail „{office.email}”"
    if office.postal_code and not _POSTAL_CODE.fullmatch(office.postal_code):
        yield f"niepoprawny kod pocztowy „{office.postal_code}” – ma być np. 18-400"
    if office.site and not _is_site(office.site):
        yield f"niepoprawny adres strony „{office.site}”"
    contact = office.street or office.phone or office.email or office.site or office.hours
    if contact and not office.source:
        yield "podano dane kontaktowe bez źródła („source”)"
    if office.verified and not (office.source and office.street and office.phone):
        yield "sprawdzony urząd musi mieć adres, telefon i źródło"


def _is_phone(number: str) -> bool:
    digits = re.sub(r"\D", "", number.removeprefix("+48 ").partition(" wew.")[0])
    return bool(_PHONE.fullmatch(number)) and len(digits) == _PHONE_DIGITS


def _is_site(site: str) -> bool:
    try:
        parts = urlsplit(site)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in site


def _served(data: Offices) -> Iterator[Finding]:
    serving: dict[County, list[Office]] = defaultdict(list)
    for office in data.offices.values():
        for county in office.counties:
            serving[county].append(office)
    for county in data.counties.values():
        path = data.files[county.voivodeship]
        if county not in serving:
            yield Finding(path, line_of(path, county.name), f"{county.title}: żaden urząd go nie obsługuje")
        elif len(serving[county]) > 1:
            names = ", ".join(office.id for office in serving[county])
            line = line_of_office(path, serving[county][1].id)
            yield Finding(path, line, f"{county.title}: obsługuje go więcej niż jeden urząd: {names}")


def _voivodeships(data: Offices) -> Iterator[Finding]:
    for voivodeship, path in data.files.items():
        here = [office for office in data.offices.values() if office.voivodeship == voivodeship]
        count = sum(office.kind == VOIVODESHIP_OFFICE for office in here)
        if count != 1:
            yield Finding(path, line_of(path, "offices:"), f"wojewódzkich urzędów pracy jest tu {count}, ma być jeden")
