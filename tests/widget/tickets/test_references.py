from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from widget.tickets.references import ALPHABET, PATTERN, as_typed, new_reference


@given(year=st.integers(2020, 2099))
def test_reference_has_one_form(year: int) -> None:
    reference = new_reference(year)
    assert re.fullmatch(PATTERN, reference)
    assert reference[3:5] == str(year)[2:]


@given(typed=st.sampled_from(["{}", " {} ", "{} "]), lower=st.booleans(), dashes=st.sampled_from(["-", " ", ""]))
def test_reference_is_recognised_as_people_type_it(typed: str, lower: bool, dashes: str) -> None:
    reference = new_reference(2026)
    given_ = typed.format(reference.replace("-", dashes))
    assert as_typed(given_.lower() if lower else given_) == reference


def test_letters_that_look_alike_are_left_out() -> None:
    assert not set("01OILU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_references_are_spread_over_the_whole_alphabet() -> None:
    made = [new_reference(2026) for _ in range(2000)]
    # Two of two thousand may be the same by chance, about once in four hundred runs; more may not.
    assert len(set(made)) >= len(made) - 1
    for place in range(6):
        # Every letter at every place: nothing about the next one follows from the last.
        assert {reference[6 + place] for reference in made} == set(ALPHABET)
