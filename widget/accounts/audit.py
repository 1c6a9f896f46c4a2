"""The audit log: everything that staff do, in a table that only grows."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from flask import current_app, g, has_request_context, request

from widget.accounts.models import AuditEntry
from widget.accounts.repository import AccountRepository
from zielona.clock import utc_now

OTHER = "inne"
# All actions with what they are called on the page; whoever adds one adds it here.
ACTIONS = {
    "konto.logowanie": "Logowanie",
    "konto.logowanie_nieudane": "Nieudane logowanie",
    "konto.blokada": "Blokada logowania",
    "konto.wylogowanie": "Wylogowanie",
    "konto.haslo": "Zmiana hasła",
    "konto.drugi_skladnik_wlaczony": "Włączenie kodów z telefonu",
    "konto.drugi_skladnik_wylaczony": "Wyłączenie kodów z telefonu",
    "konto.kod_zapasowy": "Użycie kodu zapasowego",
    "konto.kody_zapasowe": "Nowe kody zapasowe",
    "konto.sesja_zakonczona": "Zakończenie innej sesji",
    "uzytkownik.dodany": "Dodanie użytkownika",
    "uzytkownik.zmieniony": "Zmiana danych użytkownika",
    "uzytkownik.wylaczony": "Wyłączenie konta",
    "uzytkownik.wlaczony": "Włączenie konta",
    "uzytkownik.haslo": "Nowe hasło użytkownika",
    "zgloszenie.obejrzane": "Otwarcie zgłoszenia",
    "zgloszenie.wziete": "Wzięcie zgłoszenia",
    "zgloszenie.oddane": "Oddanie zgłoszenia",
    "zgloszenie.przejete": "Przejęcie zgłoszenia",
    "zgloszenie.przypisane": "Przypisanie zgłoszenia",
    "zgloszenie.pilnosc": "Zmiana pilności zgłoszenia",
    "zgloszenie.zamkniete": "Zamknięcie zgłoszenia",
    "zgloszenie.otwarte": "Ponowne otwarcie zgłoszenia",
    "zgloszenie.notatka": "Notatka przy zgłoszeniu",
    "zgloszenie.etykieta": "Zmiana etykiet zgłoszenia",
    "zgloszenie.polaczone": "Połączenie zgłoszeń",
    "podpowiedz.szukana": "Szukanie podpowiedzi",
    "podpowiedz.odrzucona": "Odrzucenie podpowiedzi",
    "odpowiedz.wyslana": "Wysłanie odpowiedzi e-mailem",
    "odpowiedz.telefon": "Zapis rozmowy telefonicznej",
    "gotowy_tekst.zapisany": "Zapis gotowego tekstu",
    "gotowy_tekst.usuniety": "Usunięcie gotowego tekstu",
    "telefon.rozmowa": "Początek rozmowy telefonicznej",
    "telefon.zapis": "Zapis rozmowy telefonicznej",
    "telefon.poprawka": "Poprawka zapisu rozmowy telefonicznej",
    "telefon.odrzucenie": "Odrzucenie zapisu rozmowy telefonicznej",
    "telefon.obliczenie": "Obliczenie w trakcie rozmowy telefonicznej",
    "rozmowa.przejecie": "Przejęcie czatu",
    "rozmowa.oddanie": "Oddanie czatu asystentowi",
    "rozmowa.zakonczenie": "Zakończenie czatu",
    "rozmowa.wiadomosc": "Wiadomość w czacie",
    "rozmowa.podglad": "Podgląd czatu innej osoby",
    "partner.dodany": "Dodanie partnera",
    "partner.zmieniony": "Zmiana danych partnera",
    "statystyki.pytania": "Przegląd pytań w statystykach",
    "studio.temat_dodany": "Nowy temat",
    "studio.temat_zmieniony": "Zmiana tematu",
    "studio.temat_usuniety": "Usunięcie tematu",
    "studio.temat_odzyskany": "Przywrócenie usuniętego tematu",
    "studio.przyklady": "Zmiana przykładów tematu",
    "studio.temat_przywrocony": "Powrót do starszej wersji tematu",
    "studio.import": "Import przykładów",
    "studio.publikacja": "Publikacja wersji",
    "studio.proba": "Początek próby wersji",
    "studio.proba_zakonczona": "Koniec próby wersji",
    "studio.trening": "Początek trenowania",
    "studio.trening_zatrzymany": "Zatrzymanie trenowania",
    "studio.grupowanie": "Grupowanie wiadomości",
    "studio.oznaczenie": "Oznaczenie wiadomości",
    "studio.oznaczenie_cofniete": "Cofnięcie oznaczenia wiadomości",
    "studio.dolaczenie": "Dołączenie wiadomości do grupy",
    "studio.kontrola": "Drugie oznaczenie wiadomości",
    "studio.fragment": "Zmiana fragmentu",
    "studio.kwota": "Zmiana kwoty",
    "studio.przywrocenie": "Powrót do starszej wersji fragmentu albo kwoty",
    "studio.sprawdzone": "Sprawdzenie treści z przepisami",
    "studio.zatwierdzenie": "Zatwierdzenie zmiany treści",
    "studio.zwrot": "Zwrot zmiany treści do poprawki",
    "studio.wycofanie": "Wycofanie zmiany treści",
    OTHER: "Inna zmiana",
}
OBJECT_LENGTH = 255


class UnknownActionError(LookupError):
    """The action is missing from ACTIONS."""


class AuditLog:
    """Appends entries; the address of a browser is kept as a keyed hash only."""

    def __init__(self, repository: AccountRepository, secret: str) -> None:
        self._repository = repository
        self._secret = secret.encode()

    def write(
        self, action: str, thing: str, details: dict[str, Any], *, user_id: str | None, address: str = ""
    ) -> None:
        """Raises UnknownActionError, and SQLAlchemyError where the log cannot be written: then nothing may go on."""
        if action not in ACTIONS:
            raise UnknownActionError(action)
        self._repository.append_audit(
            AuditEntry(
                at=utc_now(), user_id=user_id, action=action, object=thing[:OBJECT_LENGTH],
                details=details, address=self._hashed(address),
            )
        )  # fmt: skip

    def _hashed(self, address: str) -> str:
        if not address:
            return ""
        return hmac.new(self._secret, f"address:{address}".encode(), hashlib.sha256).hexdigest()[:16]


def audit(action: str, thing: str, **details: Any) -> None:
    """Log what the signed-in member of staff did to what: `audit("uzytkownik.dodany", email, role="redaktor")`.

    No personal data of visitors belongs into `thing` or `details`: entries are never erased.
    """
    user = getattr(g, "staff", None)
    by = details.pop("by", user.id if user else None)
    log: AuditLog = current_app.extensions["zielona_audit"]
    log.write(action, thing, details, user_id=by, address=request.remote_addr or "" if has_request_context() else "")
    g.audited = True


def nothing_to_audit() -> None:
    """The request changes nothing that anybody would ask about, such as a sign of life."""
    g.audited = True


def audit_the_rest(response: Any) -> Any:
    """A change by staff that its view did not log is logged by the name of its endpoint: none is missing."""
    changed = request.method in {"POST", "PUT", "PATCH", "DELETE"} and response.status_code < 400
    if changed and getattr(g, "staff", None) is not None and not getattr(g, "audited", False):
        audit(OTHER, request.endpoint or request.path, **(request.view_args or {}))
    return response
