"""Translated answers: loaded, held against the Polish text, and out of date when that changes."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.check.translations import overview, translation_findings
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import Content, ContentPaths
from knowledge_base.content.topics import Topic
from knowledge_base.content.translations import LANGUAGES, fingerprint, load_languages
from widget.languages.catalogue import NAMES, POLISH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's translations, in the place where a root has them."""
    shutil.copytree(ContentPaths().translations, tmp_path / "data" / "translations")
    return tmp_path / "data" / "translations"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_languages_are_those_of_the_interface() -> None:
    assert {*LANGUAGES, POLISH} == set(NAMES)


def test_translations_of_the_project_are_sound(content: Content) -> None:
    assert translation_findings(ContentPaths(), content.topics) == []
    assert "uk" in overview(ContentPaths(), content.topics)


def test_translation_of_a_changed_answer_is_out_of_date(content: Content, folder: Path) -> None:
    topic = content.topics["zasilek_wysokosc"]
    changed = dataclasses.replace(topic, answer=topic.answer + "\nNowe zdanie.")
    topics = {**content.topics, topic.name: changed}
    languages = load_languages(folder, topics)
    assert not languages["uk"].translations[topic.name].is_current(changed)
    found = [item for item in translation_findings(ContentPaths(folder.parents[1]), topics) if item.warning]
    assert {item.path.parent.name for item in found} >= {"uk", "en"}
    assert all(fingerprint(changed) in item.message for item in found)


@given(spaces=st.sampled_from([" ", "  ", "\n", "\n\n", "\t"]), letter=st.sampled_from("aąż1"))
def test_fingerprint_sees_words_and_not_spaces(content: Content, spaces: str, letter: str) -> None:
    topic = content.topics["zasilek_wysokosc"]
    spaced = dataclasses.replace(topic, answer=topic.answer.replace(" ", spaces))
    assert fingerprint(spaced) == fingerprint(topic)
    assert fingerprint(dataclasses.replace(topic, answer=topic.answer + letter)) != fingerprint(topic)
    assert fingerprint(dataclasses.replace(topic, title=topic.title + letter)) != fingerprint(topic)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("{{ zasilek_po_90_dniach }}", "1400", "w tłumaczeniu brakuje „zasilek_po_90_dniach”"),
        ("{{ zasilek_po_90_dniach }}", "{{ zasilek_po_90_dniach }} {{ minimalne_wynagrodzenie }}", "polskim tekście"),
        ("  - With at least", "  With at least", "inna liczba punktów"),
        ("on the days after that", "(PLN 1400) on the days after that", "kwota wpisana liczbą"),
        ("questions:", "questions: []\nrest:", "za mało pytań"),
    ],
)
def test_mistakes_are_found(content: Content, folder: Path, old: str, new: str, text: str) -> None:
    path = folder / "en" / "zasilek_wysokosc.yml"
    change(path, old, new)
    found = translation_findings(ContentPaths(folder.parents[1]), content.topics)
    assert any(item.path == path and text in item.message and not item.warning for item in found), found


def test_unknown_topics_and_languages_are_refused(content: Content, folder: Path) -> None:
    (folder / "de").mkdir()
    shutil.copy(folder / "en" / "zasilek_wysokosc.yml", folder / "de" / "zasilek_wysokosc.yml")
    shutil.copy(folder / "en" / "zasilek_wysokosc.yml", folder / "en" / "nie_ma.yml")
    change(folder / "uk" / "questions.yml", "  zasilek_podatek:", "  nie_ma_takiego:")
    with pytest.raises(ContentError) as caught:
        load_languages(folder, content.topics)
    said = "\n".join(str(item) for item in caught.value.findings)
    assert "nieznany język „de”" in said
    assert "różni się od nazwy pliku „nie_ma”" in said
    assert "nieznany temat „nie_ma_takiego”" in said


def test_one_question_belongs_to_one_topic(content: Content, folder: Path) -> None:
    change(folder / "en" / "rejestracja_jak.yml", "questions:", "questions:\n  - How much is the unemployment benefit")
    [found] = translation_findings(ContentPaths(folder.parents[1]), content.topics)
    assert "to samo pytanie" in found.message


def test_every_language_knows_a_crisis(content: Content) -> None:
    languages = load_languages(ContentPaths().translations, content.topics)
    for language in languages.values():
        topics: set[str] = {topic for topic, _ in language.questions()}
        assert {"kryzys", "rozmowa_z_czlowiekiem"} <= topics
        assert isinstance(content.topics["kryzys"], Topic)
        assert len(language.out_of_scope) >= 10
