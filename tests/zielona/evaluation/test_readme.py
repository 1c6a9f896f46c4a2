from __future__ import annotations

from pathlib import Path

from tests.zielona.evaluation.examples import results
from zielona.evaluation.figures import Figure
from zielona.evaluation.readme import BEGIN, END, table, write
from zielona.evaluation.summary import OURS
from zielona.settings import ROOT


def test_each_figure_stands_beside_the_best_baseline() -> None:
    low, high = Figure(0.2, 0.1, 0.3, 2), Figure(0.4, 0.3, 0.5, 2)
    text = table(results(compared={OURS: {"mrr": high}, "worse": {"mrr": low}, "better": {"mrr": high}}))
    assert "| right answer, or right passage first | 4 | 50.0% (0.0% – 100.0%) | – |" in text
    assert "| better: 0.400 |" in text


def test_only_what_is_between_the_marks_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    assert write(results(), readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| what")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    readme.write_text("no marks", encoding="utf-8")
    assert not write(results(), readme)


def test_the_readme_has_its_marks() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index(BEGIN) < text.index(END)
