"""Figures against values reckoned by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielona.evaluation import figures as f

INSIDE, OUTSIDE = np.array([0.9, 0.8, 0.4]), np.array([0.5, 0.4, 0.1])
SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_auroc_counts_pairs_and_half_of_ties() -> None:
    # Of nine pairs 0.9 and 0.8 win six, 0.4 wins one, ties one, loses one.
    assert f.auroc(INSIDE, OUTSIDE) == pytest.approx(7.5 / 9)
    assert f.auroc(np.array([1.0]), np.array([0.0])) == 1.0
    assert f.auroc(np.array([0.3, 0.3]), np.array([0.3])) == 0.5


@given(inside=SCORES, outside=SCORES)
def test_auroc_turned_round_is_its_complement(inside: list[float], outside: list[float]) -> None:
    one, other = np.array(inside), np.array(outside)
    assert f.auroc(one, other) + f.auroc(other, one) == pytest.approx(1.0)


def test_equal_error_is_where_both_errors_are_the_same() -> None:
    # From 0.5 on, one of three inside is refused and one of three outside accepted.
    assert f.equal_error(INSIDE, OUTSIDE) == (pytest.approx(1 / 3), 0.5)
    rate, threshold = f.equal_error(np.array([0.8, 0.9]), np.array([0.1, 0.2]))
    assert rate == 0.0
    assert threshold == 0.8


def test_roc_begins_with_nothing_and_ends_with_everything() -> None:
    thresholds, accepted, kept = f.roc(INSIDE, OUTSIDE)
    assert thresholds[0] == np.inf
    assert (accepted[0], kept[0], accepted[-1], kept[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert (np.diff(accepted) >= 0).all()
    assert (np.diff(kept) >= 0).all()


def test_accepted_at_the_share_that_is_kept() -> None:
    assert f.accepted_at(INSIDE, OUTSIDE, 2 / 3) == 0.0
    assert f.accepted_at(INSIDE, OUTSIDE, 0.95) == pytest.approx(2 / 3)


def test_wrong_among_the_surest() -> None:
    scores, right = [0.9, 0.8, 0.7, 0.1], [True, False, True, False]
    assert f.wrong_among_surest(scores, right, 0.75) == 0.25
    assert f.wrong_among_surest(scores, right, 0.25) == 0.0


def test_calibration_error_weighs_bins_by_their_size() -> None:
    # Three at 0.95, of which two right: |0.95 − 2/3|; one at 0.15, wrong: 0.15.
    expected = (3 * abs(0.95 - 2 / 3) + 1 * 0.15) / 4
    assert f.calibration_error([0.95, 0.95, 0.95, 0.15], [True, True, False, False]) == pytest.approx(expected)


def test_bins_hold_everything_and_the_last_holds_certainty() -> None:
    bins = f.reliability([1.0, 0.99, 0.0], [True, True, False])
    assert [(item.count, item.accuracy) for item in bins] == [(1, 0.0), (2, 1.0)]


def test_ranks_become_recall_and_reciprocals() -> None:
    ranks = [0, 1, None, 4, 5]
    assert f.reciprocal(ranks) == [1.0, 0.5, 0.0, 0.2, pytest.approx(1 / 6)]
    assert f.within(ranks, 1) == [True, False, False, False, False]
    assert f.within(ranks, 5) == [True, True, False, True, False]
    assert f.mean(f.reciprocal([0, 1])).value == 0.75


def test_interval_of_a_share_is_about_the_binomial_one() -> None:
    figure = f.mean([True] * 80 + [False] * 20)
    assert figure.value == 0.8
    # Normal approximation: 0.8 ± 1.96 · sqrt(0.8 · 0.2 / 100).
    assert figure.low == pytest.approx(0.72, abs=0.02)
    assert figure.high == pytest.approx(0.88, abs=0.02)
    assert figure == f.mean([True] * 80 + [False] * 20)


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_the_interval_holds_the_value(values: list[bool]) -> None:
    figure = f.mean(values)
    assert 0 <= figure.low <= figure.value <= figure.high <= 1


def test_nothing_observed_has_no_value() -> None:
    assert f.mean([]).count == 0


def test_loss_is_paired_or_between_two_sets() -> None:
    paired = f.loss([True, True, False, True], [True, False, False, True], paired=True)
    assert paired.value == 0.25
    apart = f.loss([True] * 9 + [False], [True, False], paired=False)
    assert apart.value == pytest.approx(0.4)
    assert apart.low <= 0.4 <= apart.high


def test_separation_gives_both_with_intervals() -> None:
    auroc, equal_error = f.separation([0.9, 0.8, 0.7, 0.6], [0.5, 0.4, 0.3, 0.2])
    assert (auroc.value, auroc.low, equal_error.value) == (1.0, 1.0, 0.0)
