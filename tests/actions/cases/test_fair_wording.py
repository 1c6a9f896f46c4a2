from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.fair_wording import BANS, Ground, neutral_title, unfair_words
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps


@pytest.mark.parametrize(
    ("text", "ground", "words"),
    [
        ("Szukamy osób do 35 lat.", Ground.AGE, "do 35 lat"),
        ("wiek 20-35 lat", Ground.AGE, "wiek 20"),
        ("Wiek: do 40", Ground.AGE, "Wiek: do 40"),
        ("Osoba w wieku produkcyjnym", Ground.AGE, "w wieku produkcyjnym"),
        ("osoba w wieku od 25 do 40 lat", Ground.AGE, "w wieku od 25"),
        ("max. 40 lat", Ground.AGE, "max. 40 lat"),
        ("poniżej 30 roku życia", Ground.AGE, "poniżej 30 roku życia"),
        ("18 - 26 lat", Ground.AGE, "18 - 26 lat"),
        ("Przyjmiemy młode osoby", Ground.AGE, "młode osoby"),
        ("Młody i silny pracownik", Ground.AGE, "Młody i silny"),
        ("tylko dla kobiet", Ground.SEX, "tylko dla kobiet"),
        ("Wyłącznie mężczyźni", Ground.SEX, "Wyłącznie mężczyźni"),
        ("Zatrudnię panią do biura", Ground.SEX, "Zatrudnię panią"),
        ("Pani do sprzątania", Ground.SEX, "Pani do"),
        ("płeć: żeńska", Ground.SEX, "płeć: żeńska"),
        ("Miła aparycja", Ground.APPEARANCE, "aparycja"),
        ("atrakcyjny wygląd", Ground.APPEARANCE, "atrakcyjny wygląd"),
        ("wzrost min. 180 cm", Ground.APPEARANCE, "wzrost min. 180"),
        ("stan cywilny wolny", Ground.FAMILY, "stan cywilny"),
        ("Osoba bezdzietna", Ground.FAMILY, "bezdzietna"),
        ("panna lub kawaler", Ground.FAMILY, "panna"),
        ("bez zobowiązań rodzinnych", Ground.FAMILY, "bez zobowiązań rodzinnych"),
        ("nie w ciąży", Ground.FAMILY, "nie w ciąży"),
        ("wymagane wyznanie katolickie", Ground.RELIGION, "wyznanie"),
        ("tylko dla Polaków", Ground.ORIGIN, "tylko dla Polaków"),
        ("nie zatrudniamy Ukraińców", Ground.ORIGIN, "nie zatrudniamy Ukraińców"),
        ("obywatelstwo polskie", Ground.ORIGIN, "obywatelstwo polskie"),
        ("konserwatywne… poglądy konserwatywne", Ground.VIEWS, "poglądy konserwatywne"),
        ("osoba nienależąca, bez przynależności do związków zawodowych", Ground.VIEWS, None),
        ("orientacja seksualna", Ground.ORIENTATION, "orientacja seksualna"),
        ("osoba w pełni sprawna", Ground.DISABILITY, "w pełni sprawna"),
        ("bez orzeczenia", Ground.DISABILITY, "bez orzeczenia"),
        ("nie dla niepełnosprawnych", Ground.DISABILITY, "nie dla niepełnosprawnych"),
        ("Proszę podać zarobki w poprzedniej pracy", Ground.PRIVATE_DATA, "zarobki w poprzedniej"),
        ("W CV proszę podać PESEL", Ground.PRIVATE_DATA, "PESEL"),
    ],
)
def test_art_83_unfair_words_are_found_with_their_ground(text: str, ground: Ground, words: str | None) -> None:
    found = unfair_words(text)
    assert [item.ground for item in found][:1] == [ground]
    if words is not None:
        assert found[0].words == words


@pytest.mark.parametrize(
    "text",
    [
        "do 5 lat doświadczenia",
        "od 20 do 30 lat doświadczenia zawodowego",
        "firma ma 25 lat",
        "ukończone 18 lat",
        "prawo jazdy kat. B, doświadczenie 3 lata",
        "obsługa klientek i klientów, także kobiet w ciąży",
        "opieka nad dziećmi w wieku przedszkolnym, od 3 do 6 lat",
        "opieka nad dziećmi w wieku od 3 do 6 lat i nad osobami w podeszłym wieku",
        "wzrost sprzedaży o 10%",
        "kawalerka służbowa na miejscu",
        "znajomość języka polskiego i ukraińskiego",
        "zapraszamy osoby z niepełnosprawnością",
        "mile widziane orzeczenie o niepełnosprawności",
        "współpraca ze związkami zawodowymi",
        "praca w niepełnym wymiarze",
        "do 40 lat gwarancji na dach",
        "niekaralność",
        "sprzedaż pancerzy i paneli",
        "panel administracyjny, Panasonic",
        "wynagrodzenie brutto, premia, wypłata 10. dnia miesiąca",
    ],
)
def test_what_a_job_really_needs_is_left_alone(text: str) -> None:
    assert unfair_words(text) == []


@pytest.mark.parametrize(
    ("title", "proposal"),
    [
        ("Kelnerka", "kelner / kelnerka"),
        ("Sekretarka medyczna", "Sekretarka medyczna (k/m)"),
        ("Kelner w hotelu", "kelner / kelnerka w hotelu"),
        ("Spawacz", "Spawacz (k/m)"),
        ("Spawacz (k/m)", None),
        ("Kelner/kelnerka", None),
        ("Osoba do obsługi klienta", None),
    ],
)
def test_art_18_3ca_neutral_names_of_posts(title: str, proposal: str | None) -> None:
    assert neutral_title(title) == proposal


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for found in unfair_words(text):
        assert found.words


@given(st.lists(st.sampled_from(["tylko dla kobiet", "do 35 lat", "obsługa kasy", "miła aparycja", ","]), max_size=6))
def test_findings_do_not_overlap_and_none_is_lost(parts: list[str]) -> None:
    found = [item.ground for item in unfair_words("; ".join(parts))]
    assert found.count(Ground.SEX) == parts.count("tylko dla kobiet")
    assert found.count(Ground.AGE) == parts.count("do 35 lat")
    assert found.count(Ground.APPEARANCE) == parts.count("miła aparycja")
    assert len(found) == len(parts) - parts.count("obsługa kasy") - parts.count(",")


def test_every_ground_is_explained_on_a_passage(content: Content) -> None:
    assert {ban.ground for ban in BANS} == set(Ground)
    for text in ("do 35 lat", "tylko kobiety", "PESEL", "bezdzietna"):
        check_steps([item.step for item in unfair_words(text)], content)
