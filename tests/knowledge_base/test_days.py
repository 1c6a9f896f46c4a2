from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.language.days import assumed_day

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ile wynosił zasiłek w maju 2025", dt.date(2025, 5, 1)),
        ("Ile wynosił zasiłek w maju 2025 r.?", dt.date(2025, 5, 1)),
        ("ile bylo kuroniowki 1 czerwca 2024", dt.date(2024, 6, 1)),
        ("jaka była płaca minimalna 2024-03-15", dt.date(2024, 3, 15)),
        ("ile wynosiła najniższa krajowa 15.03.2024", dt.date(2024, 3, 15)),
        ("ile wynosiła najniższa krajowa w 2024 roku", dt.date(2024, 12, 31)),
        ("jaki był zasiłek w zeszłym roku", dt.date(2025, 12, 31)),
        ("ile wynosil zasilek w zeszlym miesiacu", dt.date(2026, 10, 24)),
        ("jak było z zasiłkiem rok temu", dt.date(2025, 11, 24)),
        ("jakie zasady obowiązywały pół roku temu", dt.date(2026, 5, 24)),
        ("ile wynosiło stypendium 2 lata temu", dt.date(2024, 11, 24)),
        ("co obowiązywało przed 1 czerwca 2025", dt.date(2025, 5, 31)),
        ("jak było przed czerwcem 2025", dt.date(2025, 5, 31)),
        ("jakie zasady obowiązywały przed 2025 rokiem", dt.date(2024, 12, 31)),
        ("ile wynosił zasiłek od czerwca", dt.date(2026, 6, 1)),
        ("jak dawniej liczono staż do zasiłku", dt.date(2025, 5, 31)),
        ("kiedyś zasiłek był od 7 dnia, tak?", dt.date(2025, 5, 31)),
        ("ile wynosił zasiłek 31.02.2024", dt.date(2024, 12, 31)),
        ("co mówiła o tym stara ustawa", dt.date(2025, 5, 31)),
        ("ile wyniesie płaca minimalna w 2027 roku", dt.date(2027, 1, 1)),
        ("ile będzie wynosić najniższa krajowa od stycznia", dt.date(2027, 1, 1)),
        ("jaka będzie stawka godzinowa w przyszłym roku", dt.date(2027, 1, 1)),
    ],
)
def test_day_of_the_question(text: str, day: dt.date) -> None:
    assert assumed_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "ile wynosi zasiłek",
        "pracuję od 2015 roku, ile mam urlopu",
        "zwolnili mnie w maju 2025, czy dostanę zasiłek",
        "umowa kończy mi się 31.12.2026, co dalej",
        "urodziłem się w 1970 roku, czy dostanę świadczenie przedemerytalne",
        "rok temu zmieniłam pracę, ile mam wypowiedzenia",
        "moja umowa była do 31.12.2025, czy dostanę zasiłek",
        "umowa trwała od 2020 do 2024 roku, ile mam wypowiedzenia",
        "",
    ],
)
def test_a_date_in_the_story_is_not_the_day_of_the_law(text: str) -> None:
    assert assumed_day(text, today=TODAY) is None


@given(st.text(), st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_any_text_gives_another_day_or_none(text: str, today: dt.date) -> None:
    assert assumed_day(f"ile wynosił {text}", today=today) != today


@given(st.integers(0, 99), st.sampled_from(["dni", "miesięcy", "lat"]))
def test_time_ago_lies_in_the_past(count: int, unit: str) -> None:
    day = assumed_day(f"ile wynosił {count} {unit} temu", today=TODAY)
    assert day is None or day < TODAY
