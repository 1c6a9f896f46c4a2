from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.office_messages import MAX_OFFICES, TOPIC, found_message, office_message
from actions.offices import Found, Match, OfficeFinder, find, finder
from knowledge_base.content.answers import line
from knowledge_base.content.offices import DISTRICT, TOWN, VOIVODESHIP_OFFICE, Place
from knowledge_base.content.store import Content
from knowledge_base.content.text import fold
from zielona.settings import Settings

TODAY = dt.date(2026, 11, 25)
FINDER_PAGE = "https://psz.praca.gov.pl/wybor-urzedu"

# Written by hand, as people write: cases, prepositions, no diacritics, shortened names, whole questions.
PHRASES = {
    "w Łomży": "pup_lomza",
    "z Ełku": "pup_elk",
    "w lomzy": "pup_lomza",
    "do Białegostoku": "pup_bialystok",
    "near Białystok": "pup_bialystok",
    "koło Białegostoku": "pup_bialystok",
    "kolo bialegostoku": "pup_bialystok",
    "w Wysokiem Mazowieckiem": "pup_wysokie_mazowieckie",
    "wysokie maz": "pup_wysokie_mazowieckie",
    "z Białej Podlaskiej": "pup_biala_podlaska",
    "w bialej podlaskiej": "pup_biala_podlaska",
    "w Krasnymstawie": "pup_krasnystaw",
    "z Krasnegostawu": "pup_krasnystaw",
    "w Zakopanem": "pup_zakopane",
    "mieszkam w Zakopanem": "pup_zakopane",
    "w Nowym Targu": "pup_nowy_targ",
    "z nowego targu": "pup_nowy_targ",
    "w Zielonej Górze": "pup_zielona_gora",
    "mieszkam w zielonej gorze": "pup_zielona_gora",
    "w Jeleniej Górze": "pup_jelenia_gora",
    "jestem z Kowar": "pup_jelenia_gora",
    "w Karpaczu": "pup_jelenia_gora",
    "w Bielsku-Białej": "pup_bielsko_biala",
    "bielsko biała": "pup_bielsko_biala",
    "w Kędzierzynie-Koźlu": "pup_kedzierzyn_kozle",
    "kędzierzyn": "pup_kedzierzyn_kozle",
    "w Busku-Zdroju": "pup_busko_zdroj",
    "w Busku": "pup_busko_zdroj",
    "w Skarżysku-Kamiennej": "pup_skarzysko_kamienna",
    "w Skarzysku": "pup_skarzysko_kamienna",
    "w Ostrowi Mazowieckiej": "pup_ostrow_mazowiecka",
    "ostrów wlkp": "pup_ostrow_wielkopolski",
    "tomaszów maz.": "pup_tomaszow_mazowiecki",
    "w Tomaszowie Lubelskim": "pup_tomaszow_lubelski",
    "w Nakle nad Notecią": "pup_naklo_nad_notecia",
    "w Gnieźnie": "pup_gniezno",
    "z Gniezna": "pup_gniezno",
    "w Pile": "pup_pila",
    "w Kole": "pup_kolo",
    "jestem z Koła": "pup_kolo",
    "w Turku": "pup_turek",
    "we Wrześni": "pup_wrzesnia",
    "w Śremie": "pup_srem",
    "w Łodzi": "pup_lodz",
    "godziny otwarcia urzedu pracy lodz": "pup_lodz",
    "Łódź, telefon do urzędu": "pup_lodz",
    "w Zgierzu": "pup_zgierz",
    "z Koluszek": "pup_lodz_wschod",
    "gdzie jest pośredniak w Radomiu": "pup_radom",
    "do której otwarty jest pup w Gdyni": "pup_gdynia",
    "w Sopocie": "pup_gdynia",
    "z Pruszcza Gdańskiego": "pup_gdansk",
    "w Sztumie": "pup_sztum",
    "w Dzierzgoniu": "pup_sztum",
    "na Helu": "pup_puck",
    "w Łebie": "pup_lebork",
    "w Kielcach": "mup_kielce",
    "powiat kielecki": "pup_kielce",
    "z Chęcin": "pup_kielce",
    "w Krakowie": "gup_krakow",
    "ze Skawiny": "upp_krakow",
    "w powiecie krakowskim": "upp_krakow",
    "w Niepołomicach": "pup_wieliczka",
    "w Nowym Sączu": "sup_nowy_sacz",
    "w Starym Sączu": "pup_nowy_sacz",
    "z Krynicy-Zdroju": "pup_nowy_sacz",
    "w Lublinie": "mup_lublin",
    "z Bełżyc": "pup_lublin",
    "w Toruniu": "pup_torun_miasto",
    "w Chełmży": "pup_torun_powiat",
    "w Wiśle": "pup_cieszyn",
    "sądecki urząd pracy": "sup_nowy_sacz",
    "urząd pracy powiatu krakowskiego": "upp_krakow",
    "gdzie jest najbliższy urząd pracy koło Suwałk": "pup_suwalki",
    "w Warszawie": "pup_warszawa",
    "na Mokotowie": "pup_warszawa",
    "z Łomianek": "pup_blonie",
    "w Tychach": "pup_tychy",
    "w Bieruniu": "pup_tychy",
    "w Siemianowicach Śl.": "pup_siemianowice_slaskie",
    "w Rudzie Śląskiej": "pup_ruda_slaska",
    "w Żorach": "pup_zory",
    "z Policami": "pup_police",
    "w Świnoujściu": "pup_swinoujscie",
    "w Kamieniu Pomorskim": "pup_kamien_pomorski",
    "w powiecie ełckim": "pup_elk",
    "powiatu łomżyńskiego": "pup_lomza",
    "lomzynski": "pup_lomza",
    "Brzeziny w województwie łódzkim": "pup_brzeziny",
    "Bielsk, podlaskie": "pup_bielsk_podlaski",
    "powiat bielski, śląskie": "pup_bielsko_biala",
    "powiat opolski w lubelskim": "pup_opole_lubelskie",
    "MIESZKAM W ŁOMŻY": "pup_lomza",
    "tomaszów lub.": "pup_tomaszow_lubelski",
    "Zalesie, powiat grójecki": "pup_grojec",
    "Bielany, miasto Warszawa": "pup_warszawa",
    "18-400": "pup_lomza",
    "kod pocztowy 19-300": "pup_elk",
    "16400": "pup_suwalki",
    "33-300 Nowy Sącz": "sup_nowy_sacz",
    "WUP Katowice": "wup_slaskie",
    "wojewódzki urząd pracy w Gorzowie Wielkopolskim": "wup_lubuskie",
    "wojewodzki urzad pracy kujawsko-pomorskie": "wup_kujawsko_pomorskie",
}

AMBIGUOUS = {
    "w Brzezinach": {"pup_brzeziny", "pup_kielce"},
    "Nowe Miasto": {"pup_plonsk", "pup_nowe_miasto_lubawskie", "pup_grojec"},
    "Opole": {"pup_opole", "pup_opole_lubelskie"},
    "powiat opolski": {"pup_opole", "pup_opole_lubelskie"},
    "w Bielsku": {"pup_bielsk_podlaski", "pup_bielsko_biala", "pup_plock"},
    "powiat bielski": {"pup_bielsk_podlaski", "pup_bielsko_biala"},
    "w Tomaszowie": {"pup_tomaszow_lubelski", "pup_tomaszow_mazowiecki"},
    "z Grodziska": {"pup_grodzisk_mazowiecki", "pup_grodzisk_wielkopolski"},
    "w Środzie": {"pup_sroda_wielkopolska", "pup_sroda_slaska"},
    "w Nakle": {"pup_naklo_nad_notecia", "pup_tarnowskie_gory", "pup_opole"},
    "w Nowym Dworze": {"pup_nowy_dwor_mazowiecki", "pup_nowy_dwor_gdanski"},
    "powiat Kraków": {"gup_krakow", "upp_krakow"},
    "okolice Nowego Sącza": {"sup_nowy_sacz", "pup_nowy_sacz"},
    "Opole lub Lublin": {"pup_opole", "pup_opole_lubelskie", "mup_lublin"},
    "mieszkam w powiecie ełckim, a pracuję w Łomży": {"pup_elk", "pup_lomza"},
    "mieszkam w Krakowie, meldunek: miasto Tarnów": {"gup_krakow", "pup_tarnow"},
    "19-300 Łomża": {"pup_elk", "pup_lomza"},
    "33-300": {"sup_nowy_sacz", "pup_nowy_sacz"},
    "mieszkam w Krakowie, a meldunek mam w Tarnowie": {"gup_krakow", "pup_tarnow"},
}

# Everyday words that are names of places as well, and places abroad.
NO_PLACE = [
    "", "   ", "?", "123", "99-999", "jak długo mam zasiłek", "z nową umową", "w piątek albo w środę",
    "praca w sobote", "mam to na piśmie", "żadne z tych", "czy Zielona Linia jest płatna", "wróciłem z Niemiec",
    "pracowałam we Włoszech", "mieszkam w podlaskim", "w Qwertyuiop", "mam mieszkanie w nowym mieście",
    "Łomża, małopolskie", "w miejscu pracy", "ile wynosi zasilek", "od pół roku w Polsce", "do łapy",
    "umowa jest do końca września", "mieszkam nad Wisłą", "Środa to dzień wolny", "Piątek jest wolny",
]  # fmt: skip


def ids(found: Found) -> set[str]:
    return {office.id for office in found.offices}


@pytest.mark.parametrize(("phrase", "office"), PHRASES.items())
def test_phrase_finds_its_office_and_no_other(phrase: str, office: str) -> None:
    found = find(phrase)
    assert ids(found) == {office}
    assert not found.ambiguous


@pytest.mark.parametrize(("phrase", "offices"), AMBIGUOUS.items())
def test_ambiguous_name_gives_all_of_them(phrase: str, offices: set[str]) -> None:
    found = find(phrase)
    assert offices <= ids(found)
    assert found.ambiguous


@pytest.mark.parametrize("text", NO_PLACE)
def test_no_place_is_no_office(text: str) -> None:
    assert find(text).matches == ()


@pytest.mark.parametrize(
    ("typed", "office"),
    [
        ("Bialystk", "pup_bialystok"),
        ("w Częstohowie", "pup_czestochowa"),
        ("Sosnowec", "pup_sosnowiec"),
        ("mieszkam w Wałbżychu", "pup_walbrzych"),
        ("urząd pracy Wrocalw", "pup_wroclaw"),
    ],
)
def test_slip_finds_the_office_but_is_not_sure(typed: str, office: str) -> None:
    found = find(typed)
    assert office in ids(found)
    assert found.ambiguous
    assert not any(match.sure for match in found.matches)


def every_place() -> tuple[Place, ...]:
    return finder().data.places


def test_every_towns_own_name_finds_its_office() -> None:
    missed = [
        place
        for place in every_place()
        if place.kind == TOWN and finder().by_county(place.county) not in find(place.name).offices
    ]
    assert missed == []


def test_every_towns_name_without_diacritics_in_small_letters_finds_its_office() -> None:
    missed = [
        place
        for place in every_place()
        if place.kind == TOWN
        and finder().by_county(place.county) not in find(f"urzad pracy {fold(place.name)}").offices
    ]
    assert missed == []


def test_every_village_finds_its_office_or_a_place_of_the_same_name() -> None:
    missed = [
        place
        for place in every_place()
        if place.kind != DISTRICT and finder().by_county(place.county) not in find(place.name).offices
    ]
    assert missed == []


def test_every_label_finds_its_own_office_alone() -> None:
    """What a button says is understood when it comes back."""
    known = finder()
    matches = [Match(known.by_county(place.county), place.county, place) for place in every_place()]  # type: ignore[arg-type]
    matches += [Match(known.by_county(county), county) for county in known.data.counties.values()]  # type: ignore[arg-type]
    assert [match.label for match in matches if find(match.label).offices != (match.office,)] == []


@pytest.mark.parametrize("phrase", ["powiat {0}", "{0}", "w powiecie {1}", "z powiatu {2}", "jestem z {2} powiatu"])
def test_every_county_is_found_inflected(phrase: str) -> None:
    missed = []
    for county in finder().data.counties.values():
        locative, genitive = (" ".join(part + ending for part in county.name.split(" ")) for ending in ("m", "ego"))
        text = phrase.format(county.name, locative, genitive)
        if not county.city and finder().by_county(county) not in find(text).offices:
            missed.append(text)
    assert missed == []


def test_regional_office_is_found_for_every_voivodeship() -> None:
    for office in finder().data.offices.values():
        if office.kind == VOIVODESHIP_OFFICE:
            assert find(f"wojewódzki urząd pracy {office.voivodeship}").offices == (office,)


def test_every_office_is_found_by_its_full_name() -> None:
    for office in finder().data.offices.values():
        assert find(office.name).offices == find(fold(office.name)).offices == (office,)


def test_every_seat_is_found_in_the_locative() -> None:
    """The names of offices say where they are: "w Łomży", "we Wschowie", "w Ostrowi Mazowieckiej"."""
    missed = []
    for office in finder().data.offices.values():
        _, we, where = office.name.rpartition(" we ") if " we " in office.name else office.name.rpartition(" w ")
        if we:
            seats = [place for place in every_place() if place.name == office.town and place.kind == TOWN]
            expected = {finder().by_county(seat.county) for seat in seats}
            for phrase in (f"mieszkam{we}{where}", fold(f"{we}{where}"), f"pup{we}{where.lower()}"):
                if office.kind != VOIVODESHIP_OFFICE and expected.isdisjoint(find(phrase).offices):
                    missed.append(phrase)
    assert missed == []


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_looked_up_without_an_error(text: str) -> None:
    found = find(text)
    assert len(found.offices) == len(set(found.offices))


@given(
    st.lists(
        st.sampled_from(["w", "koło", "powiat", "miasto", "Nowe", "Góra", "łódzki", "woj.", "33-300", "Biała", "-"])
    )
)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_words_of_places_is_looked_up_without_an_error(words: list[str]) -> None:
    found = find(" ".join(words))
    assert all(match.office.id in finder().data.offices for match in found.matches)


@given(st.from_regex(r"\A[0-9]{2}-[0-9]{3}\Z"))
@settings(deadline=None)
def test_postal_code_in_text_is_the_code_looked_up(code: str) -> None:
    counties = finder().postal_code(code)
    assert ids(find(f"mój kod to {code}")) == {
        office.id for county in counties if (office := finder().by_county(county))
    }


@pytest.mark.parametrize("code", ["", "1", "18400x", "１８-400", "abc", "-----"])
def test_what_is_no_postal_code_has_no_county(code: str) -> None:
    assert finder().postal_code(code) == ()


def test_near_a_town_comes_its_own_county_first() -> None:
    for place in every_place():
        if place.kind == TOWN and place.population > 100_000:
            office = finder().by_county(place.county)
            assert finder()._around(place)[0] == place.county
            assert office is not None


@pytest.fixture(scope="module")
def constants() -> dict[str, str]:
    return dict(Settings({}).constants)


def message(text: str, content: Content, constants: dict[str, str]) -> dict[str, object]:
    return found_message(find(text), content, day=TODAY, constants=constants)


def place_of(payload: str) -> str:
    place: str = json.loads(payload.removeprefix(f"/{TOPIC}"))["miejsce"]
    return place


def test_office_without_a_confirmed_address_shows_none_and_links_the_list(
    content: Content, constants: dict[str, str]
) -> None:
    shown = message("w Łomży", content, constants)
    text = str(shown["text"])
    assert shown["type"] == "answer"
    assert text.startswith("**Powiatowy Urząd Pracy w Łomży**")
    assert "- obsługuje: powiat łomżyński, miasto Łomża" in text
    assert "ul." not in text
    assert "telefon:" not in text
    assert FINDER_PAGE in text
    [source] = shown["sources"]  # type: ignore[misc]
    assert (source["act"], source["article"]) == ("DU/2025/620", "art. 55 ust. 2 pkt 2")


def test_unverified_address_is_shown_with_a_warning(content: Content, constants: dict[str, str]) -> None:
    text = str(message("w Kielcach", content, constants)["text"])
    assert "ul. Szymanowskiego 6, 25-361 Kielce" in text
    assert line("office_unverified", content, day=TODAY, constants=constants).strip() in text


def test_verified_office_has_no_warning_but_its_day(content: Content, constants: dict[str, str]) -> None:
    from dataclasses import replace

    [match] = find("w Kielcach").matches
    checked = replace(match, office=replace(match.office, verified=True))
    text = office_message(checked, content, day=TODAY, constants=constants)["text"]
    assert FINDER_PAGE not in text
    assert "- stan na: 25.11.2026" in text


def test_village_and_postal_code_are_shown_with_their_limits(content: Content, constants: dict[str, str]) -> None:
    village = str(message("Żołynia", content, constants)["text"])
    assert line("office_village", content, day=TODAY, constants=constants).strip() in village
    code = str(message("18-400", content, constants)["text"])
    assert line("office_postal", content, day=TODAY, constants=constants).strip() in code


@pytest.mark.parametrize("phrase", AMBIGUOUS)
def test_buttons_of_an_ambiguous_name_lead_to_one_office_each(
    phrase: str, content: Content, constants: dict[str, str]
) -> None:
    shown = message(phrase, content, constants)
    assert shown["type"] == "choice"
    buttons: list[dict[str, str]] = shown["buttons"]  # type: ignore[assignment]
    assert len(buttons) == min(MAX_OFFICES, len(find(phrase).matches))
    answers = [message(place_of(button["payload"]), content, constants) for button in buttons]
    assert {answer["type"] for answer in answers} == {"answer"}
    assert len({str(answer["text"]) for answer in answers}) == len(buttons)


def test_slip_asks_before_it_answers(content: Content, constants: dict[str, str]) -> None:
    shown = message("Bialystk", content, constants)
    assert shown["type"] == "choice"
    assert shown["buttons"] == [
        {
            "title": "miasto Białystok, województwo podlaskie",
            "payload": '/adres_urzedu{"miejsce": "miasto Białystok, województwo podlaskie"}',
        }
    ]


def test_nothing_found_says_so_and_links_the_list(content: Content, constants: dict[str, str]) -> None:
    shown = message("w Qwertyuiop", content, constants)
    assert shown["type"] == "unknown"
    assert FINDER_PAGE in str(shown["text"])


def test_no_line_of_an_office_has_an_unfilled_placeholder(content: Content, constants: dict[str, str]) -> None:
    known: OfficeFinder = finder()
    for office in known.data.offices.values():
        county = office.counties[0] if office.counties else None
        shown = office_message(Match(office, county), content, day=TODAY, constants=constants)
        assert "{{" not in shown["text"]
        assert shown["text"].startswith(f"**{office.name}**")
