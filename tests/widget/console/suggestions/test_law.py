"""Answers that stand on law no longer in force are found out before they are sent."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.store import Content, load_content
from tests.widget.console.site import FORMER, SOURCE
from widget.console.suggestions.law import LawCheck

DAY = dt.date(2026, 11, 26)
_CHECK = LawCheck(load_content())


def found(text: str, *sources: dict[str, object], on: dt.date = DAY) -> list[str]:
    return [f"{flag.found}: {flag.why}" for flag in _CHECK.flags(text, sources, on=on)]


def test_answer_on_law_in_force_passes() -> None:
    text = "Zasiłek przysługuje na podstawie art. 217 ustawy o rynku pracy i służbach zatrudnienia."
    assert found(text, SOURCE) == []


def test_former_act_among_the_sources() -> None:
    [flag] = found("Zasiłek się należy.", SOURCE, FORMER)
    assert flag.startswith("art. 71, dawna ustawa o promocji zatrudnienia")
    assert "do 31.05.2025" in flag
    # The same source was right on the day when it was law.
    assert found("Zasiłek się należy.", FORMER, on=dt.date(2024, 1, 1)) == []


def test_source_that_is_not_law_yet() -> None:
    [flag] = found("Zmiana.", {**SOURCE, "valid_from": "2027-01-01"})
    assert "zacznie obowiązywać" in flag


@pytest.mark.parametrize(
    "text",
    [
        "Mówi o tym art. 71 ustawy o promocji zatrudnienia.",
        "Podstawa: USTAWA O PROMOCJI ZATRUDNIENIA I INSTYTUCJACH RYNKU PRACY",
        "zgodnie z ustawą z 20.04.2004 o promocji zatrudnienia",
        "Dz.U. z 2004 r. Nr 99 poz. 1001",
        "DU/2004/1001",
        "wedlug ustawy o promocji zatrudnienia, bez ogonkow",
    ],
)
def test_former_act_named_in_the_text(text: str) -> None:
    [flag] = found(text)
    assert flag.startswith("dawna ustawa o promocji zatrudnienia: Ten akt obowiązywał do 31.05.2025.")
    assert "ustawa o rynku pracy" in flag


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("art. 900 ustawy o rynku pracy i służbach zatrudnienia", "kończy się na art. 461"),
        ("art. 306 Kodeksu pracy", "kończy się na art. 305"),
    ],
)
def test_article_that_the_act_does_not_have(text: str, what: str) -> None:
    [flag] = found(f"Mówi o tym {text}.")
    assert what in flag


def test_amount_that_was_right_once(content: Content) -> None:
    past = [
        (parameter, period)
        for parameter in content.amounts.parameters.values()
        for period in parameter.periods
        if period.valid_to is not None and period.valid_to < DAY and parameter.unit == "zł"
    ]
    assert past
    now = {
        period.value
        for name in content.amounts.parameters
        for period in content.amounts.parameters[name].periods
        if period.covers(DAY)
    }
    parameter, period = next((one, other) for one, other in past if other.value not in now and other.value > 1000)
    whole, cents = f"{period.value:.2f}".split(".")
    written = f"{whole[:-3]} {whole[-3:]},{cents} zł"
    assert any(parameter.title in flag for flag in found(f"Kwota to {written} brutto."))
    assert found(f"Kwota to {written} brutto.", on=period.valid_from) == []


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    assert all(flag for flag in found(text))
