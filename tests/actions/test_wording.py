from __future__ import annotations

from decimal import Decimal

import pytest

from actions.wording import listed, zloty


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("4806", "4806 zł"), ("1783.9", "1783,90 zł"), ("10000", "10 000 zł"), ("72090.50", "72 090,50 zł"),
        ("1234567.89", "1 234 567,89 zł"), ("-20000", "-20 000 zł"),
    ],
)  # fmt: skip
def test_amounts_are_grouped_from_five_digits_on_and_never_break(value: str, text: str) -> None:
    assert zloty(Decimal(value)) == text.replace(" ", "\u00a0")


def test_lists_are_joined_by_the_word_that_fits() -> None:
    assert listed(["a", "b", "c"]) == "a, b i c"
    assert listed(["a", "b", "c"], "lub") == "a, b lub c"
    assert listed(["a"], "lub") == "a"
