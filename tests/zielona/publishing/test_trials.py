from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from zielona.publishing.state import Slot, State, Trial
from zielona.publishing.trials import is_chosen, slot_for

SLOT = Slot("m", {})
CONVERSATIONS = [str(uuid.UUID(int=number * 7919)) for number in range(4000)]


def state(share: float, *, trial: int = 1, since: float = 100.0) -> State:
    return State("a", {"a": SLOT, "b": SLOT}, Trial(trial, "b", share, since))


@given(st.floats(0, 1), st.integers(1, 10**6))
def test_the_share_is_kept(share: float, trial: int) -> None:
    chosen = sum(is_chosen(name, trial, share) for name in CONVERSATIONS)
    # Four standard errors of a share of 4000.
    assert abs(chosen / len(CONVERSATIONS) - share) <= 4 * 0.5 / len(CONVERSATIONS) ** 0.5


@given(st.uuids().map(str), st.floats(0, 1), st.floats(0, 1), st.integers(1, 1000))
def test_a_conversation_stays_where_it_is_and_a_larger_share_only_adds(
    name: str, one: float, other: float, trial: int
) -> None:
    small, large = sorted((one, other))
    assert is_chosen(name, trial, small) == is_chosen(name, trial, small)
    assert is_chosen(name, trial, large) or not is_chosen(name, trial, small)
    assert not is_chosen(name, trial, 0.0)
    assert is_chosen(name, trial, 1.0)


@given(st.uuids().map(str), st.floats(0, 1), st.floats(0, 200) | st.none())
def test_only_conversations_begun_since_are_tried_on(name: str, share: float, begun: float | None) -> None:
    found = slot_for(state(share), name, begun=begun)
    assert found == ("b" if begun is not None and begun >= 100.0 and is_chosen(name, 1, share) else "a")


def test_another_trial_chooses_anew() -> None:
    one, other = ({name for name in CONVERSATIONS if is_chosen(name, trial, 0.5)} for trial in (1, 2))
    both = len(one & other)
    assert 0.2 < both / len(CONVERSATIONS) < 0.3


def test_without_a_trial_the_live_slot_answers() -> None:
    assert slot_for(State("b", {"b": SLOT}), CONVERSATIONS[0], begun=1.0) == "b"
