"""The decision behind an answer, on small made-up numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.components.evidence import NAMES, Evidence, Verdict

LETTERS = csr_matrix(np.eye(3))
MEANING = np.eye(3, dtype=np.float32)
LOGITS = np.array([[2.0, 0.5, -1.0]])
SIZES = np.array([[1.0, 4.0]])


@pytest.fixture
def evidence() -> Evidence:
    return Evidence(LETTERS, MEANING, np.array([0, 1, 2]))


def named(features: np.ndarray) -> dict[str, float]:
    return dict(zip(NAMES, features[0].tolist(), strict=True))


def test_features_tell_the_own_intent_from_its_rivals(evidence: Evidence) -> None:
    found = named(evidence.features(LOGITS, 1.0, LETTERS[0], MEANING[:1], SIZES))
    assert found["near_meaning"] == found["near_letters"] == 1.0
    assert found["rival_meaning"] == found["rival_letters"] == 0.0
    assert found["margin"] == pytest.approx(1.5)
    assert 0 < found["share"] < 1


def test_hidden_examples_have_no_say(evidence: Evidence) -> None:
    hidden = np.array([[True, False, False]])
    found = named(evidence.features(LOGITS, 1.0, LETTERS[0], MEANING[:1], SIZES, without=hidden))
    assert found["near_meaning"] == found["near_letters"] == 0.0


def test_nearest_examples_come_first(evidence: Evidence) -> None:
    assert evidence.nearest(MEANING[1], 1) == [(1, 1.0)]


def test_verdict_is_surer_where_it_was_right_more_often() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(400, len(NAMES)))
    right = features[:, 0] + 0.3 * random.normal(size=400) > 0
    verdict = Verdict.fit(features, right)
    chances = verdict.probability(features)
    assert ((chances > 0) & (chances < 1)).all()
    assert chances[right].mean() > 0.8 > 0.2 > chances[~right].mean()
    # Calibrated: of what it calls about even, about half is right.
    assert abs(chances.mean() - right.mean()) < 0.02


def judged(count: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features, the first of which tells how likely each message is right, and whether it is."""
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(count, len(NAMES)))
    return features, generator.random(count) < 1 / (1 + np.exp(-2 * features[:, 0]))


def test_rescaling_agrees_with_easier_messages_and_keeps_the_order() -> None:
    verdict = Verdict.fit(*judged(2000, seed=1))
    features, right = judged(2000, seed=2)
    # The same messages, more of them right: what visitors ask is easier than examples.
    right = right | (np.random.default_rng(3).random(2000) < 0.7)
    before = verdict.probability(features)
    after = verdict.rescaled(features, right).probability(features)
    assert abs(before.mean() - right.mean()) > 0.2
    assert after.mean() == pytest.approx(right.mean(), abs=0.01)
    assert np.array_equal(np.argsort(before), np.argsort(after))


@pytest.mark.parametrize("right", [np.ones(20, dtype=bool), np.zeros(20, dtype=bool)])
def test_rescaling_needs_right_and_wrong_messages(right: np.ndarray) -> None:
    verdict = Verdict.fit(*judged(200, seed=1))
    assert verdict.rescaled(judged(20, seed=2)[0], right) == verdict


def test_rescaling_never_turns_the_order_round() -> None:
    verdict = Verdict.fit(*judged(500, seed=1))
    features, right = judged(500, seed=2)
    assert verdict.rescaled(features, ~right) == verdict
