"""Mistakes of the content in an editor's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge_base.check.rules import Loadable, load
from knowledge_base.content.amounts import Parameter
from knowledge_base.content.errors import Finding
from knowledge_base.content.store import ContentPaths
from widget.studio.pieces.review import AMOUNT, TOPIC
from widget.studio.training.faults import Told, told

LIMIT = "bon_na_zasiedlenie_limit"


@pytest.fixture
def content(folder: Path) -> Loadable:
    found = load(ContentPaths(folder))
    found.amounts.parameters[LIMIT] = Parameter(LIMIT, "limit bonu na zasiedlenie", "zł", ())
    topic = replace(next(one for one in found.topics if one.name == "kfs"), name="bon", title="Bon na zasiedlenie")
    return replace(found, topics=[*found.topics, topic])


def of(content: Loadable, path: str, message: str) -> Told:
    return told(Finding(content.paths.root / path, 7, message), content)


def test_a_topic_with_an_amount_that_has_no_value(content: Loadable) -> None:
    found = of(content, "data/topics/pomoc/bon.yml", f"parametr „{LIMIT}” nie ma wartości na dzień 2026-11-26")
    assert (found.title, found.kind, found.name) == ("Bon na zasiedlenie", TOPIC, "bon")
    assert found.text == "kwota „limit bonu na zasiedlenie” nie ma wartości na 26.11.2026."
    assert found.raw == f"data/topics/pomoc/bon.yml:7: parametr „{LIMIT}” nie ma wartości na dzień 2026-11-26"


def test_an_amount_is_named_once(content: Loadable) -> None:
    found = of(content, "data/amounts.yml", f"parametr „{LIMIT}” nie ma wartości na dzień 2026-11-26")
    assert (found.title, found.text) == ("limit bonu na zasiedlenie", "nie ma wartości na 26.11.2026.")
    assert (found.kind, found.name) == (AMOUNT, LIMIT)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            "taki sam przykład jest w temacie „bon”: kurs",
            "taki sam przykład jest w temacie „Bon na zasiedlenie”: kurs.",
        ),
        ("brakuje pola „title” albo nie jest ono tekstem", "brakuje pola „Tytuł” albo nie jest ono tekstem."),
        ("kwota wpisana liczbą: „500 zł”", "kwota wpisana liczbą: „500 zł”."),
        ("„valid_to” (2024-01-02) jest wcześniej", "„Obowiązuje do” (02.01.2024) jest wcześniej."),
    ],
)
def test_names_of_the_files_become_those_of_the_pages(content: Loadable, message: str, text: str) -> None:
    assert of(content, "data/topics/pomoc/bon.yml", message).text == text


def test_what_has_no_page_has_no_link(content: Loadable) -> None:
    broken = of(content, "data/topics/pomoc/zepsuty.yml", "brakuje pola „title”")
    assert (broken.kind, broken.title) == ("", "zepsuty")
    dialogue = of(content, "data/dialogues/urlop.yml", "nieznany temat „x”")
    assert (dialogue.kind, dialogue.title) == ("", "Rozmowa krok po kroku (urlop)")
    assert of(content, "data/messages.yml", "x").title == "Stałe zdania asystenta"


def test_an_act_is_named_by_its_short_title(content: Loadable) -> None:
    eli, act = next(iter(content.acts.items()))
    found = of(content, "data/topics/pomoc/bon.yml", f"akt {eli} obowiązywał do 2025-05-31; podaj „valid_to”")
    assert found.text == f"akt „{act.short}” obowiązywał do 31.05.2025; podaj „Obowiązuje do”."
