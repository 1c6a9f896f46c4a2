"""The list of figures: what each is, its target, and how it comes out of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zielona.evaluation import figures as f
from zielona.evaluation.figures import Figure
from zielona.evaluation.judging import RIGHT_CHOICE, UNKNOWN, WRONG_CHOICE, Record, of_set
from zielona.evaluation.retrieval import Found
from zielona.evaluation.sets import NO_DIACRITICS, has_diacritics

OURS = "ours"


@dataclass(frozen=True)
class Line:
    """A figure: `high` whether more is better, `share` whether it is shown in percent, `target` of the whole."""

    key: str
    label: str
    high: bool = True
    share: bool = True
    target: float | None = None

    def met(self, value: float) -> bool:
        assert self.target is not None  # noqa: S101 - asked only of lines with a target
        return value >= self.target if self.high else value <= self.target


LINES = (
    Line("answer", "right answer, or right passage first", target=0.92),
    Line("offered", "right one answered or among the choices"),
    Line("confidently_wrong", "wrong answer or passage given as the answer", high=False, target=0.02),
    Line("refused", "refused though in scope", high=False),
    Line("wrong_choices", "choices without the right one", high=False),
    Line("topic", "first topic right"),
    Line("topics", "right topic among three"),
    Line("small_talk", "small talk right"),
    Line("outside_answered", "out of scope, answered all the same", high=False),
    Line("auroc", "AUROC, in scope against out of scope", share=False, target=0.98),
    Line("equal_error", "equal-error rate of the same", high=False),
    Line("no_diacritics_loss", "loss without diacritics", high=False, target=0.01),
    Line("hard", "hard variants right"),
    Line("hard_loss", "loss on hard variants", high=False, target=0.05),
    Line("both", "two questions: both answered"),
    Line("one", "two questions: one answered", high=False),
    Line("none", "two questions: none answered", high=False),
    Line("follow_up", "follow-ups right, after the question before"),
    Line("recall_1", "search, recall@1"),
    Line("recall_5", "search, recall@5", target=0.97),
    Line("mrr", "search, mean reciprocal rank", share=False),
    Line("calibration", "calibration error of the first topic (ECE)", high=False, share=False),
)
COMPARED = (
    Line("topic", "first topic right"),
    Line("topics", "right topic among three"),
    Line("topic_no_diacritics", "first topic right, without diacritics"),
    Line("topic_hard", "first topic right, hard variants"),
    Line("topic_follow_up", "first topic right, follow-ups"),
    Line("small_talk", "small talk right"),
    Line("auroc", "AUROC, in scope against out of scope", share=False),
    Line("accepted", "out of scope accepted where 95% in scope are", high=False),
    Line("wrong", "wrong where as many are answered as by ours", high=False),
    Line("recall_1", "search, recall@1"),
    Line("recall_5", "search, recall@5"),
    Line("mrr", "search, mean reciprocal rank", share=False),
    Line("mrr_no_diacritics", "the same without diacritics", share=False),
)
Figures = dict[str, Figure]


def summarise(records: Sequence[Record], found: Sequence[Found]) -> Figures:
    """All of LINES, for the whole way and our search."""
    asked = of_set(records, "questions")
    outside = of_set(records, "out_of_scope")
    auroc, equal_error = f.separation([item.inside for item in asked], [item.inside for item in outside])
    marked = [item for item in asked if has_diacritics(item.text)]
    hard = of_set(records, "hard")
    right = [item.right for item in asked]
    calibrated = [*asked, *hard, *outside]
    return {
        "answer": f.mean(right),
        "offered": f.mean([item.right or item.judgement == RIGHT_CHOICE for item in asked]),
        "confidently_wrong": f.mean([item.confidently_wrong for item in asked]),
        "refused": f.mean([item.judgement == UNKNOWN for item in asked]),
        "wrong_choices": f.mean([item.judgement == WRONG_CHOICE for item in asked]),
        "topic": f.mean([item.topic_right for item in asked]),
        "topics": f.mean([bool(set(item.wanted) & set(item.ranking)) for item in asked]),
        "small_talk": f.mean([item.right for item in of_set(records, "small_talk")]),
        "outside_answered": f.mean([item.confidently_wrong for item in outside]),
        "auroc": auroc,
        "equal_error": equal_error,
        "no_diacritics_loss": f.loss(
            [item.right for item in marked], [item.right for item in of_set(records, NO_DIACRITICS)], paired=True
        ),
        "hard": f.mean([item.right for item in hard]),
        "hard_loss": f.loss(right, [item.right for item in hard], paired=False),
        **_two_questions(of_set(records, "two_questions")),
        "follow_up": f.mean([item.right for item in of_set(records, "follow_up")]),
        **search_figures([item.ranks[OURS] for item in found]),
        "calibration": f.calibration([item.sure for item in calibrated], [item.topic_right for item in calibrated]),
    }


def _two_questions(records: Sequence[Record]) -> Figures:
    return {
        "both": f.mean([item.answered == len(item.both) for item in records]),
        "one": f.mean([0 < item.answered < len(item.both) for item in records]),
        "none": f.mean([item.answered == 0 for item in records]),
    }


def search_figures(ranks: Sequence[int | None]) -> Figures:
    return {
        "recall_1": f.mean(f.within(ranks, 1)),
        "recall_5": f.mean(f.within(ranks, 5)),
        "mrr": f.mean(f.reciprocal(ranks)),
    }
