"""Finding an office in a conversation, without Rasa."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from actions.find_office import ASKED, office_answer, place_chosen, short_office_question, was_asked
from actions.office_messages import TOPIC
from knowledge_base.content.store import Content
from zielona.settings import Settings

DAY = dt.date(2026, 11, 26)


def answer(content: Content, text: str, *, asked: bool = False, **parsed: Any) -> dict[str, Any]:
    constants = Settings({}).constants
    return office_answer({"text": text, **parsed}, content, asked=asked, day=DAY, constants=constants)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("gdzie jest urząd pracy w Łomży", "pup_lomza"),
        ("urząd pracy 18-400", "pup_lomza"),
        ("pup z Ełku", "pup_elk"),
        ("mieszkam w Suwałkach, do kogo mam isc", "pup_suwalki"),
        ("powiat augustowski", "pup_augustow"),
    ],
)
def test_place_in_the_message_gives_its_office(content: Content, text: str, office: str) -> None:
    shown = answer(content, text)
    assert (shown["type"], shown["topic"], shown["trace"]["office"]) == ("answer", TOPIC, office)


def test_without_a_place_the_general_answer_comes_with_a_question(content: Content) -> None:
    shown = answer(content, "gdzie jest mój urząd pracy?")
    assert shown["type"] == "question"
    assert "Którą miejscowość sprawdzić?" in shown["text"]
    assert shown["trace"]["line"] == ASKED


def test_on_a_partners_page_its_office_is_offered_first(content: Content) -> None:
    name = "Powiatowy Urząd Pracy w Łomży"
    shown = answer(content, "gdzie jest mój urząd pracy?", metadata={"office": name})
    assert (shown["type"], shown["trace"]["line"]) == ("question", ASKED)
    assert f"Czy chodzi o {name}?" in shown["text"]
    assert shown["buttons"][0] == {"title": name, "payload": f'/adres_urzedu{{"miejsce": "{name}"}}'}
    chosen = answer(content, "", entities=[{"entity": "miejsce", "value": name}], metadata={"office": name})
    assert chosen["trace"]["office"] == "pup_lomza"
    assert answer(content, "w Ełku", asked=True, metadata={"office": name})["trace"]["office"] == "pup_elk"


@pytest.mark.parametrize("name", ["Przykładowy Powiatowy Urząd Pracy", "Brzeziny", "", None, ["x"]])
def test_an_office_that_is_not_known_is_not_offered(content: Content, name: object) -> None:
    shown = answer(content, "gdzie jest mój urząd pracy?", metadata={"office": name})
    assert "Którą miejscowość sprawdzić?" in shown["text"]
    assert not any(button["payload"].startswith("/adres_urzedu") for button in shown["buttons"])


def test_answer_to_the_question_may_be_a_bare_name(content: Content) -> None:
    assert answer(content, "Łomża", asked=True)["trace"]["office"] == "pup_lomza"


def test_unknown_place_is_not_asked_for_for_ever(content: Content) -> None:
    shown = answer(content, "Atlantyda", asked=True)
    assert shown["type"] == "unknown"
    assert "psz.praca.gov.pl" in shown["text"]


def test_button_says_which_of_several(content: Content) -> None:
    asked = answer(content, "urząd pracy Brzeziny")
    assert asked["type"] == "choice"
    assert all(button["payload"].startswith("/adres_urzedu{") for button in asked["buttons"])
    chosen = [{"entity": "miejsce", "value": "Brzeziny, powiat brzeziński, województwo łódzkie"}]
    assert place_chosen({"entities": chosen}) == "Brzeziny, powiat brzeziński, województwo łódzkie"
    assert answer(content, asked["buttons"][0]["payload"], entities=chosen)["trace"]["office"] == "pup_brzeziny"


def test_only_the_last_words_of_the_assistant_count_as_the_question() -> None:
    question = {"event": "bot", "metadata": {"trace": {"line": ASKED}}}
    other = {"event": "bot", "metadata": {"trace": {"line": "unknown"}}}
    user = {"event": "user", "text": "Łomża"}
    assert was_asked([question, user])
    assert not was_asked([question, user, other, user])
    assert not was_asked([user])
    assert not was_asked([{"event": "bot", "metadata": None}])


@pytest.mark.parametrize("text", ["pup z Ełku", "urzad pracy łomża", "WUP w Lublinie", "pośredniak Radom"])
def test_few_words_about_an_office_are_enough(text: str) -> None:
    assert short_office_question(text) is not None


@pytest.mark.parametrize("text", ["pup", "pogoda w Ełku", "czy w urzędzie pracy w Ełku dostanę dziś zasiłek"])
def test_other_words_are_no_question_about_an_office(text: str) -> None:
    assert short_office_question(text) is None
