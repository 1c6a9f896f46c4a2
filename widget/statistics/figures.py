"""Every figure once, as data: its name, its definition in Polish, and how it comes from the counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from widget.statistics.measures import QUICK_MILLISECONDS
from widget.statistics.proportions import Share, share
from widget.statistics.repository import Counts

Value = int | float | Share | None


@dataclass(frozen=True)
class Figure:
    """`unit` is how it is written: count, share or milliseconds; `good` whether more is better, None where neither."""

    key: str
    name: str
    definition: str
    unit: str
    value: Callable[[Counts], Value]
    good: bool | None = None


def _count(name: str) -> Callable[[Counts], Value]:
    return lambda counts: counts[name]


def _share(part: str, whole: str) -> Callable[[Counts], Value]:
    return lambda counts: share(counts[part], counts[whole])


def _satisfaction(counts: Counts) -> Value:
    return share(counts["helpful"], counts["helpful"] + counts["unhelpful"])


def _acceptance(counts: Counts) -> Value:
    used = counts["suggestions_taken"] + counts["suggestions_edited"]
    return share(used, used + counts["suggestions_rejected"])


def _response(counts: Counts) -> Value:
    return counts["milliseconds"] / counts["timed"] if counts["timed"] else None


FIGURES = {
    figure.key: figure
    for figure in (
        Figure(
            "contacts",
            "Sprawy",
            "Wszystko, z czym ktoś się zwrócił: pytania na czacie, pytania do wyszukiwarki, zgłoszenia z formularza "
            "i e-mailem oraz rozmowy telefoniczne zapisane przez konsultantów.",
            "count",
            _count("contacts"),
        ),
        Figure(
            "talks",
            "Rozmowy na czacie",
            "Rozmowy, w których padło co najmniej jedno pytanie. Rozmowa liczy się w dniu i godzinie pierwszego "
            "pytania. Usunięcie rozmowy nie zmienia tej liczby.",
            "count",
            _count("talks"),
        ),
        Figure(
            "questions",
            "Pytania na czacie",
            "Wiadomości, na które asystent odpowiedział w jakikolwiek sposób. Wiadomość wysłana ponownie po błędzie "
            "sieci liczy się raz.",
            "count",
            _count("questions"),
        ),
        Figure(
            "after_hours",
            "Sprawy poza godzinami pracy",
            "Udział spraw, które wpłynęły, gdy nikt nie odbierał infolinii: w nocy, w sobotę, w niedzielę i w święto "
            "ustawowe.",
            "share",
            lambda counts: None,
        ),
        Figure(
            "solved",
            "Załatwione bez człowieka",
            "Udział rozmów na czacie, w których asystent dał co najmniej jedną odpowiedź, a sprawa nie trafiła do "
            "człowieka: nie było przekazania ani zgłoszenia.",
            "share",
            _share("solved", "talks"),
            good=True,
        ),
        Figure(
            "answered",
            "Pytania z odpowiedzią",
            "Udział pytań na czacie, na które padła odpowiedź albo fragment przepisu z wyszukiwarki.",
            "share",
            _share("answered", "questions"),
            good=True,
        ),
        Figure(
            "unknown",
            "Asystent nie wie",
            "Udział pytań na czacie, na które asystent odpowiedział, że nie wie.",
            "share",
            _share("unknown", "questions"),
            good=False,
        ),
        Figure(
            "handed_over",
            "Przekazane człowiekowi",
            "Udział pytań na czacie, po których asystent skierował do człowieka.",
            "share",
            _share("handed_over", "questions"),
        ),
        Figure(
            "failed",
            "Awarie",
            "Udział pytań na czacie, przy których nie odpowiadała któraś z usług asystenta.",
            "share",
            _share("failed", "questions"),
            good=False,
        ),
        Figure(
            "satisfaction",
            "Zadowolenie",
            "Udział ocen „pomogło” wśród wszystkich ocen. W nawiasie przedział ufności 95% (Wilsona): przy niewielu "
            "ocenach jest szeroki. Zmieniona ocena liczy się raz, w dniu zmiany.",
            "share",
            _satisfaction,
            good=True,
        ),
        Figure(
            "response",
            "Czas odpowiedzi",
            "Średni czas od wiadomości do odpowiedzi asystenta, liczony na serwerze.",
            "milliseconds",
            _response,
            good=False,
        ),
        Figure(
            "quick",
            "Odpowiedzi w sekundę",
            f"Udział odpowiedzi asystenta gotowych w mniej niż {QUICK_MILLISECONDS // 1000} s.",
            "share",
            _share("quick", "timed"),
            good=True,
        ),
        Figure(
            "acceptance",
            "Przyjęte podpowiedzi",
            "Udział podpowiedzi, które konsultanci wysłali bez zmian albo po zmianach, wśród wszystkich pokazanych.",
            "share",
            _acceptance,
            good=True,
        ),
    )
}
