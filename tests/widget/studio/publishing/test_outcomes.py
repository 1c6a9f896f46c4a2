from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.statistics.proportions import wilson
from widget.studio.publishing.outcomes import ENOUGH, MEASURES, difference, estimate, outcome
from widget.studio.publishing.repository import Talked
from zielona.publishing.trials import is_chosen

PAIRS = st.lists(st.integers(0, 6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), max_size=60)


@given(PAIRS)
def test_estimate_is_a_share_within_its_interval(pairs: list[tuple[int, int]]) -> None:
    found = estimate(pairs)
    whole = sum(asked for _, asked in pairs)
    if not whole:
        assert found is None
        return
    assert found is not None
    assert (found.part, found.whole) == (sum(got for got, _ in pairs), whole)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1


def test_questions_of_one_conversation_count_less_than_as_many_of_others() -> None:
    alone = estimate([(1, 1)] * 50 + [(0, 1)] * 50)
    alike = estimate([(10, 10)] * 5 + [(0, 10)] * 5)
    assert alone is not None
    assert alike is not None
    assert (alone.low, alone.high) == pytest.approx(wilson(0.5, 100))
    assert alike.high - alike.low > 2 * (alone.high - alone.low)


@given(PAIRS, PAIRS)
def test_difference_turns_round_with_its_sides(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    there = difference(estimate(one), estimate(other), wanted=1)
    back = difference(estimate(other), estimate(one), wanted=1)
    if there is None or back is None:
        assert there is back is None
        return
    assert there.low <= there.value + 1e-9
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.verdict == -back.verdict


def test_newcombes_example() -> None:
    """56 of 70 less 48 of 80: 0.2, from 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    found = difference(estimate([(1, 1)] * 56 + [(0, 1)] * 14), estimate([(1, 1)] * 48 + [(0, 1)] * 32), wanted=1)
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=2e-4)
    assert found.high == pytest.approx(0.3339, abs=2e-4)
    assert found.verdict == 1


def test_less_is_better_where_it_is() -> None:
    found = difference(estimate([(0, 1)] * 200), estimate([(1, 1)] * 200), wanted=-1)
    assert found is not None
    assert found.high < 0
    assert found.verdict == 1


def talks(share: float, *, good: float, tried: float) -> dict[str, Talked]:
    """Made-up conversations in which the candidate answers `tried` of its questions, the other `good`."""
    chance, found = random.Random(7), {}  # noqa: S311
    for number in range(2000):
        name = f"c{number}"
        right = tried if is_chosen(name, 3, share) else good
        answered = sum(chance.random() < right for _ in range(3))
        found[name] = Talked({"answered": answered, "unknown": 3 - answered}, rated=1, helpful=int(answered > 1))
    return found


def test_trial_tells_what_is_better_and_what_nobody_knows() -> None:
    found = outcome(talks(0.3, good=0.6, tried=0.8), trial=3, share=0.3)
    assert found.enough
    assert found.candidate + found.other == 2000
    verdicts = {row.measure.name: row.difference.verdict if row.difference else None for row in found.rows}
    assert verdicts == {"answered": 1, "unknown": 1, "handed_over": 0, "failed": 0, "helpful": 1}


def test_no_difference_is_mostly_told_as_none() -> None:
    """Over many trials without any difference about 5% are told as one."""
    wrong = 0
    for number in range(60):
        chance = random.Random(number)  # noqa: S311
        sides = [[(sum(chance.random() < 0.7 for _ in range(4)), 4) for _ in range(80)] for _ in range(2)]
        found = difference(estimate(sides[0]), estimate(sides[1]), wanted=1)
        assert found is not None
        wrong += found.verdict != 0
    assert wrong <= 60 * 0.05 + 3 * math.sqrt(60 * 0.05)


def test_few_conversations_are_not_enough() -> None:
    few = {f"c{number}": Talked({"answered": 1}) for number in range(ENOUGH)}
    found = outcome(few, trial=1, share=0.5)
    assert not found.enough
    assert len(found.rows) == len(MEASURES)
    assert found.rows[-1].candidate is None
