from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import wording
from actions.dialogues.values.dates import day_of, days_from_to, impossible

TODAY = dt.date(2026, 11, 26)  # a Thursday
_MONTHS = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
_ROMANS = "I II III IV V VI VII VIII IX X XI XII".split()


def read(text: str, **options: object) -> dt.date | None:
    found = day_of(text, today=TODAY, **options)  # type: ignore[arg-type]
    assert found is None or found.whole, text
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.03.2026", (2026, 3, 15)),
        ("2026-03-15", (2026, 3, 15)),
        ("15/03/2026", (2026, 3, 15)),
        ("15-03-2026 r.", (2026, 3, 15)),
        ("15.3.26", (2026, 3, 15)),
        ("12.05.85", (1985, 5, 12)),
        ("15 III 2026", (2026, 3, 15)),
        ("1 XII 2026 r.", (2026, 12, 1)),
        ("15 marca 2026 roku", (2026, 3, 15)),
        ("15-go marca 2026", (2026, 3, 15)),
        ("piętnastego marca 2026", (2026, 3, 15)),
        ("dwudziestego piatego maja 1990", (1990, 5, 25)),
        ("od 1 lutego 2027", (2027, 2, 1)),
        ("od zaraz", (2026, 11, 26)),
        ("z dniem 30 listopada 2026", (2026, 11, 30)),
        ("koniec marca 2026", (2026, 3, 31)),
        ("ostatni dzień lutego 2028", (2028, 2, 29)),
        ("początek stycznia 2027", (2027, 1, 1)),
        ("dziś", (2026, 11, 26)),
        ("dzisiaj", (2026, 11, 26)),
        ("wczoraj", (2026, 11, 25)),
        ("przedwczoraj", (2026, 11, 24)),
        ("jutro", (2026, 11, 27)),
        ("pojutrze", (2026, 11, 28)),
        ("za tydzień", (2026, 12, 3)),
        ("za dwa tygodnie", (2026, 12, 10)),
        ("za 3 miesiące", (2027, 2, 26)),
        ("rok temu", (2025, 11, 26)),
        ("pół roku temu", (2026, 5, 26)),
        ("10 dni temu", (2026, 11, 16)),
        ("koniec miesiąca", (2026, 11, 30)),
        ("pierwszego przyszłego miesiąca", (2026, 12, 1)),
        ("koniec roku", (2026, 12, 31)),
        ("w przyszły poniedziałek", (2026, 11, 30)),
        ("w zeszły piątek", (2026, 11, 20)),
    ],
)
def test_a_day_is_read(text: str, day: tuple[int, int, int]) -> None:
    assert read(text) == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("15 III", (2026, 3, 15), (2027, 3, 15)),
        ("15 marca", (2026, 3, 15), (2027, 3, 15)),
        ("15.03", (2026, 3, 15), (2027, 3, 15)),
        ("koniec lutego", (2026, 2, 28), (2027, 2, 28)),
        ("29 lutego", (2024, 2, 29), (2028, 2, 29)),
        ("w piątek", (2026, 11, 20), (2026, 11, 27)),
    ],
)
def test_a_day_without_a_year_goes_the_way_of_the_question(
    text: str, past: tuple[int, int, int], future: tuple[int, int, int]
) -> None:
    assert read(text, future=False) == dt.date(*past)
    assert read(text, future=True) == dt.date(*future)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("marzec 2026", (2026, 3, 1), (2026, 3, 31)),
        ("III 2026", (2026, 3, 1), (2026, 3, 31)),
        ("03.2026", (2026, 3, 1), (2026, 3, 31)),
        ("od marca", (2026, 3, 1), (2026, 3, 31)),
        ("zeszły miesiąc", (2026, 10, 1), (2026, 10, 31)),
        ("2015", (2015, 1, 1), (2015, 12, 31)),
    ],
)
def test_a_month_or_a_year_is_a_day_only_where_the_question_says_which(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert read(text, future=False) is None
    assert read(text, future=False, month="first", year="first") == dt.date(*first)
    assert read(text, future=False, month="last", year="last") == dt.date(*last)


@pytest.mark.parametrize("text", ["31.02.2026", "30 lutego 2026", "32.01.2026", "nie wiem", "10 lat", "", "13.13.2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text, today=TODAY) is None


@pytest.mark.parametrize(("text", "is_impossible"), [("31.02.2026", True), ("28.02.2026", False), ("dziś", False)])
def test_a_day_that_no_calendar_has_is_told_from_nonsense(text: str, *, is_impossible: bool) -> None:
    assert impossible(text) is is_impossible


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("od 1.02.2025 do 31.12.2025", (2025, 2, 1), (2025, 12, 31)),
        ("1 lutego 2025 - 31 grudnia 2025", (2025, 2, 1), (2025, 12, 31)),
        ("od stycznia do końca maja 2026", (2026, 1, 1), (2026, 5, 31)),
        ("od 2024 do 2025", (2024, 1, 1), (2025, 12, 31)),
    ],
)
def test_a_period_is_read(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    found = days_from_to(text, today=TODAY)
    assert found is not None
    assert found.value == (dt.date(*first), dt.date(*last))


@given(st.dates(dt.date(1920, 1, 1), dt.date(2060, 12, 31)))
def test_days_as_people_write_them_are_read_back(day: dt.date) -> None:
    for text in (
        wording.day(day),
        day.isoformat(),
        f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {_ROMANS[day.month - 1]} {day.year} r.",
        f"{day.day}/{day.month}/{day.year}",
    ):
        assert read(text) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    day_of(text, today=TODAY, month="first", year="first")
    days_from_to(text, today=TODAY)
