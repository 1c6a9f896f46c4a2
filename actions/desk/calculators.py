"""The calculators that staff may use, by name: what each asks for, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.calculators.annual_leave import annual_leave
from actions.calculators.fixed_term import fixed_term_limits
from actions.calculators.notice_period import notice_period
from actions.calculators.overtime import overtime_pay
from actions.calculators.parental_leave import parental_leaves
from actions.calculators.part_time_minimum import part_time_minimum
from actions.calculators.severance import severance_pay
from actions.cases.benefit import benefit
from actions.cases.common import Task
from actions.cases.foreigner import employ_foreigner
from actions.desk.fields import Schema, schema_of, values_of
from actions.desk.labels import load_labels
from actions.desk.shown import shown
from actions.reasoning import Step
from knowledge_base.content.store import Content

CALCULATORS: dict[str, Callable[..., Any]] = {
    "notice_period": notice_period,
    "annual_leave": annual_leave,
    "fixed_term": fixed_term_limits,
    "overtime": overtime_pay,
    "severance": severance_pay,
    "part_time_minimum": part_time_minimum,
    "parental_leave": parental_leaves,
    "benefit": benefit,
    "foreigner": employ_foreigner,
}
# Lists of sentences in a result; `steps` are told first, then what is open or only good to know.
_REASONS = ("steps", "tasks", "open_questions", "notes")


def schemas() -> list[Schema]:
    """One JSON Schema per calculator; `$id` is its name, `title` what it is called."""
    labels = load_labels()
    return [{"$id": name, **schema_of(made_of, labels), "title": labels.title(name)}
            for name, made_of in CALCULATORS.items()]  # fmt: skip


def calculate(name: str, given: Any, content: Content) -> dict[str, Any]:
    """Return `title`, `facts` (label and lines) and `reasons` (kind, text, basis). Raises KeyError and InputError."""
    made_of = CALCULATORS[name]
    values = values_of(made_of, given)
    if "amounts" in made_of.__annotations__:
        values["amounts"] = content.amounts
    result, labels = made_of(**values), load_labels()
    facts = [{"label": label, "lines": shown(getattr(result, key))} for key, label in labels.results(name).items()]
    return {
        "title": labels.title(name),
        "facts": [fact for fact in facts if fact["lines"]],
        "reasons": [
            _reason(kind, item, content) for kind in _REASONS for item in getattr(result, kind, ())
        ],
    }  # fmt: skip


def _reason(kind: str, item: Step | Task, content: Content) -> Mapping[str, Any]:
    step = item.step if isinstance(item, Task) else item
    act = content.acts.get(step.act)
    return {
        "kind": kind,
        "text": " ".join(shown(item)),
        "basis": f"{step.article} – {act.short if act else step.act}",
        "url": act.url if act else "",
        "sure": step.sure,
    }
