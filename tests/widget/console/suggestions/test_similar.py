"""Answers to similar questions."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import similar as benchmark
from widget.console.suggestions import similar
from widget.console.suggestions.similar import Answered, SimilarAnswers, SimilarIndex, stems

NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.timezone.utc)
TEXTS = (
    "Czy po umowie zlecenia dostanę zasiłek dla bezrobotnych?", "Jak zarejestrować się przez internet w urzędzie?",
    "Ile dni urlopu mam po szkole?", "Kiedy pracodawca wypłaci odprawę po zwolnieniu grupowym?",
    "Gdzie zgłosić, że pracodawca nie płaci za nadgodziny?",
)  # fmt: skip


def answered(*texts: str) -> list[Answered]:
    return [Answered(f"ZL-{n}", text, f"Odpowiedź {n}", [], None, NOW) for n, text in enumerate(texts)]


def test_question_asked_before_is_found_without_diacritics_and_in_other_forms() -> None:
    found = SimilarIndex(answered(*TEXTS)).search("zasilek bezrobotny po zleceniu", limit=2)
    assert found[0].answered.reference == "ZL-0"
    assert 0.25 <= found[0].probability <= 1


def test_nothing_near_is_nothing() -> None:
    index = SimilarIndex(answered(*TEXTS))
    assert index.search("przepis na bigos", limit=2) == []
    assert index.search("!!", limit=2) == []
    assert SimilarIndex([]).search("zasiłek", limit=2) == []


def test_ticket_does_not_find_itself_nor_an_answer_twice() -> None:
    rows = answered(TEXTS[0], TEXTS[0], *TEXTS[1:])
    rows[1] = Answered("ZL-1", TEXTS[0], "Odpowiedź 0", [], None, NOW)
    index = SimilarIndex(rows)
    assert [item.answered.reference for item in index.search(TEXTS[0], limit=3)][:1] == ["ZL-0"]
    assert sum(item.answered.answer == "Odpowiedź 0" for item in index.search(TEXTS[0], limit=3)) == 1
    assert "ZL-0" not in [item.answered.reference for item in index.search(TEXTS[0], limit=3, without="ZL-0")]


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_in_common_is_likelier(score: float, lead: float) -> None:
    assert 0 < similar.probability(score, lead) < 1
    assert similar.probability(score, lead) <= similar.probability(min(1, score + 0.1), lead)


@given(st.text())
def test_stems_are_folded(text: str) -> None:
    assert all(0 < len(stem) <= similar.STEM_LENGTH for stem in stems(text))


def test_what_is_said_of_the_probability_holds() -> None:
    """The weights in the module are those of the benchmark: what is said and what is right differ by little."""
    features, fits = benchmark.rows()
    said = np.array([similar.probability(float(score), float(lead)) for score, lead in features])
    for low, high in ((0.2, 0.4), (0.4, 0.7), (0.7, 1.0)):
        inside = (said >= low) & (said < high)
        assert abs(said[inside].mean() - fits[inside].mean()) < 0.1, (low, high)


def test_index_is_made_anew_only_when_answers_were_sent() -> None:
    loaded: list[int] = []
    state = {"mark": 1, "now": NOW}

    def load() -> list[Answered]:
        loaded.append(1)
        return answered(*TEXTS)

    answers = SimilarAnswers(load, lambda: state["mark"], lambda: state["now"])  # type: ignore[arg-type, return-value]
    for minutes, mark, count in ((0, 1, 1), (0.5, 2, 1), (2, 2, 2), (4, 2, 2)):
        state |= {"now": NOW + dt.timedelta(minutes=minutes), "mark": mark}
        answers.search("zasiłek", limit=1)
        assert len(loaded) == count
