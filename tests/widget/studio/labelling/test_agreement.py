from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.studio.labelling.agreement import ENOUGH, EVERY, agreement, is_due


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5.
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = agreement(pairs)
    assert (found.pairs, found.alike) == (50, 35)
    assert found.kappa == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * ENOUGH, [("a", "b")] * (ENOUGH - 1)])
def test_what_cannot_be_told_yet_is_not_told(pairs: list[tuple[str, str]]) -> None:
    assert agreement(pairs).kappa is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=ENOUGH))
def test_kappa_is_within_its_bounds(pairs: list[tuple[str, str]]) -> None:
    found = agreement(pairs)
    assert found.kappa is None or -1 <= found.kappa <= 1
    if found.kappa is not None and found.alike == found.pairs:
        assert found.kappa == pytest.approx(1)


def test_about_every_tenth_message_is_checked_and_always_the_same_ones() -> None:
    names = [str(number) for number in range(5000)]
    due = [name for name in names if is_due(name)]
    assert 0.8 * len(names) / EVERY < len(due) < 1.2 * len(names) / EVERY
    assert due == [name for name in names if is_due(name)]
