"""The letter that a visitor gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.store import load_content
from tests.widget.console.site import FORMER, SOURCE
from widget.console.mail.letter import basis_lines, letter
from widget.tickets.models import Ticket

ACTS = load_content().acts
CONSTANTS = {"infolinia_numer": "19524", "infolinia_godziny": "8–18"}


def ticket(**values: str | None) -> Ticket:
    found = {"reference": "ZL-26-7K3P9Q", "subject": "Zasiłek", "text": "Czy?", "email": "jan@poczta.pl", **values}
    return Ticket(**found)


def test_each_basis_stands_once() -> None:
    assert len(basis_lines([SOURCE, SOURCE, FORMER], ACTS)) == 2
    assert basis_lines([{**SOURCE, "article": "", "act": "DU/1900/1"}], ACTS)[0].startswith("- DU/1900/1 (")
    assert basis_lines([{**SOURCE, "act": "DU/1900/1"}], ACTS)[0].startswith("- art. 217, DU/1900/1")


def test_of_an_act_alone_that_nobody_has_checked_no_day_is_told() -> None:
    [line] = basis_lines([{**SOURCE, "article": "", "verified": False}], ACTS)
    assert line == "- ustawa o rynku pracy i służbach zatrudnienia (przepis jeszcze niesprawdzony)"
    assert "od 01.06.2025" in basis_lines([{**SOURCE, "verified": False}], ACTS)[0]


def test_letter_without_basis_or_question_has_no_empty_part() -> None:
    text = letter(ticket(text=""), "Tak.", [], ACTS, rating_url="http://x/o", constants=CONSTANTS).text
    assert "Podstawa prawna" not in text
    assert "Treść zgłoszenia" not in text
    assert "\n\n\n" not in text
    assert "19524" in text


def test_ticket_without_an_address_gets_no_letter() -> None:
    with pytest.raises(ValueError, match="address"):
        letter(ticket(email=None), "Tak.", [], ACTS, rating_url="", constants=CONSTANTS)


@given(st.text(max_size=300))
def test_subject_is_one_line_whatever_was_asked(subject: str) -> None:
    made = letter(ticket(subject=subject), "Tak.", [], ACTS, rating_url="", constants=CONSTANTS)
    assert len(made.subject) <= 120
    assert not set("\r\n\x0b\x0c\x1c\x85\u2028") & set(made.subject)
