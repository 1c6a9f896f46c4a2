"""The conversation behind a ticket, with why each answer was given."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.store import Content, load_content
from tests.widget.accounts.people import Browser
from tests.widget.console.site import TOPIC, Console, path
from widget.console.inbox.explanation import why

_CONTENT = load_content()
TRACE = {
    "intent": TOPIC,
    "ranking": [[TOPIC, 0.91], ["zasilek_wysokosc", 0.05], ["nieznany_temat", 0.01], ["czwarty", 0.0]],
    "reading": {
        "text": "czy dostanę zasiłek a jak mam 50 lat",
        "follow_up": True,
        "features": {"near_meaning": 0.88, "known": 1.0, "logit": 4.2},
        "nearest": [["komu należy się zasiłek", 0.88]],
        "parts": [],
    },
    "passages": [["nie-ma-takiego", 0.4]],
    "probability": 0.4,
}


def test_trace_is_told_in_words(content: Content) -> None:
    told = why(TRACE, content)
    assert told.topic == content.topics[TOPIC].title
    assert [item.share for item in told.intents] == [0.91, 0.05, 0.01]
    assert told.intents[2].name == "nieznany_temat"
    assert told.read_as.endswith("50 lat")
    assert told.nearest[0].name == "komu należy się zasiłek"
    assert [item.share for item in told.signs] == [0.88, 1.0]
    assert told.passages[0].name == "nie-ma-takiego"
    assert told.is_known


@pytest.mark.parametrize("trace", [{}, {"line": "unavailable"}, {"ranking": None, "reading": None, "passages": []}])
def test_trace_that_says_nothing_is_no_explanation(content: Content, trace: dict[str, Any]) -> None:
    assert not why(trace, content).is_known


@given(nearest=st.lists(st.tuples(st.text(), st.floats(0, 1))), ranking=st.lists(st.tuples(st.text(), st.floats(0, 1))))
def test_whatever_was_near_is_listed(nearest: list[tuple[str, float]], ranking: list[tuple[str, float]]) -> None:
    told = why({"ranking": ranking, "reading": {"nearest": nearest}}, _CONTENT)
    assert [(item.name, item.share) for item in told.nearest] == nearest
    assert len(told.intents) == min(3, len(ranking))


def test_page_shows_conversation_reasons_and_changed_rules(console: Console, anna: Browser) -> None:
    repository, now = console.services.repository, console.desk.inbox.clock()
    repository.create_conversation("c" * 36, now=now)
    turn = repository.begin_turn("c" * 36, "wiadomosc-1", text="czy dostanę zasiłek", payload=None, now=now)
    message = {
        "id": "m" * 36, "type": "answer", "text": "**Tak.**", "buttons": [], "sources": [], "topic": TOPIC,
        "confidence": 0.91, "trace": TRACE, "extra": {},
    }  # fmt: skip
    repository.finish_turn(turn, outcome="answered", versions={}, milliseconds=5, messages=[message])
    ticket = console.ticket(conversation_id="c" * 36, topic="rejestracja_wlasciwy_urzad")
    page = anna.get(path(ticket)).text
    assert "Dlaczego ta odpowiedź" in page
    assert "pewność 91%" in page
    assert "komu należy się zasiłek" in page
    assert "**" not in page
    assert "Decydowało zameldowanie" in page
    assert "Przed 01.06.2025" in page
