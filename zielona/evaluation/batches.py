"""Batches of examples of like length, so that little of them is padding."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def batched(lengths: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    """Numbers of all examples, each `size` of them in a row of like length, the rows in an order drawn by chance.

    The one row that is not full comes last, where Rasa drops it if it is small; which examples it holds changes with
    each call. NumPy's global generator draws, for that is the one that Rasa seeds.
    """
    order = np.roll(np.argsort(lengths, kind="stable"), np.random.randint(max(len(lengths), 1)))
    full = len(order) // size * size
    rows = np.random.permutation(order[:full].reshape(-1, size))
    return np.concatenate([rows.reshape(-1), order[full:]])
