from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.check.rules import check_content
from knowledge_base.content.answers import answer_on, topic_message
from knowledge_base.content.comparisons import Comparison, Side
from knowledge_base.content.passages import FEWEST_QUESTIONS, MOST_QUESTIONS
from knowledge_base.content.store import ROOT, Content, ContentPaths, content_version, load_content
from knowledge_base.content.text import fold, normalised
from zielona.clock import today

TOPIC = """topic: {name}
title: Próba
audience: [wszyscy]
answer: |
  {answer}
checked_on: 2026-11-24
verified: true
sources:
  - act: DU/2025/620
    article: art. 55 ust. 1
    title: Próba
    valid_from: 2025-06-01
    valid_to:
    checked_on: 2026-11-24
    verified: true
related: []
examples:
{examples}
"""
PASSAGE = """---
act: {act}
article: art. 55 ust. 1
title: Próba
audience: [bezrobotny]
valid_from: {valid_from}
valid_to:
checked_on: 2026-11-24
verified: true
questions:
  - Jak to jest?
  - a jak to będzie
---
{text}
"""


@pytest.fixture
def folder(tmp_path: Path) -> ContentPaths:
    """Content of one topic and one passage, in order."""
    paths = ContentPaths(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("acts.yml", "amounts.yml", "messages.yml", "style.yml"):
        shutil.copy(ROOT / "data" / name, tmp_path / "data" / name)
    write_topic(paths, "proba", "Odpowiedź.", 25)
    write_passage(paths, "DU/2025/620", "rynek-pracy-2025", "2025-06-01", "Zasada.")
    return paths


def write_topic(paths: ContentPaths, name: str, answer: str, examples: int) -> None:
    path = paths.topics / "status" / f"{name}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"  - przykład {name} numer {number}" for number in range(examples))
    path.write_text(TOPIC.format(name=name, answer=answer, examples=lines), encoding="utf-8")


def write_passage(paths: ContentPaths, act: str, act_folder: str, valid_from: str, text: str) -> None:
    path = paths.passages / act_folder / "art-055-proba.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PASSAGE.format(act=act, valid_from=valid_from, text=text), encoding="utf-8")


def findings(paths: ContentPaths) -> list[str]:
    found = check_content(paths, today=dt.date(2026, 11, 24))
    return [str(finding) for finding in found if not finding.warning]


def test_content_of_the_project_had_no_findings_when_it_was_checked(checked_day: dt.date) -> None:
    assert [finding for finding in check_content(ContentPaths(), today=checked_day) if not finding.warning] == []


def test_sound_content_has_no_findings(folder: ContentPaths) -> None:
    assert findings(folder) == []


def test_amount_typed_as_a_number_is_found_with_its_line(folder: ContentPaths) -> None:
    write_topic(folder, "proba", "Zasiłek to 1783,90 zł.", 25)
    [finding] = findings(folder)
    assert "proba.yml:5: kwota wpisana liczbą" in finding


def test_unknown_parameter_is_found(folder: ContentPaths) -> None:
    write_topic(folder, "proba", "Zasiłek to {{ zasilek_zmyslony }}.", 25)
    assert "zasilek_zmyslony" in findings(folder)[0]


def test_amount_without_a_value_today_may_not_be_named(folder: ContentPaths) -> None:
    write_topic(folder, "proba", "Dawne stypendium to {{ stypendium_stazowe_dawne }}.", 25)
    [finding] = findings(folder)
    assert "„stypendium_stazowe_dawne” nie ma wartości na dzień 2026-11-24" in finding


def test_too_few_examples_are_found(folder: ContentPaths) -> None:
    write_topic(folder, "proba", "Odpowiedź.", 11)
    assert "za mało przykładów: 11; do trenowania potrzeba co najmniej 12, a od 25" in findings(folder)[0]


@pytest.mark.parametrize("count", [12, 24])
def test_a_topic_that_needs_more_examples_may_be_trained(folder: ContentPaths, count: int) -> None:
    write_topic(folder, "proba", "Odpowiedź.", count)
    found = check_content(folder, today=dt.date(2026, 11, 24))
    [finding] = [finding for finding in found if f"przykłady: {count}" in finding.message]
    assert finding.warning
    assert finding.message.endswith("do trenowania to wystarczy, a od 25 asystent rozpoznaje temat dobrze")


@pytest.mark.parametrize(("verified", "warnings"), [("false", [True]), ("true", [False])])
def test_only_an_unchecked_source_may_lack_its_article(
    folder: ContentPaths, verified: str, warnings: list[bool]
) -> None:
    write_topic(folder, "proba", "Odpowiedź.", 25)
    path = folder.topics / "status" / "proba.yml"
    head, source = path.read_text(encoding="utf-8").replace("verified: true", "verified: false", 1).split("sources:")
    source = source.replace("article: art. 55 ust. 1", "article: ''").replace("verified: true", f"verified: {verified}")
    path.write_text(f"{head}sources:{source}", encoding="utf-8")
    found = check_content(folder, today=dt.date(2026, 11, 24))
    told = [finding for finding in found if re.search("artykułu|„article”", finding.message)]
    assert [finding.warning for finding in told] == warnings


def test_passage_names_its_article_even_where_unchecked(folder: ContentPaths) -> None:
    write_passage(folder, "DU/2025/620", "rynek-pracy-2025", "2025-06-01", "Zasada.")
    path = folder.passages / "rynek-pracy-2025" / "art-055-proba.md"
    text = path.read_text(encoding="utf-8").replace("article: art. 55 ust. 1", "article: ''")
    path.write_text(text.replace("verified: true", "verified: false"), encoding="utf-8")
    assert any("„article”" in finding for finding in findings(folder))


def test_passage_of_a_repealed_act_needs_an_end_and_a_successor(folder: ContentPaths) -> None:
    write_passage(folder, "DU/2004/1001", "promocja-zatrudnienia-2004", "2004-05-01", "Dawna zasada.")
    found = findings(folder)
    assert any("podaj „valid_to”" in finding for finding in found)
    assert any("replaced_by" in finding for finding in found)


def test_unknown_act_and_broken_yaml_are_told_with_file_and_line(folder: ContentPaths) -> None:
    write_passage(folder, "DU/1999/9999", "rynek-pracy-2025", "2025-06-01", "Zasada.")
    (folder.topics / "status" / "zepsuty.yml").write_text("topic: [", encoding="utf-8")
    found = findings(folder)
    assert any("art-055-proba.md:2: nieznany akt „DU/1999/9999”" in finding for finding in found)
    assert any("zepsuty.yml" in finding and "YAML" in finding for finding in found)


def test_same_example_in_two_topics_is_found_also_without_diacritics(folder: ContentPaths) -> None:
    write_topic(folder, "druga", "Odpowiedź.", 25)
    path = folder.topics / "status" / "druga.yml"
    path.write_text(path.read_text(encoding="utf-8") + "  - Przyklad PROBA numer 3!\n", encoding="utf-8")
    assert any("taki sam przykład" in finding for finding in findings(folder))


def test_version_changes_with_any_file(folder: ContentPaths) -> None:
    before = content_version(folder)
    write_passage(folder, "DU/2025/620", "rynek-pracy-2025", "2025-06-01", "Inna zasada.")
    assert content_version(folder) != before
    assert load_content(folder).version == content_version(folder)


def test_there_are_topics_and_passages_enough(content: Content) -> None:
    faq = [topic for topic in content.topics.values() if topic.is_faq]
    assert len(faq) >= 45
    assert len(content.passages) >= 180
    assert all(len(topic.examples) >= 25 for topic in content.topics.values())
    assert all(FEWEST_QUESTIONS <= len(passage.questions) <= MOST_QUESTIONS for passage in content.passages.values())


def test_every_answer_of_law_names_its_source(content: Content) -> None:
    for topic in content.topics.values():
        message = topic_message(
            topic,
            content,
            day=today(),
            constants=dict.fromkeys(("infolinia_numer", "infolinia_godziny", "formularz_kontaktowy"), "x"),
        )
        assert message["text"]
        if topic.is_faq and topic.group != "infolinia":
            assert message["sources"], topic.name


def test_answer_without_an_amount_of_the_day_hands_over_instead_of_guessing(content: Content) -> None:
    topic = content.topics["zasilek_wysokosc"]
    constants = {"infolinia_numer": "19524", "infolinia_godziny": "8-18", "formularz_kontaktowy": "https://example.org"}
    message = topic_message(topic, content, day=dt.date(2035, 1, 1), constants=constants)
    assert message["type"] == "unknown"
    assert "19524" in message["text"]
    assert "{{" not in message["text"]


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalised(normalised(text)) == normalised(text)


def test_folding_drops_polish_diacritics() -> None:
    assert fold("Zażółć gęślą jaźń ŁÓDŹ") == "zazolc gesla jazn lodz"


CONSTANTS = {"infolinia_numer": "19524", "infolinia_godziny": "8-18", "formularz_kontaktowy": "https://example.org"}


def test_answer_of_another_day_has_the_amounts_of_that_day_and_says_so(content: Content) -> None:
    topic = content.topics["zasilek_wysokosc"]
    day = dt.date(2026, 3, 1)
    message = answer_on(topic, content, asked=day, today=dt.date(2026, 11, 24), constants=CONSTANTS)
    assert message["text"].startswith("Według przepisów z dnia 01.03.2026")
    assert content.amounts.text_on("zasilek_pierwsze_90_dni", day) in message["text"]


def test_answer_for_a_day_of_other_rules_says_so_and_shows_what_changed(content: Content) -> None:
    topic = content.topics["rejestracja_wlasciwy_urzad"]
    side = Side(text="Decydowało zameldowanie.", act="DU/2004/1001", article="art. 2")
    change = Comparison(
        id="proba", title="Który urząd", topics=(topic.name,), before=side,
        after=Side(text="Decyduje miejsce zamieszkania.", act="DU/2025/620", article="art. 55"),
        changed_on=dt.date(2025, 6, 1), checked_on=dt.date(2026, 11, 24), verified=True, questions=("a", "b"),
    )  # fmt: skip
    changed = replace(content, comparisons={"proba": change})
    message = answer_on(topic, changed, asked=dt.date(2025, 5, 1), today=dt.date(2026, 11, 24), constants=CONSTANTS)
    assert "Dawniej (do 31.05.2025): Decydowało zameldowanie." in message["text"]
    assert "Teraz (od 01.06.2025): Decyduje" in message["text"]
    assert "obowiązywały jeszcze inne przepisy" in message["text"]
    assert message["sources"][0]["valid_to"] == "2025-05-31"
    assert message["sources"][1]["act"] == "DU/2025/620"
