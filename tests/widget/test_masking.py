from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.chat.masking import mask, without_hidden


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("mój PESEL to 44051401359", "mój PESEL to [PESEL]"),
        ("440514 01359", "[PESEL]"),
        ("NIP 526-10-40-828", "NIP [NIP]"),
        ("NIP 5261040828", "NIP [NIP]"),
        ("tel. 600 700 800", "tel. [telefon]"),
        ("600-700-800", "[telefon]"),
        ("+48 600700800", "[telefon]"),
        ("0048 600 700 800", "[telefon]"),
        ("(32) 123 45 67", "[telefon]"),
        ("pisz na jan.kowalski+praca@poczta.example.pl", "pisz na [e-mail]"),
        ("konto PL61 1090 1014 0000 0712 1981 2874", "konto [numer konta]"),
        ("61109010140000071219812874", "[numer konta]"),
        ("karta 4111 1111 1111 1111", "karta [numer karty]"),
        ("dowód ABC 123456", "dowód [numer dokumentu]"),
        ("paszport ZS1234567", "paszport [numer dokumentu]"),
        ("Nazywam się Anna Nowak-Zielińska i nie mam pracy", "Nazywam się [imię i nazwisko] i nie mam pracy"),
        ("nazywam sie jan kowalski", "nazywam sie [imię i nazwisko]"),
        ("mam na imię Ola, szukam pracy", "mam na imię [imię i nazwisko], szukam pracy"),
        ("moje nazwisko to Lis", "moje nazwisko to [imię i nazwisko]"),
    ],
)
def test_personal_data_are_masked(typed: str, masked: str) -> None:
    assert mask(typed) == masked


@pytest.mark.parametrize(
    "text",
    [
        "dzwoniłem pod 19524 i 116 123, i 800 70 2222",
        "zarabiam 4806 zł od 2025-06-01 do 31.12.2026",
        "art. 55 ust. 1 ustawy z 2025 r., poz. 620",
        "365 dni w 18 miesięcy, 26 dni urlopu po 10 latach",
        "pracowałem 2019 2020 2021",
        "umowa od 1.01.2024 do 31.12.2025",
        "nazywam to oszustwem",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert mask(text) == text


def pesel(seed: int) -> str:
    """A number with a right check digit, made up from a seed."""
    digits = [random.Random(seed).randrange(10) for _ in range(10)]  # noqa: S311 - made-up test data
    control = -sum(weight * digit for weight, digit in zip((1, 3, 7, 9) * 3, digits)) % 10
    return "".join(map(str, [*digits, control]))


words = st.text(alphabet="abcdefghijklmnoprstuwyząćęłńóśźż ,.!?", max_size=40)


@given(before=words, seed=st.integers(0, 10**6), after=words)
def test_no_pesel_survives_in_any_sentence(before: str, seed: int, after: str) -> None:
    number = pesel(seed)
    assert number not in mask(f"{before} {number} {after}")


@given(
    before=words, number=st.integers(500_000_000, 799_999_999), separator=st.sampled_from(["", " ", "-"]), after=words
)
def test_no_mobile_number_survives(before: str, number: int, separator: str, after: str) -> None:
    digits = str(number)
    shown = separator.join((digits[:3], digits[3:6], digits[6:]))
    assert shown not in mask(f"{before} {shown} {after}")


@given(st.text(max_size=500))
def test_masking_is_stable_and_never_fails(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mój PESEL to [PESEL], ile wynosi zasiłek?", "ile wynosi zasiłek?"),
        ("Ile wynosi zasiłek? Mój e-mail: [e-mail].", "Ile wynosi zasiłek?"),
        ("[PESEL]", "[PESEL]"),
        ("nazywam się [imię i nazwisko]. Ile mam urlopu?", "Ile mam urlopu?"),
        # Brackets of the visitor's own hide nothing.
        ("pracuję w [firma], ile mam urlopu?", "pracuję w [firma], ile mam urlopu?"),
        ("bez danych, tylko pytanie", "bez danych, tylko pytanie"),
    ],
)
def test_parts_that_only_gave_personal_data_are_not_read(text: str, read: str) -> None:
    assert without_hidden(text) == read
