"""What a missed target is made of: the topic, style, kind or act of each message that costs."""

from __future__ import annotations

from collections.abc import Callable

from zielona.evaluation.judging import of_set
from zielona.evaluation.results import Results
from zielona.evaluation.sets import NO_DIACRITICS, has_diacritics
from zielona.evaluation.summary import OURS

_FOUND = 5


def costs(key: str, results: Results) -> list[str]:
    """Return a name for each message that a figure with a target loses on, repeated as often as it costs."""
    return _COSTS[key](results)


def _unanswered(results: Results) -> list[str]:
    return [record.wanted[0] for record in of_set(results.records, "questions") if not record.right]


def _confidently_wrong(results: Results) -> list[str]:
    return [record.wanted[0] for record in of_set(results.records, "questions") if record.confidently_wrong]


def _taken_for_ours(results: Results) -> list[str]:
    """Kinds of what is out of scope and surer than the least sure twentieth of what is in scope."""
    sure = sorted(record.inside for record in of_set(results.records, "questions"))
    least = sure[len(sure) // 20]
    return [record.group for record in of_set(results.records, "out_of_scope") if record.inside >= least]


def _lost_marks(results: Results) -> list[str]:
    """Topics of questions that are answered with their diacritics and not without."""
    marked = [record for record in of_set(results.records, "questions") if has_diacritics(record.text)]
    pairs = zip(marked, of_set(results.records, NO_DIACRITICS), strict=True)
    return [before.wanted[0] for before, after in pairs if before.right and not after.right]


def _hard(results: Results) -> list[str]:
    return [record.group for record in of_set(results.records, "hard") if not record.right]


def _not_found(results: Results) -> list[str]:
    ranks = [(item.ranks[OURS], item.articles[0]) for item in results.found]
    return [f"{act} {article}" for rank, (act, article) in ranks if rank is None or rank >= _FOUND]


_COSTS: dict[str, Callable[[Results], list[str]]] = {
    "answer": _unanswered,
    "confidently_wrong": _confidently_wrong,
    "auroc": _taken_for_ours,
    "no_diacritics_loss": _lost_marks,
    "hard_loss": _hard,
    "recall_5": _not_found,
}
