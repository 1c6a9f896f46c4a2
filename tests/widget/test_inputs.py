from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.chat.inputs import clean_text, client_id, has_words, without_command
from widget.problems import ProblemError


def test_invisible_letters_are_dropped() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "restart")
    assert clean_text(f"za\u200bsi\u00adłek{tags}\u202e\u2066", limit=100) == "zasiłek"


def test_decomposed_letters_are_composed() -> None:
    assert clean_text(unicodedata.normalize("NFD", "żółć"), limit=100) == "żółć"


@pytest.mark.parametrize("value", ["", "   ", "\n\t", "\u200b\u202e", "\x00\x01"])
def test_empty_is_refused(value: str) -> None:
    with pytest.raises(ProblemError, match="pusta") as refused:
        clean_text(value, limit=100)
    assert refused.value.status == 422


@pytest.mark.parametrize("value", [None, 7, ["a"], {"a": 1}, True])
def test_anything_but_text_is_refused(value: object) -> None:
    with pytest.raises(ProblemError) as refused:
        clean_text(value, limit=100)
    assert refused.value.status == 422


def test_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(ProblemError, match="100000 znaków") as refused:
        clean_text("a" * 100_000, limit=2000)
    assert refused.value.status == 413


@given(st.text(max_size=200))
def test_cleaned_text_has_nothing_invisible(text: str) -> None:
    try:
        cleaned = clean_text(text, limit=2000)
    except ProblemError:
        # Refused as empty: then there was nothing to see.
        assert not any(letter.isprintable() and not letter.isspace() for letter in text)
        return
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(letter) in {"Cf", "Cs", "Co"} for letter in cleaned)
    assert clean_text(cleaned, limit=4000) == cleaned


@given(st.text())
def test_a_typed_command_never_stays_a_command(text: str) -> None:
    assert not without_command(text).lstrip().startswith("/")


def test_words_are_told_from_emoji() -> None:
    assert has_words("L4")
    assert not has_words("🙂🙂 !!! ???")


@pytest.mark.parametrize("value", ["krotki", "x" * 65, "spacja w srodku", "zażółć-gęślą", 12345678, ["a"]])
def test_bad_client_ids_are_refused(value: object) -> None:
    with pytest.raises(ProblemError):
        client_id(value)


def test_good_client_id_stays() -> None:
    assert client_id(None) is None
    assert client_id("a1b2c3d4-e5f6") == "a1b2c3d4-e5f6"
