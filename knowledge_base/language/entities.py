"""Patterns of the entity ruler, matched on lemmas: places, contract kinds, amounts, dates, periods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge_base.language.morphology import Morphology

PLACE = "MIEJSCE"
CONTRACT = "RODZAJ_UMOWY"
AMOUNT = "KWOTA"
DATE = "DATA"
PERIOD = "OKRES"
LABELS = (PLACE, CONTRACT, AMOUNT, DATE, PERIOD)

_MONTHS = ("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień").split()
_UNITS = ["dzień", "tydzień", "miesiąc", "rok", "lato", "godzina", "kwartał", "doba", "rocznik"]
_NUMBERS = (
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwanaście piętnaście dwadzieścia "
    "trzydzieści kilka pół"
).split()
_CONTRACTS = (
    "umowa o praca",
    "umowa zlecenie",
    "umowa o dzieło",
    "umowa na czas określić",
    "umowa na czas określony",
    "umowa na czas nieokreślony",
    "umowa na okres próbny",
    "umowa na zastępstwo",
    "umowa śmieciowy",
    "kontrakt b2b",
)
_PLACES = (
    "Warszawa Kraków Łódź Wrocław Poznań Gdańsk Szczecin Bydgoszcz Lublin Białystok Katowice Gdynia Częstochowa "
    "Radom Toruń Sosnowiec Kielce Rzeszów Gliwice Zabrze Olsztyn Bytom Rybnik Opole Tychy Elbląg Płock Wałbrzych "
    "Włocławek Tarnów Chorzów Koszalin Kalisz Legnica Grudziądz Słupsk Jaworzno Suwałki Łomża Siedlce Chełm "
    "Zamość Przemyśl Krosno Konin Leszno Piła Polska Niemcy Czechy Słowacja Holandia Austria Norwegia Szwecja "
    "Francja Belgia Irlandia Włochy Hiszpania Dania Ukraina Białoruś mazowieckie małopolskie śląskie łódzkie "
    "wielkopolskie dolnośląskie pomorskie lubelskie podkarpackie podlaskie opolskie lubuskie świętokrzyskie "
    "warmińsko-mazurskie kujawsko-pomorskie zachodniopomorskie"
).split()
_TWO_WORD_PLACES = (
    ("bielsko", "biała"), ("zielony", "góra"), ("jelenia", "góra"), ("gorzów", "wielkopolski"), ("nowy", "sącz"),
    ("ruda", "śląska"), ("wielka", "brytania"), ("stalowy", "wola"),
)  # fmt: skip


def patterns(morphology: Morphology) -> list[dict[str, Any]]:
    """Return the ruler's patterns; `morphology` gives the lemma under which a place name will appear."""
    return [*_places(morphology), *_contracts(), *_amounts(), *_dates(), *_periods()]


def _pattern(label: str, tokens: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"label": label, "pattern": list(tokens)}


def _places(morphology: Morphology) -> Iterable[dict[str, Any]]:
    for place in _PLACES:
        forms = sorted({form for form in morphology.forms(place) if form.isalpha()} | {place.lower()})
        yield _pattern(PLACE, [{"NORM": {"IN": forms}}])
    for first, second in _TWO_WORD_PLACES:
        yield _pattern(
            PLACE, [{"LEMMA": {"IN": [first, first[:-1] + "y"]}}, {"ORTH": "-", "OP": "?"}, {"LEMMA": second}]
        )


def _contracts() -> Iterable[dict[str, Any]]:
    for contract in _CONTRACTS:
        yield _pattern(CONTRACT, ({"LEMMA": lemma} for lemma in contract.split()))
    yield _pattern(CONTRACT, [{"LEMMA": {"IN": ["zlecenie", "samozatrudnienie", "uop", "b2b", "śmieciówka"]}}])


def _amounts() -> Iterable[dict[str, Any]]:
    number = {"TEXT": {"REGEX": r"^\d[\d.,]*$"}}
    currency = {
        "NORM": {"IN": ["zł", "zl", "zło", "złoty", "złotych", "zlotych", "pln", "euro", "eur", "tys", "tysiąc"]}
    }
    yield _pattern(AMOUNT, [number, {"TEXT": {"REGEX": r"^\d{3}$"}, "OP": "?"}, currency])
    yield _pattern(AMOUNT, [{"TEXT": {"REGEX": r"^\d[\d.,]*(zł|zl|ZŁ|pln|PLN)$"}}])


def _dates() -> Iterable[dict[str, Any]]:
    yield _pattern(DATE, [{"TEXT": {"REGEX": r"^\d{4}-\d{2}-\d{2}$"}}])
    two = {"TEXT": {"REGEX": r"^\d{2}$"}}
    yield _pattern(DATE, [{"TEXT": {"REGEX": r"^\d{4}$"}}, {"ORTH": "-"}, two, {"ORTH": "-"}, two])
    yield _pattern(DATE, [{"TEXT": {"REGEX": r"^\d{1,2}\.\d{1,2}\.\d{4}$"}}])
    month = {"LEMMA": {"IN": list(_MONTHS)}}
    year = {"TEXT": {"REGEX": r"^(19|20)\d{2}$"}}
    yield _pattern(DATE, [{"TEXT": {"REGEX": r"^\d{1,2}\.?$"}}, month, {**year, "OP": "?"}])
    yield _pattern(DATE, [month, year])
    yield _pattern(DATE, [month])
    yield _pattern(DATE, [year, {"LEMMA": {"IN": ["rok", "r", "r."]}}])
    yield _pattern(DATE, [{"LEMMA": "rok"}, year])


def _periods() -> Iterable[dict[str, Any]]:
    unit = {"LEMMA": {"IN": _UNITS}}
    number = {"TEXT": {"REGEX": r"^\d{1,3}$"}}
    yield _pattern(PERIOD, [number, unit])
    yield _pattern(PERIOD, [{"LEMMA": {"IN": _NUMBERS}}, unit])
