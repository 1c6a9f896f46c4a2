"""What a message is: an answer, a question, a wish to know, a command."""

from __future__ import annotations

import pytest

from actions.dialogues.commands import Command, asks, command, wants_to_know


@pytest.mark.parametrize("text", ["a skąd mam wiedzieć kiedy", "no nie wiem", "ale ja nie pamiętam", "a nie wiem"])
def test_impatient_words_do_not_hide_that_something_is_unknown(text: str) -> None:
    assert command(text) is Command.UNKNOWN


@pytest.mark.parametrize("text", ["jakieś 8-9 lat chyba", "jakiś rok", "jakaś umowa"])
def test_some_length_is_no_question(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize("text", ["jakie dokumenty", "jaki urząd", "jakiego dnia", "jaka kwota", "a ile to będzie"])
def test_a_question_needs_no_mark(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["opowiedz o stażu", "chcę wiedzieć, ile to trwa", "proszę o informacje o stażu"])
def test_a_wish_to_know_is_heard(text: str) -> None:
    assert wants_to_know(text)


@pytest.mark.parametrize("text", ["dostałem wypowiedzenie od szefa", "bez powodu!!", "za godzinę", "na stałe"])
def test_a_statement_is_rather_an_answer(text: str) -> None:
    assert not wants_to_know(text)
