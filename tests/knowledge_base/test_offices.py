from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge_base.check.offices import office_findings
from knowledge_base.content.errors import ContentError
from knowledge_base.content.offices import (
    COUNTY_OFFICE,
    DISTRICT,
    TOWN,
    VOIVODESHIP_OFFICE,
    VOIVODESHIPS,
    Offices,
    load_offices,
)
from knowledge_base.content.store import ContentPaths

# Counties and towns with county rights of each voivodeship, as in the register of territorial division (TERYT).
UNITS = {
    "dolnośląskie": (26, 4), "kujawsko-pomorskie": (19, 4), "lubelskie": (20, 4), "lubuskie": (12, 2),
    "łódzkie": (21, 3), "małopolskie": (19, 3), "mazowieckie": (37, 5), "opolskie": (11, 1), "podkarpackie": (21, 4),
    "podlaskie": (14, 3), "pomorskie": (16, 4), "śląskie": (17, 19), "świętokrzyskie": (13, 1),
    "warmińsko-mazurskie": (19, 2), "wielkopolskie": (31, 4), "zachodniopomorskie": (18, 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def offices() -> Offices:
    return load_offices(ContentPaths().offices)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ContentPaths().offices, tmp_path / "offices")
    return tmp_path / "offices"


def changed(folder: Path, old: str, new: str, name: str = "podlaskie.yml") -> list[str]:
    """Findings after `old` was replaced in a file, each with its file and line."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        return [str(finding) for finding in office_findings(load_offices(folder), folder)]
    except ContentError as error:
        return [str(finding) for finding in error.findings]


def test_all_counties_are_there(offices: Offices) -> None:
    counted = {
        voivodeship: (
            sum(not county.city for county in offices.counties.values() if county.voivodeship == voivodeship),
            sum(county.city for county in offices.counties.values() if county.voivodeship == voivodeship),
        )
        for voivodeship in VOIVODESHIPS
    }
    assert counted == UNITS
    assert len(offices.counties) == 380
    assert sum(county.city for county in offices.counties.values()) == 66


def test_every_county_is_served_by_one_office(offices: Offices) -> None:
    served = [county for office in offices.offices.values() for county in office.counties]
    assert sorted(served) == sorted(offices.counties.values())


def test_there_are_340_county_offices_and_16_regional_ones(offices: Offices) -> None:
    kinds = [office.kind for office in offices.offices.values()]
    assert kinds.count(COUNTY_OFFICE) == 340
    assert kinds.count(VOIVODESHIP_OFFICE) == 16
    assert len({office.name for office in offices.offices.values()}) == 356


def test_every_office_lies_in_a_town_we_know(offices: Offices) -> None:
    towns = {(place.name, place.county.voivodeship) for place in offices.places if place.kind == TOWN}
    assert [office.id for office in offices.offices.values() if (office.town, office.voivodeship) not in towns] == []


def test_every_county_has_places(offices: Offices) -> None:
    assert {place.county for place in offices.places} == set(offices.counties.values())


def test_towns_with_county_rights_are_places_of_their_own_county(offices: Offices) -> None:
    own = {place.name for place in offices.places if place.county.city and place.name == place.county.name}
    assert own == {county.name for county in offices.counties.values() if county.city}
    assert all(
        place.kind == DISTRICT for place in offices.places if place.county.city and place.name != place.county.name
    )


def test_there_are_about_all_towns_and_each_place_once(offices: Offices) -> None:
    assert sum(place.kind == TOWN for place in offices.places) > 1000
    keys = [(place.name, place.county) for place in offices.places]
    assert len(keys) == len(set(keys))


def test_tables_of_places_are_small() -> None:
    assert sum(path.stat().st_size for path in ContentPaths().offices.glob("*.tsv")) < 1_000_000


def test_real_offices_have_no_findings(offices: Offices) -> None:
    assert list(office_findings(offices, ContentPaths().offices)) == []


def test_nothing_is_verified_without_address_phone_and_source(offices: Offices) -> None:
    for office in offices.offices.values():
        assert not office.verified or (office.street and office.phone and office.source)


_LOMZA = "counties: [łomżyński, Łomża]\n"
_UNVERIFIED = "    checked_on: 2026-11-25\n    verified: false"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (_LOMZA, "counties: [łomżyński]\n", "miasto Łomża: żaden urząd go nie obsługuje"),
        (_LOMZA, "counties: []\n", "urząd „pup_lomza”: nie obsługuje żadnego powiatu"),
        (_LOMZA, "counties: [łomżyński, Łomża, ełcki]\n", "nieznany powiat „ełcki”"),
        (_LOMZA, "counties: [łomżyński, Łomża, zambrowski]\n", "powiat zambrowski: obsługuje go więcej niż jeden"),
        (_LOMZA, _LOMZA + "    kind: gminny\n", "nieznany rodzaj „gminny”"),
        (_LOMZA, _LOMZA + '    phone: "86 216"\n    source: x\n', "niepoprawny telefon „86 216”"),
        (_LOMZA, _LOMZA + '    phone: "86 216 26 9123"\n    source: x\n', "niepoprawny telefon"),
        (_LOMZA, _LOMZA + "    phone: 862162691\n", "brakuje pola „phone” albo nie jest ono tekstem"),
        (_LOMZA, _LOMZA + "    email: pup(at)lomza.pl\n    source: x\n", "niepoprawny e-mail „pup(at)lomza.pl”"),
        (_LOMZA, _LOMZA + '    postal_code: "18400"\n', "niepoprawny kod pocztowy „18400”"),
        (_LOMZA, _LOMZA + "    site: lomza.praca.gov.pl\n    source: x\n", "niepoprawny adres strony"),
        (_LOMZA, _LOMZA + "    street: ul. Nowa 1\n", "podano dane kontaktowe bez źródła"),
        (_LOMZA + _UNVERIFIED, _LOMZA + _UNVERIFIED.replace("false", "true"), "musi mieć adres, telefon i źródło"),
        ("id: pup_lomza", "id: pup_augustow", "urząd „pup_augustow” jest dwa razy"),
        ("voivodeship: podlaskie", "voivodeship: podlasie", "nieznane województwo „podlasie”"),
        ("kind: wojewódzki", "kind: powiatowy", "wojewódzkich urzędów pracy jest tu 0"),
        ("cities: [Białystok", "cities: [augustowski, Białystok", "„augustowski” jest i powiatem, i miastem"),
    ],
)  # fmt: skip
def test_mistake_in_an_office_is_found(folder: Path, old: str, new: str, message: str) -> None:
    found = changed(folder, old, new)
    assert any(message in finding for finding in found), found


@pytest.mark.parametrize("phone", ["86 216 26 91", "862 162 691", "+48 86 216 26 91", "86 216 26 91 wew. 12",
                                   "86 216 26 91, 86 216 26 92"])  # fmt: skip
def test_phones_as_people_write_them_are_sound(folder: Path, phone: str) -> None:
    assert changed(folder, _LOMZA, f'{_LOMZA}    phone: "{phone}"\n    source: https://lomza.praca.gov.pl/\n') == []


def test_finding_names_the_line_of_the_office(folder: Path) -> None:
    [finding] = changed(folder, _LOMZA, _LOMZA + '    postal_code: "18400"\n')
    lines = (folder / "podlaskie.yml").read_text(encoding="utf-8").splitlines()
    line = int(finding.split("podlaskie.yml:")[1].split(":")[0])
    assert lines[line - 1].strip() == "- id: pup_lomza"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("places.tsv", "Łomża\tpodlaskie\tŁomża", "Łomża\tpodlaskie\tłomżanski", "nieznany powiat „łomżanski”"),
        ("places.tsv", "Łomża\tpodlaskie\tŁomża\tmiasto", "Łomża\tpodlaskie\tŁomża\tgród", "nieznany rodzaj „gród”"),
        ("places.tsv", "name\tvoivodeship", "nazwa\tvoivodeship", "kolumny muszą być takie"),
        ("places.tsv", "\tmiasto\t62019", "\tmiasto\tdużo", "muszą być liczbami"),
        ("places.tsv", "Łomża\tpodlaskie", "Łomża podlaskie", "powinno być 7 pól, jest 6"),
        ("postal_codes.tsv", "18-400\t18-403", "18-400\t18-399", "zakres od 18-400"),
        ("postal_codes.tsv", "18-400\t18-403", "18-4oo\t18-403", "niepoprawny kod pocztowy „18-4oo”"),
    ],
)
def test_mistake_in_a_table_is_found(folder: Path, name: str, old: str, new: str, message: str) -> None:
    found = changed(folder, old, new, name)
    assert any(message in finding for finding in found), found


def test_absent_folder_holds_nothing(tmp_path: Path) -> None:
    data = load_offices(tmp_path / "offices")
    assert (data.counties, data.offices, data.places, data.postal) == ({}, {}, (), ())
