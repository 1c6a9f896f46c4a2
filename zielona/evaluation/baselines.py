"""What one could install instead, on the same data and in the same run, and how it compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from knowledge_base.search.cache import VectorCache
from knowledge_base.search.index import Entry
from knowledge_base.search.vectors import Encoder
from zielona.evaluation import figures as f
from zielona.evaluation.classifiers import Examples, Guess, nearest_by_vectors, nearest_by_words, regression
from zielona.evaluation.judging import JUDGEMENTS, RIGHT_CHOICE, UNKNOWN, WRONG_CHOICE, Record
from zielona.evaluation.retrieval import Found, Search, by_vectors, by_words
from zielona.evaluation.sets import NO_DIACRITICS
from zielona.evaluation.summary import OURS, Figures, search_figures

SETS = ("questions", "hard", "follow_up", "small_talk", "out_of_scope", NO_DIACRITICS)
STOCK = "Rasa starter pipeline (DIET, {} epochs)"
BM25, USE, MINILM = "BM25 over words", "sentence vectors, FAISS", "all-MiniLM-L6-v2"
_ANSWERING = frozenset(JUDGEMENTS) - {UNKNOWN, RIGHT_CHOICE, WRONG_CHOICE}


def guess_all(
    examples: Examples,
    texts: Sequence[str],
    encoders: Mapping[str, Encoder],
    folder: Path,
    *,
    say: Callable[[str], None],
) -> dict[str, list[Guess]]:
    """Guesses of every classifier but Rasa's, by its name."""
    say(f"Porównanie: {BM25}, najbliższy przykład")
    found = {f"{BM25}, nearest example": nearest_by_words(examples, texts)}
    for name, encoder in encoders.items():
        say(f"Porównanie: {name}, przykłady i regresja")
        cache = VectorCache(folder / "vectors", f"{name} examples")
        known = cache.encode(examples.texts, encoder.passages)
        cache.save()
        asked = encoder.queries(list(texts))
        found[f"{name}, nearest example"] = nearest_by_vectors(examples, known, asked)
        found[f"{name}, logistic regression"] = regression(examples, known, asked, folder)
    return found


def ways(entries: Sequence[Entry], encoders: Mapping[str, Encoder], folder: Path) -> dict[str, Search]:
    """The plain searches by name."""
    found = {BM25: by_words(entries)}
    for name, encoder in encoders.items():
        found[name] = by_vectors(entries, encoder, VectorCache(folder / "vectors", f"{name} passages"))
    return found


def compare_topics(
    records: Sequence[Record], guesses: Mapping[str, Sequence[Guess]], ours: set[str]
) -> dict[str, Figures]:
    """Figures of each classifier over the records, whose order the guesses have; `ours` are topics that we answer.

    A message that a classifier takes for what is refused, or for small talk, counts as out of scope however sure it is.
    """
    own = [Guess(record.ranking, record.inside) for record in records]
    answered = [record for record in records if record.set == "questions"]
    share = sum(record.judgement in _ANSWERING for record in answered) / max(len(answered), 1)
    compared = {OURS: _topic_figures(records, own, share)}
    for name, made in guesses.items():
        seen = [guess if guess.topics[:1] and guess.topics[0] in ours else _outside(guess) for guess in made]
        compared[name] = _topic_figures(records, seen, share)
    return compared


def _outside(guess: Guess) -> Guess:
    return Guess(guess.topics, -guess.score)


def _topic_figures(records: Sequence[Record], guesses: Sequence[Guess], share: float) -> Figures:
    def of(name: str) -> list[tuple[Record, Guess]]:
        return [pair for pair in zip(records, guesses, strict=True) if pair[0].set == name]

    def first(name: str) -> f.Figure:
        return f.mean([_is_right(record, guess) for record, guess in of(name)])

    asked, outside = of("questions"), of("out_of_scope")
    inside_scores = [guess.score for _, guess in asked]
    outside_scores = [guess.score for _, guess in outside]
    right = [_is_right(record, guess) for record, guess in asked]
    return {
        "topic": first("questions"),
        "topics": f.mean([bool(set(guess.topics[:3]) & set(record.wanted)) for record, guess in asked]),
        "topic_no_diacritics": first(NO_DIACRITICS),
        "topic_hard": first("hard"),
        "topic_follow_up": first("follow_up"),
        "small_talk": first("small_talk"),
        "auroc": f.separation(inside_scores, outside_scores)[0],
        "accepted": f.between(inside_scores, outside_scores, lambda one, other: f.accepted_at(one, other, 0.95)),
        "wrong": f.paired(inside_scores, right, lambda scores, true: f.wrong_among_surest(scores, true, share)),
    }


def _is_right(record: Record, guess: Guess) -> bool:
    return bool(guess.topics) and guess.topics[0] in record.wanted


def compare_search(found: Sequence[Found], folded: Sequence[Found]) -> dict[str, Figures]:
    """Figures of each way to search, on the questions and on the same without diacritics."""
    return {
        name: {
            **search_figures([item.ranks[name] for item in found]),
            "mrr_no_diacritics": search_figures([item.ranks[name] for item in folded])["mrr"],
        }
        for name in (found[0].ranks if found else ())
    }
