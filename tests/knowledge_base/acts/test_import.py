from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from knowledge_base.acts.client import EliClient
from knowledge_base.acts.eli import parse_eli
from knowledge_base.acts.errors import ActError
from knowledge_base.acts.importer import Imported, import_from_file, import_from_service
from knowledge_base.acts.metadata import read_metadata
from knowledge_base.acts.passages import MAX_WORDS, entries_of
from knowledge_base.acts.store import ActStore
from knowledge_base.content.store import ROOT
from tests.knowledge_base.acts.invented import ARTICLES, ELI, NOTICE, PUBLISHED, big_act, description, page, pdf
from tests.knowledge_base.acts.server import Service
from zielona.cli import main

TODAY = dt.date(2026, 11, 25)
ACT = f"/acts/{ELI}"
LINES = ["Art. 1. Ustawa określa zasady.", "Art. 2. 1. Deszcz pada.", "2. Deszcz nie pada."]


def fetch(store: ActStore, client: EliClient, **options: object) -> Imported:
    return import_from_service(store, client, ELI, today=TODAY, **options)  # type: ignore[arg-type]


@pytest.fixture
def published(service: Service) -> Service:
    service.serve(ACT, description(), '"d1"')
    service.serve(f"{ACT}/text.html", PUBLISHED.encode(), '"t1"')
    return service


def test_an_act_is_kept_with_its_description_and_validators(
    published: Service, store: ActStore, client: EliClient
) -> None:
    done = fetch(store, client)
    folder = store.root / "DU-2099-7"
    assert (done.changed, done.articles) == (True, 4)
    assert json.loads((folder / "metadata.json").read_text())["act"]["ELI"] == ELI
    assert json.loads((folder / "etag").read_text()) == {"metadata": '"d1"', f"{ACT}/text.html": '"t1"'}
    first = json.loads((folder / "articles.jsonl").read_text().split("\n")[2])
    assert (first["id"], first["label"]) == (f"{ELI}/art_1", "art. 1")
    assert store.load(ELI) == done.act


def test_a_second_import_asks_and_changes_nothing(published: Service, store: ActStore, client: EliClient) -> None:
    before = fetch(store, client).act
    done = fetch(store, client)
    assert not done.changed
    assert done.act == before
    assert published.headers_of(f"{ACT}/text.html")[1]["if-none-match"] == '"t1"'


def test_a_changed_text_replaces_the_old_one(published: Service, store: ActStore, client: EliClient) -> None:
    fetch(store, client)
    published.serve(f"{ACT}/text.html", PUBLISHED.replace("liczbę kropli", "liczbę płatków").encode(), '"t2"')
    done = fetch(store, client)
    assert done.changed
    loaded = store.load(ELI)
    assert loaded
    assert any("płatków" in unit.text for unit in loaded.units)


BROKEN = {
    "a page that is not an act": ("/text.html", b"<html><body><h1>Przerwa techniczna</h1></body></html>"),
    "a changed markup": ("/text.html", PUBLISHED.replace("unit_arti", "article").encode()),
    "bytes": ("/text.html", bytes(range(256)) * 50),
    "half of the page": ("/text.html", PUBLISHED.partition("Ustawa określa")[0].encode()),
    "broken JSON": ("", b'{"ELI": "DU/2099/7", "title": '),
    "HTML for JSON": ("", b"<html>"),
    "a list": ("", b"[]"),
    "deep JSON": ("", b"[" * 100_000),
    "another act": ("", description(ELI="DU/2099/8")),
    "no title": ("", description(title=None)),
    "no date": ("", description(entryIntoForce=None)),
    "a wrong date": ("", description(entryIntoForce="wkrótce")),
    "no text": ("", description(textHTML=False, textPDF=False)),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_bad_input_leaves_the_last_import_in_place(
    published: Service, store: ActStore, client: EliClient, broken: str
) -> None:
    before = fetch(store, client).act
    path, body = BROKEN[broken]
    published.serve(ACT + path, body, '"broken"')
    with pytest.raises(ActError):
        fetch(store, client)
    assert store.load(ELI) == before
    assert [path.name for path in store.root.glob(".new*")] == []


def test_a_write_that_fails_leaves_the_last_import_in_place(
    published: Service, store: ActStore, client: EliClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fetch(store, client).act
    published.serve(f"{ACT}/text.html", PUBLISHED.replace("kropli", "płatków").encode(), '"t2"')

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            fetch(store, client)
    assert store.load(ELI) == before


def test_a_damaged_store_is_mended_by_the_next_import(published: Service, store: ActStore, client: EliClient) -> None:
    done = fetch(store, client)
    (store.root / "DU-2099-7" / "articles.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(ActError, match="uszkodzony"):
        store.load(ELI)
    fetch(store, client)
    assert store.load(ELI) == done.act


def test_two_imports_at_a_time_are_refused(published: Service, store: ActStore, client: EliClient) -> None:
    with store.locked(), pytest.raises(ActError, match="inny import"):
        fetch(store, client)


def test_an_amended_act_is_read_from_the_text_kept_up_to_date(
    published: Service, store: ActStore, client: EliClient
) -> None:
    texts = [{"fileName": "D20990007.pdf", "type": "O"}, {"fileName": "D20990007Lj.pdf", "type": "U"}]
    published.serve(ACT, description(texts=texts, references={"Akty zmieniające": [{"id": "DU/2099/9"}]}))
    published.serve(f"{ACT}/text/U/D20990007Lj.pdf", pdf([LINES]))
    done = fetch(store, client)
    assert (done.act.source.form, done.articles) == ("pdf", 2)
    assert fetch_original(published, client, store).act.source.form == "html"


def fetch_original(service: Service, client: EliClient, store: ActStore) -> Imported:
    return fetch(ActStore(store.root.with_name("other")), client, original=True)


@pytest.mark.parametrize("item", [{"id": "DU/2099/50"}, {"act": {"ELI": "DU/2099/50"}}])
def test_an_amended_act_is_else_read_from_its_newest_consolidated_text(
    published: Service, store: ActStore, client: EliClient, item: dict[str, object]
) -> None:
    published.serve(ACT, description(references={"Inf. o tekście jednolitym": [{"id": "DU/2098/4"}, item, {}, 7]}))
    published.serve("/acts/DU/2099/50", b'{"ELI": "DU/2099/50", "textHTML": true, "legalStatusDate": "2026-05-19"}')
    published.serve("/acts/DU/2099/50/text.html", NOTICE.encode())
    act = fetch(store, client).act
    assert (act.source.eli, act.source.text_date) == ("DU/2099/50", dt.date(2026, 5, 19))
    assert {unit.id.split("/")[2] for unit in act.units} == {"7"}
    assert not any("Wzór" in entry.text or "Ogłasza" in entry.text for entry in entries_of(act))


def test_an_empty_page_means_that_there_is_only_a_pdf(published: Service, store: ActStore, client: EliClient) -> None:
    published.serve(f"{ACT}/text.html", b"")
    published.serve(f"{ACT}/text.pdf", pdf([LINES]))
    assert fetch(store, client).act.source.form == "pdf"
    with pytest.raises(ActError, match="pustą stronę"):
        fetch(store, client, form="html")


def test_a_text_that_is_described_and_missing_gives_way_to_the_next(
    published: Service, store: ActStore, client: EliClient
) -> None:
    texts = [{"fileName": "brak.pdf", "type": "U"}]
    published.serve(ACT, description(texts=texts, references={"Akty zmieniające": [{"id": "DU/2099/9"}]}))
    assert fetch(store, client).act.source.form == "html"
    with pytest.raises(ActError, match="nie zna"):
        fetch(store, client, form="pdf")


def test_half_of_the_articles_gone_looks_like_a_cut_page(
    published: Service, store: ActStore, client: EliClient
) -> None:
    published.serve(f"{ACT}/text.html", big_act(10).encode())
    fetch(store, client)
    published.serve(f"{ACT}/text.html", big_act(4).encode())
    with pytest.raises(ActError, match="Wygląda na ucięty"):
        fetch(store, client)


def test_the_last_day_is_the_one_before_the_repeal() -> None:
    metadata = read_metadata(description(repealDate="2025-06-01", inForce="NOT_IN_FORCE"), ELI)
    assert metadata.valid_to == dt.date(2025, 5, 31)


def test_a_notice_is_answered_with_the_act_it_is_about() -> None:
    notice = description(entryIntoForce=None, references={"Tekst jednolity dla aktu": [{"id": "DU/2098/3"}]})
    with pytest.raises(ActError, match="DU/2098/3"):
        read_metadata(notice, ELI)


@pytest.mark.parametrize("name", ["act.html", "act.pdf"])
def test_a_file_saved_by_hand(store: ActStore, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pdf([LINES]) if name.endswith("pdf") else PUBLISHED.encode())
    described = tmp_path / "opis.json"
    described.write_bytes(description())
    with pytest.raises(ActError, match="--metadata"):
        import_from_file(store, ELI, tmp_path / name, today=TODAY, known=None)
    done = import_from_file(store, ELI, tmp_path / name, today=TODAY, metadata=described, known=None)
    assert done.articles > 1
    assert not any(entry.source["verified"] for entry in entries_of(done.act))
    again = import_from_file(store, ELI, tmp_path / name, today=TODAY, known=None)
    assert not again.changed


def test_entries_are_short_and_in_force(published: Service, store: ActStore, client: EliClient) -> None:
    published.serve(f"{ACT}/text.html", page(("Treść", ARTICLES + ARTICLES.replace("chmur", "chmur " * 300))).encode())
    entries = entries_of(fetch(store, client).act)
    assert max(len(entry.text.split()) for entry in entries) <= MAX_WORDS
    assert len({entry.id for entry in entries}) == len(entries)
    assert not any("uchylony" in entry.text for entry in entries)
    assert {entry.source["valid_from"] for entry in entries} == {"2024-02-01"}


def test_an_act_out_of_force_on_an_unknown_day_is_not_searched(
    published: Service, store: ActStore, client: EliClient
) -> None:
    published.serve(ACT, description(inForce="NOT_IN_FORCE"))
    assert entries_of(fetch(store, client).act) == []


@pytest.mark.parametrize(
    "text", ["", "DU", "DU/25/1", "XX/2025/1", "DU/2025/0", "../../etc", "DU/2025/1/..", "DU/２０２５/1"]
)
def test_wrong_identifiers_are_refused(text: str) -> None:
    with pytest.raises(ActError, match="ELI"):
        parse_eli(text)


def test_identifiers_have_one_form() -> None:
    assert parse_eli(" du/2025/620\n") == "DU/2025/620"


def command(monkeypatch: pytest.MonkeyPatch, service: Service, folder: Path, *options: str) -> int:
    monkeypatch.setenv("ZL_ELI_URL", service.url)
    monkeypatch.setenv("ZL_VAR", str(folder))
    return main(["import-act", *options])


def test_the_command_tells_what_it_did(
    published: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, published, tmp_path, ELI, "--no-index") == 0
    told = capsys.readouterr().out
    assert "Artykuły: 4" in told
    assert "Obowiązuje od 2024-02-01" in told
    assert (tmp_path / "acts" / "DU-2099-7" / "articles.jsonl").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["nie-eli"],
        ["DU/2099/404"],
        [ELI, "--metadata", "opis.json"],
        [ELI, "--file", "brak.html"],
        [ELI, "--file", "/"],
    ],
)
def test_the_command_fails_in_polish(
    published: Service,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
) -> None:
    assert command(monkeypatch, published, tmp_path, *options, "--no-index") == 1
    assert "BŁĄD: " in capsys.readouterr().out
    assert not (tmp_path / "index-official").exists()


def test_fifty_megabytes_from_a_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    big = tmp_path / "act.html"
    with big.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (tmp_path / "opis.json").write_bytes(description())
    options = ("--file", str(big), "--metadata", str(tmp_path / "opis.json"))
    assert command(monkeypatch, published, tmp_path, ELI, *options) == 1
    assert "przekracza 30 MB" in capsys.readouterr().out


def test_acts_of_our_own_list_need_no_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "act.html").write_text(PUBLISHED, encoding="utf-8")
    assert (
        command(monkeypatch, published, tmp_path, "DU/2004/1001", "--file", str(tmp_path / "act.html"), "--no-index")
        == 0
    )
    assert "do 2025-05-31" in capsys.readouterr().out
    assert published.asked == []


def test_no_statute_is_kept_in_the_repository() -> None:
    assert not list(ROOT.glob("data/**/*.pdf")) + list(ROOT.glob("data/**/*.html"))
