"""Errors as `application/problem+json` (RFC 9457), told in Polish."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)

_DETAILS = {
    400: "Nie udało się odczytać zapytania. Treść musi być poprawnym JSON zapisanym w UTF-8.",
    401: "Brakuje klucza rozmowy albo jest on niepoprawny. Można zacząć nową rozmowę.",
    404: "Nie ma takiego adresu albo takiej rozmowy.",
    405: "Ten adres nie obsługuje takiej metody.",
    409: "Poprzednia wiadomość w tej rozmowie jest jeszcze w toku. Proszę spróbować za chwilę.",
    413: "Wiadomość jest za długa.",
    415: "Treść zapytania musi być typu application/json.",
    422: "Nie można przyjąć tych danych.",
    429: "Za dużo wiadomości w krótkim czasie. Proszę odczekać chwilę.",
    500: "Po naszej stronie wystąpił błąd. Proszę spróbować ponownie za chwilę.",
    503: "Usługa jest chwilowo niedostępna. Proszę spróbować ponownie za chwilę.",
}
# On pages of the panel.
_PANEL_DETAILS = {
    400: "Nie udało się odczytać formularza. Proszę wrócić i spróbować jeszcze raz.",
    404: "Pod tym adresem nic nie ma. Być może rzecz została usunięta albo adres jest niepełny.",
    429: "Za dużo prób w krótkim czasie. Proszę odczekać minutę.",
}
_HEADINGS = {
    400: "Nieczytelny formularz",
    401: "Trzeba się zalogować",
    403: "Brak dostępu",
    404: "Nie ma takiej strony",
    405: "Tego adresu nie można otworzyć",
    409: "Tego nie można teraz zrobić",
    413: "Za dużo danych",
    429: "Za dużo prób",
    500: "Coś się nie udało",
}


class ProblemError(Exception):
    """A request that is refused: `status` and a text for the reader; `errors` has a text for each wrong field."""

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        *,
        name: str = "about:blank",
        errors: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or _DETAILS.get(status, ""))
        self.status = status
        self.name = name
        self.detail = detail or _DETAILS.get(status, "")
        self.errors = dict(errors or {})


def problem(
    status: int, detail: str, *, name: str = "about:blank", errors: Mapping[str, str] | None = None
) -> tuple[Response, int]:
    title, more = HTTPStatus(status).phrase, {"errors": errors} if errors else {}
    body = jsonify(type=name, title=title, status=status, detail=detail, instance=request.path, **more)
    body.mimetype = "application/problem+json"
    return body, status


def wants_page() -> bool:
    """Tell whether a person waits for a page; scripts that fetch data say another mode."""
    mode = request.headers.get("Sec-Fetch-Mode")
    return mode == "navigate" if mode else not request.headers.get("Accept") or request.accept_mimetypes.accept_html


def _answer(
    status: int, detail: str, *, name: str = "about:blank", errors: Mapping[str, str] | None = None
) -> tuple[Response, int]:
    """A page for people who work in the panel, a problem for programs."""
    if request.path.startswith("/panel") and wants_page():
        if status >= 500:
            # Without the database nobody knows who is signed in, and the page has to be shown all the same.
            g.staff = None
        detail = _PANEL_DETAILS.get(status, detail) if detail == _DETAILS.get(status) else detail
        page = render_template("panel/problem.html", heading=_HEADINGS.get(status, _HEADINGS[500]), detail=detail)
        return Response(page), status
    return problem(status, detail, name=name, errors=errors)


def register(app: Flask) -> None:
    @app.errorhandler(ProblemError)
    def refused(error: ProblemError) -> tuple[Response, int]:
        return _answer(error.status, error.detail, name=error.name, errors=error.errors)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Any:
        status = error.code or 500
        if status < 400:
            return error
        body, _ = _answer(status, _DETAILS.get(status, _DETAILS[400]))
        for header, value in error.get_headers():
            if header.lower() in {"allow", "retry-after"}:
                body.headers[header] = value
        return body, status

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[Response, int]:
        # The type only: the text of an exception may quote what the visitor wrote.
        log.error("unexpected %s at %s", type(error).__name__, request.endpoint, exc_info=app.debug)
        return _answer(500, _DETAILS[500])
