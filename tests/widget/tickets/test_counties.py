from __future__ import annotations

from widget.tickets.counties import counties


def test_every_county_has_an_office_and_a_place_in_the_list() -> None:
    found = counties()
    listed = [item["code"] for group in found.grouped() for item in group["counties"]]
    assert sorted(listed) == sorted(found.titles)
    assert set(found.offices) == set(found.titles)
    assert len(listed) == 380


def test_list_is_sorted_as_a_pole_looks_names_up() -> None:
    groups = {group["voivodeship"]: group["counties"] for group in counties().grouped()}
    assert list(groups)[-3:] == ["warmińsko-mazurskie", "wielkopolskie", "zachodniopomorskie"]
    assert list(groups).index("lubuskie") < list(groups).index("łódzkie") < list(groups).index("małopolskie")
    titles = [item["title"] for item in groups["podlaskie"]]
    assert titles.index("miasto Białystok") < titles.index("miasto Łomża") < titles.index("miasto Suwałki")


def test_office_of_a_county() -> None:
    office = counties().office_of("podlaskie/łomżyński")
    assert office is not None
    assert office.id == "pup_lomza"
    assert counties().office_of("podlaskie/Atlantyda") is None
    assert counties().office_of(None) is None
