"""Job offers as documents, read back."""

from __future__ import annotations

import io

from pypdf import PdfReader

from actions.cases.job_offer import FIELDS, Contract, JobOffer, Per
from tests.widget.tickets.conftest import OFFER, Site
from tests.widget.tickets.test_api import validate
from widget.tickets.offers import TITLES, VALUES, offer_rows


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_fields_are_those_of_the_dialogue() -> None:
    assert list(TITLES) == [field.name for field in FIELDS] == list(JobOffer().as_dict())
    assert set(VALUES["contract"]) == {contract.value for contract in Contract}
    assert set(VALUES["pay_per"]) == {per.value for per in Per}


def test_rows_are_in_words_and_leave_out_what_is_empty() -> None:
    rows = dict(offer_rows({**OFFER, "education": None, "phone": "", "fraction": "1/2"}))
    assert rows["Rodzaj umowy"] == "umowa o pracę"
    assert rows["Wynagrodzenie brutto od"] == "5200,00 zł"
    assert rows["Wymiar etatu"] == "1/2 etatu"
    assert dict(offer_rows({"fraction": "1"}))["Wymiar etatu"] == "cały etat"
    assert rows["Data rozpoczęcia"] == "04.01.2027"
    assert not {"Wykształcenie", "Telefon"} & set(rows)


def test_offer_on_paper_has_everything_with_polish_letters(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(conversation[0], OFFER)
    sent = site.send(conversation, draft=draft, county="podlaskie/Łomża", phone="600700800")
    reference = sent.get_json()["reference"]
    answer = site.read(conversation, f"{reference}.pdf")
    assert answer.mimetype == "application/pdf"
    assert f"{reference}.pdf" in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    for part in (
        reference, "Piekarnia Źdźbło", "Łomża", "żeby chleb był świeży", "umowa o pracę", "5200,00 zł", "04.01.2027",
        "Powiatowy Urząd Pracy w Łomży", "anna@poczta.pl", "Anna Źdźbło", "5260250274",
        "+48 600 700 800", "Krajowa oferta pracy", "strona 1",
    ):  # fmt: skip
        assert part in text, part
    document = PdfReader(io.BytesIO(answer.data))
    assert document.metadata is not None
    assert document.metadata.title == f"Oferta pracy {reference}"
    assert document.trailer["/Root"]["/Lang"] == "pl"


def test_long_offer_goes_on_over_pages(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(
        conversation[0], {**OFFER, "tasks": "Żmudne zajęcie przy ścianie. " * 400, "schedule": "OSTATNI"}
    )
    reference = site.send(conversation, draft=draft).get_json()["reference"]
    pdf = site.read(conversation, f"{reference}.pdf").data
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    assert text_of(pdf).count("Żmudne zajęcie przy ścianie.") == 400
    assert "OSTATNI" in text_of(pdf)


def test_letters_that_the_font_has_not_are_told_about(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(conversation[0], {**OFFER, "employer": "Фірма Łucja 🙂"})
    reference = site.send(conversation, draft=draft).get_json()["reference"]
    text = text_of(site.read(conversation, f"{reference}.pdf").data)
    assert "Łucja" in text
    assert "pominięto" in text


def test_offer_as_data(site: Site) -> None:
    conversation = site.begin()
    draft = site.draft(conversation[0], OFFER)
    reference = site.send(conversation, draft=draft, county="podlaskie/Łomża").get_json()["reference"]
    body = site.read(conversation, f"{reference}.json").get_json()
    validate(body, "JobOffer")
    assert body["office"] == {"id": "pup_lomza", "name": "Powiatowy Urząd Pracy w Łomży"}
    assert body["offer"]["employer"] == "Piekarnia Źdźbło"
    assert (body["offer"]["contact_name"], body["offer"]["nip"]) == ("Anna Źdźbło", "5260250274")
    assert body["offer"]["education"] is None
