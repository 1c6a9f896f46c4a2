"""The steps of a training, listed once: what they are called, and their share of the time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    name: str
    label: str
    share: float


STEPS = (
    Step("wersja", "Kopia treści", 0.02),
    Step("kontrola", "Kontrola treści", 0.08),
    Step("jezyk", "Słownik i odmiana wyrazów", 0.1),
    Step("indeks", "Wyszukiwarka przepisów", 0.15),
    Step("model", "Nauka rozpoznawania pytań", 0.35),
    Step("pomiar", "Pytania kontrolne do nowej wersji", 0.15),
    Step("porownanie", "Porównanie z obecną wersją", 0.15),
)
LABELS = {step.name: step.label for step in STEPS}


def progress_at(name: str, done: float = 0.0) -> float:
    """Share of the whole training when this share of the step is done."""
    before = 0.0
    for step in STEPS:
        if step.name == name:
            return before + step.share * done
        before += step.share
    return before
