"""Job offers as documents: JSON for systems, PDF for people."""

from __future__ import annotations

from typing import Any

import font_lato
import phonenumbers
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from knowledge_base.content.offices import Office
from widget.tickets.hours import spoken
from widget.tickets.models import Ticket

# Fields in the order in which they are read, as employers know them (a test compares them with the dialogue).
TITLES = {
    "employer": "Pracodawca",
    "nip": "NIP",
    "contact_name": "Osoba do kontaktu",
    "phone": "Telefon",
    "email": "E-mail",
    "title": "Stanowisko",
    "vacancies": "Liczba miejsc",
    "workplace": "Miejsce pracy",
    "tasks": "Zadania",
    "contract": "Rodzaj umowy",
    "fraction": "Wymiar etatu",
    "schedule": "Rozkład czasu pracy",
    "start": "Data rozpoczęcia",
    "pay_from": "Wynagrodzenie brutto od",
    "pay_to": "Wynagrodzenie brutto do",
    "pay_per": "Za co",
    "pay_system": "Sposób płacenia",
    "education": "Wykształcenie",
    "requirements": "Wymagania",
    "valid_until": "Ważność oferty",
    "how_to_apply": "Sposób zgłoszenia",
}
VALUES = {
    "contract": {
        "umowa_o_prace": "umowa o pracę",
        "umowa_zlecenia": "umowa zlecenia",
        "umowa_o_dzielo": "umowa o dzieło",
    },
    "pay_per": {"miesiac": "za miesiąc", "godzina": "za godzinę"},
}
_DATES = frozenset({"start", "valid_until"})
_AMOUNTS = frozenset({"pay_from", "pay_to"})
_MARGIN, _LINE, _LABEL = 20, 6.5, 58


def offer_document(ticket: Ticket, office: Office | None) -> dict[str, Any]:
    """The offer as data: the fields as they were given, with the reference and the office that it goes to."""
    return {
        "reference": ticket.reference,
        "sent_at": (ticket.consent_at or ticket.created_at).isoformat(),
        "office": {"id": office.id, "name": office.name} if office else None,
        "contact": {"email": ticket.email, "phone": ticket.phone},
        "offer": {name: (ticket.payload or {}).get(name) for name in TITLES},
    }


def offer_rows(offer: dict[str, Any]) -> list[tuple[str, str]]:
    """Titles and values of the fields that are filled in, as a person reads them."""
    return [(TITLES[name], _shown(name, offer[name])) for name in TITLES if offer.get(name) not in (None, "")]


def _shown(name: str, value: Any) -> str:
    text = str(value)
    if name == "fraction":
        return "cały etat" if text == "1" else f"{text} etatu"
    if name == "phone":
        return _phone(text)
    if name in _DATES:
        return ".".join(reversed(text.split("-")))
    if name in _AMOUNTS:
        return f"{text.replace('.', ',')} zł"
    return VALUES.get(name, {}).get(text, text)


def _phone(text: str) -> str:
    """The number in groups, as it is dialled."""
    try:
        number = phonenumbers.parse(text, "PL")
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class _Sheet(FPDF):
    """A page of A4 with the reference and page numbers at its foot."""

    def __init__(self, reference: str) -> None:
        super().__init__(format="A4")
        self._reference = reference
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN)
        self.add_font("Lato", "", font_lato.font_files["Lato"])
        self.add_font("Lato", "B", font_lato.font_files["LatoBold"])
        self.set_lang("pl")

    def footer(self) -> None:
        self.set_y(-_MARGIN + 5)
        self.set_font("Lato", size=9)
        self.cell(0, 5, f"{self._reference} – strona {self.page_no()}", align="C")


_LEFT_OUT = "Znaki, których nie ma w tym druku, pominięto. Pełna treść jest w pliku JSON."


def offer_pdf(ticket: Ticket, office: Office | None) -> bytes:
    """The offer on paper. The font lies in a package, so no machine lacks it."""
    sheet = _Sheet(ticket.reference or "")
    sheet.set_title(f"Oferta pracy {ticket.reference}")
    sheet.set_creation_date(ticket.created_at)
    sheet.add_page()
    sheet.set_font("Lato", "B", 16)
    _line(sheet, "Krajowa oferta pracy", height=9)
    sheet.set_font("Lato", size=11)
    _line(sheet, f"Numer zgłoszenia: {ticket.reference}")
    _line(sheet, f"Wysłano: {spoken(ticket.consent_at or ticket.created_at)}")
    if office:
        _line(sheet, f"Do: {office.name}")
    sheet.ln(4)
    for title, value in offer_rows(ticket.payload or {}):
        sheet.set_font("Lato", "B", 11)
        top, page = sheet.get_y(), sheet.page
        sheet.multi_cell(_LABEL, _LINE, title, new_x=XPos.RIGHT, new_y=YPos.TOP, align="L")
        sheet.set_font("Lato", size=11)
        if sheet.page == page:
            sheet.set_xy(_MARGIN + _LABEL, top)
        _line(sheet, _printable(value))
        sheet.ln(1.5)
    if any(_printable(value) != value for _, value in offer_rows(ticket.payload or {})):
        _line(sheet, _LEFT_OUT)
    return bytes(sheet.output())


def _line(sheet: FPDF, text: str, *, height: float = _LINE) -> None:
    sheet.multi_cell(0, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def _printable(text: str) -> str:
    """Letters that the font has: Latin ones and usual signs. One of another script would be a box."""
    return "".join(letter for letter in text if ord(letter) < 0x180 or 0x2013 <= ord(letter) <= 0x2026)
