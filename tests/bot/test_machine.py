"""The linear classifier of intents, on small made-up rows."""

from __future__ import annotations

import numpy as np
import pytest

from bot.components.machine import give_lead, machine

ROWS = np.repeat(np.eye(3), 4, axis=0)
NAMES = np.repeat(["nie_nasze", "urlop", "zasilek"], 4)


def test_lead_moves_only_the_intents_that_have_it() -> None:
    fitted = machine(0.5, 7).fit(ROWS, NAMES)
    before = fitted.decision_function(ROWS)
    give_lead(fitted, {"nie_nasze"}, 0.2)
    assert fitted.decision_function(ROWS) - before == pytest.approx(np.tile([0.2, 0.0, 0.0], (12, 1)))


def test_lead_decides_only_where_little_parts_the_intents() -> None:
    fitted = machine(0.5, 7).fit(ROWS, NAMES)
    give_lead(fitted, {"nie_nasze"}, 0.2)
    assert fitted.predict(ROWS).tolist() == NAMES.tolist()
    between = np.array([[0.5, 0.5, 0.0]])
    assert fitted.predict(between).tolist() == ["nie_nasze"]


def test_intents_that_are_not_there_are_no_matter() -> None:
    fitted = machine(0.5, 7).fit(ROWS, NAMES)
    before = fitted.decision_function(ROWS)
    give_lead(fitted, {"wykasowany"}, 0.2)
    assert fitted.decision_function(ROWS) == pytest.approx(before)
