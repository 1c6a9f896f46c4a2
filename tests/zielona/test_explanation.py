from __future__ import annotations

from typing import Any

from zielona.explanation import explain


def message(**changes: Any) -> dict[str, Any]:
    return {"type": "answer", "topic": "urlop_wymiar", "confidence": 0.934, "trace": {}, **changes}


def test_a_topic_is_explained_by_its_ranking_features_and_examples() -> None:
    trace = {
        "content": "abc",
        "ranking": [["urlop_wymiar", 0.934], ["urlop_zalegly", 0.04]],
        "reading": {"features": {"share": 0.91}, "nearest": [["ile mam urlopu", 0.8]], "parts": [], "follow_up": False},
    }
    lines = explain(message(trace=trace))
    assert lines[0] == "Decyzja: odpowiedź na temat „urlop_wymiar”, prawdopodobieństwo 0.93"
    assert "  0.04  urlop_zalegly" in lines
    assert "Cechy pierwszego tematu: share 0.91" in lines
    assert "  0.80  ile mam urlopu" in lines
    assert lines[-1] == "Wersje: treści abc"


def test_passages_that_decided_come_before_those_that_were_only_looked_up() -> None:
    found = {"probability": 0.2, "results": [{"id": "inny", "score": 0.1}]}
    trace = {"passages": [["kp/urlop", 0.7]], "probability": 0.71, "features": [{"words_text": 0.5}], "index": "i1"}
    decided = explain(message(type="search", topic=None, trace=trace), found)
    assert "Fragmenty (pierwszy właściwy: 0.71):" in decided
    assert "Cechy pierwszego fragmentu: words_text 0.50" in decided
    assert not [line for line in decided if "inny" in line]
    looked_up = explain(message(), found)
    assert "Fragmenty, bez wpływu na decyzję (pierwszy właściwy: 0.20):" in looked_up
    assert "  0.10  inny" in looked_up


def test_a_follow_up_and_parts_show_how_the_message_was_read() -> None:
    reading = {"text": "ile trwa urlop – a na pół etatu", "follow_up": True,
               "parts": [{"text": "ile trwa urlop", "topic": "urlop_wymiar", "probability": 0.9}]}  # fmt: skip
    lines = explain(message(trace={"reading": reading}))
    assert "Odczytano razem z poprzednim pytaniem: ile trwa urlop – a na pół etatu" in lines
    assert "Część: „ile trwa urlop” → urlop_wymiar 0.90" in lines


def test_without_a_trace_only_the_decision_is_told() -> None:
    assert len(explain(message(type="unknown", topic=None, confidence=0.0))) == 1
