from __future__ import annotations

import pytest

from knowledge_base.content.store import Content
from tests.zielona.evaluation.examples import reply, said
from zielona.evaluation.asking import Said, reply_of
from zielona.evaluation.judging import (
    RIGHT_ANSWER,
    RIGHT_CHOICE,
    RIGHT_PASSAGE,
    UNKNOWN,
    WRONG_ANSWER,
    WRONG_CHOICE,
    WRONG_PASSAGE,
    Judge,
)  # fmt: skip
from zielona.evaluation.sets import Asked

IN_SCOPE = Asked("questions", "ile urlopu", wanted=("urlop_wymiar",), articles=(("DU/1974/141", "art. 154"),))
OUTSIDE = Asked("out_of_scope", "kup kwiaty")


@pytest.fixture(scope="module")
def judge(content: Content) -> Judge:
    return Judge(content)


@pytest.mark.parametrize(
    ("item", "message", "judgement"),
    [
        (IN_SCOPE, said(topic="urlop_wymiar"), RIGHT_ANSWER),
        (IN_SCOPE, said(topic="zasilek_prawo"), WRONG_ANSWER),
        (IN_SCOPE, said("search", sources=(("DU/1974/141", "art. 154 § 1"),)), RIGHT_PASSAGE),
        (IN_SCOPE, said("search", offered=("urlop_wymiar",)), RIGHT_PASSAGE),
        (IN_SCOPE, said("search", sources=(("DU/2025/620", "art. 154"),)), WRONG_PASSAGE),
        (IN_SCOPE, said("choice", offered=("zasilek_prawo", "urlop_wymiar")), RIGHT_CHOICE),
        (IN_SCOPE, said("choice", offered=("zasilek_prawo",)), WRONG_CHOICE),
        (IN_SCOPE, said("unknown", topic="poza_zakresem"), UNKNOWN),
        (IN_SCOPE, said(topic="powitanie"), WRONG_ANSWER),
        (OUTSIDE, said("unknown", topic="poza_zakresem"), UNKNOWN),
        (OUTSIDE, said(topic="powitanie"), UNKNOWN),
        (OUTSIDE, said(topic="urlop_wymiar"), WRONG_ANSWER),
        (OUTSIDE, said("search"), WRONG_PASSAGE),
    ],
)
def test_judgements(judge: Judge, item: Asked, message: Said, judgement: str) -> None:
    assert judge.judge(item, reply(message)) == judgement


def test_one_right_answer_of_two_is_right(judge: Judge) -> None:
    assert judge.judge(IN_SCOPE, reply(said(topic="urlop_wymiar"), said(topic="zasilek_prawo"))) == RIGHT_ANSWER


def test_parts_of_two_questions_are_counted(judge: Judge) -> None:
    item = Asked("two_questions", "x", both=("urlop_wymiar", "zasilek_prawo"))
    both = reply(said(topic="zasilek_prawo"), said(topic="urlop_wymiar"))
    assert judge.record(item, both).answered == 2
    assert judge.record(item, reply(said(topic="urlop_wymiar"))).answered == 1
    assert judge.record(item, reply(said("unknown"))).answered == 0


def test_a_message_is_ours_as_far_as_no_other_topic_claims_it(judge: Judge) -> None:
    assert judge.inside(reply(ranking=(("urlop_wymiar", 0.3),), found=0.8)) == 0.8
    assert judge.inside(reply(ranking=(("urlop_wymiar", 0.9),))) == 0.9
    assert judge.inside(reply(ranking=(("poza_zakresem", 0.75),), found=0.8)) == pytest.approx(0.2)
    assert judge.inside(reply()) == 0.0


def test_an_answer_of_the_service_is_read_with_its_trace() -> None:
    message = {
        "type": "search", "text": "Urlop.", "topic": None, "confidence": 0.7,
        "buttons": [{"title": "x", "payload": "/urlop_wymiar"}],
        "sources": [{"act": "DU/1974/141", "article": "art. 154"}],
        "trace": {"ranking": [["urlop_wymiar", 0.4]], "probability": 0.7, "index": "i", "content": "c"},
    }  # fmt: skip
    read = reply_of({"messages": [message]})
    assert (read.said[0].offered, read.said[0].text) == (("urlop_wymiar",), "Urlop.")
    assert (read.ranking, read.found) == ((("urlop_wymiar", 0.4),), 0.7)
    assert read.versions == {"content": "c", "index": "i"}
