"""Pages of the statistics."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, render_template, request

from widget.accounts.access import allow, current_user
from widget.accounts.audit import audit
from widget.accounts.roles import EVERYBODY, Role
from widget.chat.outcomes import LABELS
from widget.events.kinds import CHANNELS, GROUP_LABELS, GROUPS
from widget.problems import ProblemError
from widget.statistics import charts, tables
from widget.statistics.figures import FIGURES
from widget.statistics.monthly import monthly_pdf
from widget.statistics.periods import Period, PeriodError, month_label, read_month, read_period
from widget.statistics.report import Report
from widget.statistics.service import Statistics
from widget.statistics.spreadsheets import csv_bytes, xlsx_bytes
from widget.statistics.themes import themes
from zielona.clock import today

blueprint = Blueprint("statistics", __name__, template_folder="templates", url_prefix="/panel/statystyki")
# Who may read what visitors wrote, with personal data masked.
READERS = (Role.EDITOR, Role.ADMINISTRATOR)
_PAGE_SIZE = 50
# More are not read at once to look for themes in them.
_MOST_QUESTIONS = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _statistics() -> Statistics:
    return cast(Statistics, current_app.extensions["zielona_statistics"])


@blueprint.get("")
@allow(*EVERYBODY)
def dashboard() -> str:
    report = _report()
    found = tables.all_tables(report)
    return render_template(
        "panel/statistics.html",
        report=report,
        tables=found,
        shortened=tables.shortened,
        channels=CHANNELS,
        volume=charts.volume(report),
        hours=charts.hours(found["godziny"].rows),
        map=charts.poland({name: counts["contacts"] for name, counts in report.voivodeships.items() if name}),
        given=_given(),
        reads=Role(current_user().role) in READERS,
        last_month=read_month(None, today=today()).first,
        month_label=month_label,
    )


@blueprint.get("/definicje")
@allow(*EVERYBODY)
def definitions() -> str:
    return render_template("panel/definitions.html", figures=FIGURES.values())


@blueprint.get("/<key>.csv")
@allow(*EVERYBODY)
def table_csv(key: str) -> Response:
    build = tables.TABLES.get(key)
    if build is None:
        abort(404)
    report = _report()
    return _download(csv_bytes(build(report)), f"{key}-{_span(report.period)}.csv", "text/csv; charset=utf-8")


@blueprint.get("/statystyki.xlsx")
@allow(*EVERYBODY)
def workbook() -> Response:
    return _workbook(_report(), "statystyki")


@blueprint.get("/raport.xlsx")
@allow(*EVERYBODY)
def monthly_workbook() -> Response:
    return _workbook(_statistics().report(_month()), "raport")


@blueprint.get("/raport.pdf")
@allow(*EVERYBODY)
def monthly_report() -> Response:
    report = _statistics().report(_month())
    return _download(monthly_pdf(report), f"raport-{report.period.first:%Y-%m}.pdf", "application/pdf")


@blueprint.get("/pytania")
@allow(*READERS)
def questions() -> str:
    """Masked questions of a period: a page of them, or the unanswered ones by theme."""
    period, group = _period(), request.args.get("wynik", "unknown")
    if group and group not in GROUPS:
        abort(404)
    topic = request.args.get("temat") or None
    number = _page_number()
    found = _statistics().repository.questions(
        period,
        outcomes=GROUPS.get(group, ()),
        topic=topic,
        limit=_PAGE_SIZE + 1,
        offset=(number - 1) * _PAGE_SIZE,
    )
    audit("statystyki.pytania", period.label, outcome=group, topic=topic)
    return render_template(
        "panel/questions.html",
        period=period,
        groups=GROUP_LABELS,
        group=group,
        topic=topic,
        names=_statistics().names,
        labels={outcome.value: label for outcome, label in LABELS.items()},
        questions=found[:_PAGE_SIZE],
        number=number,
        more=len(found) > _PAGE_SIZE,
        given=_given(),
    )


@blueprint.get("/bez-odpowiedzi")
@allow(*READERS)
def unanswered() -> str:
    period = _period()
    found = _statistics().repository.questions(period, outcomes=GROUPS["unknown"], limit=_MOST_QUESTIONS)
    audit("statystyki.pytania", period.label, outcome="unknown", topic=None)
    return render_template(
        "panel/unanswered.html",
        period=period,
        themes=themes([question.text for question in found]),
        number=len(found),
        most=_MOST_QUESTIONS,
        given=_given(),
    )


def _report() -> Report:
    channel = request.args.get("kanal") or None
    if channel is not None and channel not in CHANNELS:
        raise ProblemError(404, "Nie ma takiego kanału.")
    return _statistics().report(_period(), channel=channel)


def _period() -> Period:
    try:
        return read_period(request.args.get("od"), request.args.get("do"), today=today())
    except PeriodError as error:
        raise ProblemError(422, str(error)) from error


def _month() -> Period:
    try:
        return read_month(request.args.get("miesiac"), today=today())
    except PeriodError as error:
        raise ProblemError(422, "Miesiąc musi mieć postać rrrr-mm.") from error


def _given() -> dict[str, str]:
    """What links on the page keep of its address."""
    return {name: request.args[name] for name in ("od", "do", "kanal") if request.args.get(name)}


def _page_number() -> int:
    text = request.args.get("strona", "1")
    return max(1, min(10_000, int(text))) if text.isascii() and text.isdigit() else 1


def _span(period: Period) -> str:
    return f"{period.first.isoformat()}_{period.last.isoformat()}"


def _workbook(report: Report, name: str) -> Response:
    content = xlsx_bytes(
        tables.all_tables(report).values(),
        heading=report.period.label,
        note="DANE ZMYŚLONE." if report.made_up else "",
    )
    return _download(content, f"{name}-{_span(report.period)}.xlsx", XLSX)


def _download(content: bytes, name: str, mimetype: str) -> Response:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
