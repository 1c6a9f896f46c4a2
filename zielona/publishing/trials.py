"""Which conversations the candidate of a trial answers."""

from __future__ import annotations

import hashlib

from zielona.publishing.state import State, Trial

_STEPS = 2**32


def is_chosen(conversation_id: str, trial: int, share: float) -> bool:
    """Whether the conversation falls to the candidate: the same whenever it is asked, and anew in each trial."""
    digest = hashlib.sha256(f"trial {trial} {conversation_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * _STEPS


def concerns(trial: Trial, conversation_id: str, *, begun: float) -> bool:
    """Whether the candidate answers a conversation that began at `begun` (Unix time)."""
    return begun >= trial.since and is_chosen(conversation_id, trial.id, trial.share)


def slot_for(state: State, conversation_id: str, *, begun: float | None) -> str:
    """The slot that answers; `begun` is None where nobody knows, and then nothing is tried out on the visitor."""
    trial = state.trial
    if trial is not None and begun is not None and concerns(trial, conversation_id, begun=begun):
        return trial.slot
    return state.live
