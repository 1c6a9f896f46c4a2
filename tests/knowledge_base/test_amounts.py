from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content.amounts import UnknownAmountError, format_amount, load_amounts
from knowledge_base.content.errors import ContentError
from knowledge_base.content.store import Content
from knowledge_base.content.template import amounts_verified, placeholders, render

TABLE = """
parameters:
  base:
    title: Podstawa
    unit: zł
    periods:
      - {valid_from: 2025-01-01, valid_to: 2025-12-31, value: 1000.00, source: DU/2025/620, checked_on: 2026-11-24, verified: true}
      - {valid_from: 2026-01-01, value: 1100.05, source: DU/2025/620, checked_on: 2026-11-24, verified: false}
  derived:
    title: Pochodna
    unit: zł
    formula: {of: base, times: 1.6}
"""  # noqa: E501


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "amounts.yml"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_value_of_the_day_decides(table: Path) -> None:
    amounts = load_amounts(table)
    assert amounts.text_on("base", dt.date(2025, 12, 31)) == "1000\u00a0zł"
    assert amounts.text_on("base", dt.date(2026, 1, 1)) == "1100,05\u00a0zł"


def test_derived_value_is_rounded_to_the_grosz(table: Path) -> None:
    assert load_amounts(table).period_on("derived", dt.date(2026, 5, 1)).value == Decimal("1760.08")


def test_derived_value_is_rounded_up_where_the_law_says_so(tmp_path: Path) -> None:
    path = tmp_path / "amounts.yml"
    path.write_text(TABLE.replace("times: 1.6", "times: 1.6, round_up_to: 0.1"), encoding="utf-8")
    amounts = load_amounts(path)
    assert amounts.period_on("derived", dt.date(2026, 5, 1)).value == Decimal("1760.10")
    assert amounts.period_on("derived", dt.date(2025, 5, 1)).value == Decimal("1600.00")


def test_day_without_value_is_an_error_and_not_a_guess(table: Path) -> None:
    with pytest.raises(UnknownAmountError, match="2024-12-31"):
        load_amounts(table).text_on("base", dt.date(2024, 12, 31))


def test_unknown_parameter_is_named(table: Path) -> None:
    with pytest.raises(UnknownAmountError, match="nieznana"):
        load_amounts(table).text_on("nieznana", dt.date(2026, 1, 1))


def test_broken_table_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "amounts.yml"
    path.write_text("parameters:\n  x:\n    title: X\n    unit: zł\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"amounts\.yml:2: .*ani okresów, ani wzoru"):
        load_amounts(path)


def test_unverified_amount_makes_the_text_unverified(table: Path) -> None:
    amounts = load_amounts(table)
    assert amounts_verified("{{ base }}", day=dt.date(2025, 6, 1), amounts=amounts)
    assert not amounts_verified("{{ derived }}", day=dt.date(2026, 6, 1), amounts=amounts)


def test_placeholders_are_filled_and_nothing_else_is_executed(table: Path) -> None:
    amounts = load_amounts(table)
    text = render(
        "{{ base }} {{7*7}} {{ numer }}", day=dt.date(2025, 6, 1), amounts=amounts, constants={"numer": "19524"}
    )
    assert text == "1000\u00a0zł {{7*7}} 19524"
    assert placeholders("{{ base }} {{7*7}}") == {"base"}


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_format_keeps_the_value(value: Decimal) -> None:
    text = format_amount(value, "zł").removesuffix("\u00a0zł")
    assert Decimal(text.replace(",", ".").replace("\u00a0", "")) == value
    assert not text.endswith(",00")


def test_five_digits_stand_in_groups() -> None:
    assert format_amount(Decimal("9999.99"), "zł") == "9999,99\u00a0zł"
    assert format_amount(Decimal(72090), "zł") == "72\u00a0090\u00a0zł"
    assert format_amount(Decimal("1234567.5"), "zł") == "1\u00a0234\u00a0567,50\u00a0zł"


def test_benefit_of_today_and_of_the_year_before(content: Content) -> None:
    # Rates announced for 2025-06-01 and 2026-06-01, see data/amounts.yml.
    assert content.amounts.text_on("zasilek_pierwsze_90_dni", dt.date(2026, 11, 24)) == "1783,90\u00a0zł"
    assert content.amounts.text_on("zasilek_pierwsze_90_dni", dt.date(2026, 5, 31)) == "1721,90\u00a0zł"
    assert content.amounts.text_on("zasilek_120_pierwsze_90_dni", dt.date(2026, 11, 24)) == "2140,70\u00a0zł"
    assert content.amounts.text_on("zasilek_80_pierwsze_90_dni", dt.date(2025, 5, 31)) == "1329,60\u00a0zł"


RULED = """
  ruled:
    title: Stawka z własnym okresem
    unit: zł
    valid_from: 2025-06-01
    valid_to: 2026-05-31
    verified: false
    formula: {of: base, times: 2}
  awaited:
    title: Czeka na ogłoszenie
    unit: zł
    awaiting: true
    periods:
      - {valid_from: 2025-01-01, valid_to: 2025-12-31, value: 1.00, source: DU/2025/620, checked_on: 2026-11-24, verified: true}
  of_awaited:
    title: Pochodna czekającej
    unit: zł
    formula: {of: awaited, times: 6}
"""  # noqa: E501


@pytest.fixture
def ruled(tmp_path: Path) -> Path:
    path = tmp_path / "amounts.yml"
    path.write_text(TABLE + RULED, encoding="utf-8")
    return path


def test_derived_amount_lasts_as_long_as_its_rule(ruled: Path) -> None:
    amounts = load_amounts(ruled)
    period = amounts.period_on("ruled", dt.date(2025, 12, 31))
    assert (period.valid_from, period.valid_to) == (dt.date(2025, 6, 1), dt.date(2025, 12, 31))
    assert not period.verified
    for day in (dt.date(2025, 5, 31), dt.date(2026, 6, 1)):
        with pytest.raises(UnknownAmountError):
            amounts.text_on("ruled", day)


def test_missing_value_is_expected_only_after_the_rule_or_while_awaited(ruled: Path) -> None:
    amounts = load_amounts(ruled)
    day = dt.date(2026, 6, 1)
    assert amounts.expected_on("derived", day)
    assert not amounts.expected_on("ruled", day)
    assert not amounts.expected_on("awaited", day)
    assert not amounts.expected_on("of_awaited", day)
