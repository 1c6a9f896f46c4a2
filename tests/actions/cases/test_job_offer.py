from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.cases.fair_wording import Ground
from actions.cases.job_offer import (
    FIELDS,
    Checked,
    Contract,
    JobOffer,
    Kind,
    Per,
    check_offer,
    normalised,
    valid_nip,
)
from actions.reasoning import InputError
from knowledge_base.content.store import Content
from tests.actions.examples import check_steps

TODAY = dt.date(2026, 11, 25)

GOOD = JobOffer(
    employer="Piekarnia Kłos sp. z o.o.",
    nip="123-456-32-18",
    contact_name="Anna Nowak",
    phone="+48 85 123 45 67",
    email="Praca@Klos.example",
    title="Sprzedawca / sprzedawczyni",
    vacancies=2,
    workplace="Łomża",
    tasks="obsługa  klientów\n\n wypiek pieczywa",
    contract=Contract.EMPLOYMENT,
    fraction=Fraction(1),
    schedule="poniedziałek–piątek 6.00–14.00",
    start=dt.date(2026, 12, 1),
    pay_from=Decimal(5200),
    pay_to=Decimal(4900),
    pay_per=Per.MONTH,
    pay_system="czasowo",
    education="dowolne",
    requirements="książeczka sanepidowska",
    valid_until=dt.date(2026, 12, 31),
    how_to_apply="telefonicznie lub e-mailem",
)


def checked(content: Content, **more: object) -> Checked:
    result = check_offer(replace(GOOD, **more), day=TODAY, amounts=content.amounts)  # type: ignore[arg-type]
    check_steps((*result.steps, *(finding.step for finding in result.findings)), content)
    return result


def test_a_good_offer_is_ready_and_in_one_form(content: Content) -> None:
    result = checked(content)
    assert (result.findings, result.ready) == ((), True)
    offer = result.offer
    assert (offer.nip, offer.phone, offer.email) == ("1234563218", "851 234 567", "praca@klos.example")
    assert (offer.pay_from, offer.pay_to) == (Decimal("4900.00"), Decimal("5200.00"))
    assert offer.tasks == "obsługa klientów\nwypiek pieczywa"


def test_fields_are_those_of_the_offer() -> None:
    assert [field.name for field in FIELDS] == [field.name for field in fields(JobOffer)]


def test_an_empty_offer_asks_for_every_field_the_office_needs(content: Content) -> None:
    result = check_offer(JobOffer(), day=TODAY, amounts=content.amounts)
    assert {finding.kind for finding in result.findings} == {Kind.MISSING}
    wanted = {field.name for field in FIELDS if field.required} | {"phone"}
    assert {finding.field for finding in result.findings} == wanted
    assert not result.ready


@pytest.mark.parametrize(
    ("more", "proposal"),
    [
        # 4806 in 2026, 4950 in 2027.
        ({"pay_from": Decimal("4805.99"), "pay_to": None}, "4806\u00a0zł"),
        ({"pay_from": Decimal("4806"), "pay_to": None}, None),
        ({"pay_from": Decimal("4806"), "pay_to": None, "start": dt.date(2027, 1, 1)}, "4950\u00a0zł"),
        ({"pay_from": Decimal("4806"), "pay_to": Decimal(6000), "start": dt.date(2027, 1, 1)}, "4950\u00a0zł"),
        ({"pay_from": Decimal("2402.99"), "pay_to": None, "fraction": Fraction(1, 2)}, "2403\u00a0zł"),
        ({"pay_from": Decimal("2403"), "pay_to": None, "fraction": Fraction(1, 2)}, None),
        # 4806 / 160 hours of December 2026 is 30.0375.
        ({"pay_from": Decimal("30.03"), "pay_to": None, "pay_per": Per.HOUR}, "30,04\u00a0zł"),
        ({"pay_from": Decimal("30.04"), "pay_to": None, "pay_per": Per.HOUR}, None),
        (
            {"pay_from": Decimal("31.39"), "pay_to": None, "pay_per": Per.HOUR, "contract": Contract.MANDATE},
            "31,40\u00a0zł",
        ),
        ({"pay_from": Decimal("31.40"), "pay_to": None, "pay_per": Per.HOUR, "contract": Contract.MANDATE}, None),
        ({"pay_from": Decimal("10"), "pay_to": None, "contract": Contract.SPECIFIC_WORK}, None),
    ],
)
def test_art_6_and_8a_pay_below_the_minimum_of_the_day(
    content: Content, more: dict[str, object], proposal: str | None
) -> None:
    result = checked(content, **more)
    assert [finding.proposal for finding in result.findings] == ([proposal] if proposal else [])
    assert result.ready == (proposal is None)
    assert all(finding.kind is Kind.PAY for finding in result.findings)


def test_a_minimum_that_is_not_announced_yet_makes_it_unsure(content: Content) -> None:
    result = checked(content, start=dt.date(2029, 1, 1), pay_from=Decimal(4000), pay_to=None)
    (finding,) = result.findings
    assert finding.kind is Kind.PAY
    assert not finding.step.sure


def test_a_monthly_sum_of_a_mandate_is_only_a_hint(content: Content) -> None:
    result = checked(content, contract=Contract.MANDATE)
    assert [finding.kind for finding in result.findings] == [Kind.HINT]
    assert result.ready


def test_art_18_3ca_missing_pay(content: Content) -> None:
    result = checked(content, pay_from=None, pay_to=None)
    assert [(finding.field, finding.kind) for finding in result.findings] == [("pay_from", Kind.MISSING)]
    assert result.findings[0].step.article == "art. 18(3ca)"
    only_upper = checked(content, pay_from=None, pay_to=Decimal(5000))
    assert (only_upper.offer.pay_from, only_upper.ready) == (Decimal("5000.00"), True)


@pytest.mark.parametrize(
    ("more", "ground", "proposal"),
    [
        ({"requirements": "osoba do 35 lat, prawo jazdy"}, Ground.AGE, None),
        ({"title": "Pani do sprzątania (k/m)"}, Ground.SEX, "osoba"),
        ({"requirements": "miła aparycja"}, Ground.APPEARANCE, "łatwość kontaktu z ludźmi"),
        (
            {"requirements": "osoba bezdzietna"},
            Ground.FAMILY,
            "dyspozycyjność w godzinach podanych w ofercie",
        ),
        ({"requirements": "młody i silny"}, Ground.AGE, "gotowość do dźwigania"),
    ],
)
def test_art_83_discrimination_blocks_and_gets_a_correction(
    content: Content, more: dict[str, object], ground: Ground, proposal: str | None
) -> None:
    result = checked(content, **more)
    assert [(finding.kind, finding.ground) for finding in result.findings] == [(Kind.DISCRIMINATION, ground)]
    assert result.findings[0].proposal == proposal
    assert not result.ready


def test_a_name_of_a_post_that_points_to_one_sex_is_a_hint(content: Content) -> None:
    result = checked(content, title="Kelnerka")
    assert [(finding.kind, finding.proposal) for finding in result.findings] == [(Kind.HINT, "kelner / kelnerka")]
    assert result.ready


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"nip": "1234563219"}, "nip"),
        ({"nip": "123"}, "nip"),
        ({"phone": "12"}, "phone"),
        ({"email": "praca.klos"}, "email"),
        ({"start": dt.date(2026, 11, 24)}, "start"),
        ({"valid_until": dt.date(2026, 11, 24)}, "valid_until"),
    ],
)
def test_wrong_fields(content: Content, more: dict[str, object], field: str) -> None:
    result = checked(content, **more)
    assert [(finding.field, finding.kind) for finding in result.findings] == [(field, Kind.WRONG)]


def test_missing_contact_and_part_of_a_full_time_job(content: Content) -> None:
    result = checked(content, phone=None, email=" ", fraction=None)
    assert [(finding.field, finding.kind) for finding in result.findings] == [
        ("phone", Kind.MISSING),
        ("fraction", Kind.MISSING),
    ]
    assert checked(content, phone=None).ready
    assert checked(content, nip=None, phone="+44 20 7946 0000").ready


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"vacancies": 0}, "vacancies"),
        ({"fraction": Fraction(3, 2)}, "fraction"),
        ({"pay_from": Decimal(-1)}, "pay_from"),
        ({"pay_to": Decimal("NaN")}, "pay_to"),
        ({"tasks": "a" * 4001}, "tasks"),
    ],
)
def test_impossible_numbers_are_refused(content: Content, more: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(content, **more)
    assert caught.value.field == field


def test_rules_before_pay_transparency_are_refused(content: Content) -> None:
    with pytest.raises(InputError):
        check_offer(GOOD, day=dt.date(2025, 12, 23), amounts=content.amounts)


@pytest.mark.parametrize(("nip", "valid"), [("1234563218", True), ("5261040828", True), ("5261040827", False)])
def test_check_digit_of_a_nip(nip: str, valid: bool) -> None:
    assert valid_nip(nip) == valid
    assert not valid_nip("١٢٣٤٥٦٣٢١٨")


def test_json_of_an_offer(content: Content) -> None:
    written = json.loads(json.dumps(checked(content).offer.as_dict()))
    assert (written["contract"], written["start"], written["pay_from"]) == ("umowa_o_prace", "2026-12-01", "4900.00")
    assert (written["fraction"], written["vacancies"]) == ("1", 2)


TEXTS = st.none() | st.text(max_size=60)


@example(draft=JobOffer(nip="-"))
@example(draft=JobOffer(nip="PL-PL 1"))
@given(
    draft=st.builds(
        JobOffer,
        employer=TEXTS,
        nip=TEXTS,
        phone=TEXTS,
        email=TEXTS,
        title=TEXTS,
        tasks=TEXTS,
        requirements=TEXTS,
        contract=st.none() | st.sampled_from(Contract),
        fraction=st.none() | st.fractions(Fraction(1, 16), 1, max_denominator=16),
        pay_from=st.none() | st.decimals(Decimal(1), Decimal(20000), places=2),
        pay_to=st.none() | st.decimals(Decimal(1), Decimal(20000), places=2),
        pay_per=st.none() | st.sampled_from(Per),
        start=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)),
    )
)
def test_any_offer_can_be_checked_and_is_checked_the_same_again(content: Content, draft: JobOffer) -> None:
    once = check_offer(draft, day=TODAY, amounts=content.amounts)
    assert normalised(once.offer) == once.offer
    assert check_offer(once.offer, day=TODAY, amounts=content.amounts) == once
    assert json.dumps(once.offer.as_dict())
    if once.offer.pay_from is not None and once.offer.pay_to is not None:
        assert once.offer.pay_from <= once.offer.pay_to
