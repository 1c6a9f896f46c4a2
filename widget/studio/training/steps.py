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


@dataclass(frozen=True)
class At:
    """Where a training is: the step's name, and how many of how many questions, where it asks any."""

    step: str
    done: int = 0
    total: int = 0

    @property
    def asks(self) -> bool:
        return self.total > 0


def written(at: At) -> str:
    """As a job keeps it: `pomiar 7/16`."""
    return f"{at.step} {at.done}/{at.total}" if at.asks else at.step


def place_of(text: str) -> At:
    """What `written` wrote."""
    name, _, counts = text.partition(" ")
    done, _, total = counts.partition("/")
    return At(name, int(done), int(total)) if done.isdigit() and total.isdigit() else At(name)


def progress_at(name: str, done: float = 0.0) -> float:
    """Share of the whole training when this share of the step is done."""
    before = 0.0
    for step in STEPS:
        if step.name == name:
            return before + step.share * done
        before += step.share
    return before
