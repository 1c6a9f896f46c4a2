"""A candidate against the version before it, on made-up replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.studio.training.comparison import (
    BETTER,
    GATES,
    JUDGEMENT_LABELS,
    MEASURES,
    OTHER,
    SETS,
    WORSE,
    Measured,
    compare,
)
from zielona.evaluation.asking import Reply, Said
from zielona.evaluation.judging import (
    JUDGEMENTS,
    RIGHT_ANSWER,
    RIGHT_CHOICE,
    UNKNOWN,
    WRONG_ANSWER,
    Record,
)
from zielona.evaluation.sets import Asked

TITLES = {"kfs": "Fundusz szkoleniowy", "szkolenia": "Szkolenia"}
RIGHT, WRONG, NOTHING, CHOICE = "right", "wrong", "nothing", "choice"


def reply(outcome: str, text: str) -> Reply:
    topic = {RIGHT: "kfs", WRONG: "szkolenia"}.get(outcome)
    kind = {NOTHING: "unknown", CHOICE: "choice"}.get(outcome, "answer")
    said = Said(kind=kind, topic=topic, confidence=0.9, offered=("kfs",), sources=(), text=text)
    return Reply(said=(said,), ranking=((topic or "kfs", 0.9),), found=None, versions={})


def record(item: Asked, outcome: str) -> Record:
    judgement = {RIGHT: RIGHT_ANSWER, WRONG: WRONG_ANSWER, NOTHING: UNKNOWN, CHOICE: RIGHT_CHOICE}[outcome]
    topic = "szkolenia" if outcome == WRONG else "kfs"
    return Record(
        set=item.set, text=item.text, group="", wanted=item.wanted, both=(), judgement=judgement, answered=0,
        topic=topic, ranking=(topic,), sure=0.9, topic_right=topic in item.wanted, inside=0.9,
    )  # fmt: skip


def measured(items: Sequence[Asked], outcomes: Sequence[str], texts: Sequence[str] | None = None) -> Measured:
    said = texts or outcomes
    return Measured(
        [reply(outcome, text) for outcome, text in zip(outcomes, said, strict=True)],
        [record(item, outcome) for item, outcome in zip(items, outcomes, strict=True)],
    )


def asked(count: int, name: str = "questions") -> list[Asked]:
    return [Asked(name, f"pytanie {number}", ("kfs",) if name == "questions" else ()) for number in range(count)]


def gate(found: dict[str, Any], key: str) -> bool:
    return next(item["holds"] for item in found["gates"] if item["key"] == key)


def test_regressions_come_first_and_the_worst_of_them() -> None:
    items = asked(5)
    before = measured(items, [RIGHT, NOTHING, RIGHT, RIGHT, RIGHT], ["a", "b", "c", "d", "e"])
    after = measured(items, [CHOICE, RIGHT, WRONG, RIGHT, RIGHT], ["a", "b", "c", "inny tekst", "e"])
    found = compare(items, before, after, TITLES)
    assert [(change["kind"], change["text"]) for change in found["changes"]] == [
        (WORSE, "pytanie 2"), (WORSE, "pytanie 0"), (BETTER, "pytanie 1"), (OTHER, "pytanie 3"),
    ]  # fmt: skip
    worst = found["changes"][0]
    assert worst["wanted"] == ["Fundusz szkoleniowy"]
    assert (worst["before"]["topic"], worst["after"]["topic"]) == ("Fundusz szkoleniowy", "Szkolenia")
    assert found["changes"][1]["after"]["offered"] == ["Fundusz szkoleniowy"]


def test_saying_nothing_is_right_out_of_scope() -> None:
    items = asked(2, "out_of_scope")
    before, after = measured(items, [NOTHING, WRONG]), measured(items, [WRONG, NOTHING])
    kinds = [change["kind"] for change in compare(items, before, after, TITLES)["changes"]]
    assert kinds == [WORSE, BETTER]


@pytest.mark.parametrize(
    ("worse", "holds"), [(0, True), (1, True), (30, False)], ids=["same", "within the interval", "clearly worse"]
)
def test_accuracy_may_fall_within_its_interval(worse: int, holds: bool) -> None:
    items = asked(100)
    before = measured(items, [RIGHT] * 100)
    after = measured(items, [NOTHING] * worse + [RIGHT] * (100 - worse))
    assert gate(compare(items, before, after, TITLES), "accuracy") is holds


def test_one_more_wrong_answer_closes_a_gate() -> None:
    items = [*asked(50), *asked(10, "out_of_scope")]
    before = measured(items, [RIGHT] * 50 + [NOTHING] * 10)
    wrong = measured(items, [WRONG] + [RIGHT] * 49 + [NOTHING] * 10)
    found = compare(items, before, wrong, TITLES)
    assert (gate(found, "confidently_wrong"), gate(found, "outside_answered")) == (False, True)
    outside = measured(items, [RIGHT] * 50 + [WRONG] + [NOTHING] * 9)
    found = compare(items, before, outside, TITLES)
    assert (gate(found, "confidently_wrong"), gate(found, "outside_answered")) == (True, False)


def test_first_version_must_be_measured_but_has_nothing_to_beat() -> None:
    items = [*asked(3), *asked(3, "out_of_scope")]
    found = compare(items, None, measured(items, [RIGHT, WRONG, RIGHT, NOTHING, NOTHING, NOTHING]), TITLES)
    assert all(item["holds"] for item in found["gates"])
    assert found["changes"] == []
    assert found["figures"]["answer"]["before"] is None
    unmeasured = compare([], None, measured([], []), TITLES)
    assert not any(item["holds"] for item in unmeasured["gates"])
    assert unmeasured["figures"] == {}


def test_matrix_shows_what_is_taken_for_what() -> None:
    items = asked(3)
    found = compare(items, measured(items, [RIGHT] * 3), measured(items, [WRONG, WRONG, RIGHT]), TITLES)["matrix"]
    assert found["topics"] == ["Fundusz szkoleniowy", "Szkolenia"]
    assert found["cells"] == [[[0, 0], [0, 2]], [[0, 0], [0, 0]]]


@given(st.lists(st.sampled_from([RIGHT, WRONG, NOTHING, CHOICE]), min_size=1, max_size=30))
def test_the_same_answers_change_nothing(outcomes: list[str]) -> None:
    items = asked(len(outcomes))
    found = compare(items, measured(items, outcomes), measured(items, outcomes), TITLES)
    assert found["changes"] == []
    assert all(figure["change"]["value"] == 0 for figure in found["figures"].values())
    assert gate(found, "accuracy")
    assert gate(found, "confidently_wrong")


def test_lists_name_what_there_is() -> None:
    assert set(JUDGEMENT_LABELS) == set(JUDGEMENTS)
    assert {measure.set for measure in MEASURES} <= set(SETS)
    assert {item.measure for item in GATES} <= {measure.key for measure in MEASURES}
