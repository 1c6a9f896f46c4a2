from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.check import report
from knowledge_base.check.duplicates import ALIKE, duplicate_findings
from knowledge_base.check.readability import fog, syllables
from knowledge_base.check.rules import check_content
from knowledge_base.content.store import ROOT, Content, ContentPaths
from knowledge_base.search.engine import SearchEngine
from tests.knowledge_base.test_content import findings, folder, write_passage, write_topic

__all__ = ["folder"]

COMPARISON = """comparisons:
  - id: proba
    title: Próba
    topics: [{topic}]
    before: {{text: "Było tak.", act: DU/2004/1001, article: "{before}"}}
    after: {{text: "Jest inaczej.", act: DU/2025/620, article: art. 55}}
    changed_on: 2025-06-01
    checked_on: {checked}
    verified: true
    questions: [co się zmieniło, jak bylo kiedys]
"""


def write_comparison(paths: ContentPaths, *, topic: str = "proba", before: str = "art. 2", checked: str = "2026-11-24"):
    paths.comparisons.write_text(COMPARISON.format(topic=topic, before=before, checked=checked), encoding="utf-8")


@pytest.mark.parametrize(("word", "count"), [("praca", 2), ("urząd", 2), ("ubezpieczenie", 5), ("kot", 1)])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_abbreviations_end_no_sentence() -> None:
    assert fog("Mówi o tym art. 55 ust. 1 pkt 2 ustawy.") == pytest.approx(fog("Mówi o tym art 55 ust 1 pkt 2 ustawy."))


def test_long_sentences_and_words_are_harder() -> None:
    plain = "Trzeba iść do urzędu. Tam dadzą druk. Druk trzeba podpisać."
    hard = "Zarejestrowanie bezrobotnego następuje niezwłocznie po przedstawieniu potwierdzających dokumentów."
    assert fog(plain) < 8 < 20 < fog(hard)


@given(st.text())
def test_fog_of_anything_is_a_number(text: str) -> None:
    assert fog(text) >= 0


def test_officialese_is_found_with_a_better_word(folder: ContentPaths) -> None:
    write_topic(folder, "proba", "Niniejszy wniosek trzeba przedłożyć urzędowi.", 25)
    found = findings(folder)
    assert any("„Niniejszy”; lepiej: ten" in finding for finding in found)
    assert any("proba.yml:5" in finding and "przedłożyć" in finding for finding in found)


def test_text_too_hard_is_found(folder: ContentPaths) -> None:
    words = "zarejestrowanie bezrobotnego następuje niezwłocznie po przedstawieniu dokumentów potwierdzających "
    write_passage(folder, "DU/2025/620", "rynek-pracy-2025", "2025-06-01", words * 4)
    assert any("tekst za trudny" in finding for finding in findings(folder))


def test_article_that_the_act_does_not_have_is_found(folder: ContentPaths) -> None:
    path = folder.passages / "rynek-pracy-2025" / "art-055-proba.md"
    path.write_text(path.read_text(encoding="utf-8").replace("art. 55 ust. 1", "art. 999"), encoding="utf-8")
    [finding] = findings(folder)
    assert "art-055-proba.md:3" in finding
    assert "nie ma artykułu 999" in finding


def test_end_before_start_is_found(folder: ContentPaths) -> None:
    path = folder.passages / "rynek-pracy-2025" / "art-055-proba.md"
    path.write_text(path.read_text(encoding="utf-8").replace("valid_to:", "valid_to: 2025-01-01"), encoding="utf-8")
    assert any("jest wcześniej niż" in finding for finding in findings(folder))


def test_two_versions_in_force_on_one_day_are_found(folder: ContentPaths) -> None:
    first = folder.passages / "rynek-pracy-2025" / "art-055-proba.md"
    text = first.read_text(encoding="utf-8")
    second = first.with_name("art-055-proba-2027.md")
    second.write_text(text.replace("valid_from: 2025-06-01", "valid_from: 2027-01-01"), encoding="utf-8")
    assert any("w tym samym czasie" in finding for finding in findings(folder))
    first.write_text(text.replace("valid_to:", "valid_to: 2026-12-31"), encoding="utf-8")
    assert findings(folder) == []


def test_content_not_checked_for_a_year_is_a_warning(folder: ContentPaths) -> None:
    found = check_content(folder, today=dt.date(2028, 1, 1))
    stale = [finding for finding in found if "nie sprawdzano" in finding.message]
    assert stale
    assert all(finding.warning for finding in stale)


def test_amount_that_ends_soon_is_a_warning(folder: ContentPaths) -> None:
    found = check_content(folder, today=dt.date(2027, 4, 20))
    ending = [finding for finding in found if "zasilek_pierwsze_90_dni" in finding.message]
    assert ending
    assert all(finding.warning for finding in ending)


def test_amount_that_waits_for_its_newest_value_is_a_warning(folder: ContentPaths) -> None:
    found = check_content(folder, today=dt.date(2026, 11, 24))
    waiting = [finding for finding in found if "przecietne_wynagrodzenie”" in finding.message]
    assert [finding.warning for finding in waiting] == [True]
    assert "czeka na ogłoszenie" in waiting[0].message


def test_amounts_that_overlap_are_found(folder: ContentPaths) -> None:
    text = folder.amounts.read_text(encoding="utf-8")
    folder.amounts.write_text(text.replace("valid_from: 2026-06-01", "valid_from: 2026-05-01"), encoding="utf-8")
    assert any("zachodzą na siebie" in finding for finding in findings(folder))


def test_sound_comparison_has_no_findings(folder: ContentPaths) -> None:
    write_comparison(folder)
    assert findings(folder) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [({"topic": "nieznany"}, "nieznany temat"), ({"before": "par 5"}, "niepoprawny zapis artykułu")],
)
def test_broken_comparison_is_found_with_its_line(folder: ContentPaths, change: dict[str, str], message: str) -> None:
    write_comparison(folder, **change)
    [finding] = findings(folder)
    assert "comparisons.yml:2" in finding
    assert message in finding


def test_comparison_with_a_wrong_date_is_found(folder: ContentPaths) -> None:
    write_comparison(folder, checked="wczoraj")
    assert any("nie jest datą" in finding for finding in findings(folder))


def test_passages_that_say_the_same_are_found_by_the_index(engine: SearchEngine, content: Content) -> None:
    index = engine.index
    passages = list(content.passages.values())
    assert list(duplicate_findings(passages, index)) == []
    one, other = 0, int(np.flatnonzero(index.owners == 1)[0])
    alike = float(index.vectors.reconstruct(one) @ index.vectors.reconstruct(other))
    found = list(duplicate_findings(passages, index, alike=min(alike, ALIKE) - 1e-6))
    assert any(index.entries[0].id in finding.message for finding in found)


def test_report_counts_passages_of_each_act(
    capsys: pytest.CaptureFixture[str], content: Content, checked_day: dt.date
) -> None:
    with time_machine.travel(checked_day):
        assert report.main([]) == 0
    printed = capsys.readouterr().out
    for eli in {passage.source.act for passage in content.passages.values()}:
        count = sum(passage.source.act == eli for passage in content.passages.values())
        assert any(line.split()[:2] == [eli, str(count)] for line in printed.splitlines()), eli


def test_report_of_one_file_shows_no_table(capsys: pytest.CaptureFixture[str], checked_day: dt.date) -> None:
    path = ROOT / "data" / "amounts.yml"
    with time_machine.travel(checked_day):
        assert report.main([str(path)]) == 0
    printed = capsys.readouterr().out
    assert all(line.startswith(("data/amounts.yml", "Błędy")) for line in printed.splitlines())


def test_every_path_of_content_is_below_its_root(tmp_path: Path) -> None:
    paths = ContentPaths(tmp_path)
    assert all(path.is_relative_to(tmp_path) for path in (paths.acts, paths.comparisons, paths.style, paths.topics))
