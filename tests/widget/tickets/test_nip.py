from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.tickets.nip import read_nip


@pytest.mark.parametrize("text", ["5260250274", "526-025-02-74", "PL 526 025 02 74", " pl5260250274", "526.025.02.74"])
def test_number_is_read_however_it_is_written(text: str) -> None:
    assert read_nip(text) == "5260250274"


@pytest.mark.parametrize(
    "text",
    ["5260250275", "6250250274", "526025027", "52602502744", "", "abc", "0000000010", "٥٢٦٠٢٥٠٢٧٤", "DE5260250274"],
)
def test_what_is_no_tax_number_is_refused(text: str) -> None:
    assert read_nip(text) is None


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, change: int) -> None:
    digits = "5260250274"
    wrong = str((int(digits[place]) + change) % 10)
    assert read_nip(digits[:place] + wrong + digits[place + 1 :]) is None
