"""Why an answer came about, for a person: the trace of a message as lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_DECISIONS = {
    "answer": "odpowiedź na temat",
    "choice": "propozycje do wyboru",
    "search": "fragment z wyszukiwarki",
    "question": "pytanie formularza",
    "unknown": "„nie wiem”",
    "handover": "przekazanie człowiekowi",
}


def explain(message: Mapping[str, Any], found: Mapping[str, Any] | None = None) -> list[str]:
    """Return lines about a message that has its `trace`; `found` is what the search finds for the same question."""
    trace = message.get("trace") or {}
    reading = trace.get("reading") or {}
    decision = _DECISIONS.get(message["type"], message["type"])
    about = f" „{message['topic']}”" if message.get("topic") else ""
    lines = [f"Decyzja: {decision}{about}, prawdopodobieństwo {float(message.get('confidence') or 0.0):.2f}"]
    if trace.get("line"):
        lines.append(f"Zdanie stałe: {trace['line']}")
    lines += _reading(reading)
    lines += _pairs("Tematy", trace.get("ranking") or [])
    lines += _features("Cechy pierwszego tematu", reading.get("features"))
    lines += _pairs("Najbliższe przykłady", reading.get("nearest") or [])
    if trace.get("passages"):
        lines += _pairs(f"Fragmenty (pierwszy właściwy: {_number(trace.get('probability'))})", trace["passages"])
        lines += _features("Cechy pierwszego fragmentu", next(iter(trace.get("features") or []), None))
    elif found is not None:
        passages = [(item["id"], item["score"]) for item in found["results"][:3]]
        lines += _pairs(f"Fragmenty, bez wpływu na decyzję (pierwszy właściwy: {found['probability']:.2f})", passages)
    versions = [f"{name} {trace[key]}" for name, key in (("treści", "content"), ("indeks", "index")) if trace.get(key)]
    return [*lines, f"Wersje: {', '.join(versions)}"] if versions else lines


def _reading(reading: Mapping[str, Any]) -> list[str]:
    lines = []
    if reading.get("follow_up"):
        lines.append(f"Odczytano razem z poprzednim pytaniem: {reading['text']}")
    for part in reading.get("parts") or []:
        lines.append(f"Część: „{part['text']}” → {part['topic']} {_number(part['probability'])}")
    return lines


def _pairs(title: str, pairs: Sequence[Sequence[Any]]) -> list[str]:
    return [f"{title}:", *(f"  {_number(value)}  {name}" for name, value in pairs)] if pairs else []


def _features(title: str, features: Mapping[str, float] | None) -> list[str]:
    if not features:
        return []
    return [f"{title}: " + ", ".join(f"{name} {value:.2f}" for name, value in features.items())]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
