"""Batches of like length: nothing lost, and hardly any padding."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zielona.evaluation.batches import batched

LENGTHS = st.lists(st.integers(1, 70), max_size=300).map(lambda found: np.array(found, dtype=np.int64))


@given(LENGTHS, st.integers(1, 64))
def test_every_example_comes_once(lengths: np.ndarray, size: int) -> None:
    assert sorted(batched(lengths, size)) == list(range(len(lengths)))


@given(LENGTHS, st.integers(1, 64))
def test_lengths_of_two_full_batches_do_not_mix(lengths: np.ndarray, size: int) -> None:
    """But for the one batch where the longest meet the shortest."""
    order = batched(lengths, size)
    full = len(order) // size * size
    spans = sorted((row.min(), row.max()) for row in lengths[order[:full]].reshape(-1, size)) if full else []
    mixed = [span for number, span in enumerate(spans) if any(other[0] < span[1] for other in spans[number + 1 :])]
    assert len(mixed) <= 1


def test_two_epochs_are_not_alike() -> None:
    lengths = np.arange(1000)
    assert list(batched(lengths, 64)) != list(batched(lengths, 64))


def test_a_tenth_is_padding_where_four_fifths_were() -> None:
    lengths = np.random.default_rng(7).geometric(0.08, 20_000).clip(max=70)

    def padding(order: np.ndarray) -> float:
        rows = lengths[order[: len(order) // 64 * 64]].reshape(-1, 64)
        return 1 - float(rows.sum() / (rows.max(axis=1) * 64).sum())

    assert padding(np.random.default_rng(7).permutation(len(lengths))) > 0.7
    assert padding(batched(lengths, 64)) < 0.1
