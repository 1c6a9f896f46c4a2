"""Every table of the statistics once: the dashboard, CSV, XLSX and PDF show the same rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.content.offices import VOIVODESHIPS
from widget.chat.ratings import REASONS
from widget.events.kinds import CHANNELS, GROUP_LABELS, GROUPS, SUGGESTION_LABELS
from widget.statistics.figures import FIGURES
from widget.statistics.opening import is_open
from widget.statistics.periods import WEEKDAYS, month_label
from widget.statistics.proportions import change, rise, share
from widget.statistics.report import Report
from widget.statistics.repository import Counts
from widget.statistics.writing import written

UNITS = ("text", "date", "count", "share", "interval", "change", "milliseconds", "decimal")
_TOP_TOPICS = 20
_RISERS = 10
# A topic asked for less often rises by chance.
_FEWEST_QUESTIONS = 10
_SURELY = 1.96
AUDIENCE_LABELS = {
    "bezrobotny": "bezrobotni",
    "poszukujacy_pracy": "poszukujący pracy",
    "pracownik": "pracownicy",
    "pracodawca": "pracodawcy",
    "cudzoziemiec": "cudzoziemcy",
    "": "nie wiadomo",
}


@dataclass(frozen=True)
class Column:
    """A column; `figure` names the definition that explains it."""

    label: str
    unit: str = "count"
    figure: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows of raw values, written as the units of their columns say."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""


def _figure(key: str, unit: str | None = None) -> Column:
    figure = FIGURES[key]
    return Column(figure.name, unit or figure.unit, key)


def _values(counts: Counts, *keys: str) -> tuple[Any, ...]:
    return tuple(FIGURES[key].value(counts) for key in keys)


def summary(report: Report) -> Table:
    rows = []
    for headline in report.headlines():
        figure = headline.figure
        rows.append((figure.name, _told(headline.now, figure.unit), _told(headline.before, figure.unit)))
    columns = (
        Column("Miara", "text"),
        Column(report.period.label, "text"),
        Column(report.before.period.label, "text"),
    )
    return Table("podsumowanie", "Podsumowanie", columns, tuple(rows))


def _told(value: Any, unit: str) -> str:
    return written(value, "interval" if unit == "share" else unit)


def months(report: Report) -> Table:
    by_month: dict[dt.date, Counter[str]] = {month: Counter() for month in report.period.months()}
    for day, counts in report.days.items():
        by_month[day.replace(day=1)].update(counts)
    rows = [(month_label(month), sum(counts.values()), *_channels(counts)) for month, counts in by_month.items()]
    return Table("miesiace", "Sprawy według miesięcy i kanałów", _volume("Miesiąc", "text"), tuple(rows))


def days(report: Report) -> Table:
    rows = []
    for day in report.period:
        counts = report.days.get(day, {})
        rows.append((day, WEEKDAYS[day.weekday()], sum(counts.values()), *_channels(counts)))
    columns = _volume("Dzień", "date")
    return Table(
        "dni",
        "Sprawy według dni i kanałów",
        (columns[0], Column("Dzień tygodnia", "text"), *columns[1:]),
        tuple(rows),
    )


def _volume(label: str, unit: str) -> tuple[Column, ...]:
    return (Column(label, unit), _figure("contacts"), *(Column(name) for name in CHANNELS.values()))


def _channels(counts: Any) -> tuple[int, ...]:
    return tuple(counts.get(channel, 0) for channel in CHANNELS)


def hours(report: Report) -> Table:
    """By hour of the clock; what came while nobody worked is told apart."""
    totals: Counter[int] = Counter()
    late: Counter[int] = Counter()
    for day, hour, number in report.now.hours:
        totals[hour] += number
        late[hour] += 0 if is_open(day, hour, report.hours) else number
    rows = [(f"{hour:02}:00–{hour:02}:59", totals[hour], late[hour], totals[hour] / report.period.days)
            for hour in range(24)]  # fmt: skip
    columns = (
        Column("Godzina", "text"),
        _figure("contacts"),
        Column("w tym poza godzinami pracy", "count", "after_hours"),
        Column("średnio na dobę", "decimal"),
    )
    return Table("godziny", "Sprawy według godzin", columns, tuple(rows))


def channels(report: Report) -> Table:
    whole = sum(counts["contacts"] for counts in report.channels.values())
    rows = []
    for key, label in CHANNELS.items():
        number = report.channels.get(key, {}).get("contacts", 0)
        rows.append((label, number, share(number, whole)))
    columns = (Column("Kanał", "text"), _figure("contacts"), Column("udział", "share"))
    return Table("kanaly", "Sprawy według kanałów", columns, tuple(rows))


def outcomes(report: Report) -> Table:
    totals, before = report.now.totals, report.before.totals
    rows = [
        (
            GROUP_LABELS[group],
            totals[group],
            share(totals[group], totals["questions"]),
            share(before[group], before["questions"]),
        )
        for group in GROUPS
    ]
    columns = (
        Column("Jak skończyło się pytanie", "text"),
        _figure("questions"),
        Column("udział", "share"),
        Column("udział w poprzednim okresie", "share"),
    )
    return Table("wyniki", "Wyniki pytań na czacie", columns, tuple(rows))


_TOPIC_COLUMNS = (
    Column("Temat", "text"),
    _figure("questions"),
    Column("udział", "share"),
    Column("zmiana liczby", "change"),
    _figure("satisfaction", "interval"),
)


def topics(report: Report) -> Table:
    whole = report.now.totals["questions"]
    ranked = sorted(_topics(report.now.topics).items(), key=lambda item: (-item[1]["questions"], item[0]))
    rows = []
    for key, counts in ranked:
        before = report.before.topics.get(key, {}).get("questions", 0)
        rows.append((
            report.names.topic(key), counts["questions"], share(counts["questions"], whole),
            change(counts["questions"], before), *_values(counts, "satisfaction"),
        ))  # fmt: skip
    return Table("tematy", "Tematy pytań", _TOPIC_COLUMNS, tuple(rows))


def risers(report: Report) -> Table:
    """Topics whose share of all questions has grown by more than chance explains."""
    now, before = report.now.totals["questions"], report.before.totals["questions"]
    found = []
    for key, counts in _topics(report.now.topics).items():
        earlier = report.before.topics.get(key, {}).get("questions", 0)
        here, there = share(counts["questions"], now), share(earlier, before)
        if here is None or there is None or counts["questions"] < _FEWEST_QUESTIONS:
            continue
        found.append((rise(here, there), key, counts["questions"], earlier, here, there))
    rows = [
        (report.names.topic(key), number, earlier, here, there)
        for strength, key, number, earlier, here, there in sorted(found, reverse=True)[:_RISERS]
        if strength > _SURELY
    ]
    columns = (
        Column("Temat", "text"),
        _figure("questions"),
        Column("poprzednio"),
        Column("udział", "share"),
        Column("udział poprzednio", "share"),
    )
    note = "Tematy, których udział w pytaniach wzrósł bardziej, niż tłumaczy to przypadek (test dwóch udziałów, 95%)."
    return Table("wzrosty", "Tematy, które rosną", columns, tuple(rows), note)


def _topics(found: dict[str, Counts]) -> dict[str, Counts]:
    return {key: counts for key, counts in found.items() if key and counts["questions"]}


_PLACE_FIGURES = ("contacts", "talks", "solved", "unknown")


def voivodeships(report: Report) -> Table:
    rows = []
    for name in (*VOIVODESHIPS, ""):
        counts = report.voivodeships.get(name) or dict.fromkeys(report.now.totals, 0)
        row = (*_values(counts, *_PLACE_FIGURES), *_values(counts, "satisfaction"))
        rows.append((name or "nie wskazano", *row))
    columns = (Column("Województwo", "text"), *map(_figure, _PLACE_FIGURES), _figure("satisfaction", "interval"))
    note = (
        "Województwo podała osoba (na przykład pytając o urząd) albo wynika z partnera, na którego stronie zaczęła się "
        "rozmowa. Nigdy nie jest zgadywane z adresu sieciowego."
    )
    return Table("wojewodztwa", "Sprawy według województw", columns, tuple(rows), note)


def partners(report: Report) -> Table:
    ranked = sorted(report.partners.items(), key=lambda item: (-item[1]["contacts"], item[0]))
    rows = [
        (report.names.partner(key), *_values(counts, *_PLACE_FIGURES), *_values(counts, "satisfaction"))
        for key, counts in ranked
    ]
    columns = (Column("Partner", "text"), *map(_figure, _PLACE_FIGURES), _figure("satisfaction", "interval"))
    return Table("partnerzy", "Sprawy według partnerów", columns, tuple(rows))


_MODEL_FIGURES = ("questions", "answered", "unknown", "failed", "response", "quick")


def models(report: Report) -> Table:
    ranked = sorted((item for item in report.models.items() if item[1]["questions"]), key=lambda item: item[0])
    rows = [
        (key or "bez modelu", *_values(counts, *_MODEL_FIGURES), *_values(counts, "satisfaction"))
        for key, counts in ranked
    ]
    columns = (Column("Wersja modelu", "text"), *map(_figure, _MODEL_FIGURES), _figure("satisfaction", "interval"))
    return Table("modele", "Wersje modelu obok siebie", columns, tuple(rows))


def audiences(report: Report) -> Table:
    found = report.audiences
    rows = [
        (label, *_values(found[key], "questions", "answered")) for key, label in AUDIENCE_LABELS.items() if key in found
    ]
    columns = (
        Column("Dla kogo był temat", "text"),
        _figure("questions"),
        _figure("answered"),
    )
    return Table("odbiorcy", "Pytania według odbiorców", columns, tuple(rows))


def reasons(report: Report) -> Table:
    whole = report.now.totals["unhelpful"]
    named = {**REASONS, "": "bez podania powodu"}
    rows = []
    for key, label in named.items():
        number = report.reasons.get(key, {}).get("unhelpful", 0)
        rows.append((label, number, share(number, whole)))
    columns = (Column("Powód", "text"), Column("oceny „nie pomogło”"), Column("udział", "share"))
    return Table("powody", "Dlaczego odpowiedź nie pomogła", columns, tuple(rows))


def suggestions(report: Report) -> Table:
    totals = report.now.totals
    whole = sum(totals[f"suggestions_{key}"] for key in SUGGESTION_LABELS)
    rows = [
        (label, totals[f"suggestions_{key}"], share(totals[f"suggestions_{key}"], whole))
        for key, label in SUGGESTION_LABELS.items()
    ]
    columns = (Column("Podpowiedź", "text"), Column("liczba", "count", "acceptance"), Column("udział", "share"))
    return Table("podpowiedzi", "Podpowiedzi dla konsultantów", columns, tuple(rows))


Builder = Callable[[Report], Table]
_BUILDERS: Sequence[tuple[str, Builder]] = (
    ("podsumowanie", summary),
    ("miesiace", months),
    ("dni", days),
    ("godziny", hours),
    ("kanaly", channels),
    ("wyniki", outcomes),
    ("tematy", topics),
    ("wzrosty", risers),
    ("wojewodztwa", voivodeships),
    ("partnerzy", partners),
    ("odbiorcy", audiences),
    ("powody", reasons),
    ("podpowiedzi", suggestions),
    ("modele", models),
)
TABLES: dict[str, Builder] = dict(_BUILDERS)


def all_tables(report: Report) -> dict[str, Table]:
    return {key: build(report) for key, build in TABLES.items()}


def shortened(table: Table, rows: int = _TOP_TOPICS) -> Table:
    """The first rows, for the page; downloads have them all."""
    return Table(table.key, table.title, table.columns, table.rows[:rows], table.note)
