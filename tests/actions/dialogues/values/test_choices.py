from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dialogues.values.choices import Option, choice, several, yes_or_no

OPTIONS = (
    Option("pracodawca", "Wypowiedzenie od pracodawcy", ("zwolnili mnie",)),
    Option("porozumienie", "Porozumienie stron", ("za porozumieniem",)),
    Option("porozumienie_likwidacja", "Porozumienie z powodu likwidacji", ()),
    Option("dyscyplinarka", "Dyscyplinarka", ("art 52",)),
)


@pytest.mark.parametrize("text", ["tak", "Tak!", "no tak", "t", "TAK", "jasne", "chyba tak", "zgadza się"])
def test_yes(text: str) -> None:
    found = yes_or_no(text)
    assert found is not None
    assert found.value is True


@pytest.mark.parametrize("text", ["nie", "NIE", "n", "nie mam", "raczej nie", "no nie", "nie, nie było", "nigdy"])
def test_no(text: str) -> None:
    found = yes_or_no(text)
    assert found is not None
    assert found.value is False


@pytest.mark.parametrize("text", ["", "10 lat", "nie wiem", "nie pamiętam", "czy to ważne"])
def test_neither_yes_nor_no(text: str) -> None:
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", "porozumienie"),
        ("opcja 2", "porozumienie"),
        ("drugie", "porozumienie"),
        ("Porozumienie stron", "porozumienie"),
        ("porozumienie stron", "porozumienie"),
        ("za porozumieniem", "porozumienie"),
        ("zwolnili mnie w maju", "pracodawca"),
        ("porozumienie z powodu likwidacji", "porozumienie_likwidacja"),
        ("dyscyplinarke", "dyscyplinarka"),
        ("dycsyplinarka", "dyscyplinarka"),
        ("dostałem dyscyplinarkę", "dyscyplinarka"),
        ("art. 52", "dyscyplinarka"),
    ],
)
def test_an_option_is_named(text: str, value: str) -> None:
    found = choice(text, OPTIONS)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["", "9", "coś innego", "ab"])
def test_no_option_is_named(text: str) -> None:
    assert choice(text, OPTIONS) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 i 4", ("pracodawca", "dyscyplinarka")),
        ("1,4", ("pracodawca", "dyscyplinarka")),
        ("dyscyplinarka", ("dyscyplinarka",)),
        ("dycsyplinarka, zwolnili mnie", ("pracodawca",)),
        ("żadne", ()),
        ("nic z tego", ()),
        ("wszystko", tuple(option.value for option in OPTIONS)),
    ],
)
def test_several_options_are_named(text: str, values: tuple[str, ...]) -> None:
    found = several(text, OPTIONS)
    assert found is not None
    assert found.value == values


@pytest.mark.parametrize("option", OPTIONS)
def test_titles_and_numbers_name_their_option(option: Option) -> None:
    for text in (option.title, option.title.upper(), str(OPTIONS.index(option) + 1)):
        found = choice(text, OPTIONS)
        assert found is not None
        assert found.value == option.value


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text: str) -> None:
    choice(text, OPTIONS)
    several(text, OPTIONS)
    yes_or_no(text)
