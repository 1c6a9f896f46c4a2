"""A candidate held against the version that answers now: figures with intervals, gates, and every changed answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from zielona.evaluation.asking import Reply
from zielona.evaluation.figures import Figure, loss, mean
from zielona.evaluation.judging import (
    JUDGEMENTS,
    RIGHT_ANSWER,
    RIGHT_CHOICE,
    RIGHT_PASSAGE,
    UNKNOWN,
    WRONG_ANSWER,
    WRONG_CHOICE,
    WRONG_PASSAGE,
    Judge,
    Record,
)
from zielona.evaluation.sets import Asked

SETS = {
    "questions": "zwykłe pytania",
    "hard": "trudne sformułowania",
    "follow_up": "dopytania",
    "two_questions": "dwa pytania naraz",
    "small_talk": "rozmowa",
    "out_of_scope": "spoza zakresu",
}
OUTSIDE = "out_of_scope"
# Fewer questions tell too little for a share.
ENOUGH = 30
PEOPLE = "people"
# What people wrote is not judged, only told.
KIND_LABELS = {
    "answer": "odpowiedź", "question": "asystent dopytuje", "choice": "do wyboru", "search": "fragment przepisów",
    "handover": "rozmowa z konsultantem", "unknown": "brak odpowiedzi",
}  # fmt: skip
JUDGEMENT_LABELS = {
    RIGHT_ANSWER: "dobra odpowiedź",
    RIGHT_PASSAGE: "dobry fragment przepisów",
    RIGHT_CHOICE: "dobra odpowiedź do wyboru",
    WRONG_CHOICE: "do wyboru tylko złe",
    UNKNOWN: "brak odpowiedzi",
    WRONG_PASSAGE: "zły fragment przepisów",
    WRONG_ANSWER: "zła odpowiedź",
}
WORSE, BETTER, OTHER = "gorzej", "lepiej", "inaczej"
# Of what is none of our business, saying so is right.
_OUTSIDE_ORDER = (UNKNOWN, WRONG_CHOICE, WRONG_PASSAGE, WRONG_ANSWER)
_MATRIX = 12


@dataclass(frozen=True)
class Measure:
    """A share of the messages of a set; `high` tells whether more is better."""

    key: str
    label: str
    set: str
    counts: Callable[[Record], bool]
    high: bool = True
    hint: str = ""


MEASURES = (
    Measure("answer", "Dobra odpowiedź", "questions", lambda item: item.right),
    Measure(
        "offered", "Dobra odpowiedź od razu albo do wyboru", "questions",
        lambda item: item.right or item.judgement == RIGHT_CHOICE,
        hint="Asystent odpowiedział dobrze albo zapytał, o co chodzi, i dobra sprawa była wśród propozycji.",
    ),
    Measure("confidently_wrong", "Zła odpowiedź", "questions", lambda item: item.confidently_wrong, high=False),
    Measure("refused", "Brak odpowiedzi na nasze pytanie", "questions", lambda i: i.judgement == UNKNOWN, high=False),
    Measure("hard", "Dobra odpowiedź na trudne sformułowanie", "hard", lambda item: item.right),
    Measure("follow_up", "Dobra odpowiedź na dopytanie", "follow_up", lambda item: item.right),
    Measure("both", "Odpowiedź na oba pytania z jednej wiadomości", "two_questions",
            lambda item: item.answered == len(item.both)),
    Measure("small_talk", "Dobra reakcja w rozmowie", "small_talk", lambda item: item.right),
    Measure("outside_answered", "Odpowiedź na pytanie spoza zakresu", OUTSIDE,
            lambda item: item.confidently_wrong, high=False),
)  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """A condition of publishing without a written reason."""

    key: str
    label: str
    measure: str


GATES = (
    Gate("accuracy", "Dobrych odpowiedzi nie jest wyraźnie mniej", "answer"),
    Gate("confidently_wrong", "Złych odpowiedzi nie jest więcej", "confidently_wrong"),
    Gate("outside_answered", "Odpowiedzi na pytania spoza zakresu nie jest więcej", "outside_answered"),
)

GATES_BY_KEY = {gate.key: gate for gate in GATES}
# What a page says of a gate.
HOLDS, UNSURE, BREAKS = "spełniony", "nie wiadomo", "niespełniony"


def gate_state(gate: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """What a stored gate comes to: one that holds on too few questions says nothing, though it stops nothing."""
    if not gate["holds"]:
        return BREAKS
    rule = GATES_BY_KEY.get(gate["key"])
    figure = figures.get(rule.measure) if rule else None
    return UNSURE if figure and figure["after"]["count"] < ENOUGH else HOLDS


@dataclass(frozen=True)
class Measured:
    """What a version answered to all held-out messages, and how that is judged."""

    replies: Sequence[Reply]
    records: Sequence[Record]

    @classmethod
    def of(cls, items: Sequence[Asked], replies: Sequence[Reply], judge: Judge) -> Measured:
        return cls(replies, [judge.record(item, reply) for item, reply in zip(items, replies, strict=True)])


def compare(
    items: Sequence[Asked], before: Measured | None, after: Measured, titles: Mapping[str, str]
) -> dict[str, Any]:
    """The comparison as plain data: `figures`, `gates`, `matrix`, `changes`, `asked`."""
    figures = {measure.key: _figures(measure, before, after) for measure in MEASURES}
    return {
        "figures": {key: found for key, found in figures.items() if found["after"]["count"]},
        "gates": gates(figures, compared=before is not None),
        "matrix": matrix(before, after, titles),
        "changes": changes(items, before, after, titles) if before else [],
        "asked": len(items),
        "compared": before is not None,
    }


def gates(figures: Mapping[str, Any], *, compared: bool) -> list[dict[str, Any]]:
    """Each with whether it holds. A first version has nothing to be worse than; it must be measured all the same."""
    found = []
    for gate in GATES:
        figure = figures[gate.measure]
        before, after, change = figure["before"], figure["after"], figure["change"]
        if not after["count"]:
            holds = False
        elif not compared:
            holds = True
        elif gate.measure == "answer":
            holds = change["high"] >= 0
        else:
            holds = after["value"] <= before["value"]
        found.append({"key": gate.key, "label": gate.label, "holds": holds, "measured": bool(after["count"])})
    return found


def changes(
    items: Sequence[Asked], before: Measured, after: Measured, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Every message whose answer differs: what got worse first, then what got better, then the rest."""
    found = []
    for number, item in enumerate(items):
        old, new = _shown(before, number, titles), _shown(after, number, titles)
        if old == new:
            continue
        step = _rank(item.set, after.records[number]) - _rank(item.set, before.records[number])
        kind = WORSE if step > 0 else BETTER if step < 0 else OTHER
        wanted = [titles.get(name, name) for name in (item.wanted or item.both)]
        found.append({
            "text": item.text, "first": item.before, "set": item.set, "kind": kind, "step": abs(step),
            "wanted": wanted, "before": old, "after": new,
        })  # fmt: skip
    order = (WORSE, BETTER, OTHER)
    return sorted(found, key=lambda change: (order.index(change["kind"]), -change["step"]))


def matrix(before: Measured | None, after: Measured, titles: Mapping[str, str]) -> dict[str, Any]:
    """Which topics are taken for which: rows what was right, columns what was taken; only topics that are mixed up.

    A cell holds the numbers before (None without a version before) and after.
    """
    old, new = _confusions(before) if before else None, _confusions(after)
    weight = Counter[str]()
    for counts in (new, old or Counter()):
        for (wanted, taken), count in counts.items():
            weight[wanted] += count
            weight[taken] += count
    names = sorted(sorted(weight, key=lambda name: (-weight[name], name))[:_MATRIX])
    cells = [[[old[row, column] if old is not None else None, new[row, column]] for column in names] for row in names]
    return {"topics": [titles.get(name, name) for name in names], "cells": cells}


def _confusions(measured: Measured) -> Counter[tuple[str, str]]:
    return Counter(
        (record.wanted[0], record.ranking[0])
        for record in measured.records
        if record.wanted and record.ranking and record.ranking[0] not in record.wanted
    )


def _figures(measure: Measure, before: Measured | None, after: Measured) -> dict[str, Any]:
    new = _truths(measure, after)
    old = _truths(measure, before) if before else None
    return {
        "label": measure.label,
        "high": measure.high,
        "after": asdict(mean(new)),
        "before": asdict(mean(old)) if old is not None else None,
        "change": asdict(_change(old, new)) if old is not None else None,
    }


def _change(old: Sequence[bool], new: Sequence[bool]) -> Figure:
    return loss(new, old, paired=True) if new else Figure(0.0, 0.0, 0.0, 0)


def _truths(measure: Measure, measured: Measured) -> list[bool]:
    return [measure.counts(record) for record in measured.records if record.set == measure.set]


def _rank(name: str, record: Record) -> int:
    """How far from what is wanted, from nought."""
    order: Sequence[str] = _OUTSIDE_ORDER if name == OUTSIDE else JUDGEMENTS
    return order.index(record.judgement) if record.judgement in order else 0


def people(
    ids: Sequence[str], before: Sequence[Reply], after: Sequence[Reply], titles: Mapping[str, str]
) -> dict[str, Any]:
    """What people wrote and is now answered otherwise. By id: the text goes with its conversation.

    Nobody said what would be right, and some of it may be among the examples, so nothing is counted as better or worse.
    """
    pairs = [(name, said(old, titles), said(new, titles)) for name, old, new in zip(ids, before, after, strict=True)]
    changed = [{"id": name, "before": old, "after": new} for name, old, new in pairs if old != new]
    return {"asked": len(ids), "changed": changed}


def _shown(measured: Measured, number: int, titles: Mapping[str, str]) -> dict[str, Any]:
    return {"judgement": measured.records[number].judgement, **said(measured.replies[number], titles)}


def said(reply: Reply, titles: Mapping[str, str]) -> dict[str, Any]:
    """What a visitor sees of a reply; `kind` is that of its last message."""
    topics = [message.topic for message in reply.said if message.topic]
    return {
        "kind": reply.said[-1].kind if reply.said else "unknown",
        "topic": ", ".join(titles.get(name, name) for name in topics),
        "text": "\n\n".join(message.text for message in reply.said),
        "offered": [
            titles.get(name, name) for message in reply.said for name in message.offered if message.kind == "choice"
        ],
    }
