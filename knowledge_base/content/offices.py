"""Labour offices, the counties they serve and the places in those counties, `data/offices/`."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.content.errors import ContentError, Finding
from knowledge_base.content.files import Record, read_text, read_yaml

COUNTY_OFFICE = "powiatowy"
VOIVODESHIP_OFFICE = "wojewódzki"
KINDS = (COUNTY_OFFICE, VOIVODESHIP_OFFICE)
VOIVODESHIPS = (
    "dolnośląskie", "kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie", "małopolskie", "mazowieckie", "opolskie",
    "podkarpackie", "podlaskie", "pomorskie", "śląskie", "świętokrzyskie", "warmińsko-mazurskie", "wielkopolskie",
    "zachodniopomorskie",
)  # fmt: skip
TOWN, VILLAGE, DISTRICT = "miasto", "miejscowość", "część miasta"
PLACE_COLUMNS = ["name", "voivodeship", "county", "kind", "population", "latitude", "longitude"]
POSTAL_COLUMNS = ["first", "last", "voivodeship", "counties"]


@dataclass(frozen=True, order=True)
class County:
    """A county (`name` is an adjective, `łomżyński`) or a town with county rights (`name` is the town, `Łomża`)."""

    voivodeship: str
    name: str
    city: bool = False

    @property
    def title(self) -> str:
        """`powiat łomżyński`, `miasto Łomża`."""
        return f"{'miasto' if self.city else 'powiat'} {self.name}"

    @property
    def code(self) -> str:
        """The code under which a county is stored, such as `podlaskie/Łomża` or `podlaskie/łomżyński`."""
        return f"{self.voivodeship}/{self.name}"


@dataclass(frozen=True)
class Office:
    """A labour office. What is not known is an empty text; `verified` says whether its site confirmed all of it."""

    id: str
    name: str
    kind: str
    voivodeship: str
    town: str
    counties: tuple[County, ...]
    street: str
    postal_code: str
    phone: str
    email: str
    site: str
    hours: str
    source: str
    checked_on: dt.date
    verified: bool
    path: Path


@dataclass(frozen=True)
class Place:
    """A town, village or part of a town. `population` only orders places of one name."""

    name: str
    county: County
    kind: str
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class PostalRange:
    """Codes from `first` to `last`, as numbers without the dash, with the counties in which their post office lies."""

    first: int
    last: int
    counties: tuple[County, ...]


@dataclass(frozen=True)
class Offices:
    """All of `data/offices/`; `counties` by voivodeship and name, `files` by voivodeship."""

    files: dict[str, Path]
    counties: dict[tuple[str, str], County]
    offices: dict[str, Office]
    places: tuple[Place, ...]
    postal: tuple[PostalRange, ...]


def load_offices(folder: Path) -> Offices:
    """Read the folder; an absent one holds nothing. Raises ContentError with every finding."""
    findings: list[Finding] = []
    files: dict[str, Path] = {}
    counties: dict[tuple[str, str], County] = {}
    offices: dict[str, Office] = {}
    for path in sorted(folder.glob("*.yml")):
        root = read_yaml(path)
        voivodeship = root.string("voivodeship")
        if voivodeship not in VOIVODESHIPS:
            root.report("voivodeship", f"nieznane województwo „{voivodeship}”")
        if voivodeship in files:
            root.report("voivodeship", f"województwo „{voivodeship}” jest także w pliku {files[voivodeship].name}")
        files[voivodeship] = path
        for county in _counties(root, voivodeship):
            if counties.setdefault((county.voivodeship, county.name), county) != county:
                root.report("cities", f"„{county.name}” jest i powiatem, i miastem")
        for office in _offices(root, voivodeship, counties):
            if office.id in offices:
                findings.append(Finding(path, line_of_office(path, office.id), f"urząd „{office.id}” jest dwa razy"))
            offices[office.id] = office
        findings += root.findings
    if findings:
        # One wrong name of a county would be a finding in hundreds of rows below.
        raise ContentError(findings)
    places = tuple(_places(folder / "places.tsv", counties, findings))
    postal = tuple(_postal(folder / "postal_codes.tsv", counties, findings))
    if findings:
        raise ContentError(findings)
    return Offices(files, counties, offices, places, postal)


def line_of_office(path: Path, office: str) -> int:
    """The line on which the office's entry starts."""
    return next((n for n, line in enumerate(read_text(path).splitlines(), 1) if line.strip() == f"- id: {office}"), 1)


def _counties(root: Record, voivodeship: str) -> Iterator[County]:
    for name in root.strings("counties"):
        yield County(voivodeship, name)
    for name in root.strings("cities"):
        yield County(voivodeship, name, city=True)


def _offices(root: Record, voivodeship: str, counties: dict[tuple[str, str], County]) -> Iterator[Office]:
    for item in root.records("offices"):
        name = item.string("id")
        item.first_line = line_of_office(root.path, name)
        served = []
        for county in item.strings("counties"):
            if (voivodeship, county) in counties:
                served.append(counties[voivodeship, county])
            else:
                item.findings.append(Finding(root.path, item.first_line, f"urząd „{name}”: nieznany powiat „{county}”"))
        yield Office(
            id=name,
            name=item.string("name"),
            kind=item.string("kind", default=COUNTY_OFFICE),
            voivodeship=voivodeship,
            town=item.string("town"),
            counties=tuple(served),
            **{key: _optional(item, key) for key in ("street", "postal_code", "phone", "email", "site", "hours")},
            source=_optional(item, "source"),
            checked_on=item.date("checked_on"),
            verified=item.flag("verified"),
            path=root.path,
        )


def _optional(item: Record, key: str) -> str:
    return item.string(key) if item.values.get(key) is not None else ""


def _places(path: Path, counties: dict[tuple[str, str], County], findings: list[Finding]) -> Iterator[Place]:
    for line, row in _rows(path, PLACE_COLUMNS, findings):
        county = counties.get((row["voivodeship"], row["county"]))
        if county is None:
            findings.append(Finding(path, line, f"nieznany powiat „{row['county']}” ({row['voivodeship']})"))
            continue
        try:
            numbers = int(row["population"]), float(row["latitude"]), float(row["longitude"])
        except ValueError:
            findings.append(Finding(path, line, f"„{row['name']}”: ludność i współrzędne muszą być liczbami"))
            continue
        yield Place(row["name"], county, row["kind"], *numbers)


def _postal(path: Path, counties: dict[tuple[str, str], County], findings: list[Finding]) -> Iterator[PostalRange]:
    for line, row in _rows(path, POSTAL_COLUMNS, findings):
        served = [counties.get((row["voivodeship"], name)) for name in row["counties"].split(", ")]
        known = tuple(county for county in served if county)
        if len(known) != len(served):
            findings.append(Finding(path, line, f"nieznany powiat w „{row['counties']}” ({row['voivodeship']})"))
            continue
        try:
            first, last = (int(row[key].replace("-", "")) for key in ("first", "last"))
        except ValueError:
            findings.append(Finding(path, line, f"niepoprawny kod pocztowy „{row['first']}” albo „{row['last']}”"))
            continue
        yield PostalRange(first, last, known)


def _rows(path: Path, columns: list[str], findings: list[Finding]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table of tab-separated values with their line numbers; `#` starts a comment, the first row is names."""
    if not path.exists():
        return
    lines = [(n, line) for n, line in enumerate(read_text(path).splitlines(), 1) if line and not line.startswith("#")]
    table = list(csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not table or table[0] != columns:
        findings.append(Finding(path, lines[0][0] if lines else 1, f"kolumny muszą być takie: {', '.join(columns)}"))
        return
    for (number, _), row in zip(lines[1:], table[1:]):
        if len(row) == len(columns):
            yield number, dict(zip(columns, row))
        else:
            findings.append(Finding(path, number, f"powinno być {len(columns)} pól, jest {len(row)}"))
