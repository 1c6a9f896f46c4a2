"""Records, made by hand."""

from __future__ import annotations

from typing import Any

from zielona.evaluation.asking import Reply, Said
from zielona.evaluation.judging import RIGHT_ANSWER, UNKNOWN, WRONG_ANSWER, Record
from zielona.evaluation.results import Results
from zielona.evaluation.retrieval import Found
from zielona.evaluation.summary import OURS, summarise


def said(kind: str = "answer", topic: str | None = None, **more: Any) -> Said:
    return Said(**{"kind": kind, "topic": topic, "confidence": 0.9, "offered": (), "sources": (), **more})


def reply(*messages: Said, ranking: tuple[tuple[str, float], ...] = (), found: float | None = None) -> Reply:
    return Reply(messages, ranking, found, {})


def record(name: str, judgement: str, *, topic: str | None = "urlop_wymiar", sure: float = 0.9, **more: Any) -> Record:
    values: dict[str, Any] = {
        "set": name, "text": "ile mam urlopu?", "group": "formal", "wanted": ("urlop_wymiar",), "both": (),
        "judgement": judgement, "answered": 0, "topic": topic, "ranking": (topic,) if topic else (), "sure": sure,
        "topic_right": judgement == RIGHT_ANSWER, "inside": sure,
    }  # fmt: skip
    return Record(**{**values, **more})


def results(**more: Any) -> Results:
    """Four questions, of which two are right, one wrong, one refused; two messages out of scope, one answered."""
    records = [
        record("questions", RIGHT_ANSWER),
        record("questions", RIGHT_ANSWER, group="typos"),
        record("questions", WRONG_ANSWER, topic="zasilek_prawo", sure=0.7),
        record("questions", UNKNOWN, topic=None, sure=0.2),
        record("hard", UNKNOWN, topic=None, sure=0.1, group="sms"),
        record("small_talk", RIGHT_ANSWER, wanted=("powitanie",), topic="powitanie"),
        record("out_of_scope", UNKNOWN, topic=None, sure=0.1, group="nonsense", wanted=()),
        record("out_of_scope", WRONG_ANSWER, sure=0.8, group="other_law", wanted=()),
        record("two_questions", RIGHT_ANSWER, both=("a", "b"), answered=1, wanted=()),
        record("follow_up", RIGHT_ANSWER),
    ]
    found = [
        Found("urlop", "formal", (("DU/1974/141", "art. 154"),), {OURS: 0}),
        Found("zasiłek | wysokość", "typos", (("DU/2025/620", "art. 224"),), {OURS: None}),
    ]
    values: dict[str, Any] = {
        "created": "2026-11-26T08:00:00+00:00", "seconds": 61.0, "versions": {"index": "abc"}, "records": records,
        "found": found, "figures": summarise(records, found), "compared": {},
        "groups": {"urlop_wymiar": "urlopy", "zasilek_prawo": "zasilek", "powitanie": "rozmowa"},
    }  # fmt: skip
    return Results(**{**values, **more})
