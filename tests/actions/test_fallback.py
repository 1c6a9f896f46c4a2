from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from actions.fallback import Ranked, ranking_of, reply, several
from knowledge_base.content.store import Content
from zielona.settings import Settings

DAY = dt.date(2026, 11, 24)


def found(decision: str, probability: float, *titles: str, **changes: Any) -> dict[str, Any]:
    source = {
        "act": "DU/1974/141", "article": "art. 154", "title": "x", "url": "https://example.org", "verified": True,
        "valid_from": "1996-06-02", "valid_to": None, "checked_on": "2026-11-24",
    }  # fmt: skip
    results = [
        {"id": f"kodeks-pracy/{n}", "title": title, "text": f"Treść {title}.", "score": 0.5, "verified": True,
         "related": [], "source": source, **changes}
        for n, title in enumerate(titles)
    ]  # fmt: skip
    return {"index": "abc", "decision": decision, "probability": probability, "results": results}


@pytest.fixture
def answer(content: Content, settings: Settings) -> Any:
    def call(ranking: list[Ranked], search: dict[str, Any] | None) -> dict[str, Any]:
        return reply(ranking, search, content, day=DAY, today=DAY, constants=settings.constants)

    return call


def test_two_likely_topics_are_asked_about(answer: Any) -> None:
    message = answer([Ranked("urlop_wymiar", 0.48), Ranked("urlop_zalegly", 0.44)], found("answer", 0.9, "Urlop"))
    assert message["type"] == "choice"
    assert [button["payload"] for button in message["buttons"]] == ["/urlop_wymiar", "/urlop_zalegly"]


def test_a_likely_topic_that_the_search_confirms_answers(answer: Any, content: Content) -> None:
    ranking = [Ranked("urlop_wymiar", 0.53), Ranked("urlop_zalegly", 0.3)]
    message = answer(ranking, found("choices", 0.3, "Urlop", related=["urlop_wymiar", "urlop_zalegly"]))
    assert message["type"] == "answer"
    assert message["topic"] == "urlop_wymiar"
    assert message["confidence"] == 0.53
    assert message["sources"][0]["article"] == str(content.topics["urlop_wymiar"].sources[0].article)
    assert message["trace"]["intent"] == "urlop_wymiar"


@pytest.mark.parametrize(
    ("ranking", "related"),
    [
        ([Ranked("urlop_wymiar", 0.53)], ["urlop_zalegly", "urlop_wymiar"]),
        ([Ranked("urlop_wymiar", 0.53)], []),
        ([Ranked("urlop_wymiar", 0.49)], ["urlop_wymiar"]),
        ([Ranked("adres_urzedu", 0.55)], ["adres_urzedu"]),
        ([Ranked("inny_urzad", 0.55)], ["inny_urzad"]),
        ([Ranked("dialog_overtime", 0.55), Ranked("urlop_wymiar", 0.52)], ["urlop_wymiar"]),
    ],
)
def test_without_both_agreeing_the_search_decides(answer: Any, ranking: list[Ranked], related: list[str]) -> None:
    message = answer(ranking, found("choices", 0.3, "Urlop", related=related))
    assert message["type"] in {"choice", "unknown"}


def test_sure_passage_is_the_answer_with_its_source(answer: Any) -> None:
    message = answer([Ranked("urlop_wymiar", 0.2)], found("answer", 0.9, "Urlop"))
    assert message["type"] == "search"
    assert "Treść Urlop." in message["text"]
    assert message["sources"][0]["article"] == "art. 154"
    assert message["confidence"] == 0.9


def test_near_passages_are_choices_at_most_three_and_a_way_out(answer: Any) -> None:
    message = answer([Ranked("urlop_wymiar", 0.3)], found("choices", 0.4, "A", "B", "C", "D"))
    payloads = [button["payload"] for button in message["buttons"]]
    assert message["type"] == "choice"
    assert len(payloads) == 4
    assert payloads[0] == "/urlop_wymiar"
    assert payloads[1] == '/pokaz_fragment{"fragment": "kodeks-pracy/0"}'
    assert payloads[-1] == "/poza_zakresem"


def test_nothing_near_is_an_honest_unknown_with_the_phone(answer: Any) -> None:
    message = answer([Ranked("urlop_wymiar", 0.1)], found("unknown", 0.02, "A"))
    assert message["type"] == "unknown"
    assert "Nie wiem" in message["text"]
    assert "19524" in message["text"]


def test_out_of_scope_offers_no_choices(answer: Any) -> None:
    message = answer([Ranked("poza_zakresem", 0.4), Ranked("urlop_wymiar", 0.3)], found("unknown", 0.02, "A"))
    assert message["type"] == "unknown"


def test_search_away_is_said(answer: Any) -> None:
    message = answer([Ranked("urlop_wymiar", 0.2)], None)
    assert message["type"] == "unknown"
    assert "19524" in message["text"]


def test_unverified_passage_is_marked(answer: Any) -> None:
    message = answer([], found("answer", 0.9, "Urlop", verified=False))
    assert "nie potwierdziliśmy" in message["text"]


def test_former_law_is_marked(answer: Any) -> None:
    search = found("answer", 0.9, "Urlop")
    search["results"][0]["source"]["valid_to"] = "2025-05-31"
    assert "dawny" in answer([], search)["text"]


def test_ranking_leaves_the_fallback_out() -> None:
    parsed = {"intent_ranking": [{"name": "nlu_fallback", "confidence": 0.4}, {"name": "staz", "confidence": 0.3}]}
    assert ranking_of(parsed) == [Ranked("staz", 0.3)]


def test_passage_of_another_day_says_which(content: Content, settings: Settings) -> None:
    day = dt.date(2025, 5, 1)
    message = reply([], found("answer", 0.9, "Urlop"), content, day=day, today=DAY, constants=settings.constants)
    assert "Według przepisów z dnia 01.05.2025" in message["text"]


def test_several_answers_keep_their_order_and_what_is_not_ours_comes_last(content: Content, settings: Settings) -> None:
    names = ["inny_urzad", "urlop_wymiar", "zasilek_wysokosc", "urlop_wymiar", "nieznany"]
    messages = several(names, content, asked=None, today=DAY, constants=settings.constants)
    assert [message["topic"] for message in messages] == ["urlop_wymiar", "zasilek_wysokosc", "inny_urzad"]
    assert messages[0]["text"].startswith(f"**{content.topics['urlop_wymiar'].title}**")
    assert all(message["buttons"] == [] for message in messages)
