from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_examples
from hypothesis import strategies as st
from spacy.language import Language

from knowledge_base.content.text import fold
from knowledge_base.language.morphology import morphology
from knowledge_base.language.spelling import Speller


@pytest.fixture(scope="module")
def speller(nlp: Language) -> Speller:
    return nlp.get_pipe("zl_restore").speller  # type: ignore[attr-defined, no-any-return]


def lemmas(nlp: Language, text: str) -> list[str]:
    return [token.lemma_ for token in nlp(text)]


def spelled(nlp: Language, text: str) -> str:
    return " ".join(token.norm_ for token in nlp(text))


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("zasiłku", "zasiłek"),
        ("zasiłkiem", "zasiłek"),
        ("umów", "umowa"),
        ("urlopem", "urlop"),
        ("wypowiedzeniu", "wypowiedzenie"),
        ("bezrobotnego", "bezrobotny"),
        ("zwolniłem", "zwolnić"),
        ("zarejestrowałam", "zarejestrować"),
        ("pracodawcą", "pracodawca"),
        ("miesięcy", "miesiąc"),
        ("dzieci", "dziecko"),
        ("urzędzie", "urząd"),
    ],
)
def test_inflected_forms_have_their_lemma(nlp: Language, form: str, lemma: str) -> None:
    assert lemmas(nlp, form) == [lemma]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jak sie zarejestrowac w urzedzie pracy", "jak się zarejestrować w urzędzie pracy"),
        ("ile wynosi zasilek dla bezrobotnych", "ile wynosi zasiłek dla bezrobotnych"),
        ("zwolnilem sie sam czy dostane kuroniowke", "zwolniłem się sam czy dostanę kuroniówkę"),
        ("swiadectwo pracy nie przyszlo", "świadectwo pracy nie przyszło"),
        ("ile mam dni urlopu na zadanie", "ile mam dni urlopu na żądanie"),
        ("odwolanie do sadu pracy", "odwołanie do sądu pracy"),
    ],
)
def test_diacritics_are_restored(nlp: Language, typed: str, meant: str) -> None:
    assert spelled(nlp, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zasiłke", "zasiłek"),
        ("zasilke", "zasiłek"),
        ("wypowiedznie", "wypowiedzenie"),
        ("rejestarcja", "rejestracja"),
        ("ubezpieczneie", "ubezpieczenie"),
        ("nadgodizny", "nadgodziny"),
        ("bezorbotny", "bezrobotny"),
    ],
)
def test_slips_are_repaired(nlp: Language, typed: str, meant: str) -> None:
    assert lemmas(nlp, typed) == lemmas(nlp, meant)


@pytest.mark.parametrize(
    "text", ["Umowę rozwiązałem za porozumieniem stron.", "Żona prosi o zaświadczenie z ZUS", "sąd"]
)
def test_text_with_diacritics_stays_as_it_is(nlp: Language, text: str) -> None:
    assert [token.norm_ for token in nlp(text)] == [token.text.lower() for token in nlp(text)]


@given(
    words=st.lists(
        st.sampled_from("kot pies żółty szkoła drzewo książka płakać nosiła sędzia wędka łódź".split()), min_size=1
    )
)
def test_a_correct_word_with_diacritics_is_never_damaged(words: list[str]) -> None:
    from knowledge_base.language.vocabulary import Vocabulary

    # The nearest words of this vocabulary are one slip away from correct ones.
    close = Vocabulary(forms={fold(word): {word: 100.0} for word in ("kos", "pier", "szkota", "drzewa", "wedki")})
    with_diacritics = [*words, "żółty"]
    assert Speller(close, morphology()).repair(with_diacritics) == with_diacritics


@given(st.lists(st.text(min_size=1).filter(lambda word: " " not in word), max_size=12))
def test_repair_keeps_the_number_of_words(tokens: list[str]) -> None:
    from knowledge_base.language.vocabulary import Vocabulary

    assert len(Speller(Vocabulary(), morphology()).repair(tokens)) == len(tokens)


@pytest.mark.parametrize(
    ("text", "entity", "label"),
    [
        ("mieszkam w Bydgoszczy", "Bydgoszczy", "MIEJSCE"),
        ("mieszkam w bydgoszczy", "bydgoszczy", "MIEJSCE"),
        ("mam umowę zlecenie", "umowę zlecenie", "RODZAJ_UMOWY"),
        ("pracuję na umowie o pracę", "umowie o pracę", "RODZAJ_UMOWY"),
        ("zarabiam 2500 zł brutto", "2500 zł", "KWOTA"),
        ("zwolniono mnie 1 czerwca 2025 roku", "1 czerwca 2025", "DATA"),
        ("pracowałem 12 lat", "12 lat", "OKRES"),
        ("pracowałam trzy miesiące", "trzy miesiące", "OKRES"),
        ("od 2025-06-01", "2025-06-01", "DATA"),
    ],
)
def test_entities_are_found(nlp: Language, text: str, entity: str, label: str) -> None:
    found = [(ent.text, ent.label_) for ent in nlp(text).ents]
    assert any(name.startswith(entity) and kind == label for name, kind in found), found


@settings_of_examples(deadline=None)
@given(st.text(max_size=300))
def test_any_text_goes_through(text: str) -> None:
    from zielona.settings import current_settings

    doc = _pipeline(str(current_settings().var / "language" / "app"))(text)
    assert doc.text == text
    assert all(token.norm_ is not None and token.lemma_ is not None for token in doc)


_loaded: dict[str, Language] = {}


def _pipeline(path: str) -> Language:
    from knowledge_base.language.build import load_pipeline

    if path not in _loaded:
        _loaded[path] = load_pipeline(path)
    return _loaded[path]
