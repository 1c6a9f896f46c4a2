"""A job offer of an employer: its fields, what is wrong with them, and what could stand instead."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from actions import basis, wording
from actions.calculators.dates import working_hours
from actions.calculators.pay import Money, NoAmountError, amount_on, fraction_text, rounded
from actions.cases.fair_wording import Ground, neutral_title, unfair_words
from actions.reasoning import Basis, InputError, Step, step
from knowledge_base.content.amounts import Amounts

RULES_SINCE = dt.date(2025, 12, 24)
_LONGEST_TEXT = 4000
_MOST_VACANCIES = 10_000
_HIGHEST_PAY = Decimal(1_000_000)
_LONG_TEXTS = frozenset({"tasks", "schedule", "requirements", "how_to_apply"})
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class Contract(Enum):
    EMPLOYMENT = "umowa_o_prace"
    MANDATE = "umowa_zlecenia"
    SPECIFIC_WORK = "umowa_o_dzielo"


class Per(Enum):
    MONTH = "miesiac"
    HOUR = "godzina"


class Kind(Enum):
    MISSING = "brak"
    WRONG = "blad"
    PAY = "wynagrodzenie"
    DISCRIMINATION = "dyskryminacja"
    HINT = "podpowiedz"


@dataclass(frozen=True)
class Field:
    """A field of the offer: the question that asks for it, and whether the office needs it."""

    name: str
    title: str
    question: str
    required: bool = True


FIELDS: tuple[Field, ...] = (
    Field("employer", "pracodawca", "Jak nazywa się pracodawca?"),
    Field("nip", "NIP", "Jaki jest NIP firmy? Osoba prywatna może pominąć to pytanie.", required=False),
    Field("contact_name", "osoba do kontaktu", "Kto odpowie na pytania kandydatów?"),
    Field("phone", "telefon", "Pod jakim numerem telefonu?", required=False),
    Field("email", "e-mail", "Na jaki adres e-mail?", required=False),
    Field("title", "stanowisko", "Jak nazywa się stanowisko?"),
    Field("vacancies", "liczba miejsc", "Ile osób jest potrzebnych?"),
    Field("workplace", "miejsce pracy", "W jakiej miejscowości będzie praca?"),
    Field("tasks", "zadania", "Co trzeba będzie robić?"),
    Field("contract", "rodzaj umowy", "Jaka będzie umowa: o pracę, zlecenia czy o dzieło?"),
    Field("fraction", "wymiar etatu", "Jaki będzie wymiar etatu?", required=False),
    Field("schedule", "rozkład czasu pracy", "W jakich dniach i godzinach będzie praca?"),
    Field("start", "data rozpoczęcia", "Od kiedy?"),
    Field("pay_from", "wynagrodzenie od", "Ile wyniesie wynagrodzenie brutto: kwota albo najniższa kwota przedziału?"),
    Field("pay_to", "wynagrodzenie do", "A najwyższa kwota przedziału?", required=False),
    Field("pay_per", "za co", "Czy to kwota za miesiąc, czy za godzinę?"),
    Field("pay_system", "sposób płacenia", "Jak będzie liczone wynagrodzenie, np. czasowo, akordowo, prowizyjnie?"),
    Field("education", "wykształcenie", "Jakie wykształcenie jest potrzebne?", required=False),
    Field("requirements", "wymagania", "Jakie umiejętności, uprawnienia i języki są potrzebne?", required=False),
    Field("valid_until", "ważność oferty", "Do kiedy oferta ma być ważna?"),
    Field("how_to_apply", "sposób zgłoszenia", "Jak kandydaci mają się zgłaszać?"),
)


@dataclass(frozen=True)
class JobOffer:
    """An offer. As typed by the employer every field may be missing; `check_offer` gives it back in one form."""

    employer: str | None = None
    nip: str | None = None
    contact_name: str | None = None
    phone: str | None = None
    email: str | None = None
    title: str | None = None
    vacancies: int | None = None
    workplace: str | None = None
    tasks: str | None = None
    contract: Contract | None = None
    fraction: Fraction | None = None
    schedule: str | None = None
    start: dt.date | None = None
    pay_from: Decimal | None = None
    pay_to: Decimal | None = None
    pay_per: Per | None = None
    pay_system: str | None = None
    education: str | None = None
    requirements: str | None = None
    valid_until: dt.date | None = None
    how_to_apply: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON: days as `YYYY-MM-DD`, amounts and parts as text."""
        return {name: _plain(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Finding:
    """One thing about a field. `words` are those it is about, `proposal` is what could stand instead of them.

    An offer with a `blocking` finding is not ready to be sent; others are advice.
    """

    field: str
    kind: Kind
    step: Step
    blocking: bool
    words: str | None = None
    proposal: str | None = None
    ground: Ground | None = None


@dataclass(frozen=True)
class Checked:
    """The offer in one form, with everything found."""

    offer: JobOffer
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]

    @property
    def ready(self) -> bool:
        return not any(finding.blocking for finding in self.findings)


def check_offer(draft: JobOffer, *, day: dt.date, amounts: Amounts) -> Checked:
    """Bring the offer to one form and check it for `day`. Raises InputError for numbers that cannot be meant."""
    _check_numbers(draft, day)
    offer = normalised(draft)
    findings = [*_missing(offer), *_wrong(offer, day), *_pay(offer, day, amounts), *_wording(offer)]
    steps = (
        step(basis.OFFER_FIELDS, "Sprawdzono, czy oferta ma wszystkie pola, o które pyta urząd pracy."),
        step(basis.FAIR_OFFER, "Sprawdzono, czy wymagania nikogo nie wykluczają."),
        step(basis.PAY_TRANSPARENCY, "Sprawdzono, czy kandydat pozna wynagrodzenie przed zatrudnieniem."),
        step(
            basis.OFFER_OFFICE,
            "Urząd wskazuje pracodawca: według siedziby, miejsca pracy albo inny. Zgłoszenie jest bezpłatne.",
        ),
    )
    return Checked(offer, tuple(findings), steps)


def normalised(draft: JobOffer) -> JobOffer:
    """Spaces, NIP, phone and the range of pay in one form; text that says nothing is missing."""
    values: dict[str, Any] = {
        name: _tidy(value, lines=name in _LONG_TEXTS) if isinstance(value, str) else value
        for name, value in vars(draft).items()
    }
    low, high = draft.pay_from, draft.pay_to
    if low is None or high is None:
        low = high = low if low is not None else high
    values["pay_from"], values["pay_to"] = (
        (None, None) if low is None or high is None else (rounded(min(low, high)), rounded(max(low, high)))
    )
    values["nip"] = _nip(values["nip"]) if values["nip"] else None
    values["phone"] = _phone(values["phone"]) if values["phone"] else None
    values["email"] = values["email"].lower() if values["email"] else None
    return JobOffer(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, Fraction)) else value


def _tidy(text: str, *, lines: bool) -> str | None:
    """One space between words, nothing invisible; line breaks stay in long texts only."""
    visible = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    parts = visible.splitlines() if lines else [visible]
    return "\n".join(tidy for part in parts if (tidy := " ".join(part.split()))) or None


def _nip(text: str) -> str | None:
    return re.sub(r"^(?:PL)+", "", re.sub(r"[\s-]", "", text.upper())) or None


def _phone(text: str) -> str:
    digits = re.sub(r"[\s()./-]", "", text)
    digits = digits.removeprefix("+48").removeprefix("0048")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if re.fullmatch(r"\d{9}", digits) else text


def _check_numbers(draft: JobOffer, day: dt.date) -> None:
    if day < RULES_SINCE:
        raise InputError("day", f"Te zasady obowiązują od {wording.day(RULES_SINCE)}; wcześniej były inne.")
    if draft.vacancies is not None and not 1 <= draft.vacancies <= _MOST_VACANCIES:
        raise InputError("vacancies", "Ile osób jest potrzebnych? Proszę podać liczbę od 1.")
    if draft.fraction is not None and not 0 < draft.fraction <= 1:
        raise InputError("fraction", "Wymiar etatu musi być większy od zera i nie większy niż cały etat.")
    for name in ("pay_from", "pay_to"):
        pay: Decimal | None = getattr(draft, name)
        if pay is not None and (not pay.is_finite() or not 0 < pay <= _HIGHEST_PAY):
            raise InputError(name, "Proszę podać wynagrodzenie brutto w złotych, większe od zera.")
    for field in FIELDS:
        value = getattr(draft, field.name)
        if isinstance(value, str) and len(value) > _LONGEST_TEXT:
            raise InputError(field.name, f"Ten tekst jest za długi. Mieści się {_LONGEST_TEXT} znaków.")


def _finding(
    field: str, kind: Kind, rule: Basis, text: str, *, blocking: bool = True, sure: bool = True, **more: Any
) -> Finding:
    return Finding(field, kind, step(rule, text, sure=sure), blocking, **more)


def _missing(offer: JobOffer) -> list[Finding]:
    findings = [
        _finding(
            field.name, Kind.MISSING, basis.OFFER_FIELDS, f"W ofercie brakuje pola: {field.title}. {field.question}"
        )
        for field in FIELDS
        if field.required and getattr(offer, field.name) is None and field.name != "pay_from"
    ]
    if offer.phone is None and offer.email is None:
        text = "Kandydat nie ma jak się skontaktować. Potrzebny jest telefon albo e-mail."
        findings.append(_finding("phone", Kind.MISSING, basis.OFFER_FIELDS, text))
    if offer.contract is Contract.EMPLOYMENT and offer.fraction is None:
        text = "Przy umowie o pracę potrzebny jest wymiar etatu."
        findings.append(_finding("fraction", Kind.MISSING, basis.OFFER_FIELDS, text))
    if offer.pay_from is None:
        text = (
            "Brakuje wynagrodzenia. Kandydat ma prawo poznać kwotę albo przedział przed zatrudnieniem, najlepiej już w "
            "ogłoszeniu."
        )
        findings.append(_finding("pay_from", Kind.MISSING, basis.PAY_TRANSPARENCY, text))
    return findings


def _wrong(offer: JobOffer, day: dt.date) -> list[Finding]:
    findings = []
    if offer.nip is not None and not valid_nip(offer.nip):
        text = "Ten NIP ma błąd: suma kontrolna się nie zgadza albo nie jest to 10 cyfr."
        findings.append(_finding("nip", Kind.WRONG, basis.OFFER_FIELDS, text, words=offer.nip))
    if offer.phone is not None and not re.fullmatch(r"\d{3} \d{3} \d{3}|\+\d[\d ]{7,16}", offer.phone):
        text = "To nie wygląda na numer telefonu. Polski ma 9 cyfr, zagraniczny zaczyna się od plusa."
        findings.append(_finding("phone", Kind.WRONG, basis.OFFER_FIELDS, text, words=offer.phone))
    if offer.email is not None and not _EMAIL.fullmatch(offer.email):
        text = "To nie wygląda na adres e-mail."
        findings.append(_finding("email", Kind.WRONG, basis.OFFER_FIELDS, text, words=offer.email))
    if offer.start is not None and offer.start < day:
        text = f"Praca miałaby się zacząć {wording.day(offer.start)}, a ten dzień już minął."
        findings.append(_finding("start", Kind.WRONG, basis.OFFER_FIELDS, text))
    if offer.valid_until is not None and offer.valid_until < day:
        text = f"Oferta byłaby ważna do {wording.day(offer.valid_until)}, a ten dzień już minął."
        findings.append(_finding("valid_until", Kind.WRONG, basis.OFFER_FIELDS, text))
    return findings


def valid_nip(nip: str) -> bool:
    """Ten digits with the right check digit."""
    if not re.fullmatch(r"[0-9]{10}", nip):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(nip, _NIP_WEIGHTS))
    return total % 11 == int(nip[9])


def _pay(offer: JobOffer, day: dt.date, amounts: Amounts) -> list[Finding]:
    """Compare the lower end with the minimum of the first day of work."""
    if offer.pay_from is None or offer.pay_per is None or offer.contract is None:
        return []
    at = max(day, offer.start or day)
    if offer.contract is Contract.EMPLOYMENT:
        wage, known = _minimum("minimalne_wynagrodzenie", at, day, amounts)
        return _employment_pay(offer, offer.pay_from, at if known else day, wage, known)
    if offer.contract is Contract.MANDATE:
        rate, known = _minimum("minimalna_stawka_godzinowa", at, day, amounts)
        return _mandate_pay(offer, offer.pay_from, at if known else day, rate, known)
    return []


def _minimum(name: str, at: dt.date, day: dt.date, amounts: Amounts) -> tuple[Money, bool]:
    """The amount of the first day of work, or of today with False where that is not announced yet."""
    try:
        return amount_on(amounts, name, at), True
    except NoAmountError:
        return amount_on(amounts, name, day), False


def _employment_pay(offer: JobOffer, pay: Decimal, at: dt.date, wage: Money, known: bool) -> list[Finding]:
    part = offer.fraction or Fraction(1)
    if offer.pay_per is Per.MONTH:
        least = rounded(Fraction(wage.value) * part)
        of_what = f"na {fraction_text(part)}"
    else:
        hourly = Fraction(wage.value) / working_hours(at.year, at.month)
        least = (Decimal(hourly.numerator) / hourly.denominator).quantize(Decimal("0.01"), ROUND_CEILING)
        of_what = f"za godzinę, gdy w miesiącu {at.month:02}.{at.year} do przepracowania jest pełny etat,"
    if pay >= least:
        return []
    text = (
        f"Wynagrodzenie {wording.zloty(pay)} jest niższe od minimalnego. Dnia {wording.day(at)} minimum {of_what} to "
        f"{wording.zloty(least)} brutto."
    )
    sure = known and wage.sure
    return [_finding("pay_from", Kind.PAY, basis.MINIMUM_WAGE_PARTS, text, sure=sure, proposal=wording.zloty(least))]


def _mandate_pay(offer: JobOffer, pay: Decimal, at: dt.date, rate: Money, known: bool) -> list[Finding]:
    if offer.pay_per is Per.MONTH:
        text = (
            f"Przy zleceniu każda godzina jest warta co najmniej {rate.text}. Warto podać stawkę za godzinę, bo z "
            "kwoty "
            "miesięcznej tego nie widać."
        )
        return [_finding("pay_per", Kind.HINT, basis.HOURLY_MINIMUM, text, blocking=False, sure=rate.sure)]
    if pay >= rate.value:
        return []
    text = (
        f"Stawka {wording.zloty(pay)} jest niższa od minimalnej. Dnia {wording.day(at)} godzina zlecenia jest warta co "
        f"najmniej {rate.text} brutto."
    )
    return [_finding("pay_from", Kind.PAY, basis.HOURLY_MINIMUM, text, sure=known and rate.sure, proposal=rate.text)]


def _wording(offer: JobOffer) -> list[Finding]:
    findings = []
    for name in ("title", "tasks", "schedule", "education", "requirements", "how_to_apply"):
        text: str | None = getattr(offer, name)
        for unfair in unfair_words(text) if text else ():
            findings.append(
                Finding(
                    name,
                    Kind.DISCRIMINATION if unfair.blocking else Kind.HINT,
                    unfair.step,
                    unfair.blocking,
                    words=unfair.words,
                    proposal=unfair.proposal or None,
                    ground=unfair.ground,
                )
            )
    proposal = neutral_title(offer.title) if offer.title else None
    if proposal is not None:
        text = f"Nazwa stanowiska powinna być neutralna, czyli nie wskazywać płci. Można napisać: „{proposal}”."
        findings.append(
            _finding(
                "title",
                Kind.HINT,
                basis.PAY_TRANSPARENCY,
                text,
                blocking=False,
                words=offer.title,
                proposal=proposal,
            )
        )
    return findings
