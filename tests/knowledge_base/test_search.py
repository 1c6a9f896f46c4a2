from __future__ import annotations

import datetime as dt
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from knowledge_base.content.store import Content
from knowledge_base.search.analysis import Analyser
from knowledge_base.search.build import build_and_publish, index_version
from knowledge_base.search.cache import EMBEDDED, VectorCache
from knowledge_base.search.calibration import article_key
from knowledge_base.search.engine import NoIndexError, SearchEngine, Thresholds
from knowledge_base.search.index import build_index, current_version, load_index, publish, save_index
from knowledge_base.search.service import app_for
from knowledge_base.search.vectors import Encoder
from zielona.clock import today
from zielona.settings import Settings

TODAY = dt.date(2026, 11, 24)
THRESHOLDS = Thresholds(answer=0.6, choices=0.25)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_vectors_are_unit_length_and_near_for_the_same_meaning(encoder: Encoder) -> None:
    vectors = encoder.queries(["jak dostać zasiłek", "w jaki sposób otrzymać zasiłek", "prognoza pogody na jutro"])
    assert vectors.shape == (3, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.parametrize(
    ("question", "act", "article"),
    [
        ("ile dni urlopu po 12 latach pracy", "DU/1974/141", "art. 154"),
        ("ile dni urlopu po 12 latach prcy", "DU/1974/141", "art. 154"),
        ("urlop na zadanie ile dni", "DU/1974/141", "art. 167(2)"),
        ("okres wypowiedzenia po 3 latach", "DU/1974/141", "art. 36"),
        ("do kiedy odwolac sie do sadu pracy od zwolnienia", "DU/1974/141", "art. 264"),
    ],
)
def test_right_article_is_among_the_first_three(engine: SearchEngine, question: str, act: str, article: str) -> None:
    found = engine.search(question, on=TODAY, limit=3)
    assert (act, article) in [article_key(result["source"]) for result in found["results"]]


def test_former_law_is_found_only_for_a_day_on_which_it_was_in_force(engine: SearchEngine) -> None:
    before = engine.search("zasiłek dla bezrobotnych ile procent przy krótkim stażu", on=dt.date(2024, 6, 1), limit=10)
    now = engine.search("zasiłek dla bezrobotnych ile procent przy krótkim stażu", on=TODAY, limit=10)
    assert {result["source"]["act"] for result in before["results"]} & {"DU/2004/1001"}
    assert "DU/2025/620" not in {result["source"]["act"] for result in before["results"]}
    assert "DU/2004/1001" not in {result["source"]["act"] for result in now["results"]}


def test_every_result_is_in_force_on_the_day(engine: SearchEngine) -> None:
    for day in (dt.date(2024, 3, 1), dt.date(2025, 5, 31), dt.date(2025, 6, 1), TODAY):
        for result in engine.search("rejestracja w urzędzie pracy", on=day, limit=20)["results"]:
            assert result["source"]["valid_from"] <= day.isoformat()
            assert result["source"]["valid_to"] is None or day.isoformat() <= result["source"]["valid_to"]


def test_audience_filters(engine: SearchEngine) -> None:
    found = engine.search("umowa", on=TODAY, audience="pracodawca", limit=20)
    assert found["results"]
    assert all({"pracodawca", "wszyscy"} & set(result["audience"]) for result in found["results"])


def test_amounts_are_filled_in(engine: SearchEngine) -> None:
    for result in engine.search("kwota minimalne wynagrodzenie zasiłek stypendium", on=TODAY, limit=20)["results"]:
        assert "{{" not in result["text"]


@pytest.mark.parametrize("question", ["jaki będzie jutro dzień pogodowy", "przepis na sernik", "asdfgh qwerty", "🙂"])
def test_what_is_out_of_scope_is_unknown(engine: SearchEngine, question: str) -> None:
    assert engine.search(question, on=TODAY)["decision"] == "unknown"


def test_index_survives_writing_and_reading(content: Content, nlp: Language, encoder: Encoder, tmp_path: Path) -> None:
    passages = list(content.passages.values())[:20]
    analyse = Analyser(nlp)
    few = replace(content, passages={passage.id: passage for passage in passages})
    built = build_index(few, analyse, encoder, version="v1")
    save_index(built, tmp_path / "v1")
    read = load_index(tmp_path / "v1")
    query = analyse(passages[3].questions[0])
    vector = encoder.queries([query.text])[0]
    day = passages[3].source.valid_from
    found = [result.entry.id for result in built.search(query, vector, on=day)]
    assert found == [result.entry.id for result in read.search(query, vector, on=day)]
    assert built.search(query, vector, on=day)[0].entry.id == passages[3].id


def test_a_change_to_one_passage_embeds_that_one_alone(
    content: Content, nlp: Language, encoder: Encoder, tmp_path: Path
) -> None:
    analyse = Analyser(nlp)
    few = replace(content, passages=dict(list(content.passages.items())[:20]), comparisons={})
    cache = VectorCache(tmp_path, "embedded")
    first = build_index(few, analyse, encoder, version="v1", cache=cache)
    # Two examples may be the same once they are repaired.
    vectors = first.vectors.reconstruct_n(0, first.vectors.ntotal)
    assert cache.embedded == len(np.unique(vectors, axis=0))
    cache.save()
    changed = list(few.passages.values())[7]
    passages = {**few.passages, changed.id: replace(changed, text="Zupełnie inna treść.")}
    cache = VectorCache(tmp_path, "embedded")
    second = build_index(replace(few, passages=passages), analyse, encoder, version="v2", cache=cache)
    assert cache.embedded == 1
    fresh = build_index(replace(few, passages=passages), analyse, encoder, version="v3")
    count = second.vectors.ntotal
    assert np.allclose(second.vectors.reconstruct_n(0, count), fresh.vectors.reconstruct_n(0, count), atol=1e-6)


def test_broken_cache_is_made_anew(tmp_path: Path, encoder: Encoder) -> None:
    cache = VectorCache(tmp_path, "embedded")
    cache.encode(["zasiłek"], encoder.passages)
    cache.save()
    [path] = tmp_path.iterdir()
    path.write_bytes(b"not a cache")
    again = VectorCache(tmp_path, "embedded")
    assert again.encode(["zasiłek"], encoder.passages).shape == (1, 512)
    assert again.embedded == 1


def test_comparisons_are_found_with_both_bases(engine: SearchEngine, content: Content) -> None:
    comparison = next(iter(content.comparisons.values()))
    found = engine.search(comparison.questions[0], on=TODAY)
    result = next(item for item in found["results"] if item["id"] == f"porownania/{comparison.id}")
    assert {source["act"] for source in result["sources"]} == {comparison.before.act, comparison.after.act}
    assert "Dawniej (do" in result["text"]


def test_nothing_is_rebuilt_that_has_not_changed(settings: Settings, content: Content) -> None:
    pipeline = settings.var / "language" / "app"
    version, built = build_and_publish(settings.index_root, pipeline, content, EMBEDDED, today=today())
    assert not built
    assert version == index_version(content, EMBEDDED) == current_version(settings.index_root)


def test_engine_without_an_index_says_so(tmp_path: Path, settings: Settings, encoder: Encoder) -> None:
    engine = SearchEngine(tmp_path, settings.var / "language" / "app", encoder, thresholds=THRESHOLDS, constants={})
    assert not engine.reload()
    with pytest.raises(NoIndexError):
        engine.search("zasiłek", on=TODAY)
    assert app_for(engine).test_client().get("/readyz").status_code == 503


def test_switch_to_a_new_index_has_no_gap(tmp_path: Path, settings: Settings, encoder: Encoder) -> None:
    """While indexes are published and loaded, searches of other threads never fail and see whole versions only."""
    version = current_version(settings.index_root)
    assert version
    for name in ("one", "two"):
        shutil.copytree(settings.index_root / version, tmp_path / name)
        entries = tmp_path / name / "entries.json"
        entries.write_text(
            entries.read_text(encoding="utf-8").replace(f'"version": "{version}"', f'"version": "{name}"')
        )
    publish(tmp_path, "one")
    engine = SearchEngine(
        tmp_path, settings.var / "language" / "app", encoder, thresholds=THRESHOLDS,
        constants=settings.constants,
    )  # fmt: skip
    assert engine.reload()
    seen: set[str] = set()
    errors: list[Exception] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                found = engine.search("ile mam urlopu", on=TODAY)
                assert found["results"]
                seen.add(found["index"])
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for name in ("two", "one", "two"):
        publish(tmp_path, name)
        assert engine.reload()
    done.set()
    for thread in threads:
        thread.join()
    assert not errors
    assert engine.version == "two"
    assert seen <= {"one", "two"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"q": ""},
        {"q": 7},
        {"q": "zasiłek", "on": "wczoraj"},
        {"q": "zasiłek", "limit": 0},
        {"q": "zasiłek", "limit": "5"},
        {"q": "zasiłek", "limit": True},
        {"q": "zasiłek", "audience": "kosmita"},
    ],
)
def test_service_refuses_bad_requests_in_polish(engine: SearchEngine, body: object) -> None:
    answer = app_for(engine).test_client().post("/search", json=body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_service_shows_a_passage_by_its_id(engine: SearchEngine, content: Content) -> None:
    client = app_for(engine).test_client()
    passage = next(p for p in content.passages.values() if p.source.act == "DU/1974/141")
    assert client.get(f"/passages/{passage.id}").get_json()["title"] == passage.title
    assert client.get("/passages/nie/ma").status_code == 404
    assert client.get(f"/passages/{passage.id}?on=zawsze").status_code == 400
