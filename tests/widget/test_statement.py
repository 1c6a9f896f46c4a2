"""The accessibility statement: identifiers and headings of the technical conditions 2.0, facts from the settings."""

from __future__ import annotations

import re

import pytest

from widget.app import create_app
from zielona.settings import SettingError, Settings

# Technical conditions of the accessibility statement, version 2.0 of 31 July 2024.
REQUIRED = (
    "a11y-wstep a11y-podmiot a11y-zakres a11y-url a11y-data-publikacja a11y-data-aktualizacja a11y-status a11y-kontakt "
    "a11y-email a11y-telefon a11y-procedura a11y-data-sporzadzenie a11y-architektura a11y-komunikacja"
).split()
FACTS = {
    "ENTITY": "Urząd Testowy",
    "PUBLISHED": "2026-01-05",
    "UPDATED": "2026-03-10",
    "STATUS": "czesciowo",
    "FAULTS": "brak tłumaczenia na język migowy; brak napisów",
    "PREPARED": "2026-02-01",
    "REVIEWED": "2026-03-31",
    "CONTACT": "Zespół dostępności",
    "EMAIL": "dostepnosc@urzad.example.org",
    "PHONE": "12 345 67 89",
    "COMPLAINTS": "kierownictwo Urzędu Testowego",
    "BUILDING_URL": "https://urzad.example.org/budynek",
    "COMMUNICATION": "Tłumacz języka migowego online.",
}


def page(**facts: str) -> str:
    settings = {"ZL_SECRET": "x" * 32, "ZL_DATABASE_URL": "sqlite://"}
    settings |= {f"ZL_A11Y_{name}": value for name, value in facts.items()}
    answer = create_app(Settings(settings)).test_client().get("/deklaracja-dostepnosci")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("facts", [{}, FACTS], ids=["bez danych", "z danymi"])
def test_every_required_identifier_is_there_once(facts: dict[str, str]) -> None:
    shown = page(**facts)
    for identifier in REQUIRED:
        assert shown.count(f'id="{identifier}"') == 1, identifier


def test_nothing_is_made_up() -> None:
    shown = page()
    assert "nie jest jeszcze kompletna" in shown
    assert "<time" not in shown
    assert "mailto:" not in shown
    assert "zgodna</strong>" not in shown


def test_facts_of_the_operator_are_shown() -> None:
    shown = page(**FACTS)
    assert "do uzupełnienia" not in shown
    assert "nie jest jeszcze kompletna" not in shown
    for name in ("PUBLISHED", "UPDATED", "PREPARED", "REVIEWED"):
        assert f'datetime="{FACTS[name]}"' in shown
    assert "5 stycznia 2026 r." in shown
    assert "<strong>częściowo zgodna</strong>" in shown
    assert re.findall(r"<li>(brak [^<]+)</li>", shown) == ["brak tłumaczenia na język migowy", "brak napisów"]


@pytest.mark.parametrize(
    "facts", [{"STATUS": "super"}, {"PUBLISHED": "wczoraj"}, {"PUBLISHED": "2026-02-30"}, {"PREPARED": "20260201"}]
)
def test_facts_that_cannot_be_used_are_refused_by_name(facts: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="ZL_A11Y_"):
        page(**facts)
