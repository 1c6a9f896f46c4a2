from __future__ import annotations

import pytest

from widget.chat.tokens import may_explain
from widget.problems import ProblemError


def test_traces_are_for_the_secret_of_the_services() -> None:
    assert may_explain("sekret", "sekret") is True
    assert may_explain(None, "sekret") is False


@pytest.mark.parametrize("given", ["", "inny", "sekre", "sekretów"])
def test_a_wrong_secret_is_refused(given: str) -> None:
    with pytest.raises(ProblemError) as refused:
        may_explain(given, "sekret")
    assert refused.value.status == 403
