"""What the desk shows of an answer on a chosen day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from knowledge_base.content.store import Content
from knowledge_base.content.template import placeholders
from widget.console.desk.answers import IN_FORCE, NO_MORE, NOT_YET, amounts_on, answer_of, standing
from widget.console.desk.search import PASSAGE, TOPIC
from zielona.settings import Settings

TODAY = dt.date(2026, 11, 26)
BEFORE = dt.date(2025, 5, 31)
CONSTANTS = Settings({}).constants


def text_of(found: dict[str, object]) -> str:
    return json.dumps(found["blocks"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(dt.date(2025, 5, 31), NOT_YET), (dt.date(2025, 6, 1), IN_FORCE), (dt.date(2025, 12, 31), IN_FORCE),
     (dt.date(2026, 1, 1), NO_MORE)],
)  # fmt: skip
def test_standing_on_the_days_around(day: dt.date, expected: str) -> None:
    assert standing(dt.date(2025, 6, 1), dt.date(2025, 12, 31), day) == expected


def test_an_answer_has_its_amounts_basis_and_validity(content: Content) -> None:
    found = answer_of(TOPIC, "zasilek_wysokosc", content, day=TODAY, today=TODAY, constants=CONSTANTS)
    assert found
    assert "{{" not in text_of(found)
    assert found["standing"] == IN_FORCE
    assert all(row["value"] and row["valid_from"] <= TODAY.isoformat() for row in found["amounts"])
    assert found["sources"][0]["name"].startswith("art. ")
    assert found["sources"][0]["standing"] == IN_FORCE


def test_of_an_act_alone_that_nobody_has_checked_no_day_is_told(content: Content) -> None:
    topic = content.topics["zasilek_wysokosc"]
    alone = replace(topic.sources[0], article="", verified=False)
    around = replace(content, topics={**content.topics, topic.name: replace(topic, sources=(alone, *topic.sources))})
    found = answer_of(TOPIC, topic.name, around, day=TODAY, today=TODAY, constants=CONSTANTS)
    assert found
    assert [bool(source["valid_from"]) for source in found["sources"][:2]] == [False, True]


def test_another_day_has_other_amounts(content: Content) -> None:
    values = [{row["name"]: row["value"] for row in amounts_on(content, day)} for day in (TODAY, dt.date(2025, 12, 31))]
    assert values[0]["minimalne_wynagrodzenie"] != values[1]["minimalne_wynagrodzenie"]


def test_a_day_before_the_rules_says_so(content: Content) -> None:
    found = answer_of(TOPIC, "zasilek_wysokosc", content, day=BEFORE, today=TODAY, constants=CONSTANTS)
    assert found
    assert found["standing"] == NOT_YET


def test_every_topic_and_passage_can_be_shown_on_any_day(content: Content) -> None:
    things = [(TOPIC, name) for name in content.topics] + [(PASSAGE, name) for name in content.passages]
    for kind, name in things:
        for day in (TODAY, BEFORE, dt.date(1999, 1, 1)):
            found = answer_of(kind, name, content, day=day, today=TODAY, constants=CONSTANTS)
            assert found
            assert not placeholders(text_of(found)), name
            json.dumps(found)


def test_a_passage_that_is_law_no_more_is_marked(content: Content) -> None:
    former = next(passage for passage in content.passages.values() if passage.source.valid_to)
    found = answer_of(PASSAGE, former.id, content, day=TODAY, today=TODAY, constants=CONSTANTS)
    assert found
    assert found["standing"] == NO_MORE
    assert found["sources"][0]["standing"] == NO_MORE


def test_what_is_gone_is_none(content: Content) -> None:
    for kind, name in ((TOPIC, "nie_ma"), (PASSAGE, "nie/ma"), ("obraz", "zasilek_wysokosc")):
        assert answer_of(kind, name, content, day=TODAY, today=TODAY, constants=CONSTANTS) is None


def test_amounts_without_a_value_stay_in_the_list(content: Content) -> None:
    rows = amounts_on(content, dt.date(1999, 1, 1))
    assert len(rows) == len(content.amounts.parameters)
    assert all(row["value"] is None for row in rows)
