"""Amounts over the pages, and the file of the table."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.amounts import load_amounts
from tests.widget.accounts.people import Browser, actions
from tests.widget.studio.content import git
from tests.widget.studio.forms import fields, version_of
from widget.studio.pieces.amount_file import PeriodEdit, edits_of, with_new, with_periods
from zielona.settings import ROOT

NAME = "minimalne_wynagrodzenie"
PAGE = f"/panel/studio/kwoty/{NAME}"
FORM = 'form[method="post"]:has(input[name=periods])'
NEW = {
    "period.nowy.value": ["5 100,50 zł"], "period.nowy.valid_from": ["2028-01-01"],
    "period.nowy.source": ["DU/2027/1"], "period.nowy.checked_on": ["2026-11-26"], "period.nowy.verified": ["tak"],
}  # fmt: skip


def amounts_file(folder: Path) -> Path:
    return folder / "data" / "amounts.yml"


def test_list_shows_today_and_what_comes(editor: Browser) -> None:
    page = editor.get("/panel/studio/kwoty?szukaj=minimalne").text
    assert "Minimalne wynagrodzenie za pracę" in page
    assert "Stypendium" not in page
    assert "liczona z innej" in page
    assert editor.get("/panel/studio/kwoty/nie_ma").status_code == 404


def test_form_sent_as_it_came_changes_nothing(editor: Browser, folder: Path) -> None:
    before = amounts_file(folder).read_bytes()
    assert editor.send(PAGE, **fields(editor.get(PAGE).text, FORM), co="zapis").status_code == 303
    assert amounts_file(folder).read_bytes() == before


def test_new_amount_ends_the_one_before(app: Flask, editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text, FORM) | NEW
    open_end = {**sent, "period.7.valid_to": [""]}
    assert editor.send(PAGE, **open_end, co="zapis").status_code == 303
    text = amounts_file(folder).read_text(encoding="utf-8")
    assert "{valid_from: 2027-01-01, valid_to: 2027-12-31, value: 4950.00," in text
    assert "{valid_from: 2028-01-01, value: 5100.50, source: DU/2027/1, checked_on: 2026-11-26, verified: true}" in text
    assert git(folder, "show", "--format=", "--shortstat").strip() == "1 file changed, 1 insertion(+)"
    assert actions(app)[-1] == ("studio.kwota", NAME)
    shown = editor.get(f"{PAGE}?dzien=2028-02-01").text
    assert "5100,50\u00a0zł" in shown
    # Half of it, worked out.
    assert "2550,25\u00a0zł" in shown


def test_preview_saves_nothing(editor: Browser, folder: Path) -> None:
    before = amounts_file(folder).read_bytes()
    sent = fields(editor.get(PAGE).text, FORM) | NEW
    shown = editor.send(PAGE, **sent, co="podglad", dzien="2028-02-01").text
    assert "5100,50\u00a0zł" in shown
    assert 'value="5 100,50 zł"' in shown
    assert amounts_file(folder).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"period.nowy.value": ["0"]}, "większa od zera"),
        ({"period.nowy.value": ["4950,123"]}, "większa od zera"),
        ({"period.nowy.value": ["NaN"]}, "większa od zera"),
        ({"period.nowy.source": [""]}, "z czego kwota wynika"),
        ({"period.nowy.valid_from": [""]}, "Trzeba podać dzień"),
        ({"period.nowy.valid_to": ["2027-01-01"]}, "wcześniej niż początek"),
        ({"period.7.valid_from": ["2026-05-01"]}, "zachodzą na siebie"),
    ],
)
def test_mistakes(editor: Browser, folder: Path, change: dict[str, list[str]], told: str) -> None:
    before = amounts_file(folder).read_bytes()
    answer = editor.send(PAGE, **(fields(editor.get(PAGE).text, FORM) | NEW | change), co="zapis")
    assert answer.status_code == 422
    assert told in answer.text
    assert amounts_file(folder).read_bytes() == before


def test_change_of_another_amount_is_no_conflict_and_of_the_same_is_one(editor: Browser, folder: Path) -> None:
    sent = fields(editor.get(PAGE).text, FORM) | NEW
    path = amounts_file(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("value: 32.30", "value: 32.40"), encoding="utf-8")
    assert editor.send(PAGE, **sent, co="zapis").status_code == 303
    text = path.read_text(encoding="utf-8")
    assert "32.40" in text
    assert "5100.50" in text
    path.write_text(text.replace("value: 4950.00", "value: 4951.00"), encoding="utf-8")
    answer = editor.send(PAGE, **sent, co="zapis")
    assert answer.status_code == 409
    assert "4951.00" in answer.text
    assert "4951.00" in path.read_text(encoding="utf-8")


def test_amount_that_is_worked_out_has_no_form(editor: Browser) -> None:
    page = "/panel/studio/kwoty/polowa_minimalnego_wynagrodzenia"
    shown = editor.get(page).text
    assert "50% kwoty" in shown
    assert editor.send(page, co="zapis", periods="0").status_code == 409


def test_return_brings_back_this_amount_alone(editor: Browser, folder: Path) -> None:
    before = amounts_file(folder).read_text(encoding="utf-8")
    editor.send(PAGE, **(fields(editor.get(PAGE).text, FORM) | NEW), co="zapis")
    other = "/panel/studio/kwoty/minimalna_stawka_godzinowa"
    sent = fields(editor.get(other).text, FORM) | {"period.7.value": ["32,50"]}
    editor.send(other, **sent, co="zapis")
    revisions = re.findall(r"/historia/([0-9a-f]{40})", editor.get(f"{PAGE}/historia").text)
    oldest = f"{PAGE}/historia/{revisions[-1]}"
    assert editor.send(oldest, version=version_of(editor.get(oldest).text)).status_code == 303
    assert amounts_file(folder).read_text(encoding="utf-8") == before.replace("32.30", "32.50")


@given(
    st.lists(st.dates(dt.date(2030, 1, 1), dt.date(2040, 1, 1)), min_size=1, max_size=6, unique=True),
    st.decimals(Decimal("0.01"), Decimal("9999999"), places=2),
)
def test_new_periods_never_overlap_and_can_be_read(days: list[dt.date], value: Decimal) -> None:
    path = ROOT / "data" / "amounts.yml"
    parameter = load_amounts(path).parameters[NAME]
    periods = edits_of(parameter)
    for day in days:
        periods = with_new(periods, PeriodEdit(None, day, None, value, "DU/2030/1", dt.date(2029, 12, 1), True))
    for earlier, later in itertools.pairwise(periods):
        assert earlier.valid_to is not None
        assert earlier.valid_from <= earlier.valid_to < later.valid_from
    text = with_periods(path.read_text(encoding="utf-8"), NAME, periods)
    assert text.count(f"value: {value:.2f}") >= len(days)
