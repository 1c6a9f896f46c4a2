"""Search while typing: what is found, and how fast."""

from __future__ import annotations

import datetime as dt
import statistics
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.store import Content
from widget.console.desk.search import MOST, PASSAGE, TOPIC, QuickSearch, search_over, terms

TYPED = {
    "ile wynosi zasi": "zasilek_wysokosc",
    "ILE WYNOSI ZASIŁEK": "zasilek_wysokosc",
    "zasilek wysok": "zasilek_wysokosc",
    "zwolnienie dyscyp": "zwolnienie_dyscyplinarne",
    "ile urlopu po 10 lat": "urlop_wymiar",
    "odpr": "odprawa",
    "chcę zatrudnić ukrai": "zatrudnienie_ukrainca",
}


@pytest.fixture(scope="module")
def quick(content: Content) -> QuickSearch:
    return search_over(content)


@pytest.mark.parametrize("typed", TYPED)
def test_an_unfinished_question_finds_its_topic(quick: QuickSearch, typed: str) -> None:
    found = [hit.id for hit in quick.find(typed)]
    assert TYPED[typed] in found[:3]


def test_an_article_is_found_by_its_number(quick: QuickSearch) -> None:
    first = quick.find("art 36 kodeks")[0]
    assert first.kind == PASSAGE
    assert "art. 36" in first.about


def test_each_thing_stands_once_and_the_best_first(quick: QuickSearch) -> None:
    found = quick.find("zasiłek dla bezrobotnych")
    assert len({(hit.kind, hit.id) for hit in found}) == len(found) <= MOST
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert {hit.kind for hit in found} == {TOPIC, PASSAGE}


def test_passages_say_when_they_hold(quick: QuickSearch) -> None:
    hits = [hit for hit in quick.find("zasiłek") if hit.kind == PASSAGE]
    assert hits
    assert all(isinstance(hit.valid_from, dt.date) for hit in hits)


def test_small_talk_and_refusals_are_no_answers(quick: QuickSearch, content: Content) -> None:
    for typed in ("dziękuję bardzo", "jaka będzie pogoda"):
        for hit in quick.find(typed):
            topic = content.topics.get(hit.id)
            assert topic is None or (topic.is_faq and not topic.out_of_scope)


@pytest.mark.parametrize("typed", ["", " ", "z", "?", "…", "qqqqqq zzzzzz"])
def test_too_little_finds_nothing(quick: QuickSearch, typed: str) -> None:
    assert quick.find(typed) == []


@given(st.text(max_size=400))
def test_whatever_is_typed_is_searched(text: str) -> None:
    assert all(0 < len(term) <= 5 for term in terms(text))


def test_a_keystroke_takes_less_than_100_ms(quick: QuickSearch) -> None:
    """The median over a question typed letter by letter, in the time of this process alone."""
    question, spent = "czy dostanę zasiłek po zwolnieniu za porozumieniem stron", []
    for end in range(2, len(question)):
        begun = time.process_time()
        quick.find(question[:end])
        spent.append(time.process_time() - begun)
    assert statistics.median(spent) < 0.1
