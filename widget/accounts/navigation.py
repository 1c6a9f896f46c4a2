"""The panel's navigation, listed once. Who sees an entry follows from the access rule of its address."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException

from widget.accounts.access import rule_of
from widget.accounts.models import User
from widget.accounts.roles import Role


@dataclass(frozen=True)
class Entry:
    """An entry: where it leads, its name, what one does there, and its picture (macro `icon`)."""

    path: str
    label: str
    purpose: str
    icon: str


ENTRIES = (
    Entry("/panel/", "Start", "", "home"),
    Entry("/panel/zgloszenia", "Zgłoszenia", "Pytania, oferty pracy i skargi, które czekają na odpowiedź.", "inbox"),
    Entry("/panel/telefon", "Telefon", "Odpowiedzi, kwoty i urzędy w trakcie rozmowy telefonicznej.", "phone"),
    Entry("/panel/rozmowy", "Rozmowy", "Czaty na żywo z osobami, które poprosiły o konsultanta.", "chat"),
    Entry("/panel/statystyki", "Statystyki", "O co pytają i jak odpowiada asystent.", "chart"),
    Entry("/panel/studio/", "Studio treści", "Odpowiedzi, przykłady pytań, fragmenty przepisów i kwoty.", "pen"),
    Entry("/panel/partnerzy", "Partnerzy", "Witryny z asystentem, kody do wklejenia, banery i liczby.", "globe"),
    Entry("/panel/uzytkownicy", "Użytkownicy", "Konta osób, które pracują w panelu, i ich role.", "people"),
    Entry("/panel/dziennik", "Dziennik", "Kto, co i kiedy zmienił. Wpisów nie można usunąć.", "log"),
    Entry("/panel/konto", "Moje konto", "Hasło, kody z telefonu i zalogowane urządzenia.", "key"),
)


def entries_for(user: User) -> list[Entry]:
    """The entries whose address exists and is open to this role."""
    return [entry for entry in ENTRIES if Role(user.role) in _roles(current_app, entry.path)]


def is_current(entry: Entry) -> bool:
    """Tell whether the page shown belongs to the entry."""
    here, path = request.path.rstrip("/"), entry.path.rstrip("/")
    return here == path or (path != "/panel" and here.startswith(f"{path}/"))


def _roles(app: Flask, path: str) -> frozenset[Role]:
    try:
        endpoint, _ = app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return frozenset()
    return rule_of(app, endpoint) or frozenset()
