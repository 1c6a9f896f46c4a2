"""Official texts beside our passages: an extra list that no decision looks at."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from knowledge_base.acts.build import build_official
from knowledge_base.acts.importer import import_from_file
from knowledge_base.acts.store import ActStore
from knowledge_base.search.cache import EMBEDDED
from knowledge_base.search.engine import SearchEngine, Thresholds
from knowledge_base.search.index import current_version
from knowledge_base.search.service import app_for
from knowledge_base.search.vectors import Encoder
from tests.knowledge_base.acts.invented import ELI, PUBLISHED, description
from zielona.settings import Settings

TODAY = dt.date(2026, 11, 25)
QUESTION = "co zawiera dziennik deszczu hodowcy chmury"


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    folder = tmp_path_factory.mktemp("official")
    (folder / "act.html").write_text(PUBLISHED, encoding="utf-8")
    (folder / "opis.json").write_bytes(description())
    store = ActStore(folder / "acts")
    import_from_file(store, ELI, folder / "act.html", today=TODAY, metadata=folder / "opis.json", known=None)
    version, count = build_official(store, folder / "index", settings.var / "language" / "app", EMBEDDED)
    assert version == current_version(folder / "index")
    assert count == 3
    return folder / "index"


@pytest.fixture(scope="module")
def engine(official: Path, settings: Settings) -> SearchEngine:
    made = SearchEngine(
        settings.index_root,
        settings.var / "language" / "app",
        Encoder(),
        thresholds=Thresholds(answer=0.6, choices=0.25),
        constants=settings.constants,
        official_root=official,
    )
    assert made.reload()
    assert not made.reload()
    return made


def test_official_texts_come_only_when_asked_for_and_change_nothing_else(engine: SearchEngine) -> None:
    plain = engine.search(QUESTION, on=TODAY)
    asked = engine.search(QUESTION, on=TODAY, official=True)
    assert "official" not in plain
    found = asked.pop("official")
    assert asked == plain
    assert found[0]["id"] == f"{ELI}/art_25_1"
    assert {result["kind"] for result in found} == {"official"}


def test_a_passage_stays_first_for_the_bot_whatever_an_act_says(engine: SearchEngine) -> None:
    assert engine.search(QUESTION, on=TODAY)["decision"] == "unknown"
    assert all(not result["id"].startswith("DU/") for result in engine.search(QUESTION, on=TODAY, limit=20)["results"])


def test_dates_and_source_of_an_official_text(engine: SearchEngine) -> None:
    source = engine.search(QUESTION, on=TODAY, official=True)["official"][0]["source"]
    assert (source["act"], source["article"]) == (ELI, "art. 25(1)")
    assert (source["valid_from"], source["valid_to"]) == ("2024-02-01", None)
    assert source["text_date"] == "2024-03-01"


def test_an_act_is_not_law_before_its_day(engine: SearchEngine) -> None:
    assert engine.search(QUESTION, on=dt.date(2024, 1, 31), official=True)["official"] == []
    assert engine.search(QUESTION, on=dt.date(2024, 2, 1), official=True)["official"]


def test_the_service_takes_the_parameter(engine: SearchEngine) -> None:
    client = app_for(engine).test_client()
    assert "official" not in client.post("/search", json={"q": QUESTION}).get_json()
    assert client.post("/search", json={"q": QUESTION, "official": True}).get_json()["official"]
    refused = client.post("/search", json={"q": QUESTION, "official": "tak"})
    assert refused.status_code == 400
    assert "official" in json.dumps(refused.get_json())


def test_without_imported_acts_the_list_is_empty(settings: Settings, tmp_path: Path) -> None:
    made = SearchEngine(
        settings.index_root,
        settings.var / "language" / "app",
        Encoder(),
        thresholds=Thresholds(answer=0.6, choices=0.25),
        constants=settings.constants,
        official_root=tmp_path / "none",
    )
    made.reload()
    assert made.search(QUESTION, on=TODAY, official=True)["official"] == []
    assert build_official(ActStore(tmp_path / "acts"), tmp_path / "none", "", EMBEDDED) == (None, 0)


def test_a_damaged_index_of_official_texts_leaves_the_search_alone(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "v1").mkdir()
    (tmp_path / "v1" / "entries.json").write_text("{", encoding="utf-8")
    (tmp_path / "current").write_text("v1", encoding="utf-8")
    made = SearchEngine(
        settings.index_root,
        settings.var / "language" / "app",
        Encoder(),
        thresholds=Thresholds(answer=0.6, choices=0.25),
        constants=settings.constants,
        official_root=tmp_path,
    )
    assert made.reload()
    assert made.search("ile mam urlopu", on=TODAY, official=True)["official"] == []
    assert not made.reload()
