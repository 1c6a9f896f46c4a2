"""What makes a password good enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.accounts import passwords


@pytest.mark.parametrize(
    "password",
    [
        "krótkie",
        "haslohaslo123",
        "H@sło-Haslo-2026",
        "Zielonalinia2026!",
        "qwertyuiop1234567890",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "Warszawa-Kasia-1985",
        "p4ssw0rd-adm1n-2025",
        "poiuytrewq-098765",
        "123456789012345",
        "a" * 129,
    ],
)
def test_weak_passwords_are_refused_in_polish(password: str) -> None:
    told = passwords.weakness(password)
    assert told is not None
    assert "asło" in told


@pytest.mark.parametrize(
    "password", ["siedem zielonych rowerów jedzie", "Wx7#kd-0pQ!vz", "żółwie tańczą o świcie", "mgła nad Sanem rano"]
)
def test_good_passwords_need_no_special_signs(password: str) -> None:
    assert passwords.weakness(password, known=("ewa.lis@example.org", "Ewa Lis")) is None


def test_names_that_others_know_are_refused() -> None:
    known = ("jan.kowalski@example.org", "Jan Kowalski")
    assert "imienia" in (passwords.weakness("kowalski-pije-kawe", known=known) or "")
    assert "imienia" in (passwords.weakness("KOWALSKI pije kawę", known=known) or "")


def test_generated_passwords_are_good_and_differ() -> None:
    made = {passwords.generate() for _ in range(200)}
    assert len(made) == 200
    assert all(passwords.weakness(password) is None for password in made)


def test_hash_is_argon2id_and_salted() -> None:
    first, second = passwords.hash_password("żółwie tańczą"), passwords.hash_password("żółwie tańczą")
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.verify("żółwie tańczą", first)
    # The same letters, composed by another keyboard.
    assert passwords.verify("z\u0307o\u0301łwie tan\u0301cza\u0328", first)
    assert not passwords.verify("zolwie tancza", first)


@pytest.mark.parametrize("broken", [None, "", "$argon2id$broken", "plain"])
def test_nothing_fits_a_broken_hash(broken: str | None) -> None:
    assert not passwords.verify("", broken)
    assert not passwords.verify("plain", broken)


@given(st.text(max_size=160))
def test_any_text_gets_a_verdict(password: str) -> None:
    told = passwords.weakness(password)
    assert told is None or told.endswith(".")
    if told is None:
        assert passwords.MIN_LENGTH <= len(password) <= passwords.MAX_LENGTH
        assert passwords.weakness(password + password[-1]) is None or len(password) == passwords.MAX_LENGTH


@given(st.sampled_from(["haslo", "qwerty", "polska", "kasia", "2024", "123456"]), st.integers(2, 12))
def test_repeating_something_common_never_helps(word: str, times: int) -> None:
    assert passwords.weakness(word * times) is not None
