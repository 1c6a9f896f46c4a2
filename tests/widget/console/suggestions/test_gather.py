"""Suggestions from the real index and real answers of topics, not only from what stubs say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from knowledge_base.content.answers import topic_message
from knowledge_base.content.store import Content
from knowledge_base.search.engine import SearchEngine
from tests.widget.console.site import SOURCE, TOPIC, StubBot
from widget.console.suggestions.gather import Gatherer, readable
from widget.console.suggestions.law import LawCheck
from widget.console.suggestions.models import ASSISTANT, PASSAGE
from widget.console.suggestions.similar import SimilarAnswers
from zielona.clock import today
from zielona.settings import current_settings


class RealSearch:
    """The engine behind the search service, without HTTP."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def search(self, query: dict[str, Any], *, timeout: float | None = None) -> dict[str, Any]:
        return self._engine.search(query["q"], on=today(), limit=query["limit"])


@pytest.fixture(scope="module")
def gather(engine: SearchEngine, content: Content) -> Any:
    constants = current_settings().constants
    answer = topic_message(content.topics[TOPIC], content, day=today(), constants=constants)
    bot = StubBot([{**answer, "confidence": 0.9}])
    similar = SimilarAnswers(list, lambda: 0, lambda: dt.datetime.now(tz=dt.timezone.utc))
    made = Gatherer(bot, RealSearch(engine), similar, content, constants)  # type: ignore[arg-type]
    return lambda text: made.gather(text, reference="ZL-26-AAAAAA")


def test_everything_that_is_shown_has_text_source_validity_and_probability(gather: Any) -> None:
    found = gather("czy dostane zasilek po zwolnieniu z pracy")
    assert found.away == []
    assert {draft.kind for draft in found.drafts} == {ASSISTANT, PASSAGE}
    for draft in found.drafts:
        assert draft.text
        assert draft.origin
        assert 0 <= draft.probability <= 1
        assert all(source.keys() >= SOURCE.keys() - {"verified"} for source in draft.sources)
    shares = [draft.probability for draft in found.drafts if draft.kind == PASSAGE]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.001


def test_answers_of_today_raise_no_flag(gather: Any, content: Content) -> None:
    law = LawCheck(content)
    for draft in gather("ile wynosi zasiłek dla bezrobotnych").drafts:
        if draft.kind == ASSISTANT:
            assert law.flags(draft.text, draft.sources, on=today()) == []


@pytest.mark.parametrize("name", ["zasilek_prawo", "zasilek_wysokosc", "rejestracja_wlasciwy_urzad"])
def test_own_answers_are_not_flagged(content: Content, name: str) -> None:
    answer = topic_message(content.topics[name], content, day=today(), constants=current_settings().constants)
    assert LawCheck(content).flags(readable(answer["text"]), answer["sources"], on=today()) == []
