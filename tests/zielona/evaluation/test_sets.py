from __future__ import annotations

from pathlib import Path

from zielona.evaluation.sets import NAMES, NO_DIACRITICS, has_diacritics, load_sets


def test_all_sets_are_read_with_what_is_wanted_of_them() -> None:
    sets = load_sets()
    assert set(sets) == {*NAMES, NO_DIACRITICS}
    assert all(item.wanted for name in ("questions", "hard", "small_talk", "follow_up") for item in sets[name])
    assert all(item.articles for item in sets["search"])
    assert all(item.both for item in sets["two_questions"])
    assert all(item.before for item in sets["follow_up"])
    assert not any(item.wanted for item in sets["out_of_scope"])


def test_sizes_are_those_that_were_asked_for() -> None:
    sets = load_sets()
    least = {"questions": 500, "out_of_scope": 200, "two_questions": 60, "hard": 100}
    assert {name: len(sets[name]) >= count for name, count in least.items()} == dict.fromkeys(least, True)


def test_the_derived_set_is_the_marked_questions_without_their_marks() -> None:
    sets = load_sets()
    marked = [item for item in sets["questions"] if has_diacritics(item.text)]
    assert len(sets[NO_DIACRITICS]) == len(marked)
    assert all(item.text.isascii() or not has_diacritics(item.text) for item in sets[NO_DIACRITICS])
    assert [item.wanted for item in sets[NO_DIACRITICS]] == [item.wanted for item in marked]


def test_a_limit_spreads_over_the_set(tmp_path: Path) -> None:
    for name in NAMES:
        lines = "".join(f'{{"text": "pytanie {number}", "topic": "t"}}\n' for number in range(10))
        if name == "search":
            lines = '{"text": "x", "act": "a", "articles": ["art. 1"]}\n'
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    asked = load_sets(tmp_path, limit=2)["questions"]
    assert [item.text for item in asked] == ["pytanie 0", "pytanie 5"]


def test_capitals_alone_are_no_diacritics() -> None:
    assert not has_diacritics("PIT w ZUS")
    assert has_diacritics("Zażółć")
