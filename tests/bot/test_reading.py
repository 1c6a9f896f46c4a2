from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.components.reading import MAX_QUESTIONS, begins_as_follow_up, halves, joined, looks_dependent, questions
from knowledge_base.content.text import words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "ile wynosi zasiłek i jak się zarejestrować?",
            ["ile wynosi zasiłek", "jak się zarejestrować?"],
        ),
        (
            "Zwolnili mnie wczoraj. Czy dostanę zasiłek? A kiedy muszę się zgłosić do urzędu?",
            ["Zwolnili mnie wczoraj. Czy dostanę zasiłek?", "kiedy muszę się zgłosić do urzędu?"],
        ),
        ("ile mam urlopu po 12 latach pracy", ["ile mam urlopu po 12 latach pracy"]),
        ("nie wiem jak i kiedy iść do urzędu", ["nie wiem jak i kiedy iść do urzędu"]),
        (
            "Szef nie płaci, mogę odejść od ręki? I gdzie na niego złożyć skargę",
            ["Szef nie płaci, mogę odejść od ręki?", "gdzie na niego złożyć skargę"],
        ),
        (
            "dopisać żonę do ubezpieczenia się da? A zwrócicie mi za żłobek?",
            ["dopisać żonę do ubezpieczenia się da?", "zwrócicie mi za żłobek?"],
        ),
        (
            "mam orzeczenie jaka pomoc w urzędzie i czy mogę iść na kurs",
            ["mam orzeczenie jaka pomoc w urzędzie", "czy mogę iść na kurs"],
        ),
        ("Należy mi się zasiłek? Mam ponad 50 lat.", ["Należy mi się zasiłek? Mam ponad 50 lat."]),
        ("Nie dostanę zasiłku od razu. Prawda to?", ["Nie dostanę zasiłku od razu. Prawda to?"]),
        ("", [""]),
    ],
)
def test_questions_of_a_message(text: str, parts: list[str]) -> None:
    assert questions(text) == parts


@given(st.text())
def test_no_word_is_lost_but_links(text: str) -> None:
    parts = questions(text)
    assert 1 <= len(parts) <= MAX_QUESTIONS
    left = [word.lower() for part in parts for word in words(part)]
    links = {"i", "a", "oraz", "plus", "też", "jeszcze"}
    assert [word for word in left if word not in links] == [
        word for word in (word.lower() for word in words(text)) if word not in links
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("rejestracja w urzędzie i wysokość zasiłku", [("rejestracja w urzędzie", "wysokość zasiłku")]),
        (
            "zwolnili mnie wczoraj, chcę zasiłek oraz wiedzieć ile mam urlopu",
            [
                ("zwolnili mnie wczoraj, chcę zasiłek", "wiedzieć ile mam urlopu"),
                ("zwolnili mnie wczoraj", "chcę zasiłek oraz wiedzieć ile mam urlopu"),
            ],
        ),
        ("mama i tata", []),
        ("ile wynosi zasiłek", []),
        ("", []),
    ],
)
def test_halves_of_a_message(text: str, pairs: list[tuple[str, str]]) -> None:
    assert halves(text) == pairs


@given(st.text())
def test_halves_hold_only_words_of_the_message(text: str) -> None:
    for first, second in halves(text):
        assert text.startswith(first) or first in text
        assert second in text
        assert min(len(words(first)), len(words(second))) >= 2


@pytest.mark.parametrize("text", ["a jak mam 50 lat?", "a ile to netto?", "I od kiedy?", "a za granicą", "to ile dni?"])
def test_follow_ups_are_seen(text: str) -> None:
    assert looks_dependent(text)


@pytest.mark.parametrize(
    "text",
    [
        "jak zarejestrować się jako osoba bezrobotna przez internet",
        "Pracuję w sklepie od trzech lat i chcę wiedzieć, ile mam okresu wypowiedzenia po tym czasie",
    ],
)
def test_questions_that_stand_alone_are_no_follow_ups(text: str) -> None:
    assert not looks_dependent(text)


def test_follow_up_is_read_with_the_question_before() -> None:
    assert joined("Ile trwa zasiłek?", "a jak mam 50 lat?") == "Ile trwa zasiłek – jak mam 50 lat?"


def test_only_the_beginning_makes_a_follow_up() -> None:
    assert begins_as_follow_up("a jak mam 50 lat?")
    assert not begins_as_follow_up("jak mam 50 lat?")
    assert not begins_as_follow_up("adres urzędu")
