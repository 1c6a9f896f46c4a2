"""Facts of law typed in by hand, so that a slip in the content is caught and not copied.

Nothing here is read from the content's own tables. Where a published source differs from the first list of facts,
the confirmed value stands here with the source in a comment.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from knowledge_base.content.store import Content

# Parameter, first day, last day, value in zł.
AMOUNTS = [
    ("minimalne_wynagrodzenie", "2024-01-01", "2024-06-30", "4242"),
    ("minimalne_wynagrodzenie", "2024-07-01", "2024-12-31", "4300"),
    ("minimalne_wynagrodzenie", "2025-01-01", "2025-12-31", "4666"),
    ("minimalne_wynagrodzenie", "2026-01-01", "2026-12-31", "4806"),
    ("minimalna_stawka_godzinowa", "2024-01-01", "2024-06-30", "27,70"),
    ("minimalna_stawka_godzinowa", "2024-07-01", "2024-12-31", "28,10"),
    ("minimalna_stawka_godzinowa", "2025-01-01", "2025-12-31", "30,50"),
    ("minimalna_stawka_godzinowa", "2026-01-01", "2026-12-31", "31,40"),
    ("zasilek_pierwsze_90_dni", "2024-06-01", "2025-05-31", "1662"),
    ("zasilek_pierwsze_90_dni", "2025-06-01", "2026-05-31", "1721,90"),
    ("zasilek_pierwsze_90_dni", "2026-06-01", "2027-05-31", "1783,90"),
    ("zasilek_po_90_dniach", "2024-06-01", "2025-05-31", "1305,20"),
    ("zasilek_po_90_dniach", "2025-06-01", "2026-05-31", "1352,20"),
    ("zasilek_po_90_dniach", "2026-06-01", "2027-05-31", "1400,90"),
    # 80% and 120% are rounded up to 10 groszy: act of 2004, art. 81; the same in the tables of the offices since then
    # (Tarnobrzeg, rates from 2025-06-01: 2066,30 and 1622,70). The press of March 2026 gives 2140,68 and 1681,06,
    # of which the second is not even 120% of 1400,90.
    ("zasilek_80_pierwsze_90_dni", "2024-06-01", "2025-05-31", "1329,60"),
    ("zasilek_80_po_90_dniach", "2024-06-01", "2025-05-31", "1044,20"),
    ("zasilek_120_pierwsze_90_dni", "2025-06-01", "2026-05-31", "2066,30"),
    ("zasilek_120_po_90_dniach", "2025-06-01", "2026-05-31", "1622,70"),
    ("zasilek_120_pierwsze_90_dni", "2026-06-01", "2027-05-31", "2140,70"),
    ("zasilek_120_po_90_dniach", "2026-06-01", "2027-05-31", "1681,10"),
    # Zielona Linia, February 2026: placement 2755,10, training 2066,30.
    ("stypendium_stazowe", "2025-06-01", "2026-05-31", "2755,10"),
    ("stypendium_szkoleniowe", "2025-06-01", "2026-05-31", "2066,30"),
    ("stypendium_stazowe", "2026-06-01", "2027-05-31", "2854,30"),
]

NOTHING_BEFORE = [("stypendium_stazowe", "2025-05-31"), ("dodatek_aktywizacyjny", "2025-05-31")]
NOTHING_AFTER = [("zasilek_80_pierwsze_90_dni", "2025-06-01"), ("stypendium_stazowe_dawne", "2025-06-01")]

NEW, OLD, CODE = "DU/2025/620", "DU/2004/1001", "DU/1974/141"

# Topic, act, articles that its sources must name, patterns that must stand in the answer.
TOPICS = [
    # The two acts side by side.
    ("rejestracja_wlasciwy_urzad", NEW, ["55"], [r"miejsca zamieszkania", r"nie dla zameldowania"]),
    ("zasilek_wysokosc", NEW, ["224"], [r"20 latach", r"120%", r"80%.*nie ma od 1 czerwca 2025"]),
    ("zasilek_365_dni", NEW, ["218"], [r"18 miesięcy", r"365 dni", r"Fundusz Pracy"]),
    ("zasilek_prawo", NEW, ["218", "219", "220"], [r"18 miesiącach", r"365 dni"]),
    ("zasilek_od_kiedy", NEW, ["218", "220"], [r"dnia rejestracji", r"7 dni czekania nie ma", r"90 dniach"]),
    # No right at all after one's own notice: Zielona Linia (2025-09-19) and infor (May 2025) on art. 219 and 220;
    # the 90 days of the first list are left only for mutual agreement.
    (
        "zasilek_wypowiedzenie_przez_pracownika",
        NEW,
        ["219", "220"],
        [r"nie przysługuje wcale", r"porozumieniu stron.*90 dniach", r"zmian\w+ miejsca zamieszkania", r"art\. 55"],
    ),
    # Dismissal for fault: art. 219 ust. 1 pkt 2 of the act of 2025; 180 days was the rule of the act of 2004.
    ("zasilek_dyscyplinarka", NEW, ["219"], [r"nie przysługuje wcale", r"180 dni.*do 31 maja 2025"]),
    # Unemployment in the county does not count any more: offices in Tarnobrzeg and Szczecinek, Rzeczpospolita.
    (
        "zasilek_jak_dlugo",
        NEW,
        ["225"],
        [r"180 dni", r"365 dni", r"Kartą Dużej Rodziny", r"50\. roku", r"bezrobocie w powiecie już nie wydłuża"],
    ),
    ("status_kontakt_90_dni", NEW, ["65"], [r"raz na 90 dni", r"od razu zgłosić się do urzędu"]),
    ("status_jak_dlugo", NEW, ["63"], [r"3 lata od dnia rejestracji", r"po 90 dniach", r"1 czerwca 2025"]),
    ("staz_warunki", NEW, ["114", "115"], [r"3–6 miesięcy", r"12 miesięcy", r"24 miesiące"]),
    ("staz_stypendium", NEW, ["235"], [r"160%", r"50%"]),
    ("dotacja_na_firme", NEW, ["147"], [r"sześciokrotność przeciętnego", r"12 miesięcy", r"6 miesięcy"]),
    ("status_dorabianie", NEW, ["2"], [r"7 dni", r"polowa_minimalnego_wynagrodzenia"]),
    ("rejestracja_student", NEW, ["2"], [r"stacjonarnych", r"niestacjonarnych", r"poszukujący pracy"]),
    ("odwolanie_od_decyzji", "DU/1960/168", ["129"], [r"wojewody w ciągu 14 dni"]),
    ("ubezpieczenie_zdrowotne", "DU/2004/2135", ["66", "67"], [r"30 dni"]),
    ("zasilek_praca_za_granica", "DUUE/2004/883", ["61", "64"], [r"U1", r"U2", r"4 tygodniach", r"3 miesiące"]),
    ("zatrudnienie_ukrainca", "DU/2025/621", ["5a"], [r"7 dni"]),
    # Labour Code, stable rules.
    ("okres_probny", CODE, ["25", "34"], [r"3 miesiące"]),
    ("umowa_na_czas_okreslony", CODE, ["25(1)"], [r"33 miesiące", r"3 umowy"]),
    ("umowa_na_pismie", CODE, ["29"], [r"na piśmie", r"7 dni"]),
    ("okres_wypowiedzenia", CODE, ["34", "36", "36(1)"], [r"2 tygodnie –", r"1 miesiąc –", r"3 miesiące –"]),
    ("okres_wypowiedzenia", CODE, ["34"], [r"3 dni robocze", r"1 tydzień", r"2 tygodnie \(próba 3-miesięczna\)"]),
    ("ochrona_przed_zwolnieniem", CODE, ["39", "41"], [r"4 lata", r"kobiecie od 56\. i mężczyźnie od 61"]),
    ("wypowiedzenie_przez_pracodawce", CODE, ["30", "42"], [r"21 dni"]),
    ("sad_pracy_terminy", CODE, ["264"], [r"21 dni"]),
    ("zwolnienie_dyscyplinarne", CODE, ["52"], [r"miesiąc od chwili", r"21 dni"]),
    ("zwolnienie_choroba", CODE, ["53"], [r"3 miesiące"]),
    ("rozwiazanie_przez_pracownika_bez_wypowiedzenia", CODE, ["55"], [r"miesiąca", r"odszkodowanie"]),
    ("swiadectwo_pracy", CODE, ["97"], [r"w dniu, w którym kończy się zatrudnienie", r"7 kolejnych dni", r"14 dni"]),
    ("ciaza_ochrona", CODE, ["177"], [r"po trzecim miesiącu", r"do dnia porodu"]),
    ("urlop_wymiar", CODE, ["154", "155"], [r"20 dni", r"26 dni", r"10 lat"]),
    ("urlop_na_zadanie", CODE, ["167(2)"], [r"4 dni"]),
    ("urlop_zalegly", CODE, ["168", "291"], [r"30 września", r"3 latach"]),
    ("urlop_ekwiwalent", CODE, ["171"], [r"umowa o pracę się kończy"]),
    ("urlop_w_okresie_wypowiedzenia", CODE, ["167(1)"], [r"bez swojej zgody"]),
    ("urlop_opiekunczy", CODE, ["173(1)"], [r"5 dni", r"bezpłatny"]),
    ("sila_wyzsza", CODE, ["148(1)"], [r"2 dni albo 16 godzin", r"połowie"]),
    ("opieka_na_dziecko", CODE, ["188"], [r"14 lat", r"2 dni albo 16 godzin"]),
    ("urlop_ojcowski", CODE, ["182(3)"], [r"2 tygodnie"]),
    ("urlop_macierzynski", CODE, ["180"], [r"20 tygodni"]),
    ("urlop_rodzicielski", CODE, ["182(1a)"], [r"41 tygodni", r"43 tygodni", r"9 tygodni"]),
    ("czas_pracy", CODE, ["129", "132", "133"], [r"8 godzin", r"40 godzin", r"11 godzin", r"35 godzin"]),
    ("nadgodziny", CODE, ["151", "151(1)"], [r"150 godzin", r"100%", r"50%"]),
    ("dzien_wolny_za_sobote", CODE, ["151(3)"], [r"inny cały dzień wolny"]),
    ("praca_w_nocy", CODE, ["151(7)", "151(8)"], [r"20%"]),
    ("praca_zdalna", CODE, ["67(19)", "67(33)"], [r"24 dni w roku"]),
    ("wyplata_termin", CODE, ["85"], [r"do 10\. dnia następnego miesiąca"]),
    ("potracenia", CODE, ["87", "91"], [r"3/5", r"Zgoda „na zapas” nie wystarcza"]),
    ("zwolnienie_lekarskie", CODE, ["92"], [r"33 dni", r"14 dni", r"50 lat"]),
    ("mobbing", CODE, ["94(3)"], [r"nękanie"]),
    ("dyskryminacja", CODE, ["18(3a)"], [r"płci", r"wieku"]),
    ("kary_porzadkowe", CODE, ["108"], [r"upomnienie, naganę", r"karę pieniężną"]),
    ("badania_lekarskie", CODE, ["229"], [r"płaci pracodawca"]),
    ("staz_pracy_2026", CODE, ["302(1)"], [r"1 maja 2026", r"eZUS"]),
    ("jawnosc_plac", CODE, ["18(3ca)"], [r"24 grudnia 2025"]),
]

# Passage, article, patterns that must stand in the text.
PASSAGES = [
    ("rynek-pracy-2025/art-063-trzy-lata", "63", [r"3 lata od dnia rejestracji", r"90 dniach"]),
    ("rynek-pracy-2025/art-219-zasilek-wlasne-wypowiedzenie", "219", [r"nie ma prawa do zasiłku"]),
    ("rynek-pracy-2025/art-219-zasilek-dyscyplinarka", "219", [r"nie ma prawa do zasiłku", r"180 dni"]),
    ("rynek-pracy-2025/art-220-zasilek-porozumienie-stron", "220", [r"90 dniach"]),
    ("rynek-pracy-2025/art-225-zasilek-180-365-dni", "225", [r"180 dni", r"365 dni", r"powiecie nie ma znaczenia"]),
    ("promocja-zatrudnienia-2004/art-033-kary-120-180-270", "33", [r"120 dni", r"180 dni", r"270 dni"]),
    ("promocja-zatrudnienia-2004/art-072-zasilek-80-100-120", "72", [r"80%", r"100%", r"120%"]),
    ("promocja-zatrudnienia-2004/art-075-zasilek-wypowiedzenie-90-dni", "75", [r"90 dni"]),
    ("promocja-zatrudnienia-2004/art-053-staz-6-i-12-miesiecy", "53", [r"6 miesięcy", r"12 miesięcy"]),
]


def plain(text: str) -> str:
    """One line without the marks of bold, so that a pattern may cross lines."""
    return re.sub(r"\s+", " ", text.replace("**", ""))


def names(article: str, number: str) -> bool:
    """Whether `article`, e.g. „art. 34, art. 36(1) § 1”, names the article `number` itself or a range around it."""
    found = re.findall(r"\d+[a-z]*(?:\([0-9a-z]+\))?", re.sub(r"(?:§|ust\.|pkt)\s*[\d–,()a-z]+", "", article))
    plain_numbers = [int(item) for item in found if item.isdigit()]
    inside = number.isdigit() and "–" in article and plain_numbers[:1] < [int(number)] < plain_numbers[-1:]
    return number in found or inside


@pytest.mark.parametrize(("name", "first", "last", "value"), AMOUNTS)
def test_amount(content: Content, name: str, first: str, last: str, value: str) -> None:
    for day in (dt.date.fromisoformat(first), dt.date.fromisoformat(last)):
        assert content.amounts.text_on(name, day) == f"{value}\u00a0zł"


@pytest.mark.parametrize(("name", "day"), NOTHING_BEFORE + NOTHING_AFTER)
def test_amount_ends_with_its_act(content: Content, name: str, day: str) -> None:
    assert not content.amounts.expected_on(name, dt.date.fromisoformat(day))


@pytest.mark.parametrize(("name", "act", "articles", "patterns"), TOPICS)
def test_topic(content: Content, name: str, act: str, articles: list[str], patterns: list[str]) -> None:
    topic = content.topics[name]
    cited = [source.article for source in topic.sources if source.act == act]
    for number in articles:
        assert any(names(article, number) for article in cited), f"{name}: brak art. {number} wśród {cited}"
    for pattern in patterns:
        assert re.search(pattern, plain(topic.answer)), f"{name}: w odpowiedzi nie ma „{pattern}”"


@pytest.mark.parametrize(("name", "number", "patterns"), PASSAGES)
def test_passage(content: Content, name: str, number: str, patterns: list[str]) -> None:
    passage = content.passages[name]
    assert names(passage.source.article, number)
    for pattern in patterns:
        assert re.search(pattern, plain(passage.text)), f"{name}: w treści nie ma „{pattern}”"


def test_rounding_of_120_percent_is_never_down(content: Content) -> None:
    day = dt.date(2026, 11, 25)
    for base, raised in (
        ("zasilek_pierwsze_90_dni", "zasilek_120_pierwsze_90_dni"),
        ("zasilek_po_90_dniach", "zasilek_120_po_90_dniach"),
    ):
        exact = content.amounts.period_on(base, day).value * 120 / 100
        assert 0 <= content.amounts.period_on(raised, day).value - exact < 1
